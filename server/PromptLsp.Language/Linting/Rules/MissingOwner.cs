using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A prompt that nobody answers for.</summary>
public sealed class MissingOwner : Rule
{
    public override string Id => "missing-owner";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Off;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        MissingKey.Find(prompt, "owner", "nobody is named who answers for this prompt; add `owner`", "owner: \"@team\"");
}
