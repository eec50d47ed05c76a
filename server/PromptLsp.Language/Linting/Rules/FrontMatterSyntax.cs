using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>Front matter that is no YAML, that never closes, or that says a key twice.</summary>
public sealed class FrontMatterSyntax : Rule
{
    public override string Id => "front-matter-syntax";

    public override RuleGroup Group => RuleGroup.Syntax;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Document.FrontMatter.Problems.Select(p => p.ToFinding());
}
