using System.Collections.Concurrent;
using PromptLsp.Language.Rendering;
using PromptLsp.Models;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Running;

/// <summary>Asks models, and asks again where that may help; with one client for each provider.</summary>
internal sealed class PatientAsker(RunOptions options) : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ProviderChatClient> _clients = new(StringComparer.Ordinal);

    public async Task<(ModelAnswer Answer, int Retries)> Ask(Side side, RenderedPrompt rendered, CancellationToken cancel)
    {
        ModelRequest request = ModelRequest.Of(side.Prompt, rendered, side.ModelId, side.Provider.Kind);
        ProviderChatClient client = _clients.GetOrAdd(side.Provider.Name, _ => ProviderChatClient.Of(side.Provider, options.Limits));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return (await Question.Ask(client, request, null, options.Clock, cancel), attempt - 1);
            }
            catch (ModelException failure) when (failure.IsPassing && attempt < options.Attempts)
            {
                TimeSpan pause = failure.RetryAfter ?? options.Pause * Math.Pow(2, attempt - 1);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, options.Clock, cancel);
            }
        }
    }

    public void Dispose()
    {
        foreach (ProviderChatClient client in _clients.Values)
            client.Dispose();
    }
}
