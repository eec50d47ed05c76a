using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Linting;

/// <summary>A merge that nobody has resolved: the model would read both sides, and the marks.</summary>
public sealed class MergeConflictRule : Rule
{
    public override string Id => "merge-conflict";

    public override RuleGroup Group => RuleGroup.Syntax;

    public override Severity Default => Severity.Error;

    // In front matter it is a slip of the YAML, and told with those.
    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        MergeConflict
            .In(prompt.Document.Text)
            .Where(conflict => prompt.Document.FrontMatter.Problems.All(p => p.Span != conflict.Span))
            .Select(conflict => conflict.ToFinding());
}
