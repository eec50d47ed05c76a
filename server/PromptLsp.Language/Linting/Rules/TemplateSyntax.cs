using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering.Engines;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>What the dialect's own engine rejects, at the exact place: when it reads the template, or always where it comes to it.</summary>
public sealed class TemplateSyntax : Rule
{
    public override string Id => "template-syntax";

    public override RuleGroup Group => RuleGroup.Syntax;

    public override Severity Default => Severity.Error;

    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        PromptDocument document = prompt.Document;
        if (document.OtherFormat is not null || KnownEngines.Of(document.Dialect) is not { } engine)
            return [];
        // Where the engine takes the whole body there is nothing wrong with it, whatever our tree thinks.
        ImmutableArray<Problem> verdict = engine.Check(document),
            ours = document.Body.Problems;
        IEnumerable<Problem> problems =
            verdict.IsEmpty ? ours.Where(p => IsWrongAnyway(prompt, p))
            : ours.IsEmpty ? FirstOfEachIsland(document, verdict)
            : WithoutEchoes(prompt, ours);
        return problems
            .Select(p => verdict.IsEmpty && IsOpenAtEnd(document, p) ? p.ToFinding() with { Severity = Severity.Warning } : p.ToFinding())
            .Concat(JumpsOutsideLoops(prompt));
    }

    // A partial may be included in a loop.
    private static IEnumerable<Finding> JumpsOutsideLoops(PromptModel prompt) =>
        prompt.Environment.IsPartial
            ? []
            : prompt.Facts.LoneJumps.Select(j => new Finding(
                j.KeywordSpan,
                $"`{prompt.Document.Text[j.KeywordSpan]}` stands in no loop, which stops the rendering where it is reached"
            ));

    // Words of other languages, and code that takes the rest of the file in.
    private static bool IsWrongAnyway(PromptModel prompt, Problem problem) => problem switch
    {
        { IsCertain: true } => true,
        { ForeignWord: { } word } => prompt.Facts.Scopes.FindAnywhere(word) is null,
        { Kind: ProblemKind.OpenIsland } => true,
        _ => false,
    };

    // The engine lets code pass that the end of the file closes; whoever wrote it forgot something all the same.
    private static bool IsOpenAtEnd(PromptDocument document, Problem problem) =>
        problem.Kind == ProblemKind.OpenIsland
        && document
            .Text.Slice(TextSpan.FromBounds(document.Text.LineSpan(document.Text.LineAt(problem.Span.Start)).End, document.Body.Span.End))
            .IsWhiteSpace();

    // An engine loses its way at the first mistake; our tree does not, and knows each block's own.
    private static IEnumerable<Problem> WithoutEchoes(PromptModel prompt, ImmutableArray<Problem> problems)
    {
        int lonely = 0;
        foreach (Problem problem in problems)
        {
            // The end of a branch that belongs to nothing.
            if (problem.Kind == ProblemKind.LoneEnd && lonely > 0)
            {
                lonely--;
                continue;
            }
            if (problem.Kind == ProblemKind.LoneBranch)
                lonely = 1;
            if (problem.ForeignWord is not { } word || prompt.Facts.Scopes.FindAnywhere(word) is null)
                yield return problem;
        }
    }

    private static IEnumerable<Problem> FirstOfEachIsland(PromptDocument document, ImmutableArray<Problem> verdict)
    {
        TextSpan? last = null;
        foreach (Problem problem in verdict)
        {
            TextSpan? island = document.Body.IslandAt(problem.Span.Start);
            if (island is null || island != last)
                yield return problem;
            last = island;
        }
    }
}
