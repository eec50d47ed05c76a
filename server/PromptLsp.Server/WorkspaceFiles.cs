using PromptLsp.Workspace;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server;

/// <summary>Knows all prompts of the workspace's folders: a first pass in the background, then file by file as they change.</summary>
internal sealed class WorkspaceFiles(Session session, CancellationToken ended)
{
    private readonly OneByOne _queue = new();

    /// <summary>Null until the first pass is done.</summary>
    public WorkspaceIndex? Index { get; private set; }

    /// <summary>Reads all prompts anew.</summary>
    public void Build() => Then(() => Progress.RunAsync(session, "Reading prompts", () => Index = IndexBuilder.Build(session.Now, session.Now.Folders, ended), ended));

    /// <summary>Reads these files anew; those that are gone are forgotten.</summary>
    public void Update(IReadOnlyCollection<string> paths) => Then(() =>
    {
        Index = Index?.With(paths.Select(p => (p, session.Now.ReadOnce(p).Prompt)));
        return Task.CompletedTask;
    });

    private void Then(Func<Task> work) => _ = _queue.Do(async () =>
    {
        try
        {
            await work();
            session.Diagnostics.EverythingChanged();
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
