using System.Collections.Immutable;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>Files and folders that changed, in the editor or outside it.</summary>
internal static class Files
{
    public static Task<object?> Saved(Session session, DidSaveTextDocumentParams said, CancellationToken cancel)
    {
        Task<object?> done = Update(session, [said.TextDocument.Uri]);
        if (FileUri.ToPath(said.TextDocument.Uri) is { } path)
            session.Recording.Saved(path, session.Now.FindOpen(said.TextDocument.Uri) is { IsOutOfStep: false } open ? open.Text.Content : null);
        return done;
    }

    public static Task<object?> Changed(Session session, DidChangeWatchedFilesParams said, CancellationToken cancel)
    {
        Task<object?> done = Update(session, said.Changes.Select(c => c.Uri));
        session.Recording.Changed(said.Changes.Select(c => FileUri.ToPath(c.Uri)).OfType<string>());
        return done;
    }

    public static Task<object?> Renamed(Session session, RenameFilesParams said, CancellationToken cancel)
    {
        session.Recording.Renamed(from file in said.Files
                                  let old = FileUri.ToPath(file.OldUri)
                                  let now = FileUri.ToPath(file.NewUri)
                                  where old is not null && now is not null
                                  select (old, now));
        return Update(session, said.Files.SelectMany(f => new[] { f.OldUri, f.NewUri }));
    }

    public static Task<object?> Configured(Session session, DidChangeConfigurationParams said, CancellationToken cancel) => Update(session, []);

    public static Snapshot ChangeFolders(Snapshot now, DidChangeWorkspaceFoldersParams said) =>
        now.WithFolders([.. now.Folders.Except(Paths(said.Event.Removed)).Concat(Paths(said.Event.Added)).Distinct(StringComparer.Ordinal)]);

    private static Task<object?> Update(Session session, IEnumerable<string> uris)
    {
        session.Refresh();
        string[] prompts = [.. uris.Select(FileUri.ToPath).OfType<string>().Where(p => p.EndsWith(Discovery.Extension, StringComparison.Ordinal))];
        if (prompts.Length > 0)
            session.Files.Update(prompts);
        return Session.Nothing;
    }

    private static IEnumerable<string> Paths(WorkspaceFolder[] folders) =>
        folders.Select(f => FileUri.ToPath(f.Uri)).OfType<string>().Select(Path.TrimEndingDirectorySeparator);
}
