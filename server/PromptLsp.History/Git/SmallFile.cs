using System.Text;
using PromptLsp.History.Files;

namespace PromptLsp.History.Git;

/// <summary>Reads git's own small files. What is no regular file, too large or unreadable counts as missing.</summary>
internal static class SmallFile
{
    /// <summary>A link counts as missing too.</summary>
    public static string? Read(string path, int mostBytes) => Text(RegularFile.ReadUnlinked(path, mostBytes));

    /// <summary>For what people link together themselves, as they do with their own configuration.</summary>
    public static string? ReadThroughLinks(string path, int mostBytes) => Text(RegularFile.Read(path, mostBytes));

    private static string? Text(FileBytes file) => file.Bytes is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
