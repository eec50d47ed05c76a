using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>An untrusted input that is run as template code.</summary>
public sealed class UntrustedInTemplate : Rule
{
    public override string Id => "untrusted-in-template";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (call.Function is { RunsItsArgument: true } function && call.Arguments is [var first, ..] && prompt.Facts.IsUntrusted(first.Value))
                yield return new(
                    first.Value.Span,
                    $"`{function.Name}` runs `{prompt.Document.Text[first.Value.Span]}` as code, and it comes from outside; print it instead"
                );
        }
    }
}
