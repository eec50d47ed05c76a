using System.Text;
using PromptLsp.History.Files;

namespace PromptLsp.History.Git;

/// <summary>
/// Reads who the user is from a file of git's configuration, and from the files it includes: plainly, or for repositories below a folder
/// (<c>includeIf "gitdir:~/work/"</c>). Other conditions count as not met. Each file is read once, whoever includes it.
/// </summary>
/// <param name="git">The repository's folder, for conditions; null outside of one.</param>
internal sealed class GitConfig(string? git, string home)
{
    private const int MostBytes = 1024 * 1024;
    private const int DeepestInclude = 5;
    private const int MostFiles = 100;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>What a file of the user's own says.</summary>
    public (string? Name, string? Mail) User(string file) => User(file, within: null, DeepestInclude);

    /// <summary>
    /// What a file of a repository says. It came from elsewhere, so that nothing outside of the folder is read for it, by whatever path or link.
    /// </summary>
    public (string? Name, string? Mail) UserOf(string file, string within) => User(file, within, DeepestInclude);

    private (string? Name, string? Mail) User(string file, string? within, int depth)
    {
        string? name = null, mail = null;
        if (_read.Count == MostFiles || !_read.Add(file) || (within is not null && !Links.LeadsInto(file, within)))
            return (name, mail);
        foreach ((string section, string? condition, string key, string value) in Entries(file))
        {
            switch (section, key)
            {
                case ("user", "name") when condition is null:
                    name = value;
                    break;
                case ("user", "email") when condition is null:
                    mail = value;
                    break;
                // What is included stands as if it were written here: what comes later wins.
                case ("include" or "includeif", "path") when depth > 0 && (section == "include" ? condition is null : IsMet(condition, file)):
                    (string? includedName, string? includedMail) = User(Absolute(value, file), within, depth - 1);
                    (name, mail) = (includedName ?? name, includedMail ?? mail);
                    break;
            }
        }
        return (name, mail);
    }

    private bool IsMet(string? condition, string file)
    {
        if (git is null || condition is null)
            return false;
        (string pattern, StringComparison comparison) = condition switch
        {
            _ when condition.StartsWith("gitdir:", StringComparison.Ordinal) => (condition[7..], StringComparison.Ordinal),
            _ when condition.StartsWith("gitdir/i:", StringComparison.Ordinal) => (condition[9..], StringComparison.OrdinalIgnoreCase),
            _ => ("", StringComparison.Ordinal),
        };
        if (pattern.EndsWith("/**", StringComparison.Ordinal))
            pattern = pattern[..^2];
        if (pattern.Length == 0 || pattern.AsSpan().ContainsAny('*', '?', '['))
            return false;
        bool isBelow = pattern.EndsWith('/');
        string folder = Path.TrimEndingDirectorySeparator(Absolute(pattern, file));
        return isBelow ? git.StartsWith(folder + Path.DirectorySeparatorChar, comparison) : git.Equals(folder, comparison);
    }

    private string Absolute(string path, string file)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            return file;
        return path.StartsWith("~/", StringComparison.Ordinal) ? Path.GetFullPath(path[2..], home) : Path.GetFullPath(path, Path.GetDirectoryName(file)!);
    }

    private static IEnumerable<(string Section, string? Condition, string Key, string Value)> Entries(string file)
    {
        string section = "";
        string? condition = null;
        foreach (string line in LogicalLines(SmallFile.ReadThroughLinks(file, MostBytes) ?? ""))
        {
            string text = line.TrimStart();
            if (text.StartsWith('['))
            {
                (section, condition, text) = Section(text);
                text = text.TrimStart();
            }
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && text[0] is not ('#' or ';'))
                yield return (section, condition, text[..equals].Trim().ToLowerInvariant(), Value(text.AsSpan(equals + 1)));
        }
    }

    // A backslash at a line's end joins it to the next.
    private static IEnumerable<string> LogicalLines(string text)
    {
        var joined = new StringBuilder();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.EndsWith('\\') && !line.EndsWith("\\\\", StringComparison.Ordinal))
            {
                joined.Append(line, 0, line.Length - 1);
                continue;
            }
            yield return joined.Append(line).ToString();
            joined.Clear();
        }
    }

    // `[section]`, `[section "condition"]`, and what stands behind it on the line.
    private static (string Section, string? Condition, string Behind) Section(string text)
    {
        int quote = text.IndexOf('"', StringComparison.Ordinal), close = text.IndexOf(']', StringComparison.Ordinal);
        if (quote < 0 || close < quote)
            return close < 0 ? ("", null, "") : (text[1..close].Trim().ToLowerInvariant(), null, text[(close + 1)..]);
        int end = text.IndexOf("\"]", quote + 1, StringComparison.Ordinal);
        return end < 0
            ? ("", null, "")
            : (
                text[1..quote].Trim().ToLowerInvariant(),
                text[(quote + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
                text[(end + 2)..]
            );
    }

    // Quotes keep blanks and comment signs; a backslash escapes one character.
    private static string Value(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var value = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == '\\' && i + 1 < text.Length)
                value.Append(text[++i] switch { 'n' => '\n', 't' => '\t', 'b' => '\b', var other => other });
            else if (!isQuoted && c is '#' or ';')
                break;
            else
                value.Append(c);
        }
        return value.ToString().TrimEnd();
    }
}
