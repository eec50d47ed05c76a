using PromptLsp.Workspace;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server;

/// <summary>Knows all prompts of the workspace's folders: a first pass in the background, then file by file as they change.</summary>
internal sealed class WorkspaceFiles(Session session, CancellationToken ended)
{
    private readonly Lock _queueing = new();
    private Task _last = Task.CompletedTask;

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

    // One after the other, so that a later state of a file is never overtaken by an earlier one.
    private void Then(Func<Task> work)
    {
        lock (_queueing)
            _last = AfterAsync(_last, work);
    }

    private async Task AfterAsync(Task last, Func<Task> work)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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
    }
}
