using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Navigation;

namespace PromptLsp.Server.Handlers;

/// <summary>From a name to where it is made, used, and renamed, in a prompt or in <c>promptlsp.yaml</c>.</summary>
internal static class Navigation
{
    public static Location? Definition(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        if (At(now, asked.TextDocument, asked.Position) is var (document, _, mention))
            return Navigating.Definition(now, document, mention) is var (file, span) ? new(file.Uri, file.Text.RangeOf(span)) : null;
        if (now.FindOpen(asked.TextDocument.Uri) is not { } open)
            return null;
        int offset = open.Text.OffsetAt(asked.Position);
        return Structure.LinksOf(now, open).Where(l => l.Span.Touches(offset)).Select(l => new Location(FileUri.FromPath(l.Path), default)).FirstOrDefault();
    }

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

    public static PrepareRenameResult? PrepareRename(ClientFlags client, Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        if (At(now, asked.TextDocument, asked.Position) is not var (_, file, mention))
            return null;
        return (Renames.Refusal(mention) ?? NoFiles(client, mention)) is { } refusal
            ? throw RequestFailed.With(refusal)
            : new(file.Text.RangeOf(Renames.NameSpan(file.Text, mention)), mention.Subject.Name);
    }

    public static WorkspaceEdit? Rename(ClientFlags client, Snapshot now, RenameParams asked, CancellationToken cancel)
    {
        if (At(now, asked.TextDocument, asked.Position) is not var (document, _, mention))
            return null;
        if (NoFiles(client, mention) is { } no)
            throw RequestFailed.With(no);
        Renaming renaming = Renaming.To(now, document, mention, asked.NewName, cancel);
        return renaming.Refusal is { } refusal ? throw RequestFailed.With(refusal) : EditOf(client, renaming.Files, renaming.File);
    }

    /// <summary>What a fix renames; null where something stands against it.</summary>
    public static WorkspaceEdit? Renamed(ClientFlags client, Snapshot now, OpenDocument document, int offset, NewName name, CancellationToken cancel)
    {
        if (
            Navigating.At(now, document, offset) is not var (_, mention)
            || Renaming.To(now, document, mention, name.Name, cancel) is not { Refusal: null, File: null, Files: { IsEmpty: false } files }
        )
            return null;
        return EditOf(client, [.. files.Select(f => f.File.Uri == document.Uri ? f with { Edits = [.. Meant(f.Edits, name)] } : f)], null);
    }

    private static IEnumerable<Language.Text.TextEdit> Meant(ImmutableArray<Language.Text.TextEdit> edits, NewName name) =>
        edits.Where(e => !name.Except.Contains(e.Span)).Concat(name.Also.Select(place => new Language.Text.TextEdit(place, name.Name)));

    /// <summary>Before files move: the paths that lead to them, in what includes them.</summary>
    public static WorkspaceEdit? Moving(ClientFlags client, Snapshot now, RenameFilesParams asked, CancellationToken cancel)
    {
        var moves = (from file in asked.Files
                     let old = FileUri.ToPath(file.OldUri)
                     let target = FileUri.ToPath(file.NewUri)
                     where old is not null && target is not null
                     select (old, target)).ToList();
        return Moves.Edits(now, moves, cancel) is { IsEmpty: false } edits ? EditOf(client, edits, null) : null;
    }

    private static (OpenDocument Document, NamingFile File, Mention Mention)? At(Snapshot now, TextDocumentIdentifier asked, Position position) =>
        now.FindOpen(asked.Uri) is { } document && Navigating.At(now, document, document.Text.OffsetAt(position)) is var (file, mention)
            ? (document, file, mention)
            : null;

    private static string? NoFiles(ClientFlags client, Mention mention) =>
        mention.Subject.Kind == SubjectKind.Prompt && !client.RenamesFiles
            ? "This renames a file, which your editor lets no server do; rename the file itself, and the includes after it."
            : null;

    // With versions, an editor that has typed on since will not take an edit that is made for an older text. The file moves last: what is
    // open is known by its old name until then.
    private static WorkspaceEdit EditOf(ClientFlags client, ImmutableArray<EditedFile> files, (string From, string To)? moved)
    {
        if (!client.VersionsEdits)
            return new() { Changes = files.ToDictionary(f => f.File.Uri, f => Edits(f.File.Text, f.Edits), StringComparer.Ordinal) };
        ISent[] move = moved is var (from, to) ? [new RenameFile(FileUri.FromPath(from), FileUri.FromPath(to))] : [];
        return new()
        {
            DocumentChanges = [.. files.Select(f => new TextDocumentEdit(new(f.File.Uri) { Version = f.File.Version }, Edits(f.File.Text, f.Edits))), .. move],
        };
    }

    private static Protocol.TextEdit[] Edits(SourceText text, ImmutableArray<Language.Text.TextEdit> edits) => [.. edits.Select(e => e.ToLsp(text))];
}
