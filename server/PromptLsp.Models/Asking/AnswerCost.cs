using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Models.Asking;

/// <summary>What an answer took of tokens and money.</summary>
/// <param name="IsExact">False where the provider did not count, and we did.</param>
/// <param name="Cost">Null where the workspace states no price: unknown is not free.</param>
public readonly record struct AnswerCost(long? InputTokens, long? OutputTokens, bool IsExact, Cost? Cost)
{
    /// <param name="sent">The texts that were sent.</param>
    public static AnswerCost Of(ModelAnswer answer, IEnumerable<string> sent, ModelInfo? prices, TokenCounter? counter)
    {
        long? input = answer.InputTokens ?? (counter is null ? null : sent.Sum(text => (long)counter.Count(text)));
        long? output = answer.OutputTokens ?? counter?.Count(answer.Text);
        Cost? cost =
            prices is { InputPrice: { } inputPrice, OutputPrice: { } outputPrice } && input is { } i && output is { } o
                ? new(((inputPrice * i) + (outputPrice * o)) / 1_000_000, prices.Currency)
                : null;
        return new(input, output, answer is { InputTokens: not null, OutputTokens: not null }, cost);
    }
}
