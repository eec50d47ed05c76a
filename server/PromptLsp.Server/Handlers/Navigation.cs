using System.Collections.Immutable;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Navigation;
using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>From a name to where it is made, used, and renamed, in a prompt or in <c>promptlsp.yaml</c>.</summary>
internal static class Navigation
{
    public static Location? Definition(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel) =>
        At(now, asked.TextDocument, asked.Position) is var (document, _, mention) && Navigating.Definition(now, document, mention) is var (file, span)
            ? new(file.Uri, file.Text.RangeOf(span))
            : null;

    public static Location[]? References(Snapshot now, ReferenceParams asked, CancellationToken cancel) =>
        At(now, asked.TextDocument, asked.Position) is var (document, _, mention)
            ? [.. Navigating.References(now, document, mention.Subject, cancel)
                .Where(r => r.Mention.Kind != MentionKind.Declaration || asked.Context is not { IncludeDeclaration: false })
                .Select(r => new Location(r.File.Uri, r.File.Text.RangeOf(r.Mention.Span)))]
            : null;

    public static DocumentHighlight[]? Highlight(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel) =>
        At(now, asked.TextDocument, asked.Position) is var (_, file, mention)
            ? [.. file.Of(mention.Subject).Select(m => new DocumentHighlight(file.Text.RangeOf(m.Span), m.Kind == MentionKind.Read ? 2 : 3))]
            : null;

    public static PrepareRenameResult? PrepareRename(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        if (At(now, asked.TextDocument, asked.Position) is not var (_, file, mention))
            return null;
        return Renames.Refusal(mention) is { } refusal ? throw Refused(refusal) : new(file.Text.RangeOf(mention.Span), mention.Subject.Name);
    }

    public static WorkspaceEdit? Rename(ClientFlags client, Snapshot now, RenameParams asked, CancellationToken cancel)
    {
        if (At(now, asked.TextDocument, asked.Position) is not var (document, _, mention))
            return null;
        Renaming renaming = Renaming.To(now, document, mention, asked.NewName, cancel);
        return renaming.Refusal is { } refusal ? throw Refused(refusal) : EditOf(client, renaming.Files);
    }

    private static (OpenDocument Document, NamingFile File, Mention Mention)? At(Snapshot now, TextDocumentIdentifier asked, Position position) =>
        now.FindOpen(asked.Uri) is { } document && Navigating.At(now, document, document.Text.OffsetAt(position)) is var (file, mention)
            ? (document, file, mention)
            : null;

    // With versions, an editor that has typed on since will not take an edit that is made for an older text.
    private static WorkspaceEdit EditOf(ClientFlags client, ImmutableArray<(NamingFile File, ImmutableArray<Language.Text.TextEdit> Edits)> files) => client.VersionsEdits
        ? new() { DocumentChanges = [.. files.Select(f => new TextDocumentEdit(new(f.File.Uri) { Version = f.File.Version }, Edits(f.File.Text, f.Edits)))] }
        : new() { Changes = files.ToDictionary(f => f.File.Uri, f => Edits(f.File.Text, f.Edits), StringComparer.Ordinal) };

    private static Protocol.TextEdit[] Edits(SourceText text, ImmutableArray<Language.Text.TextEdit> edits) => [.. edits.Select(e => e.ToLsp(text))];

    // RequestFailed: the editor shows its message to the user.
    private static LocalRpcException Refused(string why) => new(why) { ErrorCode = -32803 };
}
