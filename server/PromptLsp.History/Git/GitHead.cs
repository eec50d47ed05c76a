using System.Buffers;

namespace PromptLsp.History.Git;

/// <summary>What is checked out, read from git's files: no program is started, and nothing but git's own names is believed.</summary>
/// <param name="Branch">Null where no branch is checked out.</param>
/// <param name="Commit">40 or 64 hexadecimal digits; null before the first commit, and where branches are kept in a form not read here.</param>
public sealed record GitHead(string? Branch, string? Commit)
{
    private const int MostBytesOfRef = 1_024;
    private const int MostBytesOfPackedRefs = 16 * 1024 * 1024;
    private const int MostSteps = 5;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> NeverInRefs = SearchValues.Create(" ~^:?*[\\\x7f");

    /// <summary>Outside of a repository neither is known.</summary>
    /// <param name="folder">Absolute; its repository is the nearest one upwards.</param>
    public static GitHead Read(string folder) => GitFolder.Of(folder) is { } git ? Read(git) : new(null, null);

    private static GitHead Read(GitFolder git)
    {
        string? text = RefFile(Path.Join(git.Own, "HEAD"));
        if (text is not null && IsCommit(text))
            return new(null, text);
        if (text is null || SymbolicName(text) is not { } name)
            return new(null, null);
        return new(name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name[11..] : null, CommitOf(git, name));
    }

    private static string? CommitOf(GitFolder git, string name)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            string? text = RefFile(Path.Join(git.Common, name)) ?? Packed(git, name);
            if (text is null || IsCommit(text))
                return text;
            if (SymbolicName(text) is not { } next)
                return null;
            name = next;
        }
        return null;
    }

    // Lines of commit, blank, name; others begin with # or ^.
    private static string? Packed(GitFolder git, string name)
    {
        if (SmallFile.Read(Path.Join(git.Common, "packed-refs"), MostBytesOfPackedRefs) is not { } all)
            return null;
        foreach (ReadOnlySpan<char> line in all.AsSpan().EnumerateLines())
        {
            if (line.EndsWith(name) && line.Length > name.Length && line[^(name.Length + 1)] == ' ' && IsCommit(line[..^(name.Length + 1)]))
                return line[..^(name.Length + 1)].ToString();
        }
        return null;
    }

    private static string? RefFile(string path) => SmallFile.Read(path, MostBytesOfRef)?.TrimEnd();

    private static string? SymbolicName(string text) => text.StartsWith("ref: ", StringComparison.Ordinal) && IsRefName(text.AsSpan(5)) ? text[5..] : null;

    internal static bool IsCommit(ReadOnlySpan<char> text) => text.Length is 40 or 64 && !text.ContainsAnyExcept(Digits);

    /// <summary>As `git check-ref-format` has it: below <c>refs/</c>, and never out of it again.</summary>
    internal static bool IsRefName(ReadOnlySpan<char> name)
    {
        if (
            !name.StartsWith("refs/")
            || name.Length > 250
            || name.ContainsAny(NeverInRefs)
            || name.ContainsAnyInRange('\0', '\x1f')
            || name.Contains("..", StringComparison.Ordinal)
            || name.Contains("@{", StringComparison.Ordinal)
        )
            return false;
        foreach (Range step in name.Split('/'))
        {
            ReadOnlySpan<char> part = name[step];
            if (part.IsEmpty || part[0] == '.' || part[^1] == '.' || part.EndsWith(".lock"))
                return false;
        }
        return true;
    }
}
