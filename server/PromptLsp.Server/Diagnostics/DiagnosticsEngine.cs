using System.Collections.ObjectModel;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Server.Diagnostics;

/// <summary>
/// Keeps the findings of open documents in front of the client: quick ones at once, slow ones when they are ready; pushed, or for a client
/// that pulls, told by a refresh. Slow findings of the version before stay, moved by the edit, until there are new ones.
/// </summary>
internal sealed class DiagnosticsEngine
{
    // The engine's parser cannot be cancelled, and the garbage it makes would hold up the next keystroke's quick findings: it waits for a
    // pause between keystrokes. Nor does somebody in the middle of a word want to hear that it is none yet.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly Session _session;
    private readonly CoalescingQueue _quick, _slow;
    private readonly Refresh _refresh;
    private readonly CancellationToken _ended;
    private readonly HashSet<string> _owed = new(StringComparer.Ordinal);
    private bool _isWaitingForTokens;

    // Counts what has changed around the documents: slow findings of before stay in view until there are new ones.
    private int _surroundings;
    private readonly Lock _publishing = new();
    private readonly ConcurrentDictionary<string, SlowFindings> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> _included = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _toldOfSettings = new(StringComparer.Ordinal);

    public DiagnosticsEngine(Session session, CancellationToken ended)
    {
        _session = session;
        _ended = ended;
        _quick = new CoalescingQueue(PublishQuickAsync, failure => session.Log.Failure("diagnostics", failure), TimeSpan.Zero, session.Clock, ended);
        _slow = new CoalescingQueue(FindSlowAsync, failure => session.Log.Failure("diagnostics", failure), Rest, session.Clock, ended);
        _refresh = new Refresh(session, ended);
        Workspace = new WorkspaceFindings(session, ended);
    }

    public WorkspaceFindings Workspace { get; }

    private bool IsPushing => !_session.Flags.PullsDiagnostics;

    /// <summary>A document was opened, changed or closed, and those that include it have changed with it.</summary>
    public void Changed(string uri, string? path)
    {
        // A client that pulls asks of its own accord, for what includes the changed file too: we said that files depend on each other.
        if (!IsPushing)
            return;
        if (_session.Now.FindOpen(uri) is null)
            Publish(uri, null, []);
        else
            _quick.Add(uri);
        foreach ((string including, IReadOnlySet<string> paths) in _included)
        {
            if (path is null || !paths.Contains(path))
                continue;
            _quick.Add(including);
            _session.Changes.Add(including);
        }
    }

    /// <summary>An answer about this document lacked its tokens: the client is told when they can be counted.</summary>
    public void OweTokens(string uri)
    {
        lock (_owed)
            _owed.Add(uri);
        _slow.Add(uri);
    }

    /// <summary>What people rely on in an open prompt is another version now.</summary>
    public void HistoryChanged(string path)
    {
        if (!IsPushing)
        {
            _refresh.Ask();
            return;
        }
        foreach (OpenDocument document in _session.Now.OpenDocuments.Where(d => d.Path == path))
            _quick.Add(document.Uri);
    }

    /// <summary>Folders, settings or context have changed: every prompt may have other findings.</summary>
    public void EverythingChanged()
    {
        Workspace.Forget();
        OpenDocumentsChanged();
    }

    /// <summary>What prompts depend on has changed.</summary>
    public void FilesChanged(IEnumerable<string> paths) => FilesChanged(paths, () => { });

    /// <summary>Prompts have changed on disk, or what they depend on has: known by <paramref name="change"/> from now on.</summary>
    public void FilesChanged(IEnumerable<string> paths, Action change)
    {
        Workspace.Forget(paths, change);
        OpenDocumentsChanged();
    }

    private void OpenDocumentsChanged()
    {
        Interlocked.Increment(ref _surroundings);
        if (!IsPushing)
        {
            _refresh.Ask();
            return;
        }
        foreach (OpenDocument document in _session.Now.OpenDocuments)
            _quick.Add(document.Uri);
    }

    public void Closed(string uri, string? path)
    {
        if (path is not null)
            Workspace.Closed(path, _session.Files.Around([path]));
        _known.TryRemove(uri, out _);
        _included.TryRemove(uri, out _);
        Changed(uri, path);
    }

    /// <summary>Answers <c>textDocument/diagnostic</c>.</summary>
    public async Task<object?> PullAsync(Snapshot now, DocumentDiagnosticParams asked, CancellationToken cancel)
    {
        if (now.FindOpen(asked.TextDocument.Uri) is not { } document)
            return new DocumentDiagnosticReport("full") { ResultId = "", Items = [] };
        ImmutableArray<Finding> quick = DocumentFindings.Quick(now, document, cancel);
        ImmutableArray<Finding> slow = [];
        if (_session.Flags.RefreshesDiagnostics)
        {
            slow = KnownSlow(document, out bool isCurrent);
            if (!isCurrent)
                _slow.Add(document.Uri);
        }
        else
        {
            slow = DocumentFindings.Slow(now, document, cancel);
        }
        ImmutableArray<Finding> all = Merge(quick, slow);
        string id = ResultId.Of(all, document.Text);
        return await Task.FromResult(string.Equals(id, asked.PreviousResultId, StringComparison.Ordinal)
            ? new DocumentDiagnosticReport("unchanged") { ResultId = id }
            : new DocumentDiagnosticReport("full") { ResultId = id, Items = ToLsp(all, now, document) });
    }

    /// <summary>The findings of a document that are known now, without waiting for any.</summary>
    public ImmutableArray<Finding> Known(Snapshot now, OpenDocument document, CancellationToken cancel) =>
        Merge(DocumentFindings.Quick(now, document, cancel), IsSlowKnown(document, out ImmutableArray<Finding> slow) ? slow : []);

    /// <summary>All findings of a document, for somebody who asked and waits.</summary>
    public ImmutableArray<Finding> All(Snapshot now, OpenDocument document, CancellationToken cancel) =>
        Merge(
            DocumentFindings.Quick(now, document, cancel),
            IsSlowKnown(document, out ImmutableArray<Finding> slow) ? slow : DocumentFindings.Slow(now, document, cancel)
        );

    private bool IsSlowKnown(OpenDocument document, out ImmutableArray<Finding> slow)
    {
        bool isKnown = _known.TryGetValue(document.Uri, out SlowFindings? known) && IsCurrent(known, document);
        slow = isKnown ? known!.Findings : [];
        return isKnown;
    }

    private Task PublishQuickAsync(string uri, CancellationToken cancel)
    {
        Snapshot now = _session.Now;
        if (now.FindOpen(uri) is not { } document)
            return Task.CompletedTask;
        ImmutableArray<Finding> quick = DocumentFindings.Quick(now, document, cancel);
        // What was opened in between did not know yet that this prompt depends on it.
        if (RememberIncluded(now, document) && _session.Now != now)
            _quick.Add(uri);
        Publish(uri, document, Merge(quick, KnownSlow(document, out _)));
        _slow.Add(uri);
        return Task.CompletedTask;
    }

    private void PayTokens(string uri)
    {
        bool isOwed;
        lock (_owed)
            isOwed = TokenCounters.IsLoaded && _owed.Remove(uri);
        if (isOwed)
        {
            _session.Changes.Add(uri);
            _session.Histories.RefreshLenses();
        }
        if (!TokenCounters.IsLoaded && TokenCounters.Loading is { } loading && Interlocked.Exchange(ref _isWaitingForTokens, true) == false)
            _ = loading.ContinueWith(_ => RecountAll(), _ended, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    // What was said without counting is looked at again.
    private void RecountAll()
    {
        Interlocked.Increment(ref _surroundings);
        foreach (OpenDocument document in _session.Now.OpenDocuments)
            _slow.Add(document.Uri);
    }

    private Task FindSlowAsync(string uri, CancellationToken cancel)
    {
        int surroundings = Volatile.Read(ref _surroundings);
        Snapshot now = _session.Now;
        if (now.FindOpen(uri) is not { } document)
            return Task.CompletedTask;
        ImmutableArray<Finding> told = KnownSlow(document, out _);
        ImmutableArray<Finding> slow = DocumentFindings.Slow(now, document, cancel);
        _known[uri] = new(document, surroundings, slow);
        PayTokens(uri);
        if (IsPushing && document.Path is { } path)
            TellOfSettings(now, now.Roots.Of(path).SettingsPath);
        if (string.Equals(ResultId.Of(told, document.Text), ResultId.Of(slow, document.Text), StringComparison.Ordinal))
            return Task.CompletedTask;
        if (IsPushing)
            Publish(uri, document, Merge(DocumentFindings.Quick(now, document, cancel), slow));
        else
            _refresh.Ask();
        return Task.CompletedTask;
    }

    // What is wrong with the settings is wrong with every prompt below them, and nobody asks for a file that is not open.
    private void TellOfSettings(Snapshot now, string path)
    {
        if (now.OpenDocuments.Any(d => string.Equals(d.Path, path, StringComparison.Ordinal)))
        {
            _toldOfSettings.Remove(path);
            return;
        }
        (SourceText text, ImmutableArray<Finding> findings) = DocumentFindings.Closed(now, path, _ended);
        string id = ResultId.Of(findings, text),
            uri = FileUri.FromPath(path);
        bool isNews = _toldOfSettings.TryGetValue(path, out string? told) ? told != id : !findings.IsEmpty;
        _toldOfSettings[path] = id;
        if (isNews)
            _ = _session.Client.TellAsync(
                "textDocument/publishDiagnostics",
                ("uri", uri),
                ("diagnostics", findings.Select(f => f.ToLsp(_session.Flags, now, uri, path, text)).ToArray())
            );
    }

    // True where it pulls in other files than before.
    private bool RememberIncluded(Snapshot now, OpenDocument document)
    {
        IReadOnlySet<string> paths = now.Find(document.Uri) is { } open ? PulledInFiles.Of(now, open) : ReadOnlySet<string>.Empty;
        bool isOther = !paths.SetEquals(_included.GetValueOrDefault(document.Uri) ?? ReadOnlySet<string>.Empty);
        if (paths.Count > 0)
            _included[document.Uri] = paths;
        else
            _included.TryRemove(document.Uri, out _);
        return isOther;
    }

    private ImmutableArray<Finding> KnownSlow(OpenDocument document, out bool isCurrent)
    {
        isCurrent = false;
        if (document.IsOutOfStep || !_known.TryGetValue(document.Uri, out SlowFindings? known))
            return [];
        isCurrent = IsCurrent(known, document);
        return DocumentFindings.Carry(known.Findings, known.Document.Text.Content, document.Text.Content);
    }

    private bool IsCurrent(SlowFindings known, OpenDocument document) => known.Document == document && known.Surroundings == Volatile.Read(ref _surroundings);

    private void Publish(string uri, OpenDocument? document, ImmutableArray<Finding> findings)
    {
        // Under the lock, so that an older version is never told after a newer one.
        lock (_publishing)
        {
            if (_session.Now.FindOpen(uri)?.Version != document?.Version)
                return;
            _ = _session.Client.TellAsync(
                "textDocument/publishDiagnostics",
                ("uri", uri),
                ("version", document?.Version),
                ("diagnostics", document is null ? Array.Empty<Diagnostic>() : ToLsp(findings, _session.Now, document)));
        }
    }

    private Diagnostic[] ToLsp(ImmutableArray<Finding> findings, Snapshot now, OpenDocument document) =>
        [.. findings.Select(f => f.ToLsp(_session.Flags, now, document))];

    private static ImmutableArray<Finding> Merge(ImmutableArray<Finding> quick, ImmutableArray<Finding> slow) =>
        slow.IsEmpty ? quick : quick.IsEmpty ? slow : [.. quick.Concat(slow).OrderBy(f => f.Span.Start).ThenBy(f => f.Span.End)];

    private sealed record SlowFindings(OpenDocument Document, int Surroundings, ImmutableArray<Finding> Findings);
}
