using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>A prompt's facts for a status line; what is not known yet is left out, and a notice follows.</summary>
internal static class Statuses
{
    public static async Task<object?> Answer(Session session, Snapshot now, StatusParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open)
            return null;
        Preview? preview = KnownPreview(session, asked.TextDocument.Uri, open.Prompt, cancel);
        HistorySummary known = open.Document.Path is { } path && Histories.IsKept(path)
            ? session.Histories.Known(path) ?? new()
            : new() { Off = WhyNone(open.Document.Path) };
        Standing standing = known.Head is null ? new(null, IsModified: false) : await session.Histories.StandingAsync(open.Document.Path!, open.Text.Content);
        return new StatusResult(known.Off is null ? "on" : "off", standing.IsModified)
        {
            Reason = known.Off,
            Head = known.Head?.Shape(),
            Version = standing.Version?.Shape(),
            ChangedThrough = known.ChangedThrough.IsEmpty ? null : [.. known.ChangedThrough],
            Tokens = preview?.Tokens?.Tokens,
            About = preview?.Tokens?.IsExact == false ? true : null,
            TokenLimit = LimitOf(open.Prompt),
            Model = open.Prompt.Header.Model,
            Cost = preview?.Tokens?.Cost?.ToString(),
            Sample = preview?.Choice.Sample?.Name,
            Failure = preview?.Rendered.Failure is { Kind: not RenderFailureKind.Limit } failure ? failure.Reason : null,
            Unavailable = PreviewMarkdown.WhyNone(open.Prompt),
        };
    }

    private static string WhyNone(string? path) =>
        path is not null && ReleasedFile.FolderOf(path) is not null
            ? "a copy of what was released has no history of its own; the prompt itself has one"
            : "only a prompt in a file has a history";

    /// <summary>The prompt as the preview shows it, with its tokens; null while that is not worked out, and a notice follows.</summary>
    public static Preview? KnownPreview(Session session, string uri, PromptModel prompt, CancellationToken cancel)
    {
        if (!SampleRenderings.CanRender(prompt))
            return null;
        SampleChoice? chosen = session.Samples.Of(uri, prompt);
        // What a person has typed into the preview is rendered nowhere else.
        if (chosen is { Changed.IsEmpty: false })
            return Preview.Of(prompt, chosen, prompt.Environment.PreviewLimits, cancel);
        SampleRendering? known = SampleRenderings.Known(prompt).FirstOrDefault(r => chosen is null || r.Choice.Sample == chosen.Sample);
        TokenCount? tokens = known is null ? null : TokenCount.Of(prompt, known.Rendered);
        if (tokens is null)
            session.Diagnostics.OweTokens(uri);
        return known is null ? null : new(known.Choice, known.Rendered, known.Rendered.Failure is null ? tokens : null);
    }

    /// <summary>The prompt's own limit, else what its model can read.</summary>
    public static long? LimitOf(PromptModel prompt) =>
        prompt.Header.TokenLimit?.Tokens
        ?? prompt.Environment.FindModel(prompt.Header.Model)?.ContextWindow;
}
