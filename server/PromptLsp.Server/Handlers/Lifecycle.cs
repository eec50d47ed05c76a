using System.Collections.Immutable;
using System.Text.Json;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace.Files;
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
        InitializeParams said = Dispatcher.Read(parameters, InitializeParams.Read);
        session.Begin(
            ClientFlags.Of(said.Capabilities),
            said.InitializationOptions ?? new(),
            $"promptlsp {Version}{(said.ClientInfo is { Name: var editor } ? $" ({editor})" : "")}",
            Folders(said)
        );
        session.Log.IsTracing = said.Trace is "messages" or "verbose";
        if (said.ProcessId is { } parent)
            _ = session.EndWithAsync(parent);
        return Task.FromResult<object?>(new InitializeResult(Capabilities(session.Flags), new ServerInfo("promptlsp", Version)));
    }

    public static Task<object?> Initialized(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        if (session.Flags.WatchesFiles)
            _ = WatchFilesAsync(session, cancel);
        if (!session.Now.Folders.IsEmpty)
            session.Files.Look();
        return Dispatcher.Nothing;
    }

    public static Task<object?> SetTrace(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        session.Log.IsTracing = Dispatcher.Read(parameters, SetTraceParams.Read).Value is "messages" or "verbose";
        return Dispatcher.Nothing;
    }

    public static Task<object?> Shutdown(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        session.ShutDown();
        return Dispatcher.Nothing;
    }

    public static async Task<object?> Exit(Session session, JsonElement? parameters, CancellationToken cancel)
    {
        await session.LeaveAsync();
        return null;
    }

    private static ServerCapabilities Capabilities(ClientFlags client) => new()
    {
        CompletionProvider = new() { TriggerCharacters = [".", "|", "{", "\"", ":", "/", " "] },
        DiagnosticProvider = client.PullsDiagnostics ? new() : null,
        SignatureHelpProvider = new() { TriggerCharacters = [" ", "(", ",", "|"], RetriggerCharacters = [":"] },
        SemanticTokensProvider = new(SemanticTokens.Legend),
        CodeActionProvider = new(CodeActions.Kinds),
        CodeLensProvider = new(),
        ExecuteCommandProvider = new(Commands.All),
    };

    private static string Version { get; } = typeof(Lifecycle).Assembly.GetName().Version?.ToString(3) ?? "";

    private static ImmutableArray<string> Folders(InitializeParams said)
    {
        IEnumerable<string?> folders = said.WorkspaceFolders is { Length: > 0 } many
            ? many.Select(f => FileUri.ToPath(f.Uri))
            : [said.RootUri is { } uri ? FileUri.ToPath(uri) : said.RootPath];
        return [.. folders.OfType<string>().Select(Path.TrimEndingDirectorySeparator)];
    }

    private static async Task WatchFilesAsync(Session session, CancellationToken cancel)
    {
        // Where a folder goes, editors may tell of the folder alone.
        var watchers = new DidChangeWatchedFilesRegistrationOptions([
            new($"**/*.{{{string.Join(',', KnownFormats.All.Select(f => f.Ending[1..]))},json,yaml,yml}}"),
            new("**/*signers*"),
            new("**/*") { Kind = Protocol.FileSystemWatcher.Delete },
        ]);
        Registration[] registrations = [new("watch", "workspace/didChangeWatchedFiles") { RegisterOptions = watchers }];
        try
        {
            await session.Client.AskAsync("client/registerCapability", [("registrations", registrations)], cancel);
        }
        catch (Exception failure) when (failure is RemoteRpcException or OperationCanceledException or ObjectDisposedException)
        {
            session.Log.Say(MessageType.Warning, "the editor does not watch files; changes made outside it are seen when a prompt is saved");
        }
    }
}
