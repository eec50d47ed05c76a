using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax;

/// <summary>Something that parsing found wrong, with the sentence its author reads.</summary>
public sealed record Problem(TextSpan Span, string Message)
{
    /// <summary>What would mend it, where that is plain.</summary>
    public Repair? Repair { get; init; }

    /// <summary>This problem where the text before it has become longer by so many characters.</summary>
    internal Problem Moved(int by) => this with { Span = Span.Shift(by), Repair = Repair is null ? null : Repair with { Edit = Repair.Edit with { Span = Repair.Edit.Span.Shift(by) } } };
}

/// <summary>An edit that mends a problem, under the title of a quick fix.</summary>
public sealed record Repair(string Title, TextEdit Edit)
{
    /// <summary>Surely what was meant, so that it may be done unasked.</summary>
    public bool IsSafe { get; init; }
}
