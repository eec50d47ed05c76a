using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>Something in <c>promptlsp.yaml</c> that nothing reads, or that cannot be read.</summary>
public sealed class InvalidSettings : Rule
{
    public const string Name = "invalid-settings";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Files;

    public override Severity Default => Severity.Error;

    public override bool IsAboutFiles => true;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) => [];
}
