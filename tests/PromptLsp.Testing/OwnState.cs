namespace PromptLsp.Testing;

/// <summary>Keeps what the tests' programs keep for their user out of the real user's folders.</summary>
public static class OwnState
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("promptlsp-state-").FullName;
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", folder);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Join(folder, "cache"));
        // Git tells its hooks who commits; a test that says who works in its folder means that.
        foreach (string author in (string[])["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"])
            Environment.SetEnvironmentVariable(author, null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>From now on, in this process and those that it starts.</summary>
    /// <returns>The folder that stands for the user's.</returns>
    public static string Begin() => Folder.Value;
}
