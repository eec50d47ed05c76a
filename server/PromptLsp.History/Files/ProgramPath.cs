namespace PromptLsp.History.Files;

/// <summary>Finds programs to run: on <c>PATH</c>, and never in a folder that came from elsewhere, nor one that depends on where we stand.</summary>
public static class ProgramPath
{
    /// <param name="name">As it is on Unix: <c>git</c>.</param>
    /// <param name="untrusted">Absolute folders in which no program is run.</param>
    /// <returns>The absolute path of the first one; null where there is none.</returns>
    public static string? Find(string name, params IEnumerable<string> untrusted) =>
        Find(name, Environment.GetEnvironmentVariable("PATH") ?? "", [.. untrusted]);

    internal static string? Find(string name, string searchPath, string[] untrusted)
    {
        if (OperatingSystem.IsWindows())
            name += ".exe";
        foreach (string folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Path.IsPathFullyQualified(folder) || folder.Contains('\0', StringComparison.Ordinal))
                continue;
            string path = Path.GetFullPath(name, folder);
            if (
                IsProgram(path)
                && !untrusted.Any(u =>
                    IsBelow(path, u) || (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } real && IsBelow(real, u))
                )
            )
                return path;
        }
        return null;
    }

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (
            OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None
        );

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(
            Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );
}
