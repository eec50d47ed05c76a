using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>Somebody whose approval is wanted, and who cannot give it.</summary>
public sealed class MissingApprover : Rule
{
    public override string Id => "missing-approver";

    public override RuleGroup Group => RuleGroup.Releases;

    public override Severity Default => Severity.Warning;

    public override bool IsAboutFiles => true;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) => [];
}
