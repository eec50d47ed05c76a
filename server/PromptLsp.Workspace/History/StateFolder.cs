namespace PromptLsp.Workspace.History;

/// <summary>
/// What is kept for the user and not in a workspace: copies of the stores, since a workspace can be swept clean, and indexes of what can be found.
/// </summary>
public static class StateFolder
{
    /// <summary>Absolute; null where the system names no such folder.</summary>
    public static string? Copies => Own is { Length: > 0 } state && Path.IsPathFullyQualified(state) ? Path.Join(state, "promptlsp", "copies") : null;

    /// <summary>Where indexes are kept that can be made anew; absolute, null where the system names no such folder.</summary>
    public static string? Search => Cache is { Length: > 0 } cache && Path.IsPathFullyQualified(cache) ? Path.Join(cache, "promptlsp", "search") : null;

    private static string Cache =>
        !OperatingSystem.IsLinux() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
        : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");

    // On Linux by the XDG base directories, which .NET does not know all of.
    private static string Own =>
        !OperatingSystem.IsLinux() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given ? given
        : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
}
