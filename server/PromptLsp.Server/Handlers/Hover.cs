using PromptLsp.Language.Hover;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>What there is to say of a place.</summary>
internal static class Hover
{
    public static Protocol.Hover? Answer(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel) =>
        now.FindSettings(asked.TextDocument.Uri) is { } settings ? Hovers.InSettings(settings.Text, settings.Text.OffsetAt(asked.Position))?.ToLsp(settings.Text)
            : now.Find(asked.TextDocument.Uri) is { } open
            ? Hovers.At(open.Prompt, open.Text.OffsetAt(asked.Position), cancel)?.ToLsp(open.Text)
            : null;
}
