using System.Collections.Concurrent;

namespace PromptLsp.Workspace.Files;

/// <summary>
/// Finds the root of a file: the nearest folder upwards with <c>promptlsp.yaml</c>, else with <c>.git</c>, else the workspace folder that
/// holds it, else its own folder; never the home folder or one above it.
/// </summary>
public sealed class Roots(Disk disk, IReadOnlyList<string> folders)
{
    public const string SettingsFile = "promptlsp.yaml";

    private readonly ConcurrentDictionary<string, Root> _byFolder = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Root> _byRoot = new(StringComparer.Ordinal);
    private readonly string _home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public Root Of(string path) => OfFolder(Path.GetDirectoryName(path) ?? path);

    /// <summary>The root of the files in a folder.</summary>
    public Root OfFolder(string folder) =>
        _byFolder.GetOrAdd(Path.TrimEndingDirectorySeparator(folder), at => _byRoot.GetOrAdd(Find(at), root => new Root(root, disk)));

    /// <summary>True for the path of a <c>promptlsp.yaml</c>.</summary>
    public static bool IsSettings(string? path) => string.Equals(Path.GetFileName(path), SettingsFile, StringComparison.Ordinal);

    private string Find(string folder)
    {
        string? git = null;
        for (string? at = folder; at is not null && !IsHomeOrAbove(at); at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Join(at, SettingsFile)))
                return at;
            if (git is null && (Directory.Exists(Path.Join(at, ".git")) || File.Exists(Path.Join(at, ".git"))))
                git = at;
        }
        return git ?? folders.Where(f => Root.IsInside(folder, f) && !IsHomeOrAbove(f)).MaxBy(f => f.Length) ?? folder;
    }

    private bool IsHomeOrAbove(string folder) =>
        folder.Length <= _home.Length
        && _home.StartsWith(folder, StringComparison.Ordinal)
        && (folder.Length == _home.Length || folder.EndsWith('/') || _home[folder.Length] == Path.DirectorySeparatorChar);
}
