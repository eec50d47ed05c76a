using PromptLsp.Language.Hover;
using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>What there is to say of a place.</summary>
internal static class Hover
{
    public static Protocol.Hover? Answer(OpenDocuments now, TextDocumentPositionParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { IsOutOfStep: false } open
            ? Hovers.At(open.Prompt, open.Text.OffsetAt(asked.Position))?.ToLsp(open.Text)
            : null;
}
