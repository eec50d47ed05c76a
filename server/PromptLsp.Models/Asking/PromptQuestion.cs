using System.Collections.Immutable;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;

namespace PromptLsp.Models.Asking;

/// <summary>One prompt, put to a model once.</summary>
public sealed record PromptQuestion(PromptModel Prompt, RenderedPrompt Rendered, AskedModel Asked, ModelRequest Request)
{
    public static PromptQuestion Of(PromptModel prompt, RenderedPrompt rendered, AskedModel asked) =>
        new(prompt, rendered, asked, ModelRequest.Of(prompt, rendered, asked.Route.Model, asked.Provider.Kind));

    /// <summary>What of the prompt does not go along, one line each.</summary>
    public ImmutableArray<string> Notes => Request.Notes;

    /// <param name="piece">Is told each piece of the answer as it comes; null where nobody watches.</param>
    /// <exception cref="ModelException">The model did not answer.</exception>
    public async Task<PromptRun> Ask(Action<string>? piece, TimeProvider clock, CancellationToken cancel)
    {
        using var client = ProviderChatClient.Of(Asked.Provider, new());
        ModelAnswer answer = await Question.Ask(client, Request, piece, clock, cancel);
        AnswerCost cost = AnswerCost.Of(answer, Rendered.Messages.Select(m => m.Text), Asked.Prices, Asked.Counter(Prompt));
        return new(Asked, answer, cost, Prompt.Header.Output is { } type && answer.ToolCalls.IsEmpty ? AnswerSchema.Problem(answer.Text, type) : null);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Misfit">How the answer does not fit the prompt's <c>output.schema</c>, in one line; null where it does.</param>
public sealed record PromptRun(AskedModel Asked, ModelAnswer Answer, AnswerCost Cost, string? Misfit)
{
    /// <summary><c>gpt-4o-mini · 412 tokens in, 96 out · $0.00012 · 1.3 s, the first token after 0.4 s · stop</c></summary>
    public string Summary
    {
        get
        {
            string about = Cost.IsExact ? "" : "≈ ";
            string tokens = Cost is { InputTokens: { } input, OutputTokens: { } output }
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{about}{input:N0} tokens in, {output:N0} out")
                : "tokens unknown";
            string price = Cost.Cost is { } known ? about + known : "cost unknown, as promptlsp.yaml has no price";
            string time = Seconds(Answer.Latency) + (Answer.TimeToFirstToken is { } first ? $", the first token after {Seconds(first)}" : "");
            string who = Answer.Identity.Model is { } model && model != Asked.Route.Model ? $"{Asked.Name} ({model})" : Asked.Name;
            return string.Join(" · ", ((string?[])[who, tokens, price, time, Answer.FinishReason]).OfType<string>());
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0#} s");
}
