using PromptLsp.Workspace;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server;

/// <summary>Knows all prompts of the workspace's folders: a first pass in the background, then file by file as they change.</summary>
internal sealed class WorkspaceFiles(Session session, CancellationToken ended)
{
    private readonly Lock _building = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Null until the first pass is done.</summary>
    public WorkspaceIndex? Index { get; private set; }

    /// <summary>Reads all prompts anew.</summary>
    public void Build() => Then(() => Index = IndexBuilder.Build(session.Now, session.Now.Folders, ended));

    /// <summary>Reads these files anew; those that are gone are forgotten.</summary>
    public void Update(IReadOnlyCollection<string> paths) =>
        Then(() => Index = Index?.With(paths.Select(p => (p, session.Now.ReadOnce(p).Prompt))));

    // One after the other, so that a later state of a file is never overtaken by an earlier one.
    private void Then(Action work)
    {
        lock (_building)
        {
            _last = _last.ContinueWith(
                _ =>
                {
                    try
                    {
                        work();
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
                },
                ended,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }
}
