using System.Globalization;
using System.Text;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A sample that renders to more tokens than the prompt allows itself, or than its model can read.</summary>
public sealed class TokenBudget : Rule
{
    public override string Id => "token-budget";

    public override RuleGroup Group => RuleGroup.Budget;

    public override Severity Default => Severity.Warning;

    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (SmallestLimit(prompt) is not { } limit)
            yield break;
        foreach (SampleRendering rendering in SampleRenderings.Of(prompt, cancel))
        {
            // How long an input is that nobody gives says nothing.
            if (rendering.Rendered.Failure is not null || !rendering.Choice.IsDeclared || IsSurelyWithin(rendering.Rendered, limit.Tokens))
                continue;
            if (TokenCount.Of(prompt, rendering.Rendered) is not { } count || !count.Exceeds(limit.Tokens))
                continue;
            string what = rendering.Choice.Sample is { } sample ? $"the sample `{sample.Name}` renders to" : "the prompt renders to";
            yield return new(limit.Span, $"{what} {count}, {limit.Over}; shorten it, or raise the limit")
            {
                Related = rendering.Choice.Sample is { } place ? [new(null, place.NameSpan, "the sample")] : [],
            };
            yield break;
        }
    }

    private static (long Tokens, TextSpan Span, string Over)? SmallestLimit(PromptModel prompt)
    {
        (long Tokens, TextSpan Span, string Over)? own = prompt.Header.TokenLimit is var (tokens, span)
            ? (tokens, span, $"over its limit of {Number(tokens)}")
            : null;
        if (
            prompt.Header.Model is { } name
            && prompt.Environment.FindModel(name) is { ContextWindow: { } window }
            && prompt.Document.FrontMatter.Keys?.Find("model")?.Value.Span is { } model
            && (own is null || window < own.Value.Tokens)
        )
            return (window, model, $"over the {Number(window)} that `{name}` can read");
        return own;
    }

    private static string Number(long tokens) => tokens.ToString("N0", CultureInfo.InvariantCulture);

    // A token is a byte or more, so that most prompts need no counting.
    private static bool IsSurelyWithin(RenderedPrompt rendered, long limit) =>
        rendered.Messages.Sum(m => m.Parts.OfType<TextPart>().Sum(p => (long)Encoding.UTF8.GetByteCount(p.Text))) <= limit;
}
