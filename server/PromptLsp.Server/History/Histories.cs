using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Releases.Environments;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.History;

/// <summary>
/// The histories of all roots. Whatever touches a store is done here, one piece after the other and off the request path, so that a slow or
/// locked store never holds up an edit; what is asked for often is remembered in <see cref="HistorySummary"/>.
/// </summary>
internal sealed class Histories(Session session, CancellationToken ended) : IDisposable
{
    private const int NewestKnown = 4, TagsKnown = 5, MovesKnown = 50;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), LongestTurn = TimeSpan.FromMilliseconds(800), SurelyWorks = TimeSpan.FromSeconds(3);

    // What a status or a lens waits at most.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly SerialQueue _queue = new();
    private readonly Dictionary<string, RootStore> _roots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HistorySummary> _known = new(StringComparer.Ordinal);
    private bool _isPolling;

    // Of the versions, by their prompts and numbers.
    private Dictionary<(string Path, int Number), string> _ages = [];

    public LineBlame LineBlame => field ??= new(this);

    /// <summary>Why nothing is kept at all; null where it is.</summary>
    public string? Off =>
        session.Options.History == false ? "the history is turned off in this editor"
        : session.Options.Trusted == false ? "no history is kept in a folder that is not trusted"
        : null;

    /// <summary>True for a prompt in a file: others have no history.</summary>
    public static bool IsKept(string? path) => path is not null && KnownFormats.Has(path) && ReleasedFile.FolderOf(path) is null;

    /// <summary>What is remembered of an open prompt; null while nothing was read yet.</summary>
    public HistorySummary? Known(string path) => Off is { } off ? new() { Off = off } : _known.GetValueOrDefault(path);

    /// <summary>The same, read now where it is not remembered.</summary>
    public async Task<HistorySummary> KnownAsync(string path) =>
        Known(path)
        ?? await DoAsync(path, root => _known.TryGetValue(path, out HistorySummary? known) ? known : Learn(root, path))
        ?? _known.GetValueOrDefault(path)
        ?? new();

    /// <summary>Which version a text is. The store is waited for only shortly.</summary>
    public async Task<Standing> StandingAsync(string path, string text)
    {
        string fingerprint = PromptLsp.History.Fingerprint.Of(text);
        HistorySummary known = Known(path) ?? new();
        if (known.Knows(fingerprint))
            return known.Standing(fingerprint);
        try
        {
            return await DoAsync(path, root =>
            {
                if (!_known.TryGetValue(path, out known!) || known.Knows(fingerprint))
                    return known?.Standing(fingerprint);
                _known[path] = known = known with { Asked = (fingerprint, root.Existing?.WithText(root.Root.Relative(path), fingerprint)) };
                return known.Standing(fingerprint);
            }).WaitAsync(Patience, session.Clock, ended) ?? known.Standing(fingerprint);
        }
        catch (TimeoutException)
        {
            return known.Standing(fingerprint);
        }
    }

    /// <summary>The same where the store is at hand: what a person means by "this version".</summary>
    public PromptVersion? VersionOf(HistoryStore store, string relative, string path, string? text) =>
        (text is null ? null : store.WithText(relative, PromptLsp.History.Fingerprint.Of(text)))
        ?? _known.GetValueOrDefault(path)?.OnDisk
        ?? store.Head(relative);

    /// <summary>Does something with the store of a prompt's root, in turn.</summary>
    /// <returns>Nothing where the store cannot be used; that has been told then.</returns>
    public Task<T?> DoAsync<T>(string path, Func<RootStore, T?> work)
        where T : class => _queue.Do(() =>
        {
            if (Off is not null)
                return null;
            RootStore root = RootOf(path);
            try
            {
                return work(root);
            }
            catch (HistoryUnavailableException why)
            {
                TurnOff(root, path, why);
                return null;
            }
        });

    /// <summary>The same for somebody who waits. Whose turn does not come soon is told so, and then nothing is done.</summary>
    /// <exception cref="HistoryException">Other work holds the store.</exception>
    public async Task<T?> AskAsync<T>(string path, Func<RootStore, T?> work)
        where T : class
    {
        const int Waiting = 0,
            Begun = 1,
            GivenUp = 2;
        int turn = Waiting;
        Task<T?> doing = DoAsync(path, root => Interlocked.CompareExchange(ref turn, Begun, Waiting) == Waiting ? work(root) : null);
        if (
            await Task.WhenAny(doing, Task.Delay(LongestTurn, session.Clock, ended)) != doing
            && Interlocked.CompareExchange(ref turn, GivenUp, Waiting) == Waiting
        )
            throw new HistoryException(_known.GetValueOrDefault(path)?.Off ?? "The history is busy; nothing was done. Try again in a moment.");
        return await doing;
    }

    /// <summary>The same for work that nobody waits for: what fails is logged.</summary>
    public void Do(string path, Action<RootStore> work) => _ = DoOrLogAsync(path, work);

    /// <summary>Reads anew what is remembered of a prompt, and tells the client.</summary>
    public HistorySummary Learn(RootStore root, string path)
    {
        string relative = root.Root.Relative(path);
        HistorySummary known = new();
        TaggedText? before = session.ReliedOn(path);
        RunningPrompt running = session.Running.Look(path);
        if (root.Existing is { } store && store.Head(relative)?.Deleted is null)
        {
            if (Directory.Exists(running.Folder.Path))
                session.Sightings.TakeOver(root, [relative]);
            known = new() { Newest = store.Versions(relative, limit: NewestKnown), Tags = [.. store.Tags(relative).Take(TagsKnown)] };
            known = known with { Tagged = TaggedIn(store, relative, known), OnDisk = VersionOnDisk(store, relative, path) ?? known.Head };
            known = known with { ChangedThrough = ChangedThrough(root, store, path, known.OnDisk) };
            known = known with { Moves = store.EnvironmentEvents(relative, MovesKnown), Running = Running(store, relative, running) };
            BeginPolling();
        }
        _known[path] = known;
        TaggedText? now = session.ReliedOn(path);
        if (before?.Tag != now?.Tag || before?.Text != now?.Text)
            session.Diagnostics.HistoryChanged(path);
        return known;
    }

    /// <summary>Reads anew what is remembered of all open prompts of a root.</summary>
    public void LearnAll(RootStore root)
    {
        foreach (OpenDocument document in session.Now.OpenDocuments)
        {
            if (IsKept(document.Path) && session.Now.Roots.Of(document.Path!).Folder == root.Root.Folder)
                Learn(root, document.Path!);
        }
        Tell();
    }

    public void Forget(string path)
    {
        _known.TryRemove(path, out _);
        session.Running.Forget(path);
    }

    /// <summary>Tells the client that what it knows of histories is out of date.</summary>
    public void Tell()
    {
        foreach (OpenDocument document in session.Now.OpenDocuments)
            session.Changes.Add(document.Uri);
        RefreshLenses();
    }

    public void RefreshLenses()
    {
        if (session.Flags.RefreshesLenses)
            _ = RefreshLensesAsync();
    }

    /// <summary>The text that an effective fingerprint speaks of: what is on disk.</summary>
    public Snapshot OnDisk => Snapshot.Empty(session.Now.Disk, session.Now.Folders);

    public void Dispose() => _queue.Do(() =>
    {
        foreach (RootStore root in _roots.Values)
            root.Dispose();
        return true;
    }).Wait(TimeSpan.FromSeconds(2));

    /// <summary>The same, done when it is done.</summary>
    public async Task DoOrLogAsync(string path, Action<RootStore> work)
    {
        try
        {
            await DoAsync(path, root =>
            {
                work(root);
                return root;
            });
        }
        catch (HistoryException refused)
        {
            session.Log.Say(MessageType.Warning, refused.Message);
        }
        catch (Exception failure)
        {
            session.Log.Failure("the history", failure);
        }
    }

    private RootStore RootOf(string path)
    {
        Root root = session.Now.Roots.Of(path);
        if (!_roots.TryGetValue(root.Folder, out RootStore? history))
            _roots.Add(root.Folder, history = new(root, session.Recorder, session.Clock));
        return history;
    }

    // Told once, until it has worked for a while again: editing goes on without it.
    private void TurnOff(RootStore root, string path, HistoryUnavailableException why)
    {
        bool isNew = root.Told is null;
        root.TurnOff(why);
        if (why.Reason == Unavailability.Corrupt && SetAside(root) is { } aside)
        {
            session.Log.Show(
                MessageType.Warning,
                $"promptlsp found a damaged history; it is kept as {aside}, and a new one begins. `promptlsp doctor` can bring back a copy."
            );
            return;
        }
        _known[path] = new() { Off = why.Message };
        if (!isNew)
            return;
        root.Told = why.Message;
        session.Log.Show(MessageType.Warning, $"promptlsp keeps no history for now: {why.Message} What is saved until then is recorded as soon as it can be.");
        BeginPolling();
        Tell();
    }

    private void TellWhereItWorks(RootStore root)
    {
        if (root.WorksSince is not { } since || session.Clock.GetUtcNow() - since < SurelyWorks)
            return;
        root.ToldWorks();
        session.Log.Show(MessageType.Info, "promptlsp keeps history again; what was saved meanwhile is recorded.");
        LearnAll(root);
    }

    private static string? SetAside(RootStore root)
    {
        try
        {
            return HistoryStore.SetAsideIfDamaged(root.Root.Folder);
        }
        catch (HistoryUnavailableException)
        {
            // Another window has it open, and will say the same.
            return null;
        }
    }

    private static ImmutableDictionary<string, int> Running(HistoryStore store, string relative, RunningPrompt running) =>
        running
            .Releases.DistinctBy(r => r.Record.Id)
            .Select(r => (r.Record.Id, Version: store.WithText(relative, r.Record.Fingerprint, r.Record.At)))
            .Where(r => r.Version is not null)
            .ToImmutableDictionary(r => r.Id, r => r.Version!.Number, StringComparer.Ordinal);

    private static PromptVersion? VersionOnDisk(HistoryStore store, string relative, string path) =>
        HistoryRecording.Read(path) is { } bytes && HistoryRecording.FingerprintOf(bytes) is { } fingerprint ? store.WithText(relative, fingerprint) : null;

    private static TaggedText? TaggedIn(HistoryStore store, string path, HistorySummary known)
    {
        if (known.Tags.IsEmpty)
            return null;
        try
        {
            return new(known.Tags[0].Name, store.Text(store.Resolve(path, $"v{known.Tags[0].Number}")));
        }
        catch (HistoryException erased) when (erased is not HistoryUnavailableException)
        {
            return null;
        }
    }

    private ImmutableArray<string> ChangedThrough(RootStore root, HistoryStore store, string path, PromptVersion? version) =>
        version is null || OnDisk.ModelOf(path) is not { } prompt ? [] : Recorder.ChangedThrough(store.PulledIn(version), prompt, root.Root, OnDisk);

    private void BeginPolling()
    {
        if (_isPolling)
            return;
        _isPolling = true;
        _ = PollAsync();
    }

    // Another window's writes, and the command line's, are seen here.
    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Poll, session.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
                await _queue.Do(LookForOthers);
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    // As time goes by, "just now" has to become "1 minute ago".
    private void FollowAges()
    {
        DateTimeOffset now = session.Clock.GetUtcNow();
        var before = _ages;
        _ages = session
            .Now.OpenDocuments.Select(d => d.Path)
            .OfType<string>()
            .SelectMany(path =>
                _known.GetValueOrDefault(path) is { } known ? known.Newest.Append(known.OnDisk).OfType<PromptVersion>().Select(version => (path, version)) : []
            )
            .DistinctBy(shown => (shown.path, shown.version.Number))
            .ToDictionary(shown => (shown.path, shown.version.Number), shown => VersionWords.Ago(shown.version.At, now));
        if (_ages.Any(age => before.GetValueOrDefault(age.Key, age.Value) != age.Value))
            Tell();
    }

    private bool LookForOthers()
    {
        FollowAges();
        foreach (RootStore root in _roots.Values)
        {
            try
            {
                TellWhereItWorks(root);
                if (root.WroteElsewhere())
                    LearnAll(root);
            }
            catch (HistoryUnavailableException why)
            {
                root.TurnOff(why);
            }
        }
        return true;
    }

    private async Task RefreshLensesAsync()
    {
        try
        {
            await session.Client.AskAsync("workspace/codeLens/refresh", [], ended);
        }
        catch (Exception failure) when (failure is StreamJsonRpc.RemoteRpcException or OperationCanceledException or ObjectDisposedException)
        {
            // A client that cannot, or that is gone, shows the old ones a while longer.
        }
    }
}
