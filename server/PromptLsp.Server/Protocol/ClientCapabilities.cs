using System.Text.Json;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

/// <summary>What we ask of a client's capabilities; <see cref="ClientFlags"/> gives them names.</summary>
internal sealed record ClientCapabilities
{
    public TextDocumentClientCapabilities? TextDocument { get; init; }

    public WorkspaceClientCapabilities? Workspace { get; init; }

    public WindowClientCapabilities? Window { get; init; }

    public ExperimentalClientCapabilities? Experimental { get; init; }

    public static ClientCapabilities Read(JsonElement from) => new()
    {
        TextDocument = from.Hint("textDocument", TextDocumentClientCapabilities.Read),
        Workspace = from.Hint("workspace", WorkspaceClientCapabilities.Read),
        Window = from.Hint("window", WindowClientCapabilities.Read),
        Experimental = from.Hint("experimental", ExperimentalClientCapabilities.Read),
    };
}

internal sealed record TextDocumentClientCapabilities
{
    public DiagnosticClientCapabilities? Diagnostic { get; init; }

    public CompletionClientCapabilities? Completion { get; init; }

    public HoverClientCapabilities? Hover { get; init; }

    public static TextDocumentClientCapabilities Read(JsonElement from) => new()
    {
        Diagnostic = from.Hint("diagnostic", DiagnosticClientCapabilities.Read),
        Completion = from.Hint("completion", CompletionClientCapabilities.Read),
        Hover = from.Hint("hover", HoverClientCapabilities.Read),
    };
}

internal sealed record DiagnosticClientCapabilities
{
    public static DiagnosticClientCapabilities Read(JsonElement _) => new();
}

internal sealed record CompletionClientCapabilities
{
    public ClientCompletionItemOptions? CompletionItem { get; init; }

    public static CompletionClientCapabilities Read(JsonElement from) => new()
    {
        CompletionItem = from.Hint("completionItem", ClientCompletionItemOptions.Read),
    };
}

internal sealed record ClientCompletionItemOptions
{
    public bool SnippetSupport { get; init; }

    public string[]? DocumentationFormat { get; init; }

    public static ClientCompletionItemOptions Read(JsonElement from) => new()
    {
        SnippetSupport = from.Flag("snippetSupport"),
        DocumentationFormat = from.OptionalStrings("documentationFormat"),
    };
}

internal sealed record HoverClientCapabilities
{
    public string[]? ContentFormat { get; init; }

    public static HoverClientCapabilities Read(JsonElement from) => new() { ContentFormat = from.OptionalStrings("contentFormat") };
}

internal sealed record WorkspaceClientCapabilities
{
    public bool ApplyEdit { get; init; }

    public WorkspaceEditClientCapabilities? WorkspaceEdit { get; init; }

    public DiagnosticWorkspaceClientCapabilities? Diagnostics { get; init; }

    public DidChangeWatchedFilesClientCapabilities? DidChangeWatchedFiles { get; init; }

    public CodeLensWorkspaceClientCapabilities? CodeLens { get; init; }

    public static WorkspaceClientCapabilities Read(JsonElement from) => new()
    {
        ApplyEdit = from.Flag("applyEdit"),
        WorkspaceEdit = from.Hint("workspaceEdit", WorkspaceEditClientCapabilities.Read),
        Diagnostics = from.Hint("diagnostics", DiagnosticWorkspaceClientCapabilities.Read),
        DidChangeWatchedFiles = from.Hint("didChangeWatchedFiles", DidChangeWatchedFilesClientCapabilities.Read),
        CodeLens = from.Hint("codeLens", CodeLensWorkspaceClientCapabilities.Read),
    };
}

internal sealed record CodeLensWorkspaceClientCapabilities
{
    public bool RefreshSupport { get; init; }

    public static CodeLensWorkspaceClientCapabilities Read(JsonElement from) => new() { RefreshSupport = from.Flag("refreshSupport") };
}

internal sealed record WorkspaceEditClientCapabilities
{
    public bool DocumentChanges { get; init; }

    public string[]? ResourceOperations { get; init; }

    public static WorkspaceEditClientCapabilities Read(JsonElement from) => new()
    {
        DocumentChanges = from.Flag("documentChanges"),
        ResourceOperations = from.OptionalStrings("resourceOperations"),
    };
}

internal sealed record DiagnosticWorkspaceClientCapabilities
{
    public bool RefreshSupport { get; init; }

    public static DiagnosticWorkspaceClientCapabilities Read(JsonElement from) => new() { RefreshSupport = from.Flag("refreshSupport") };
}

internal sealed record DidChangeWatchedFilesClientCapabilities
{
    public bool DynamicRegistration { get; init; }

    public static DidChangeWatchedFilesClientCapabilities Read(JsonElement from) => new() { DynamicRegistration = from.Flag("dynamicRegistration") };
}

internal sealed record WindowClientCapabilities
{
    public bool WorkDoneProgress { get; init; }

    public static WindowClientCapabilities Read(JsonElement from) => new() { WorkDoneProgress = from.Flag("workDoneProgress") };
}
