namespace PromptLsp.History.Files;

/// <summary>Follows symbolic links on every step of a path.</summary>
public static class Links
{
    private const int MostLinks = 40;

    /// <summary>The path without links. A last step that does not exist stays as it is; null where links run in circles.</summary>
    public static string? Follow(string path)
    {
        int left = MostLinks;
        try
        {
            return Follow(Path.GetFullPath(path), ref left);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>True where a path leads, links followed, to somewhere below a folder, whose own links are followed too.</summary>
    public static bool LeadsInto(string path, string folder) =>
        Follow(path) is { } real
        && Follow(folder) is { } top
        && real.StartsWith(Path.TrimEndingDirectorySeparator(top) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? Follow(string path, ref int left)
    {
        string current = Path.GetPathRoot(path) ?? "/";
        foreach (string step in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Join(current, step);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }
            if (--left < 0 || Follow(Path.GetFullPath(target, current), ref left) is not { } followed)
                return null;
            current = followed;
        }
        return current;
    }
}
