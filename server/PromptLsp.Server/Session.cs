using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PromptLsp.Server.Rpc;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace PromptLsp.Server;

/// <summary>One client's session: the state it has built, the connection, and the three verbs by which routes reach them.</summary>
internal sealed class Session : IDisposable
{
    private readonly TextWriter _log;
    private readonly Connection _connection;
    private readonly CancellationTokenSource _ended;
    private readonly Publications _publications;

    public Session(Stream input, Stream output, TextWriter log, CancellationToken cancel)
    {
        _log = log;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _connection = new Connection(input, output, ReportFailure);
        _publications = new Publications(this, _ended.Token);
    }

    public Connection Client => _connection;

    /// <summary>The state after the last change; a new one is put here, never a part of it changed.</summary>
    public OpenDocuments Now { get; private set; } = OpenDocuments.None;

    public bool IsShutDown { get; set; }

    public void Change<T>(string method, JsonTypeInfo<T> type, Func<OpenDocuments, T, OpenDocuments> change) =>
        _connection.Add(method, (parameters, _) =>
        {
            try
            {
                OpenDocuments before = Now;
                Now = change(before, Read(parameters, type));
                _publications.Follow(before, Now);
            }
            catch (Exception failure)
            {
                ReportFailure(method, failure);
                if (UriOf(parameters) is { } uri && Now.Find(uri) is { } open)
                    Now = Now.With(open.OutOfStep(open.Version));
            }
            return Task.FromResult<object?>(null);
        });

    public void Read<T>(string method, JsonTypeInfo<T> type, Func<OpenDocuments, T, CancellationToken, object?> answer) =>
        _connection.Add(method, (parameters, cancel) =>
        {
            OpenDocuments now = Now;
            T asked = Read(parameters, type);
            return Task.Run(() => answer(now, asked, cancel), cancel);
        });

    public void Command<T>(string method, JsonTypeInfo<T> type, Func<Session, T, CancellationToken, Task<object?>> run) =>
        _connection.Add(method, (parameters, cancel) => run(this, Read(parameters, type), cancel));

    public void Command(string method, Func<Session, CancellationToken, Task<object?>> run) =>
        _connection.Add(method, (_, cancel) => run(this, cancel));

    public async Task<int> RunAsync()
    {
        _connection.StartListening();
        try
        {
            await _connection.Completion.WaitAsync(_ended.Token);
        }
        catch (Exception)
        {
            // However the connection ended, the session is over; only `shutdown` before it makes it a good end.
        }
        return IsShutDown ? 0 : 1;
    }

    public void End() => _ended.Cancel();

    /// <summary>Ends the session when the editor's process is gone.</summary>
    public void WatchParent(int? processId)
    {
        if (processId is not { } id)
            return;
        _ = WatchAsync();

        async Task WatchAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3));
            try
            {
                while (await timer.WaitForNextTickAsync(_ended.Token))
                {
                    using Process parent = Process.GetProcessById(id);
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

    public void ReportFailure(string what, Exception failure) => _log.WriteLine($"promptlsp: {what}: {failure.GetType().Name}");

    public void Dispose()
    {
        _connection.Dispose();
        _ended.Dispose();
    }

    private static T Read<T>(JsonElement? parameters, JsonTypeInfo<T> type)
    {
        try
        {
            if (parameters is { } given && given.Deserialize(type) is { } value)
                return value;
        }
        catch (JsonException)
        {
            // Answered as wrong parameters below.
        }
        throw new LocalRpcException("The parameters do not have the shape that LSP gives them.") { ErrorCode = (int)JsonRpcErrorCode.InvalidParams };
    }

    private static string? UriOf(JsonElement? parameters) =>
        parameters is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty("textDocument", out JsonElement document) && document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("uri", out JsonElement uri) && uri.ValueKind == JsonValueKind.String
            ? uri.GetString()
            : null;
}
