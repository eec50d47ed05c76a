using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A line that holds only code, of which an empty line is left in what the model gets.</summary>
public sealed class BlankLine : Rule
{
    public override string Id => "blank-line";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        Notation notation = KnownNotations.Of(prompt.Document.Dialect);
        if (prompt.Document.Body.IsOpaque || !notation.KeepsLineEnds)
            yield break;
        SourceText text = prompt.Document.Text;
        ImmutableArray<TextSpan>[] lines = [.. CodeLines.Of(prompt, notation)];
        ImmutableArray<Fix> all = lines.Length < 2 ? [] : [new("Trim all lines that hold only code", [.. lines.SelectMany(line => notation.Trim(text, line))])];
        foreach (ImmutableArray<TextSpan> line in lines)
        {
            cancel.ThrowIfCancellationRequested();
            yield return new(TextSpan.FromBounds(line[0].Start, line[^1].End), "this line holds only code, and leaves an empty line in what the model gets")
            {
                Fixes = [new Fix("Trim", notation.Trim(text, line)), .. all],
            };
        }
    }
}
