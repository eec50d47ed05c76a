using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>A prompt's facts for a status line; what is not known yet is left out, and a notice follows.</summary>
internal static class Statuses
{
    public static StatusResult? Answer(Session session, Snapshot now, StatusParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open)
            return null;
        TokenCount? tokens = SampleRenderings.Known(open.Prompt) is [var first, ..] ? TokenCount.Of(open.Prompt, first.Rendered) : null;
        if (tokens is null && SampleRenderings.CanRender(open.Prompt))
            session.Diagnostics.OweTokens(asked.TextDocument.Uri);
        return new("off", Modified: false)
        {
            Reason = "this server keeps no history yet",
            Tokens = tokens?.Tokens,
            TokenLimit = LimitOf(open.Prompt),
            Model = open.Prompt.Header.Model,
        };
    }

    /// <summary>The prompt's own limit, else what its model can read.</summary>
    public static long? LimitOf(PromptModel prompt) =>
        prompt.Header.TokenLimit?.Tokens
        ?? prompt.Environment.Models.FirstOrDefault(m => string.Equals(m.Name, prompt.Header.Model, StringComparison.Ordinal))?.ContextWindow;
}
