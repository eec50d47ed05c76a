using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server.Diagnostics;

/// <summary>
/// The findings of all prompts and settings that are not open, for a client that asks for the whole workspace's. An answer tells of what has changed since
/// the client's last one; where nothing has, it waits, while the client is there.
/// </summary>
internal sealed class WorkspaceFindings(Session session, CancellationToken ended)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileFindings> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _looking = new(1);

    // URIs of documents that were closed: what the client knows of them it was told while they were open.
    private readonly ConcurrentDictionary<string, bool> _closed = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _changed = New();

    /// <summary>Nothing that was found before is believed.</summary>
    public void Forget() => Changed(_known.Clear);

    /// <summary>These files are to be looked at again.</summary>
    public void Forget(IEnumerable<string> paths) => Forget(paths, () => { });

    /// <summary>These files are to be looked at again; nobody looks between that and <paramref name="change"/>.</summary>
    public void Forget(IEnumerable<string> paths, Action change) => Changed(() =>
    {
        change();
        foreach (string path in paths)
            _known.Remove(path);
    });

    /// <summary>A document was closed: these files are to be looked at again, and of it is told whatever is found, as nothing where it is gone.</summary>
    public void Closed(string path, IEnumerable<string> around)
    {
        _closed[FileUri.FromPath(path)] = true;
        Forget(around);
    }

    /// <summary>Answers <c>workspace/diagnostic</c>.</summary>
    public async Task<object?> PullAsync(WorkspaceDiagnosticParams asked, CancellationToken cancel)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        // A client may write a URI in another way than we do.
        foreach (PreviousResultId previous in asked.PreviousResultIds)
            told[FileUri.ToPath(previous.Uri) is { } path ? FileUri.FromPath(path) : previous.Uri] = previous.Value;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, ended);
        while (true)
        {
            Task changed = _changed.Task;
            WorkspaceDocumentDiagnosticReport[] news = await LookAsync(told, either.Token);
            if (news.Length > 0 || session.Leaving.IsCompleted)
                return new WorkspaceDiagnosticReport(news);
            await Task.WhenAny(changed, session.Leaving).WaitAsync(either.Token);
        }
    }

    private async Task<WorkspaceDocumentDiagnosticReport[]> LookAsync(Dictionary<string, string> told, CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            (WorkspaceIndex? index, Task changed) = Seen();
            return index is null ? [] : [.. News(index, session.Now, changed, told, cancel)];
        }
        finally
        {
            _looking.Release();
        }
    }

    private IEnumerable<WorkspaceDocumentDiagnosticReport> News(
        WorkspaceIndex index,
        Snapshot now,
        Task changed,
        Dictionary<string, string> told,
        CancellationToken cancel
    )
    {
        var open = now.OpenDocuments.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        var gone = new HashSet<string>(told.Keys, StringComparer.Ordinal);
        foreach (string path in index.Paths.Concat(Settings(index, now)))
        {
            cancel.ThrowIfCancellationRequested();
            FileFindings found = Known(path) ?? Keep(path, Find(now, path, cancel), changed);
            gone.Remove(found.Uri);
            if (
                open.Contains(path)
                || (!_closed.TryRemove(found.Uri, out _) && string.Equals(told.GetValueOrDefault(found.Uri, NoFindings), found.Id, StringComparison.Ordinal))
            )
                continue;
            yield return new(found.Uri, found.Diagnostics) { ResultId = found.Id };
        }
        gone.RemoveWhere(u => told[u] == NoFindings);
        gone.UnionWith(_closed.Keys.Where(u => _closed.TryRemove(u, out _)));
        foreach (string uri in gone.Where(u => now.FindOpen(u) is null))
            yield return new(uri, []) { ResultId = NoFindings };
    }

    private (WorkspaceIndex? Index, Task Changed) Seen()
    {
        lock (_lock)
            return (session.Files.Index, _changed.Task);
    }

    private FileFindings? Known(string path)
    {
        lock (_lock)
            return _known.GetValueOrDefault(path);
    }

    // What was found while something changed may be of before the change.
    private FileFindings Keep(string path, FileFindings found, Task changed)
    {
        lock (_lock)
        {
            if (!changed.IsCompleted)
                _known[path] = found;
        }
        return found;
    }

    private void Changed(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.TrySetResult();
            _changed = New();
        }
    }

    private FileFindings Find(Snapshot now, string path, CancellationToken cancel)
    {
        string uri = FileUri.FromPath(path);
        (SourceText text, ImmutableArray<Finding> findings) = DocumentFindings.Closed(now, path, cancel);
        return new(uri, ResultId.Of(findings, text), [.. findings.Select(f => f.ToLsp(session.Flags, now, uri, path, text))]);
    }

    // What is wrong with the settings is wrong with every prompt below them.
    private static IEnumerable<string> Settings(WorkspaceIndex index, Snapshot now) =>
        index.Paths.Select(now.Roots.Of).Concat(now.Folders.Select(now.Roots.OfFolder)).Distinct().Select(root => root.SettingsPath);

    private static string NoFindings { get; } = ResultId.Of([], SourceText.Empty);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record FileFindings(string Uri, string Id, Diagnostic[] Diagnostics);
}
