using PromptLsp.Language.Catalog;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Server.Handlers;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server;

/// <summary>Our words in LSP's, and back.</summary>
internal static class Conversions
{
    public static int OffsetAt(this SourceText text, Protocol.Position position) => text.OffsetAt(position.Line, position.Character);

    /// <summary>A range of the client's, which may be reversed or past the end.</summary>
    public static TextSpan SpanOf(this SourceText text, Protocol.Range range)
    {
        int start = text.OffsetAt(range.Start), end = text.OffsetAt(range.End);
        return start <= end ? TextSpan.FromBounds(start, end) : TextSpan.FromBounds(end, start);
    }

    public static Protocol.Range RangeOf(this SourceText text, TextSpan span) => new(text.PositionOf(span.Start), text.PositionOf(span.End));

    public static Protocol.TextEdit ToLsp(this TextEdit edit, SourceText text) => new(text.RangeOf(edit.Span), edit.NewText);

    /// <summary>Edits of one open document.</summary>
    public static Protocol.WorkspaceEdit EditOf(this OpenDocument document, IEnumerable<TextEdit> edits) =>
        new() { Changes = new(StringComparer.Ordinal) { [document.Uri] = [.. edits.Select(e => e.ToLsp(document.Text))] } };

    /// <summary>A file's text as the user sees it: open in the editor before what is on disk; null where there is none.</summary>
    public static SourceText? TextOf(this Snapshot now, string path)
    {
        foreach (OpenDocument document in now.OpenDocuments)
        {
            if (string.Equals(document.Path, path, StringComparison.Ordinal))
                return document.Text;
        }
        return now.Disk.Read(path) is { IsOk: true } file ? file.Text : null;
    }

    /// <param name="path">The linted file, absolute; null for one that is not on disk.</param>
    public static Protocol.Diagnostic ToLsp(this Finding finding, ClientFlags client, Snapshot now, string uri, string? path, SourceText text) =>
        new(text.RangeOf(finding.Span), finding.Message)
        {
            Severity = finding.Severity switch
            {
                Severity.Error => 1,
                Severity.Warning => 2,
                Severity.Information => 3,
                _ => 4,
            },
            Code = finding.Rule,
            CodeDescription = client.Asks && RulePages.UriOf(finding.Rule) is { } page ? new(page) : null,
            Source = "promptlsp",
            Tags = finding.IsUnnecessary ? [1] : null,
            RelatedInformation = finding.Related.IsEmpty
                ? null
                : [.. finding.Related.Select(r => ToLsp(r, now, uri, path, text)).OfType<Protocol.DiagnosticRelatedInformation>()],
        };

    public static Protocol.Diagnostic ToLsp(this Finding finding, ClientFlags client, Snapshot now, OpenDocument document) =>
        finding.ToLsp(client, now, document.Uri, document.Path, document.Text);

    private static Protocol.DiagnosticRelatedInformation? ToLsp(RelatedPlace place, Snapshot now, string uri, string? path, SourceText text)
    {
        if (place.Path is null)
            return new(new(uri, text.RangeOf(place.Span)), place.Message);
        if (path is null)
            return null;
        string other = Path.GetFullPath(place.Path, now.Roots.Of(path).Folder);
        return now.TextOf(other) is { } there ? new(new(FileUri.FromPath(other), there.RangeOf(place.Span)), place.Message) : null;
    }

    public static Protocol.CompletionItem ToLsp(this CompletionItem item, SourceText text) => new(item.Label)
    {
        Kind = KindOf(item.Kind),
        Detail = item.Detail,
        FilterText = item.FilterText,
        InsertTextFormat = item.IsSnippet ? 2 : null,
        TextEdit = new(text.RangeOf(item.Replace), item.InsertText ?? item.Label),
        AdditionalTextEdits = item.AlsoEdit.IsEmpty ? null : [.. item.AlsoEdit.Select(e => e.ToLsp(text))],
        Command = item.ThenComplete ? new("Complete") { Name = "editor.action.triggerSuggest" } : null,
    };

    private static Protocol.Position PositionOf(this SourceText text, int offset)
    {
        LinePosition position = text.PositionAt(offset);
        return new(position.Line, position.Character);
    }

    private static int KindOf(CompletionKind kind) => kind switch
    {
        CompletionKind.Input or CompletionKind.Local or CompletionKind.Parameter => 6,
        CompletionKind.Context => 21,
        CompletionKind.Field => 5,
        CompletionKind.Function => 3,
        CompletionKind.Namespace => 9,
        CompletionKind.Statement => 14,
        CompletionKind.Role or CompletionKind.EnumValue => 20,
        CompletionKind.Include => 17,
        CompletionKind.Key => 10,
        CompletionKind.Type => 25,
        _ => 12,
    };
}
