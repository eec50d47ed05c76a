using PromptLsp.History;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
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
        KnownHistory known = open.Document.Path is { } path && Histories.IsKept(path)
            ? session.Histories.Known(path) ?? new()
            : new() { Off = "only a prompt in a file has a history" };
        return new(known.Off is null ? "on" : "off", Modified: known.Head is { } head && Fingerprint.Of(open.Text.Content) != head.Fingerprint)
        {
            Reason = known.Off,
            Head = known.Head?.Shape(),
            ChangedThrough = known.ChangedThrough.IsEmpty ? null : [.. known.ChangedThrough],
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
