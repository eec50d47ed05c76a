using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A sample that the template fails on, at the place in the template.</summary>
public sealed class RenderFailureRule : Rule
{
    public override string Id => "render-failure";

    public override RuleGroup Group => RuleGroup.SamplesAndTests;

    public override Severity Default => Severity.Error;

    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        // A failure on values that were invented proves nothing.
        List<SampleRendering> failed =
        [
            .. SampleRenderings.Of(prompt, cancel).Where(r => r is { Choice.IsDeclared: true, Rendered.Failure.Kind: RenderFailureKind.Values }),
        ];
        if (failed.Count == 0)
            return [];
        ImmutableArray<Finding> quick = Linter.QuickUnsilenced(prompt, cancel);
        return failed
            .Where(r => r.Choice.Sample is not { } sample || !quick.Any(f => IsOfSample(f, sample)))
            .GroupBy(r => r.Rendered.Failure!)
            // What is wrong with whatever values has been said already.
            .Where(g =>
                !quick.Any(f => IsCause(prompt, f, g.Key.SpanInPrompt))
                && !prompt.Document.Body.Problems.Any(p => AreBeside(prompt.Document, p.Span, g.Key.SpanInPrompt))
            )
            .Select(g => Finding(g.Key, g.First().Choice.Sample));
    }

    private static Finding Finding(RenderFailure failure, Sample? sample)
    {
        string with = sample is null ? "this fails" : $"this fails with the sample `{sample.Name}`";
        string where = failure.Path is { } path ? $", in `{path}`" : "";
        return new(failure.SpanInPrompt, $"{with}{where}: {failure.Reason.TrimEnd('.')}; mend the template{(sample is null ? "" : " or the sample")}")
        {
            Related =
            [
                .. failure.Path is null ? [] : new RelatedPlace[] { new(failure.Path, failure.Span, "it fails here") },
                .. sample is null ? [] : new RelatedPlace[] { new(null, sample.NameSpan, "the sample") },
            ],
        };
    }

    // What a sample of the wrong types makes of the template proves nothing.
    private static bool IsOfSample(Finding finding, Sample sample) =>
        finding.Rule == SampleMismatch.Name && (sample.NameSpan.Contains(finding.Span.Start) || sample.Node.Span.Contains(finding.Span.Start));

    // A name that nothing defines is null, and what is done with it fails beside it; a call fails where it ends.
    private static bool IsCause(PromptModel prompt, Finding finding, TextSpan failure) =>
        finding.Rule switch
        {
            UndefinedVariable.Name or UnknownMember.Name or UnknownFunction.Name or WrongArguments.Name or TypeMismatch.Name => AreBeside(
                prompt.Document,
                finding.Span,
                failure
            ),
            _ => finding.Severity == Severity.Error && Meets(finding.Span, failure),
        };

    // On one line of one island.
    private static bool AreBeside(PromptDocument document, TextSpan a, TextSpan b) =>
        document.Body.IslandAt(b.Start) is { } island && island.Contains(a) && document.Text.LineAt(a.Start) == document.Text.LineAt(b.Start);

    private static bool Meets(TextSpan a, TextSpan b) => a.Overlaps(b) || a.Contains(b.Start) || b.Contains(a.Start);
}
