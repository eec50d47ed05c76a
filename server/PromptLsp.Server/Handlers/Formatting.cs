using PromptLsp.Language.Formatting;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>Spacing that has no bearing on what a prompt renders to: of the whole document, or of a part of it.</summary>
internal static class Formatting
{
    public static Protocol.TextEdit[]? Document(Snapshot now, DocumentFormattingParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open ? [.. Formatter.Edits(open.Prompt.Document).Select(e => e.ToLsp(open.Text))] : null;

    public static Protocol.TextEdit[]? Range(Snapshot now, DocumentRangeFormattingParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open)
            return null;
        TextSpan part = open.Text.SpanOf(asked.Range);
        return [.. Formatter.Edits(open.Prompt.Document).Where(e => part.Contains(e.Span)).Select(e => e.ToLsp(open.Text))];
    }
}
