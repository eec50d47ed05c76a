using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax;

/// <summary>Something that parsing found wrong, with the sentence its author reads.</summary>
public record Problem(TextSpan Span, string Message)
{
    public ProblemKind Kind { get; init; }

    /// <summary>
    /// A word of another language, read as what it means there. An engine takes most such words for names, so its complaints about one are
    /// left out, unless the prompt declares that name.
    /// </summary>
    public string? ForeignWord { get; init; }

    /// <summary>The engine accepts it, but fails on it when it renders, or does something with it that nobody wants.</summary>
    public bool IsCertain { get; init; }

    /// <summary>What reads the file takes it, and makes of it what nobody wants.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>What would mend it, where that is plain.</summary>
    public Repair? Repair { get; init; }

    /// <summary>This problem where the text before it has become longer by so many characters.</summary>
    internal Problem Moved(int by) =>
        this with
        {
            Span = Span.Shift(by),
            Repair = Repair is null ? null : Repair with { Edit = Repair.Edit with { Span = Repair.Edit.Span.Shift(by) } },
        };
}

/// <summary>How a problem hangs together with others.</summary>
public enum ProblemKind
{
    /// <summary>In one statement, which is not understood.</summary>
    Statement,

    /// <summary>Code that goes on where it should have ended.</summary>
    OpenIsland,

    /// <summary>A block without its end; what it opens with is understood.</summary>
    OpenBlock,

    /// <summary>A branch of no block: the end that follows was meant for it.</summary>
    LoneBranch,

    /// <summary>An end of no block.</summary>
    LoneEnd,
}

/// <summary>An edit that mends a problem, under the title of a quick fix.</summary>
public sealed record Repair(string Title, TextEdit Edit)
{
    /// <summary>A word in the place of what stands at a span.</summary>
    public static Repair ChangeTo(string word, TextSpan span) => new($"Change to `{word}`", new(span, word));

    /// <summary>The word that was meant, where one is known.</summary>
    public static Repair? ChangeToMeant(string? meant, TextSpan span) => meant is null ? null : ChangeTo(meant, span);

    /// <summary>Surely what was meant, so that it may be done unasked.</summary>
    public bool IsSafe { get; init; }
}
