using PromptLsp.Language.Navigation;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>From a name to where it is made, used, and renamed.</summary>
internal static class Navigation
{
    public static Location? Definition(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open && Definitions.At(open.Prompt, open.Text.OffsetAt(asked.Position)) is { } place
            ? LocationOf(now, open, place)
            : null;

    public static Location[]? References(Snapshot now, ReferenceParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open && Names.At(open.Prompt, open.Text.OffsetAt(asked.Position)) is { } thing
            ? [.. thing.Occurrences
                .Where(o => o.Kind != OccurrenceKind.Declaration || asked.Context is not { IncludeDeclaration: false })
                .Select(o => new Location(open.Document.Uri, open.Text.RangeOf(o.Span)))]
            : null;

    public static DocumentHighlight[]? Highlight(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open && Names.At(open.Prompt, open.Text.OffsetAt(asked.Position)) is { } thing
            ? [.. thing.Occurrences.Select(o => new DocumentHighlight(open.Text.RangeOf(o.Span), o.Kind == OccurrenceKind.Read ? 2 : 3))]
            : null;

    public static PrepareRenameResult? PrepareRename(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open || Renames.Prepare(open.Prompt, open.Text.OffsetAt(asked.Position)) is not { } found)
            return null;
        return found.Refusal is { } refusal ? throw Refused(refusal) : new(open.Text.RangeOf(found.Thing.Span), found.Thing.Name);
    }

    public static WorkspaceEdit? Rename(Snapshot now, RenameParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open || Renames.Prepare(open.Prompt, open.Text.OffsetAt(asked.Position)) is not { } found)
            return null;
        var (edits, refusal) = found.Refusal is { } no ? ([], no) : Renames.To(open.Prompt, found.Thing, asked.NewName);
        return refusal is null ? open.Document.EditOf(edits) : throw Refused(refusal);
    }

    // RequestFailed: the editor shows its message to the user.
    private static LocalRpcException Refused(string why) => new(why) { ErrorCode = -32803 };

    private static Location? LocationOf(Snapshot now, OpenPrompt open, Place place)
    {
        if (place.Path is not { } relative)
            return new(open.Document.Uri, open.Text.RangeOf(place.Span));
        if (open.Document.Path is not { } path)
            return null;
        string target = Path.GetFullPath(relative, now.Roots.Of(path).Folder);
        return now.TextOf(target) is { } text ? new(FileUri.FromPath(target), text.RangeOf(place.Span)) : null;
    }
}
