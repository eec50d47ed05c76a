using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A change since what the last environment holds, else since the newest tag, that can fail those who use that version.</summary>
public sealed class ContractBreak : Rule
{
    public override string Id => "contract-break";

    public override RuleGroup Group => RuleGroup.History;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Environment.Released() is not { } released)
            yield break;
        foreach (ContractChange change in Contract.Changes(released.Header, prompt.Header).Where(c => c.IsBreaking))
            yield return new(change.Place ?? Key(prompt, change.Side), $"{change.Message}; what relies on `{released.Tag}` breaks");
    }

    private static TextSpan Key(PromptModel prompt, ContractSide side) =>
        prompt.Document.FrontMatter.Keys?.Find(side == ContractSide.Input ? "input" : "output")?.Key.Span
        ?? prompt.Document.FrontMatter.OpenFence
        ?? new TextSpan(0, 0);
}
