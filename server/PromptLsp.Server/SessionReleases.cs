using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Server.Handlers;
using PromptLsp.Server.History;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server;

/// <summary>
/// What runs where, for a session: looked at off the request path, and changed one command after the other. Programs of git's and OpenSSH's are
/// run only here, on a person's command.
/// </summary>
internal sealed class SessionReleases(Session session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly SerialQueue _queue = new();

    /// <summary>The workspaces that are open, as they are on disk.</summary>
    public IEnumerable<ReleaseWorkspace> All()
    {
        Snapshot disk = OnDisk();
        return disk.Folders.Select(disk.Roots.OfFolder).DistinctBy(r => r.Folder, StringComparer.Ordinal).Select(r => Of(disk, r));
    }

    /// <summary>The workspace of a prompt, and the prompt's path in it.</summary>
    public (ReleaseWorkspace Workspace, string Prompt) OfPrompt(string? uri)
    {
        if (uri is null || FileUri.ToPath(uri) is not { } path || !Histories.IsKept(path))
            throw RequestFailed.With($"{uri ?? "The command's argument"} is no prompt in a file; name one by its `uri`.");
        Snapshot disk = OnDisk();
        ReleaseWorkspace workspace = Of(disk, disk.Roots.Of(path));
        return (workspace, workspace.Root.Relative(path));
    }

    /// <summary>The workspace that a file is in; the first one that is open where none is named.</summary>
    public ReleaseWorkspace OfFile(string? uri)
    {
        Snapshot disk = OnDisk();
        if (uri is not null && FileUri.ToPath(uri) is { } path)
            return Of(disk, Directory.Exists(path) ? disk.Roots.OfFolder(path) : disk.Roots.Of(path));
        return All().FirstOrDefault() ?? throw RequestFailed.With("No folder is open whose environments could be meant.");
    }

    /// <summary>Does what a person has asked for, when it is its turn; who waits longer than a moment sees that it goes on.</summary>
    /// <exception cref="StreamJsonRpc.LocalRpcException">It cannot be done; one line says why.</exception>
    public Task<object?> DoAsync(string title, Func<Task<object?>> work, CancellationToken cancel)
    {
        MustBeTrusted();
        return _queue.Do(async () =>
        {
            cancel.ThrowIfCancellationRequested();
            object? done = null;
            await InOneLine(() => Progress.RunAsync(session, title, () => done = work().GetAwaiter().GetResult(), cancel));
            return done;
        });
    }

    /// <summary>Looks at something, beside all else.</summary>
    public static async Task<object?> LookAsync(Func<object?> work, CancellationToken cancel)
    {
        object? seen = null;
        await InOneLine(() => Task.Run(() => seen = work(), cancel));
        return seen;
    }

    public void MustBeTrusted()
    {
        if (session.Options.Trusted == false)
            throw RequestFailed.With("Nothing is promoted or signed in a folder that is not trusted.");
    }

    private static async Task InOneLine(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ReleaseException refused)
        {
            throw RequestFailed.With(refused.Message);
        }
        catch (HistoryException refused)
        {
            throw RequestFailed.With(refused.Message);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw RequestFailed.With($"The releases cannot be used ({FileFailure.Reason(failure)}); check the folder and the disk.");
        }
    }

    private Snapshot OnDisk() => Snapshot.Empty(new Disk(), session.Now.Folders);

    private ReleaseWorkspace Of(Snapshot disk, Root root) => new(disk, root, session.Recorder, new() { Clock = session.Clock, BusyTimeout = Patience });
}
