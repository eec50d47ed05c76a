using System.Text.Json;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Rpc;
using PromptLsp.Workspace;

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

    public static InitializeParams Read(JsonElement from) => new()
    {
        ProcessId = from.OptionalInt("processId"),
        RootUri = from.OptionalString("rootUri"),
        RootPath = from.OptionalString("rootPath"),
        WorkspaceFolders = from.OptionalArray("workspaceFolders", WorkspaceFolder.Read),
        Capabilities = from.Hint("capabilities", ClientCapabilities.Read),
        Trace = from.OptionalString("trace"),
        InitializationOptions = from.Hint("initializationOptions", InitializationOptions.Read),
        ClientInfo = from.Hint("clientInfo", ClientInfo.Read),
    };
}

internal sealed record ClientInfo(string Name)
{
    public static ClientInfo Read(JsonElement from) => new(from.String("name"));
}

internal sealed record WorkspaceFolder(string Uri)
{
    public static WorkspaceFolder Read(JsonElement from) => new(from.String("uri"));
}

internal sealed record SetTraceParams(string Value)
{
    public static SetTraceParams Read(JsonElement from) => new(from.String("value"));
}

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo) : ISent
{
    public void Write(JsonMembers to) => to.Add("capabilities", Capabilities).Add("serverInfo", ServerInfo);
}

internal sealed record ServerInfo(string Name, string Version) : ISent
{
    public void Write(JsonMembers to) => to.Add("name", Name).Add("version", Version);
}

internal sealed record ServerCapabilities : ISent
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

    public bool DocumentFormattingProvider => true;

    public bool DocumentRangeFormattingProvider => true;

    public DocumentLinkOptions DocumentLinkProvider { get; } = new();

    public SemanticTokensOptions? SemanticTokensProvider { get; init; }

    public CodeActionOptions? CodeActionProvider { get; init; }

    public CodeLensOptions? CodeLensProvider { get; init; }

    public ExecuteCommandOptions? ExecuteCommandProvider { get; init; }

    public bool WorkspaceSymbolProvider => true;

    public WorkspaceOptions Workspace { get; } = new();

    public ExperimentalServerCapabilities Experimental { get; } = new();

    public void Write(JsonMembers to) => to
        .Add("positionEncoding", PositionEncoding)
        .Add("textDocumentSync", TextDocumentSync)
        .Add("completionProvider", CompletionProvider)
        .Add("hoverProvider", HoverProvider)
        .Add("diagnosticProvider", DiagnosticProvider)
        .Add("signatureHelpProvider", SignatureHelpProvider)
        .Add("definitionProvider", DefinitionProvider)
        .Add("referencesProvider", ReferencesProvider)
        .Add("documentHighlightProvider", DocumentHighlightProvider)
        .Add("renameProvider", RenameProvider)
        .Add("documentSymbolProvider", DocumentSymbolProvider)
        .Add("foldingRangeProvider", FoldingRangeProvider)
        .Add("documentFormattingProvider", DocumentFormattingProvider)
        .Add("documentRangeFormattingProvider", DocumentRangeFormattingProvider)
        .Add("documentLinkProvider", DocumentLinkProvider)
        .Add("semanticTokensProvider", SemanticTokensProvider)
        .Add("codeActionProvider", CodeActionProvider)
        .Add("codeLensProvider", CodeLensProvider)
        .Add("executeCommandProvider", ExecuteCommandProvider)
        .Add("workspaceSymbolProvider", WorkspaceSymbolProvider)
        .Add("workspace", Workspace)
        .Add("experimental", Experimental);
}

internal sealed record TextDocumentSyncOptions : ISent
{
    public bool OpenClose => true;

    /// <summary>2 is incremental.</summary>
    public int Change => 2;

    public SaveOptions Save { get; } = new();

    public void Write(JsonMembers to) => to.Add("openClose", OpenClose).Add("change", Change).Add("save", Save);
}

internal sealed record SaveOptions : ISent
{
    public bool IncludeText => false;

    public void Write(JsonMembers to) => to.Add("includeText", IncludeText);
}

internal sealed record WorkspaceOptions : ISent
{
    public WorkspaceFoldersServerCapabilities WorkspaceFolders { get; } = new();

    public TextDocumentContentOptions TextDocumentContent { get; } = new([OpenDocument.VersionScheme, Handlers.RulePages.Scheme]);

    public FileOperationOptions FileOperations { get; } = new();

    public void Write(JsonMembers to) =>
        to.Add("workspaceFolders", WorkspaceFolders).Add("textDocumentContent", TextDocumentContent).Add("fileOperations", FileOperations);
}

internal sealed record WorkspaceFoldersServerCapabilities : ISent
{
    public bool Supported => true;

    public bool ChangeNotifications => true;

    public void Write(JsonMembers to) => to.Add("supported", Supported).Add("changeNotifications", ChangeNotifications);
}

internal sealed record FileOperationOptions : ISent
{
    public FileOperationRegistrationOptions DidCreate { get; } = new([new(new("**/*.prompt"))]);

    /// <summary>For every file and folder, as a folder that moves takes its prompts along.</summary>
    public FileOperationRegistrationOptions DidRename { get; } = new([new(new("**/*"))]);

    /// <summary>Before the client renames files, it asks for the edits that keep includes and settings right.</summary>
    public FileOperationRegistrationOptions WillRename => DidRename;

    public void Write(JsonMembers to) => to.Add("didCreate", DidCreate).Add("didRename", DidRename).Add("willRename", WillRename);
}

internal sealed record FileOperationRegistrationOptions(FileOperationFilter[] Filters) : ISent
{
    public void Write(JsonMembers to) => to.Add("filters", Filters);
}

internal sealed record FileOperationFilter(FileOperationPattern Pattern) : ISent
{
    public string Scheme => "file";

    public void Write(JsonMembers to) => to.Add("pattern", Pattern).Add("scheme", Scheme);
}

internal sealed record FileOperationPattern(string Glob) : ISent
{
    public void Write(JsonMembers to) => to.Add("glob", Glob);
}
