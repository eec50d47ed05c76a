using PromptLsp.Server.Extensions;

namespace PromptLsp.Server.Protocol;

/// <summary>What we ask of a client's capabilities; <see cref="ClientFlags"/> gives them names.</summary>
internal sealed record ClientCapabilities
{
    public TextDocumentClientCapabilities? TextDocument { get; init; }

    public WorkspaceClientCapabilities? Workspace { get; init; }

    public WindowClientCapabilities? Window { get; init; }

    public ExperimentalClientCapabilities? Experimental { get; init; }
}

internal sealed record TextDocumentClientCapabilities
{
    public DiagnosticClientCapabilities? Diagnostic { get; init; }

    public CompletionClientCapabilities? Completion { get; init; }

    public HoverClientCapabilities? Hover { get; init; }
}

internal sealed record DiagnosticClientCapabilities;

internal sealed record CompletionClientCapabilities
{
    public ClientCompletionItemOptions? CompletionItem { get; init; }
}

internal sealed record ClientCompletionItemOptions
{
    public bool SnippetSupport { get; init; }
}

internal sealed record HoverClientCapabilities
{
    public string[]? ContentFormat { get; init; }
}

internal sealed record WorkspaceClientCapabilities
{
    public bool ApplyEdit { get; init; }

    public WorkspaceEditClientCapabilities? WorkspaceEdit { get; init; }

    public DiagnosticWorkspaceClientCapabilities? Diagnostics { get; init; }

    public DidChangeWatchedFilesClientCapabilities? DidChangeWatchedFiles { get; init; }

    public CodeLensWorkspaceClientCapabilities? CodeLens { get; init; }
}

internal sealed record CodeLensWorkspaceClientCapabilities
{
    public bool RefreshSupport { get; init; }
}

internal sealed record WorkspaceEditClientCapabilities
{
    public bool DocumentChanges { get; init; }

    public string[]? ResourceOperations { get; init; }
}

internal sealed record DiagnosticWorkspaceClientCapabilities
{
    public bool RefreshSupport { get; init; }
}

internal sealed record DidChangeWatchedFilesClientCapabilities
{
    public bool DynamicRegistration { get; init; }
}

internal sealed record WindowClientCapabilities
{
    public bool WorkDoneProgress { get; init; }
}
