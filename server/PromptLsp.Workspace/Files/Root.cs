using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Files;

public enum PathStatus
{
    Inside,
    Missing,

    /// <summary>Outside the root, itself or by a link.</summary>
    Outside,
}

/// <summary>The folder that bounds everything a prompt may reach: nothing above it is read.</summary>
public sealed class Root(string folder, Disk disk)
{
    private readonly string _real = disk.RealPath(folder) ?? folder;

    /// <summary>Absolute, without a separator at its end.</summary>
    public string Folder { get; } = Path.TrimEndingDirectorySeparator(folder);

    /// <summary>Where the settings are, if there are any.</summary>
    public string SettingsPath => Path.Join(Folder, Roots.SettingsFile);

    /// <summary>The path from the root with <c>/</c>; the path itself where it lies elsewhere.</summary>
    public string Relative(string path)
    {
        string relative = Path.GetRelativePath(Folder, path);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>Where a path of the user's leads to, links followed, held against the root.</summary>
    /// <remarks>A name with a line end or the like in it names no file here: it could be neither shown nor kept.</remarks>
    /// <param name="from">The folder that a relative path starts from.</param>
    public (PathStatus Status, string Path) Resolve(string from, string path)
    {
        if (path.Length is 0 or > LongestPath || !PlainText.Is(path))
            return (PathStatus.Missing, "");
        if (Path.IsPathRooted(path) || path[0] == '~')
            return (PathStatus.Outside, path);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, from));
        if (!IsInside(full, Folder))
            return (PathStatus.Outside, full);
        if (disk.RealPath(full) is not { } real)
            return (PathStatus.Missing, full);
        return IsInside(real, _real) ? (PathStatus.Inside, full) : (PathStatus.Outside, full);
    }

    private const int LongestPath = 1024;

    /// <summary>True for the folder itself and all below it; not for one whose name only begins like it.</summary>
    public static bool IsInside(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || folder.EndsWith(Path.DirectorySeparatorChar) || path[folder.Length] == Path.DirectorySeparatorChar);
}
