using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A partial that no prompt of the workspace includes.</summary>
public sealed class UnusedPartial : Rule
{
    public override string Id => "unused-partial";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Environment.IsPartial && prompt.Environment.IncludedBy() is { Count: 0 })
            yield return new(
                prompt.Document.FrontMatter.OpenFence ?? prompt.Document.Text.LineSpan(0),
                $"no prompt includes `{prompt.Environment.FileName}`; include it, or delete it"
            )
            {
                IsUnnecessary = true,
            };
    }
}
