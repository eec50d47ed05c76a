using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>Files and folders that changed, in the editor or outside it.</summary>
internal static class Files
{
    public static Task<object?> Saved(Session session, DidSaveTextDocumentParams said, CancellationToken cancel)
    {
        if (FileUri.ToPath(said.TextDocument.Uri) is not { } path)
            return Dispatcher.Nothing;
        Update(session, [path]);
        session.Recording.Saved(path, session.Now.FindOpen(said.TextDocument.Uri) is { IsOutOfStep: false, IsTooLarge: false });
        return Dispatcher.Nothing;
    }

    public static Task<object?> Changed(Session session, DidChangeWatchedFilesParams said, CancellationToken cancel)
    {
        HashSet<string> changed = said.Changes.Select(c => FileUri.ToPath(c.Uri)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // A folder that goes is all that is said of the prompts in it; of most that goes we know nothing.
        changed.UnionWith([.. session.Files.Index?.Among(changed) ?? []]);
        session.Sightings.Changed(changed);
        changed.RemoveWhere(path => !KnownFormats.Has(path) && !IsSettings(path));
        if (changed.Count > 0)
        {
            Update(session, changed);
            session.Recording.Changed(changed);
        }
        return Dispatcher.Nothing;
    }

    public static Task<object?> Created(Session session, CreateFilesParams said, CancellationToken cancel)
    {
        string[] paths = [.. said.Files.Select(f => FileUri.ToPath(f.Uri)).OfType<string>().Where(path => KnownFormats.Has(path))];
        if (paths.Length == 0)
            return Dispatcher.Nothing;
        Update(session, paths);
        session.Recording.Created(paths);
        return Dispatcher.Nothing;
    }

    public static Task<object?> Renamed(Session session, RenameFilesParams said, CancellationToken cancel)
    {
        session.Recording.Renamed(from file in said.Files
                                  let old = FileUri.ToPath(file.OldUri)
                                  let now = FileUri.ToPath(file.NewUri)
                                  where old is not null && now is not null
                                  select (old, now));
        session.Refresh();
        session.Files.Look();
        return Dispatcher.Nothing;
    }

    public static Task<object?> Configured(Session session, DidChangeConfigurationParams said, CancellationToken cancel)
    {
        session.Refresh();
        return Dispatcher.Nothing;
    }

    public static Task<object?> ChangeFolders(Session session, DidChangeWorkspaceFoldersParams said, CancellationToken cancel)
    {
        session.Use([.. session.Now.Folders.Except(Paths(said.Event.Removed)).Concat(Paths(said.Event.Added)).Distinct(StringComparer.Ordinal)]);
        session.Files.Look();
        return Dispatcher.Nothing;
    }

    // What settings, context and approvals are read from.
    private static bool IsSettings(string path) =>
        Path.GetExtension(path) is ".yaml" or ".yml" or ".json" || Path.GetFileName(path).Contains("signers", StringComparison.OrdinalIgnoreCase);

    private static void Update(Session session, IReadOnlyCollection<string> paths)
    {
        string[] prompts = [.. paths.Where(p => KnownFormats.Has(p))];
        if (prompts.Length == paths.Count)
            session.Refresh(prompts);
        else
            session.Refresh();
        session.Files.Update(prompts);
    }

    private static IEnumerable<string> Paths(WorkspaceFolder[] folders) =>
        folders.Select(f => FileUri.ToPath(f.Uri)).OfType<string>().Select(Path.TrimEndingDirectorySeparator);
}
