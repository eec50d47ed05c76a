using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>Start and end of a session.</summary>
internal static class Lifecycle
{
    public static Task<object?> Initialize(Session session, InitializeParams said, CancellationToken cancel)
    {
        session.WatchParent(said.ProcessId);
        return Task.FromResult<object?>(new InitializeResult(
            new ServerCapabilities { CompletionProvider = new() { TriggerCharacters = [".", "|", "{", "\"", ":", "/", " "] } },
            new ServerInfo("promptlsp", "0.1.0")));
    }

    public static Task<object?> Initialized(Session session, CancellationToken cancel) => Task.FromResult<object?>(null);

    public static Task<object?> Shutdown(Session session, CancellationToken cancel)
    {
        session.IsShutDown = true;
        return Task.FromResult<object?>(null);
    }

    public static Task<object?> Exit(Session session, CancellationToken cancel)
    {
        session.End();
        return Task.FromResult<object?>(null);
    }
}
