using PromptLsp.Server.Extensions;
using PromptLsp.Server.Handlers;

namespace PromptLsp.Server.Protocol;

internal sealed record InitializeParams
{
    public int? ProcessId { get; init; }

    public string? RootUri { get; init; }

    public string? RootPath { get; init; }

    public WorkspaceFolder[]? WorkspaceFolders { get; init; }

    public ClientCapabilities? Capabilities { get; init; }

    public string? Trace { get; init; }

    public InitializationOptions? InitializationOptions { get; init; }

    public ClientInfo? ClientInfo { get; init; }
}

internal sealed record ClientInfo(string Name);

internal sealed record WorkspaceFolder(string Uri, string Name);

internal sealed record SetTraceParams(string Value);

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

internal sealed record ServerInfo(string Name, string Version);

internal sealed record ServerCapabilities
{
    public string PositionEncoding => "utf-16";

    public TextDocumentSyncOptions TextDocumentSync { get; } = new();

    public CompletionOptions? CompletionProvider { get; init; }

    public bool HoverProvider => true;

    public DiagnosticOptions? DiagnosticProvider { get; init; }

    public SignatureHelpOptions? SignatureHelpProvider { get; init; }

    public bool DefinitionProvider => true;

    public bool ReferencesProvider => true;

    public bool DocumentHighlightProvider => true;

    public RenameOptions RenameProvider { get; } = new();

    public bool DocumentSymbolProvider => true;

    public bool FoldingRangeProvider => true;

    public DocumentLinkOptions DocumentLinkProvider { get; } = new();

    public SemanticTokensOptions? SemanticTokensProvider { get; init; }

    public CodeActionOptions? CodeActionProvider { get; init; }

    public CodeLensOptions? CodeLensProvider { get; init; }

    public ExecuteCommandOptions? ExecuteCommandProvider { get; init; }

    public bool WorkspaceSymbolProvider => true;

    public WorkspaceOptions Workspace { get; } = new();

    public ExperimentalServerCapabilities Experimental { get; } = new();
}

internal sealed record TextDocumentSyncOptions
{
    public bool OpenClose => true;

    /// <summary>2 is incremental.</summary>
    public int Change => 2;

    public SaveOptions Save { get; } = new();
}

internal sealed record SaveOptions
{
    public bool IncludeText => false;
}

internal sealed record WorkspaceOptions
{
    public WorkspaceFoldersServerCapabilities WorkspaceFolders { get; } = new();

    public TextDocumentContentOptions TextDocumentContent { get; } = new([HistoryRequests.VersionScheme]);

    public FileOperationOptions FileOperations { get; } = new();
}

internal sealed record WorkspaceFoldersServerCapabilities
{
    public bool Supported => true;

    public bool ChangeNotifications => true;
}

internal sealed record FileOperationOptions
{
    /// <summary>Every file and folder: a folder that moves takes its prompts along.</summary>
    public FileOperationRegistrationOptions DidRename { get; } = new([new(new("**/*"))]);
}

internal sealed record FileOperationRegistrationOptions(FileOperationFilter[] Filters);

internal sealed record FileOperationFilter(FileOperationPattern Pattern)
{
    public string Scheme => "file";
}

internal sealed record FileOperationPattern(string Glob);
