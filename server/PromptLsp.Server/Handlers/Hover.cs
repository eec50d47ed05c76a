using PromptLsp.Language.Hover;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>What there is to say of a place.</summary>
internal static class Hover
{
    public static Protocol.Hover? Answer(ClientFlags client, Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        if (now.FindSettings(uri) is { } settings)
            return ToLsp(client, Hovers.InSettings(settings.Text, settings.Text.OffsetAt(asked.Position)), settings.Text);
        return now.Find(uri) is { } open ? ToLsp(client, Hovers.At(open.Prompt, open.Text.OffsetAt(asked.Position), cancel), open.Text) : null;
    }

    private static Protocol.Hover? ToLsp(ClientFlags client, HoverText? hover, SourceText text) =>
        hover is null ? null : new(MarkupContent.Of(hover.Markdown, client.ShowsMarkdownHovers)) { Range = text.RangeOf(hover.Span) };
}
