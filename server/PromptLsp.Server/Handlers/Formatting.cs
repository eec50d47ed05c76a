using PromptLsp.Language.Formatting;
using PromptLsp.Language.Text;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>Spacing that has no bearing on what a prompt renders to, of the whole document or of a part of it; and comments.</summary>
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

    /// <summary>The edits that turn the lines of some ranges into comments, or back.</summary>
    public static Protocol.TextEdit[]? ToggleComment(Snapshot now, ToggleCommentParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open)
            return null;
        IEnumerable<int> lines = asked.Ranges.SelectMany(r => LinesOf(open.Text, r)).Distinct().Order();
        return CommentToggle.Edits(open.Prompt.Document, lines) is { } edits
            ? [.. edits.Select(e => e.ToLsp(open.Text))]
            : throw RequestFailed.With("How this body's language writes comments is not known here.");
    }

    // A selection that ends at the beginning of a line leaves that line out.
    private static IEnumerable<int> LinesOf(SourceText text, Protocol.Range range)
    {
        int first = Math.Clamp(range.Start.Line, 0, text.LineCount - 1), last = Math.Clamp(range.End.Line, first, text.LineCount - 1);
        return Enumerable.Range(first, last - first + (last > first && range.End.Character == 0 ? 0 : 1));
    }
}
