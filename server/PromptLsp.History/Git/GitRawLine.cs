namespace PromptLsp.History.Git;

/// <summary>
/// A line of <c>git log --raw</c>, which says what a commit did with a file: <c>:100644 100644 OLD NEW M⇥path</c>. A merge that made a text which
/// none of its sides had (<c>-c</c>) has a colon, a mode and a content for each side before the new ones:
/// <c>::100644 100644 100644 OURS THEIRS NEW MM⇥path</c>.
/// </summary>
/// <param name="Mode">What the file is now: <c>100644</c>, <c>100755</c>, <c>120000</c> for a link, <c>000000</c> where it is gone.</param>
/// <param name="Content">The name of its content; zeros where it is gone.</param>
internal readonly record struct GitRawLine(string Mode, string Content)
{
    public static GitRawLine? Read(string line)
    {
        string[] fields = line.Split(' ', '\t');
        int sides = fields[0].LastIndexOf(':') + 1;
        return sides > 0 && fields.Length > (2 * sides) + 2 ? new(fields[sides], fields[(2 * sides) + 1]) : null;
    }
}
