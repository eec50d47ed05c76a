using System.Text;

namespace PromptLsp.History.Git;

/// <summary>Reads git's own small files. What is no regular file, too large or unreadable counts as missing.</summary>
internal static class SmallFile
{
    /// <summary>A link counts as missing too.</summary>
    public static string? Read(string path, int mostBytes) => Read(new FileInfo(path), mostBytes, static info => info.LinkTarget is null ? info : null);

    /// <summary>For what people link together themselves, as they do with their own configuration.</summary>
    public static string? ReadThroughLinks(string path, int mostBytes) =>
        Read(new FileInfo(path), mostBytes, static info => info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo);

    private static string? Read(FileInfo info, int mostBytes, Func<FileInfo, FileInfo?> target)
    {
        try
        {
            // A pipe has no length, and opening one can wait for ever.
            return info.Exists && target(info) is { Exists: true, Length: > 0 } file && file.Length <= mostBytes ? Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
