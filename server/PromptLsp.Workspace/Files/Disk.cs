using System.Collections.Concurrent;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Files;

/// <summary>
/// Reads files and remembers them. What is remembered is believed until <see cref="Refresh"/>; then a file is read again only where its
/// time or size has changed.
/// </summary>
public sealed class Disk
{
    /// <summary>Bytes. Nothing larger is opened.</summary>
    public const int LargestFile = 5 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConcurrentDictionary<string, Known> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Generation, string? Real)> _realPaths = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Believe nothing that was read before without a look at its time and size.</summary>
    public void Refresh() => Interlocked.Increment(ref _generation);

    /// <summary>A regular file's text. The path is absolute and has been held against its root.</summary>
    public FileText Read(string path)
    {
        int generation = Volatile.Read(ref _generation);
        if (_files.TryGetValue(path, out Known? known) && known.Generation == generation)
            return known.Text;
        FileInfo info = Find(path);
        if (known is not null && info.Exists && info.LastWriteTimeUtc == known.Written && info.Length == known.Length)
        {
            _files[path] = known with { Generation = generation };
            return known.Text;
        }
        FileText text = Load(path);
        _files[path] = new(generation, info.Exists ? info.LastWriteTimeUtc : default, info.Exists ? info.Length : 0, text);
        return text;
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
    public string? RealPath(string path)
    {
        int generation = Volatile.Read(ref _generation);
        if (_realPaths.TryGetValue(path, out var known) && known.Generation == generation)
            return known.Real;
        string? real = Links.Follow(path);
        _realPaths[path] = (generation, real);
        return real;
    }

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

    private sealed record Known(int Generation, DateTime Written, long Length, FileText Text);
}
