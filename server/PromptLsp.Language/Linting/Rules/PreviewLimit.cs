using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A preview that a limit of ours stopped, so that nobody can say what the prompt renders to.</summary>
public sealed class PreviewLimit : Rule
{
    public override string Id => "preview-limit";

    public override RuleGroup Group => RuleGroup.SamplesAndTests;

    public override Severity Default => Severity.Hint;

    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (
            var stopped in SampleRenderings.Of(prompt, cancel).Where(r => r.Rendered.Failure?.Kind == RenderFailureKind.Limit).GroupBy(r => r.Rendered.Failure!)
        )
        {
            string with = stopped.First().Choice.Sample is { } sample ? $" of the sample `{sample.Name}`" : "";
            yield return new(
                prompt.Document.Text.FirstLineOf(stopped.Key.SpanInPrompt),
                $"the preview{with} stops here: {stopped.Key.Reason}; the limit is the preview's own, not the engine's"
            );
        }
    }
}
