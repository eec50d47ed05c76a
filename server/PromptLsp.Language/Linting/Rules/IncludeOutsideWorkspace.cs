using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>An include whose path leaves the root, or that a link on its way leads out of it: it is not read.</summary>
public sealed class IncludeOutsideWorkspace : Rule
{
    public override string Id => "include-outside-workspace";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (include.Lookup?.Status == IncludeStatus.Outside)
                yield return new(include.Use.Path!.Span, $"`{include.Written}` lies outside the workspace, where nothing is read; move the partial inside");
        }
    }
}
