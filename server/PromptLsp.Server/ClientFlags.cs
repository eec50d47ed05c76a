using PromptLsp.Server.Protocol;

namespace PromptLsp.Server;

/// <summary>What the client can do, read once.</summary>
internal sealed record ClientFlags
{
    public bool PullsDiagnostics { get; init; }

    public bool RefreshesDiagnostics { get; init; }

    public bool TakesSnippets { get; init; }

    public bool ShowsMarkdownHovers { get; init; }

    public bool ShowsMarkdownCompletions { get; init; }

    public bool AppliesEdits { get; init; }

    public bool CreatesFiles { get; init; }

    public bool RenamesFiles { get; init; }

    /// <summary>It takes edits that say which version of a document they are for.</summary>
    public bool VersionsEdits { get; init; }

    public bool WatchesFiles { get; init; }

    public bool ShowsProgress { get; init; }

    /// <summary>It can ask a person, and shows previews and history.</summary>
    public bool Asks { get; init; }

    public bool RefreshesLenses { get; init; }

    public static ClientFlags Of(ClientCapabilities? client) => new()
    {
        Asks = client?.Experimental?.Promptlsp?.Asks ?? false,
        RefreshesLenses = client?.Workspace?.CodeLens?.RefreshSupport ?? false,
        PullsDiagnostics = client?.TextDocument?.Diagnostic is not null,
        RefreshesDiagnostics = client?.Workspace?.Diagnostics?.RefreshSupport ?? false,
        TakesSnippets = client?.TextDocument?.Completion?.CompletionItem?.SnippetSupport ?? false,
        ShowsMarkdownHovers = client?.TextDocument?.Hover?.ContentFormat?.Contains("markdown", StringComparer.Ordinal) ?? true,
        ShowsMarkdownCompletions = client?.TextDocument?.Completion?.CompletionItem?.DocumentationFormat?.Contains("markdown", StringComparer.Ordinal) ?? true,
        AppliesEdits = client?.Workspace?.ApplyEdit ?? false,
        CreatesFiles = Does(client, "create"),
        RenamesFiles = Does(client, "rename"),
        VersionsEdits = client?.Workspace?.WorkspaceEdit?.DocumentChanges ?? false,
        WatchesFiles = client?.Workspace?.DidChangeWatchedFiles?.DynamicRegistration ?? false,
        ShowsProgress = client?.Window?.WorkDoneProgress ?? false,
    };

    private static bool Does(ClientCapabilities? client, string operation) =>
        client?.Workspace?.WorkspaceEdit is { DocumentChanges: true, ResourceOperations: { } operations }
        && operations.Contains(operation, StringComparer.Ordinal);
}
