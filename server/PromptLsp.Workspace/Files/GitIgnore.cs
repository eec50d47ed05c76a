using System.Collections.Immutable;

namespace PromptLsp.Workspace.Files;

/// <summary>
/// What git leaves out, as the <c>.gitignore</c> files of a folder and of those above it say. Immutable: <see cref="Enter"/> gives the rules
/// of a folder inside. Source: the pattern format of gitignore(5).
/// </summary>
public sealed class GitIgnore
{
    // What a file of patterns may cost: a hostile one is cut, never slow.
    private const int PatternsPerFile = 5_000;

    private readonly GitIgnore? _outer;
    private readonly string _path;
    private readonly ImmutableArray<Pattern> _patterns;

    private GitIgnore(GitIgnore? outer, string path, ImmutableArray<Pattern> patterns)
    {
        _outer = outer;
        _path = path;
        _patterns = patterns;
    }

    /// <summary>No rules.</summary>
    public static GitIgnore None { get; } = new(null, "", []);

    /// <summary>The rules of a folder inside the folder that these are of.</summary>
    /// <param name="path">The folder from where the first rules were read, with <c>/</c>; empty for that place itself.</param>
    /// <param name="ignoreFile">The text of the folder's own <c>.gitignore</c>, empty if it has none.</param>
    public GitIgnore Enter(string path, string ignoreFile)
    {
        ImmutableArray<Pattern> patterns = Pattern.ParseAll(ignoreFile);
        return patterns.IsEmpty ? this : new(this, path, patterns);
    }

    /// <summary>True for a file or folder that git would not look at. Folders above it are not asked again.</summary>
    /// <param name="path">From where the first rules were read, with <c>/</c>.</param>
    public bool Ignores(string path, bool isFolder)
    {
        for (GitIgnore? rules = this; rules is not null; rules = rules._outer)
        {
            if (rules._patterns.IsEmpty)
                continue;
            ReadOnlySpan<char> relative = rules._path.Length == 0 ? path : path.AsSpan(Math.Min(path.Length, rules._path.Length + 1));
            // The last pattern that matches decides, and the innermost file that has one.
            for (int i = rules._patterns.Length - 1; i >= 0; i--)
            {
                if (rules._patterns[i].Matches(relative, isFolder))
                    return !rules._patterns[i].IsNegated;
            }
        }
        return false;
    }

    /// <summary>One line of a <c>.gitignore</c>.</summary>
    private sealed record Pattern(ImmutableArray<string> Parts, bool IsNegated, bool IsFolderOnly)
    {
        public static ImmutableArray<Pattern> ParseAll(string text) =>
            [.. text.Split('\n').Take(PatternsPerFile).Select(line => Parse(line.TrimEnd('\r'))).OfType<Pattern>()];

        public bool Matches(ReadOnlySpan<char> path, bool isFolder) => (isFolder || !IsFolderOnly) && MatchesParts(0, path);

        private static Pattern? Parse(string line)
        {
            if (line.StartsWith('#'))
                return null;
            line = TrimBlanks(line);
            bool isNegated = line.StartsWith('!');
            if (isNegated)
                line = line[1..];
            bool isFolderOnly = line.EndsWith('/');
            line = line.TrimEnd('/');
            if (line.Length == 0)
                return null;
            // A slash anywhere but at the end ties the pattern to the folder of its file.
            bool isTied = line.Contains('/', StringComparison.Ordinal);
            ImmutableArray<string> parts = [.. line.TrimStart('/').Split('/')];
            return new(isTied ? parts : ["**", .. parts], isNegated, isFolderOnly);
        }

        // Blanks at the end count only behind a backslash.
        private static string TrimBlanks(string line)
        {
            int end = line.Length;
            while (end > 0 && line[end - 1] == ' ' && !(end > 1 && line[end - 2] == '\\'))
                end--;
            return line[..end];
        }

        private bool MatchesParts(int part, ReadOnlySpan<char> path)
        {
            // Where the last ** began and what it has taken: it takes one more folder on each failure, and no earlier one need be tried again.
            int starPart = -1;
            ReadOnlySpan<char> starPath = default;
            while (true)
            {
                if (part < Parts.Length && Parts[part] == "**")
                {
                    if (part == Parts.Length - 1)
                        return !path.IsEmpty;
                    starPart = ++part;
                    starPath = path;
                    continue;
                }
                bool fits = false;
                if (part < Parts.Length && !path.IsEmpty)
                {
                    int slash = path.IndexOf('/');
                    ReadOnlySpan<char> name = slash < 0 ? path : path[..slash];
                    if (MatchesName(Parts[part], name))
                    {
                        part++;
                        path = slash < 0 ? default : path[(slash + 1)..];
                        if (part == Parts.Length && path.IsEmpty)
                            return true;
                        fits = true;
                    }
                }
                if (fits)
                    continue;
                int next = starPath.IndexOf('/');
                if (starPart < 0 || next < 0)
                    return false;
                starPath = starPath[(next + 1)..];
                path = starPath;
                part = starPart;
            }
        }

        private static bool MatchesName(string pattern, ReadOnlySpan<char> name)
        {
            int at = 0, n = 0, starAt = -1, starN = 0;
            while (n < name.Length)
            {
                if (at < pattern.Length && pattern[at] == '*')
                {
                    starAt = ++at;
                    starN = n;
                }
                else if (at < pattern.Length && MatchesOne(pattern, at, name[n], out int length))
                {
                    at += length;
                    n++;
                }
                else if (starAt >= 0)
                {
                    at = starAt;
                    n = ++starN;
                }
                else
                {
                    return false;
                }
            }
            while (at < pattern.Length && pattern[at] == '*')
                at++;
            return at == pattern.Length;
        }

        private static bool MatchesOne(string pattern, int at, char c, out int length)
        {
            length = 1;
            switch (pattern[at])
            {
                case '?':
                    return true;
                case '\\' when at + 1 < pattern.Length:
                    length = 2;
                    return pattern[at + 1] == c;
                case '[' when pattern.IndexOf(']', Math.Min(at + 2, pattern.Length)) is >= 0 and int close:
                    length = close - at + 1;
                    return MatchesClass(pattern.AsSpan(at + 1, close - at - 1), c);
                default:
                    return pattern[at] == c;
            }
        }

        private static bool MatchesClass(ReadOnlySpan<char> set, char c)
        {
            bool isNegated = set[0] is '!' or '^';
            if (isNegated)
                set = set[1..];
            bool found = false;
            for (int i = 0; i < set.Length; i++)
            {
                if (i + 2 < set.Length && set[i + 1] == '-')
                {
                    found |= set[i] <= c && c <= set[i + 2];
                    i += 2;
                }
                else
                {
                    found |= set[i] == c;
                }
            }
            return found != isNegated;
        }
    }
}
