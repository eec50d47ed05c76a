using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Numbers written side by side, of which the engine makes their sum.</summary>
public sealed class AdjacentNumbers : Rule
{
    public override string Id => "adjacent-numbers";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        for (int i = 1; i < prompt.Facts.Outputs.Count; i++)
        {
            OutputUse first = prompt.Facts.Outputs[i - 1],
                second = prompt.Facts.Outputs[i];
            if (
                !IsNumber(first)
                || !IsNumber(second)
                || IslandOf(prompt, first) is not { } one
                || IslandOf(prompt, second) is not { } other
                || one.End != other.Start
            )
                continue;
            if (prompt.Meaning.AddsUp(prompt, second.Node))
                yield return Report(prompt, first, second, other.Start);
        }
    }

    private static Finding Report(PromptModel prompt, OutputUse first, OutputUse second, int between)
    {
        SourceText text = prompt.Document.Text;
        return new(
            second.Node.Span,
            $"`{text[first.Node.Span]}` and `{text[second.Node.Span]}` are numbers with nothing before or between them, and their sum is written; "
                + "put a text between"
        )
        {
            Fixes = [new("Put a blank between", TextEdit.Insert(between, " "))],
        };
    }

    private static bool IsNumber(OutputUse output) => output.Type is ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number or ScalarKind.Boolean };

    private static TextSpan? IslandOf(PromptModel prompt, OutputUse output) => prompt.Document.Body.IslandAt(output.Node.Span.Start);
}
