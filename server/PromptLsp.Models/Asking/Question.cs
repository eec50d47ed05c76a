using System.Text;
using Microsoft.Extensions.AI;
using PromptLsp.Models.Clients;

namespace PromptLsp.Models.Asking;

/// <summary>Asks a model once.</summary>
public static class Question
{
    /// <param name="onText">Is told each piece of the answer as it comes.</param>
    /// <exception cref="ModelException">The model did not answer, or not to the end.</exception>
    public static async Task<ModelAnswer> Ask(
        ProviderChatClient client,
        ModelRequest request,
        Action<string>? onText,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        long begun = clock.GetTimestamp();
        TimeSpan? first = null;
        var text = new StringBuilder();
        var calls = new List<ToolCall>();
        string? model = null, fingerprint = null, region = null, reason = null;
        long? input = null, output = null;
        int longest = client.Connection.Limits.LongestAnswer;
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(request.Messages, request.Options, cancel))
        {
            model = update.ModelId ?? model;
            reason = update.FinishReason?.Value ?? reason;
            fingerprint = update.AdditionalProperties?.GetValueOrDefault("system_fingerprint") as string ?? fingerprint;
            region = update.AdditionalProperties?.GetValueOrDefault("region") as string ?? region;
            foreach (AIContent content in update.Contents)
            {
                switch (content)
                {
                    case TextContent { Text: { Length: > 0 } piece }:
                        first ??= clock.GetElapsedTime(begun);
                        if (text.Length + piece.Length > longest)
                            throw new ModelException(
                                ModelFault.TooLarge,
                                $"the answer is longer than {longest / 1_000_000.0:0.#} million characters, and was not read to its end"
                            );
                        text.Append(piece);
                        onText?.Invoke(piece);
                        break;
                    case FunctionCallContent call:
                        first ??= clock.GetElapsedTime(begun);
                        calls.Add(new(call.Name, call.AdditionalProperties?.GetValueOrDefault("written") as string ?? "{}"));
                        break;
                    case UsageContent { Details: var usage }:
                        (input, output) = (usage.InputTokenCount ?? input, usage.OutputTokenCount ?? output);
                        break;
                }
            }
        }
        return new()
        {
            Text = text.ToString(),
            ToolCalls = [.. calls],
            InputTokens = input,
            OutputTokens = output,
            FinishReason = reason,
            Identity = new(client.Connection.Provider.Name, model, fingerprint, region),
            Latency = clock.GetElapsedTime(begun),
            TimeToFirstToken = first,
        };
    }
}
