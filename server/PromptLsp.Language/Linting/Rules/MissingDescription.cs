using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A prompt that does not say what it is for.</summary>
public sealed class MissingDescription : Rule
{
    public override string Id => "missing-description";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Off;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        MissingKey.Find(prompt, "description", "this prompt does not say what it is for; add `description`", "description: What this prompt is for.");
}
