namespace PromptLsp.Workspace.History;

/// <summary>Where copies of the stores are kept: in the user's own state, since a workspace can be swept clean.</summary>
public static class StateFolder
{
    /// <summary>Absolute; null where the system names no such folder.</summary>
    public static string? Copies => Own is { Length: > 0 } state && Path.IsPathFullyQualified(state) ? Path.Join(state, "promptlsp", "copies") : null;

    // On Linux by the XDG base directories, which .NET does not know all of.
    private static string Own =>
        !OperatingSystem.IsLinux() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given ? given
        : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
}
