using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using PromptLsp.Server.Diagnostics;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace PromptLsp.Server;

/// <summary>One client's session: the state it has built, the connection, and the three verbs by which routes reach them.</summary>
internal sealed class Session : IDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private readonly IdleCollection _memory;

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
        Now = Snapshot.Empty(new Disk(), [], () => Files.Index, ReliedOn);
    }

    public Connection Client { get; }

    public Log Log { get; }

    /// <summary>The state after the last change; a new one is put here, never a part of it changed.</summary>
    public Snapshot Now { get; private set; }

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

    public void Change<T>(string method, Func<JsonElement, T> read, Func<Snapshot, T, Snapshot> change) =>
        Client.Add(method, (parameters, _) =>
        {
            if (Phase != Phase.Running)
                return Nothing;
            Snapshot before = Now;
            try
            {
                Now = change(before, Read(parameters, read));
            }
            catch (Exception failure)
            {
                Log.Failure(method, failure);
                if (UriOf(parameters) is { } uri && before.FindOpen(uri) is { } open)
                    Now = before.With(new OpenDocument(uri, open.Path, open.Version, open.Text) { IsOutOfStep = true });
            }
            Follow(before, UriOf(parameters));
            return Nothing;
        });

    public void Read<T>(string method, Func<JsonElement, T> read, Func<Snapshot, T, CancellationToken, object?> answer) =>
        Read(method, read, (now, asked, cancel) => Task.FromResult(answer(now, asked, cancel)));

    /// <summary>A read that waits for something itself.</summary>
    public void Read<T>(string method, Func<JsonElement, T> read, Func<Snapshot, T, CancellationToken, Task<object?>> answer) =>
        Client.Add(method, (parameters, cancel) =>
        {
            ThrowUnlessRunning();
            Snapshot now = Now;
            T asked = Read(parameters, read);
            long start = Stopwatch.GetTimestamp();
            return Task.Run(
                async () =>
                {
                    object? answered = await answer(now, asked, cancel);
                    Log.Trace(method, start);
                    return answered;
                },
                cancel);
        });

    public void Command<T>(string method, Func<JsonElement, T> read, Func<Session, T, CancellationToken, Task<object?>> run) =>
        Client.Add(method, (parameters, cancel) =>
        {
            ThrowUnlessRunning();
            return run(this, Read(parameters, read), cancel);
        });

    /// <summary>A message of the lifecycle, which decides itself when it is in place.</summary>
    public void Lifecycle(string method, Func<Session, JsonElement?, CancellationToken, Task<object?>> run) =>
        Client.Add(method, (parameters, cancel) => run(this, parameters, cancel));

    /// <summary>What the client said of itself and of its folders, once.</summary>
    public void Begin(ClientFlags flags, InitializationOptions options, string tool, ImmutableArray<string> folders)
    {
        Flags = flags;
        Options = options;
        Recorder = new(tool);
        Now = Now.WithFolders(folders);
        Phase = Phase.Running;
    }

    /// <summary>Other folders are open.</summary>
    public void Use(ImmutableArray<string> folders)
    {
        Now = Now.WithFolders(folders);
        Diagnostics.EverythingChanged();
    }

    /// <summary>Anything may have changed on disk.</summary>
    public void Refresh()
    {
        Now = Now.Refreshed();
        Diagnostics.EverythingChanged();
    }

    /// <summary>These prompts have changed on disk.</summary>
    public void Refresh(IReadOnlyCollection<string> prompts)
    {
        Now = Now.Refreshed();
        Diagnostics.FilesChanged(Files.Around(prompts));
    }

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

    /// <summary>Ends the session when the editor's process is gone.</summary>
    public void WatchParent(int processId)
    {
        _ = WatchAsync();

        async Task WatchAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3));
            try
            {
                while (await timer.WaitForNextTickAsync(_ended.Token))
                {
                    using Process parent = Process.GetProcessById(processId);
                    if (parent.HasExited)
                        break;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
            {
                // No such process.
            }
            End();
        }
    }

    /// <summary>Parameters of the type that the method takes; anything else is refused.</summary>
    public static T Read<T>(JsonElement? parameters, Func<JsonElement, T> read)
    {
        try
        {
            if (parameters is { } given)
                return read(given);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not the members, or no Unicode. Refused below; the exception's own message may hold a prompt's text.
        }
        throw new LocalRpcException("The parameters do not have the shape that LSP gives them.") { ErrorCode = (int)JsonRpcErrorCode.InvalidParams };
    }

    public void Dispose()
    {
        Histories.Dispose();
        Documents.Dispose();
        Searches.Dispose();
        Client.Dispose();
        _ended.Dispose();
    }

    internal static Task<object?> Nothing { get; } = Task.FromResult<object?>(null);

    /// <summary>
    /// The client has closed the document. What it still says of it means nothing: editors that throw away what was not saved take it back in
    /// a document that is closed already.
    /// </summary>
    public bool HasClosed(string uri) => _closed.Contains(uri);

    // What a change means for what the client has been told.
    private void Follow(Snapshot before, string? uri)
    {
        if (uri is null)
        {
            if (before != Now)
                Diagnostics.EverythingChanged();
            return;
        }
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

    private void ThrowUnlessRunning()
    {
        if (Phase == Phase.New)
            throw new LocalRpcException("The first request must be `initialize`.") { ErrorCode = -32002 };
        if (Phase == Phase.ShutDown)
            throw new LocalRpcException("The server is shut down; it waits for `exit`.") { ErrorCode = (int)JsonRpcErrorCode.InvalidRequest };
    }

    private static string? UriOf(JsonElement? parameters) =>
        parameters is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty("textDocument", out JsonElement document) && document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("uri", out JsonElement uri) && uri.ValueKind == JsonValueKind.String
            ? uri.GetString()
            : null;
}

/// <summary>Where a session stands between its first and its last request.</summary>
internal enum Phase
{
    New,
    Running,
    ShutDown,
}
