using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Linting;

/// <summary>What the dialect's own engine rejects, at the exact place.</summary>
public sealed class TemplateSyntax : Rule
{
    public override string Id => "template-syntax";

    public override RuleGroup Group => RuleGroup.Syntax;

    public override Severity Default => Severity.Error;

    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        PromptDocument document = prompt.Document;
        if (document.OtherFormat is not null || !document.Dialect.HasEngine)
            return [];
        // Where the engine takes the whole body there is nothing wrong with it, whatever our tree thinks.
        ImmutableArray<Problem> verdict = document.Dialect.Check(document);
        if (verdict.IsEmpty)
            return [];
        // An engine loses its way at the first mistake; our tree does not, and knows each block's own.
        ImmutableArray<Problem> problems = document.Body.Problems.IsEmpty ? verdict : document.Body.Problems;
        return problems.Select(p => new Finding(p.Span, p.Message)
        {
            Fixes = p.Repair is { } repair ? [new(repair.Title, repair.Edit)] : [],
        });
    }
}
