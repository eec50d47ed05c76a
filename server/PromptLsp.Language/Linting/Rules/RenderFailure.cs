using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
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
        List<Finding> known = [.. Linter.Quick(prompt, cancel).Where(f => f.Severity == Severity.Error)];
        return failed
            .GroupBy(r => r.Rendered.Failure!)
            // What is wrong with whatever values has been said already.
            .Where(g => !known.Exists(f => Meets(f.Span, g.Key.SpanInPrompt)))
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

    private static bool Meets(TextSpan a, TextSpan b) => a.Overlaps(b) || a.Contains(b.Start) || b.Contains(a.Start);
}
