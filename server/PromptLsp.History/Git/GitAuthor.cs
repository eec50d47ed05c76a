using System.Text;

namespace PromptLsp.History.Git;

/// <summary>Who works here, as git would sign a commit: <c>Ada Lovelace &lt;ada@example.com&gt;</c>; without git the system's user.</summary>
public static class GitAuthor
{
    private const int LongestPart = 100;

    /// <param name="folder">Absolute; the repository's own configuration comes before the user's.</param>
    public static string Read(string folder) => Read(folder, Environment.GetEnvironmentVariable, Home());

    internal static string Read(string folder, Func<string, string?> variable, string home)
    {
        (string? name, string? mail) = (Clean(variable("GIT_AUTHOR_NAME")), Clean(variable("GIT_AUTHOR_EMAIL")));
        GitFolder? git = GitFolder.Of(folder);
        var configuration = new GitConfig(git?.Own, home);
        foreach ((string? fromName, string? fromMail) in Users(configuration, git, variable, home))
        {
            name ??= Clean(fromName);
            mail ??= Clean(fromMail);
            if (name is not null && mail is not null)
                break;
        }
        name ??= Clean(variable("USER")) ?? Clean(variable("USERNAME")) ?? Clean(Environment.UserName) ?? "unknown";
        return mail is null ? name : $"{name} <{mail}>";
    }

    // The nearest first: it wins.
    private static IEnumerable<(string? Name, string? Mail)> Users(GitConfig configuration, GitFolder? git, Func<string, string?> variable, string home)
    {
        if (git is not null)
        {
            yield return configuration.UserOf(Path.Join(git.Own, "config.worktree"), git.Own);
            yield return configuration.UserOf(Path.Join(git.Common, "config"), git.Common);
        }
        foreach (string file in Files(variable, home))
            yield return configuration.User(file);
    }

    private static IEnumerable<string> Files(Func<string, string?> variable, string home)
    {
        if (variable("GIT_CONFIG_GLOBAL") is { Length: > 0 } chosen && Path.IsPathFullyQualified(chosen))
        {
            yield return chosen;
        }
        else
        {
            yield return Path.Join(home, ".gitconfig");
            yield return Path.Join(variable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder : Path.Join(home, ".config"), "git", "config");
        }
        if (!OperatingSystem.IsWindows() && variable("GIT_CONFIG_NOSYSTEM") is null or "")
            yield return "/etc/gitconfig";
    }

    // As git does it: no line breaks, no angle brackets.
    private static string? Clean(string? text)
    {
        if (text is null)
            return null;
        var clean = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length < LongestPart && !Rune.IsControl(rune) && rune.Value is not ('<' or '>'))
                clean.Append(rune.ToString());
        }
        return clean.ToString().Trim() is { Length: > 0 } result ? result : null;
    }

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
