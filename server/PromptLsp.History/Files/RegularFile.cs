using Microsoft.Win32.SafeHandles;

namespace PromptLsp.History.Files;

/// <summary>
/// The one way in which files are opened to be read. Pipes, sockets and devices can wait for ever, never end, or act on being opened, so only
/// regular files are: what was opened, without waiting for anybody, is looked at once more, since a path can lead elsewhere a moment later.
/// </summary>
public static class RegularFile
{
    private const int ReadStep = 64 * 1024;

    /// <summary>What a path leads to, links followed.</summary>
    public static FileKind KindOf(string path) => OperatingSystem.IsWindows() ? WindowsFile.KindOf(path) : UnixFile.KindOf(path);

    /// <summary>True where there is something that is neither a regular file nor a folder.</summary>
    public static bool IsSpecial(string path) => KindOf(path) == FileKind.Special;

    /// <summary>All of a file's bytes, links followed.</summary>
    /// <param name="most">Bytes; of a larger file none are read.</param>
    public static FileBytes Read(string path, int most) => Read(Open(path), most);

    /// <summary>As <see cref="Read(string, int)"/>, where a link counts as special itself.</summary>
    public static FileBytes ReadUnlinked(string path, int most) => Read(OpenUnlinked(path), most);

    /// <summary>Opens a file, links followed. Whoever gets the handle disposes it.</summary>
    public static OpenedFile Open(string path) => OperatingSystem.IsWindows() ? WindowsFile.Open(path) : UnixFile.Open(path, 0);

    /// <summary>As <see cref="Open"/>, where a link counts as special itself.</summary>
    public static OpenedFile OpenUnlinked(string path) => OperatingSystem.IsWindows()
        ? new FileInfo(path).LinkTarget is null ? WindowsFile.Open(path) : new(FileKind.Special, null)
        : UnixFile.Open(path, UnixFile.NoFollow);

    private static FileBytes Read(OpenedFile opened, int most)
    {
        using SafeFileHandle? handle = opened.Handle;
        if (handle is null)
            return new(opened.Kind, null) { IsUnreadable = opened.Kind == FileKind.Regular };
        try
        {
            // Some say that they are empty and are not, and one can grow while it is read.
            long length = RandomAccess.GetLength(handle);
            if (length > most)
                return new(FileKind.Regular, null) { IsTooLarge = true };
            byte[] bytes = new byte[length == 0 ? Math.Min(ReadStep, most + 1) : (int)Math.Min(length + 1, most + 1L)];
            int filled = 0;
            for (int read; (read = RandomAccess.Read(handle, bytes.AsSpan(filled), filled)) > 0;)
            {
                filled += read;
                if (filled > most)
                    return new(FileKind.Regular, null) { IsTooLarge = true };
                if (filled == bytes.Length)
                    Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, most + 1L));
            }
            return new(FileKind.Regular, bytes.AsMemory(0, filled));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new(FileKind.Regular, null) { IsUnreadable = true };
        }
    }
}

public enum FileKind
{
    Missing,
    Regular,
    Folder,

    /// <summary>A pipe, a socket, a device: nothing that is opened.</summary>
    Special,
}

/// <param name="Handle">Null for all but a regular file, and for one that the system refuses to open.</param>
public readonly record struct OpenedFile(FileKind Kind, SafeFileHandle? Handle);

/// <summary>What reading a file gave.</summary>
/// <param name="Bytes">Null where there are none to be had.</param>
public readonly record struct FileBytes(FileKind Kind, ReadOnlyMemory<byte>? Bytes)
{
    public bool IsTooLarge { get; init; }

    /// <summary>The system refuses.</summary>
    public bool IsUnreadable { get; init; }
}
