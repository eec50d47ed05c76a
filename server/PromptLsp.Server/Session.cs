using System.Collections.Immutable;
using PromptLsp.Server.Diagnostics;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server;

/// <summary>One client's session: the state it has built, the connection, and what follows from a change.</summary>
internal sealed class Session : IDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private readonly IdleCollection _memory;
    private Snapshot _now;

    public Session(Stream input, Stream output, TextWriter log, CancellationToken cancel)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Log = new Log(log, this);
        Client = new Connection(input, output, Log.Failure, () => _leaving.TrySetResult(), End);
        Diagnostics = new DiagnosticsEngine(this, _ended.Token);
        Files = new WorkspaceFiles(this, _ended.Token);
        Changes = new ChangeNotice(this, _ended.Token);
        Histories = new Histories(this, _ended.Token);
        Recording = new HistoryRecording(this, Histories, _ended.Token);
        Documents = new ShownDocuments(this);
        Searches = new Searches(this);
        Releases = new SessionReleases(this);
        _memory = new IdleCollection(this, _ended.Token);
        Running = new RunningPrompts(this);
        Sightings = new ReleaseSightings(this, Histories);
        _now = Snapshot.Empty(new Disk(), [], static () => null, ReliedOn);
    }

    public Connection Client { get; }

    public Log Log { get; }

    /// <summary>The state after the last change; a new one is put here, never a part of it changed.</summary>
    public Snapshot Now => Volatile.Read(ref _now);

    public ClientFlags Flags { get; private set; } = new();

    public DiagnosticsEngine Diagnostics { get; }

    public WorkspaceFiles Files { get; }

    public ChangeNotice Changes { get; }

    public Histories Histories { get; }

    public HistoryRecording Recording { get; }

    public RunningPrompts Running { get; }

    public ReleaseSightings Sightings { get; }

    public ShownDocuments Documents { get; }

    public ShownSamples Samples { get; } = new();

    public DriftBadges Drifts { get; } = new();

    public Searches Searches { get; }

    public SessionReleases Releases { get; }

    /// <summary>What the person has chosen in the client.</summary>
    public InitializationOptions Options { get; private set; } = new();

    /// <summary>Writes into each version what made it.</summary>
    public Recorder Recorder { get; private set; } = new("promptlsp");

    public TimeProvider Clock => TimeProvider.System;

    public Phase Phase { get; private set; }

    /// <summary>Done when nothing more is to come from the client: what waits for news answers as things are.</summary>
    public Task Leaving => _leaving.Task;

    /// <summary>What others rely on of an open prompt: what the last environment holds, else its newest tag; null where there is neither.</summary>
    /// <param name="path">Absolute.</param>
    public TaggedText? ReliedOn(string path) =>
        Now.OpenDocuments.Any(d => string.Equals(d.Path, path, StringComparison.Ordinal)) && Histories.IsKept(path)
            ? Running.Of(path).Last ?? Histories.Known(path)?.Tagged
            : null;

    /// <summary>A document was opened, changed or closed.</summary>
    public void Change(string? uri, Func<Snapshot, Snapshot> change)
    {
        Snapshot before = Now;
        Become(change);
        if (uri is not null)
            Follow(before, uri);
    }

    /// <summary>A change of a document went wrong: what is known of its text is not what the editor has.</summary>
    public void LoseStep(string uri)
    {
        if (Now.FindOpen(uri) is { } open)
            Change(uri, now => now.With(new OpenDocument(uri, open.Path, open.Version, open.Text) { IsOutOfStep = true }));
    }

    /// <summary>What the client said of itself and of its folders, once.</summary>
    public void Begin(ClientFlags flags, InitializationOptions options, string tool, ImmutableArray<string> folders)
    {
        Flags = flags;
        Options = options;
        Recorder = new(tool);
        Become(now => now.WithFolders(folders));
        Phase = Phase.Running;
    }

    /// <summary>Other folders are open.</summary>
    public void Use(ImmutableArray<string> folders)
    {
        Become(now => now.WithFolders(folders));
        Diagnostics.EverythingChanged();
    }

    /// <summary>Anything may have changed on disk.</summary>
    public void Refresh()
    {
        Become(static now => now.Refreshed());
        Diagnostics.EverythingChanged();
    }

    /// <summary>These prompts have changed on disk.</summary>
    public void Refresh(IReadOnlyCollection<string> prompts)
    {
        Become(static now => now.Refreshed());
        Diagnostics.FilesChanged(Files.Around(prompts));
    }

    /// <summary>Another pass over all files has found something else.</summary>
    public void Use(WorkspaceIndex index) => Become(now => now.WithIndex(index));

    /// <summary>A person sees a prompt with other values: what else shows it follows.</summary>
    public void ShowsOtherSample(string uri)
    {
        Changes.Add(uri);
        Histories.RefreshLenses();
    }

    /// <summary>Serves until the end; the exit status.</summary>
    public async Task<int> RunAsync()
    {
        Client.StartListening();
        try
        {
            await Client.Completion.WaitAsync(_ended.Token);
        }
        catch (Exception)
        {
            // However the connection ended, the session is over; only `shutdown` before it makes it a good end.
        }
        return Phase == Phase.ShutDown ? 0 : 1;
    }

    /// <summary>The client wants no more than the answers it waits for.</summary>
    public void ShutDown()
    {
        Phase = Phase.ShutDown;
        _leaving.TrySetResult();
    }

    /// <summary>Ends as soon as what was asked is answered.</summary>
    public async Task LeaveAsync()
    {
        _leaving.TrySetResult();
        await Client.AnsweredAsync();
        End();
    }

    /// <summary>Ends the session when the editor's process is gone.</summary>
    public async Task EndWithAsync(int processId)
    {
        if (await ParentProcess.EndsAsync(processId, _ended.Token))
            End();
    }

    private void End()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        Histories.Dispose();
        Documents.Dispose();
        Searches.Dispose();
        Client.Dispose();
        _ended.Dispose();
    }

    /// <summary>
    /// The client has closed the document. What it still says of it means nothing: editors that throw away what was not saved take it back in
    /// a document that is closed already.
    /// </summary>
    public bool HasClosed(string uri) => _closed.Contains(uri);

    // Changes come in order, but for the index, which is made in the background: none of them is lost to another.
    private void Become(Func<Snapshot, Snapshot> change)
    {
        Snapshot before = Now;
        while (Interlocked.CompareExchange(ref _now, change(before), before) is var met && met != before)
            before = met;
    }

    // What a change means for what the client has been told.
    private void Follow(Snapshot before, string uri)
    {
        OpenDocument? was = before.FindOpen(uri), now = Now.FindOpen(uri);
        if (was == now)
            return;
        if (now is null)
            _memory.Closed(was!);
        else
            _memory.Edited();
        if (now is { IsOutOfStep: true } && was is not { IsOutOfStep: true })
            Log.Show(
                MessageType.Warning,
                $"promptlsp missed a change of {uri[(uri.LastIndexOf('/') + 1)..]} and says nothing of it until you close and reopen it."
            );
        if ((now ?? was) is { } document && Snapshot.IsSettings(document))
            Diagnostics.EverythingChanged();
        if (was is null)
            Recording.Opened(now!);
        else if (now is null)
            Recording.Closed(was);
        else if (was.Text != now.Text)
            Recording.Edited(now);
        if (now is null)
            _closed.Add(uri);
        else
            _closed.Remove(uri);
        if (now is null)
            Diagnostics.Closed(uri, was!.Path);
        else
            Diagnostics.Changed(uri, now.Path);
    }
}

/// <summary>Where a session stands between its first and its last request.</summary>
internal enum Phase
{
    New,
    Running,
    ShutDown,
}
