using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Lines that hold only code, of which empty lines are left in what the model gets.</summary>
public sealed class BlankLine : Rule
{
    public override string Id => "blank-line";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Hint;

    // It looks at every line, and nobody waits for it.
    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        Notation notation = KnownNotations.Of(prompt.Document.Dialect);
        if (prompt.Document.Body.IsOpaque || !notation.KeepsLineEnds)
            yield break;
        SourceText text = prompt.Document.Text;
        ImmutableArray<TextSpan>[] lines = [.. CodeLines.Of(prompt, notation).Where(line => !prompt.Suppressions.Covers(Id, line[0]))];
        if (lines is not [var first, .. var others])
            yield break;
        // A prompt written without trimming has one at every block: it is told once, and mended at once.
        string more = others.Length switch
        {
            0 => "",
            1 => "; so does one more",
            int count => $"; so do {count} more",
        };
        var trim = new Fix("Trim this line", notation.Trim(text, first));
        yield return new(
            TextSpan.FromBounds(first[0].Start, first[^1].End),
            $"this line holds only code, and leaves an empty line in what the model gets{more}"
        )
        {
            Fixes =
                others.Length == 0
                    ? [trim]
                    : [new($"Trim all {lines.Length} lines that hold only code", [.. lines.SelectMany(line => notation.Trim(text, line))]), trim],
        };
    }
}
