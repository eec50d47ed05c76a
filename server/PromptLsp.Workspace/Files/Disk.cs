using System.Collections.Concurrent;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Files;

/// <summary>
/// Reads files and remembers them: a file that was read stays what it was, whoever asks again. After something has changed there is
/// <see cref="Renewed"/>, which reads a file again only where its time or size has changed.
/// </summary>
public sealed class Disk
{
    /// <summary>Bytes. Nothing larger is opened.</summary>
    public const int LargestFile = 5 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConcurrentDictionary<string, Known> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _realPaths = new(StringComparer.Ordinal);

    // Believed only after a look at its time and size.
    private readonly Dictionary<string, Known> _earlier;

    public Disk()
        : this(new(StringComparer.Ordinal)) { }

    private Disk(Dictionary<string, Known> earlier) => _earlier = earlier;

    /// <summary>The disk as it is from now on. Who holds this one goes on with what was read.</summary>
    public Disk Renewed()
    {
        var earlier = new Dictionary<string, Known>(_earlier, StringComparer.Ordinal);
        foreach ((string path, Known known) in _files)
            earlier[path] = known;
        return new(earlier);
    }

    /// <summary>A regular file's text. The path is absolute and has been held against its root.</summary>
    public FileText Read(string path)
    {
        if (_files.TryGetValue(path, out Known? known))
            return known.Text;
        FileInfo info = Find(path);
        bool isSame = _earlier.TryGetValue(path, out known) && info.Exists && info.LastWriteTimeUtc == known.Written && info.Length == known.Length;
        if (!isSame)
            known = new(info.Exists ? info.LastWriteTimeUtc : default, info.Exists ? info.Length : 0, Load(path));
        return _files.GetOrAdd(path, known!).Text;
    }

    /// <summary>Reads a file without remembering it: for a pass over many.</summary>
    public static FileText Load(string path)
    {
        FileBytes file = RegularFile.Read(path, LargestFile);
        if (file.Bytes is not { } bytes)
            return new(StatusOf(file), SourceText.Empty);
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return new(FileStatus.Ok, new SourceText(Strict.GetString(bytes.Span)));
        }
        catch (DecoderFallbackException)
        {
            return new(FileStatus.NotUtf8, SourceText.Empty);
        }
    }

    /// <summary>How reading a file went, before its text is looked at.</summary>
    public static FileStatus StatusOf(FileBytes file) => file.Kind switch
    {
        FileKind.Missing => FileStatus.Missing,
        not FileKind.Regular => FileStatus.NotAFile,
        _ => file.IsTooLarge ? FileStatus.TooLarge : file.IsUnreadable ? FileStatus.Unreadable : FileStatus.Ok,
    };

    /// <summary>The path with every link on it followed; null where it leads nowhere or in circles.</summary>
    public string? RealPath(string path) => _realPaths.GetOrAdd(path, Links.Follow);

    // A link's own time and length say nothing of the file that it leads to.
    private static FileInfo Find(string path)
    {
        var info = new FileInfo(path);
        try
        {
            return
                info.Exists
                && info.Attributes.HasFlag(FileAttributes.ReparsePoint)
                && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
                ? target
                : info;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return info;
        }
    }

    private sealed record Known(DateTime Written, long Length, FileText Text);
}
