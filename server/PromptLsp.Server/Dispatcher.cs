using System.Diagnostics;
using System.Text.Json;
using PromptLsp.Workspace;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace PromptLsp.Server;

/// <summary>The three verbs by which routes reach a session, and how each of them runs.</summary>
internal sealed class Dispatcher(Session session)
{
    /// <summary>The answer where there is none.</summary>
    public static Task<object?> Nothing { get; } = Task.FromResult<object?>(null);

    public void Change<T>(string method, Func<JsonElement, T> read, Func<Snapshot, T, Snapshot> change) =>
        session.Client.Add(method, (parameters, _) =>
        {
            if (session.Phase != Phase.Running)
                return Nothing;
            string? uri = UriOf(parameters);
            try
            {
                T said = Read(parameters, read);
                session.Change(uri, now => change(now, said));
            }
            catch (Exception failure)
            {
                session.Log.Failure(method, failure);
                if (uri is not null)
                    session.LoseStep(uri);
            }
            return Nothing;
        });

    public void Read<T>(string method, Func<JsonElement, T> read, Func<Snapshot, T, CancellationToken, object?> answer) =>
        Read(method, read, (now, asked, cancel) => Task.FromResult(answer(now, asked, cancel)));

    /// <summary>A read that waits for something itself.</summary>
    public void Read<T>(string method, Func<JsonElement, T> read, Func<Snapshot, T, CancellationToken, Task<object?>> answer) =>
        session.Client.Add(method, (parameters, cancel) =>
        {
            ThrowUnlessRunning();
            Snapshot now = session.Now;
            T asked = Read(parameters, read);
            long start = Stopwatch.GetTimestamp();
            return Task.Run(
                async () =>
                {
                    object? answered = await answer(now, asked, cancel);
                    session.Log.Trace(method, start);
                    return answered;
                },
                cancel);
        });

    public void Command<T>(string method, Func<JsonElement, T> read, Func<Session, T, CancellationToken, Task<object?>> run) =>
        session.Client.Add(method, (parameters, cancel) =>
        {
            ThrowUnlessRunning();
            return run(session, Read(parameters, read), cancel);
        });

    /// <summary>A message of the lifecycle, which decides itself when it is in place.</summary>
    public void Lifecycle(string method, Func<Session, JsonElement?, CancellationToken, Task<object?>> run) =>
        session.Client.Add(method, (parameters, cancel) => run(session, parameters, cancel));

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

    private void ThrowUnlessRunning()
    {
        if (session.Phase == Phase.New)
            throw new LocalRpcException("The first request must be `initialize`.") { ErrorCode = -32002 };
        if (session.Phase == Phase.ShutDown)
            throw new LocalRpcException("The server is shut down; it waits for `exit`.") { ErrorCode = (int)JsonRpcErrorCode.InvalidRequest };
    }

    private static string? UriOf(JsonElement? parameters) =>
        parameters is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty("textDocument", out JsonElement document) && document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("uri", out JsonElement uri) && uri.ValueKind == JsonValueKind.String
            ? uri.GetString()
            : null;
}
