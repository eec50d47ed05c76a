using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A file of a release that is no longer what was released.</summary>
public sealed class ReleaseEdited : Rule
{
    public override string Id => "release-edited";

    public override RuleGroup Group => RuleGroup.Releases;

    public override Severity Default => Severity.Error;

    public override bool IsAboutFiles => true;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) => [];
}
