using System.Text.RegularExpressions;

namespace PromptLsp.History.Files;

/// <summary>
/// Files written in one step: a reader, also after a crash or on a full disk, finds all of the bytes or what was there before. What a failed
/// write has left is taken away again, and what one has that was killed, the next time that a file is written in its folder.
/// </summary>
public static partial class WrittenFile
{
    // Hidden, and of a name that nobody else gives: `.promptlsp-5qqnhhhu.tck`.
    private const string Mark = ".promptlsp-";

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Puts a file where there is none, and the folders above it.</summary>
    /// <param name="path">Absolute.</param>
    /// <returns>False where there is one already, which stays.</returns>
    public static bool Create(string path, ReadOnlySpan<byte> bytes)
    {
        if (File.Exists(path))
            return false;
        string beside = Beside(path);
        try
        {
            Write(beside, bytes, mode: null);
            File.Move(beside, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            Remove(beside);
        }
    }

    /// <summary>Puts a file in the place of what is there, with the same mode.</summary>
    /// <param name="path">Absolute; no link.</param>
    public static void Replace(string path, ReadOnlySpan<byte> bytes) =>
        Replace(path, bytes, OperatingSystem.IsWindows() || !File.Exists(path) ? null : File.GetUnixFileMode(path));

    /// <summary>The same with a mode of its own; null for that which new files have. Windows knows none.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode)
    {
        string beside = Beside(path);
        try
        {
            Write(beside, bytes, mode);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            Remove(beside);
        }
    }

    private static string Beside(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        Sweep(folder);
        return Path.Join(folder, Mark + Path.GetRandomFileName());
    }

    [GeneratedRegex(@"^\.promptlsp-[a-z0-9]{8}\.[a-z0-9]{3}$", RegexOptions.None, 1000)]
    private static partial Regex OurName();

    // A younger one may be somebody's who is writing just now.
    private static void Sweep(string folder)
    {
        try
        {
            DateTime before = (TimeProvider.System.GetUtcNow() - Abandoned).UtcDateTime;
            foreach (FileInfo left in new DirectoryInfo(folder).EnumerateFiles(Mark + "*").Where(f => OurName().IsMatch(f.Name) && f.LastWriteTimeUtc < before))
                Remove(left.FullName);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            // It keeps nobody from writing here.
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = mode;
        using (var stream = new FileStream(path, how))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        // The process's own mask may have taken away from it.
        if (!OperatingSystem.IsWindows() && mode is { } whole)
            File.SetUnixFileMode(path, whole);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            // The failure that led here is the one to be told.
        }
    }
}
