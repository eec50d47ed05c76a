namespace PromptLsp.Server.Protocol;

internal sealed record CompletionParams(TextDocumentIdentifier TextDocument, Position Position);

internal sealed record CompletionOptions
{
    public required string[] TriggerCharacters { get; init; }

    public bool ResolveProvider => true;
}

internal sealed record CompletionList(bool IsIncomplete, CompletionItem[] Items);

internal sealed record CompletionItem(string Label)
{
    public int? Kind { get; init; }

    public string? Detail { get; init; }

    public MarkupContent? Documentation { get; init; }

    public string? SortText { get; init; }

    public string? FilterText { get; init; }

    /// <summary>2 is a snippet.</summary>
    public int? InsertTextFormat { get; init; }

    public TextEdit? TextEdit { get; init; }

    public TextEdit[]? AdditionalTextEdits { get; init; }

    public string[]? CommitCharacters { get; init; }

    public Command? Command { get; init; }

    /// <summary>The list it stood in and its place there, for <c>completionItem/resolve</c>.</summary>
    public int[]? Data { get; init; }
}
