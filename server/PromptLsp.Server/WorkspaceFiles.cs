using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server;

/// <summary>Knows all prompts of the workspace's folders: a first pass in the background, then what changes.</summary>
internal sealed class WorkspaceFiles(Session session, CancellationToken ended)
{
    private readonly SerialQueue _queue = new();

    /// <summary>Null until the first pass is done.</summary>
    public WorkspaceIndex? Index => session.Now.Index;

    /// <summary>These prompts, and those whose findings depend on them.</summary>
    public IEnumerable<string> Around(IReadOnlyCollection<string> paths) => Index?.Around(paths) ?? paths;

    /// <summary>Looks through the folders for prompts that are new or gone.</summary>
    public void Look() => Renew(new HashSet<string>());

    /// <summary>Reads these files anew; those that are gone are forgotten.</summary>
    public void Update(IEnumerable<string> paths)
    {
        HashSet<string> ours = paths.Where(p => session.Now.IsInFolders(p) && ReleasedFile.FolderOf(p) is null).ToHashSet(StringComparer.Ordinal);
        if (ours.Count > 0)
            Renew(ours);
    }

    private void Renew(HashSet<string> changed) => _ = _queue.Do(async () =>
    {
        try
        {
            WorkspaceIndex before = Index ?? WorkspaceIndex.Empty, now = before;
            IReadOnlyCollection<string> touched = [];
            await Progress.RunAsync(session, "Reading prompts", () => (now, touched) = IndexBuilder.Renew(before, session.Now, changed, ended), ended);
            changed.UnionWith(touched);
            session.Diagnostics.FilesChanged(before.Around(changed).Concat(now.Around(changed)), () => session.Use(now));
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
        catch (Exception failure)
        {
            session.Log.Failure("the workspace's index", failure);
        }
        return true;
    });
}
