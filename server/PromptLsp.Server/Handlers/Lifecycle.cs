using System.Text.Json;
using PromptLsp.Server.Protocol;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>Start and end of a session.</summary>
internal static class Lifecycle
{
    public static Task<object?> Initialize(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        if (session.Phase != Phase.New)
            throw new LocalRpcException("`initialize` was sent before.") { ErrorCode = (int)JsonRpcErrorCode.InvalidRequest };
        InitializeParams said = Session.Read(parameters, Wire.Default.InitializeParams);
        session.Phase = Phase.Running;
        session.Log.IsTracing = said.Trace is "messages" or "verbose";
        if (said.ProcessId is { } editor)
            session.WatchParent(editor);
        return Task.FromResult<object?>(new InitializeResult(
            new ServerCapabilities { CompletionProvider = new() { TriggerCharacters = [".", "|", "{", "\"", ":", "/", " "] } },
            new ServerInfo("promptlsp", "0.1.0")));
    }

    public static Task<object?> Initialized(Session session, JsonElement? parameters, CancellationToken cancel) => Session.Nothing;

    public static Task<object?> SetTrace(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        session.Log.IsTracing = Session.Read(parameters, Wire.Default.SetTraceParams).Value is "messages" or "verbose";
        return Session.Nothing;
    }

    public static Task<object?> Shutdown(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        session.Phase = Phase.ShutDown;
        return Session.Nothing;
    }

    public static Task<object?> Exit(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        session.End();
        return Session.Nothing;
    }
}
