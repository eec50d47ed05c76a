namespace PromptLsp.Server.Protocol;

internal sealed record DocumentSymbolParams(TextDocumentIdentifier TextDocument);

internal sealed record FoldingRangeParams(TextDocumentIdentifier TextDocument);

internal sealed record DocumentLinkParams(TextDocumentIdentifier TextDocument);

internal sealed record DocumentSymbol(string Name, int Kind, Range Range, Range SelectionRange)
{
    public string? Detail { get; init; }

    public DocumentSymbol[]? Children { get; init; }
}

internal sealed record WorkspaceSymbolParams(string Query);

internal sealed record WorkspaceSymbol(string Name, int Kind, Location Location)
{
    public string? ContainerName { get; init; }
}

internal sealed record FoldingRange(int StartLine, int EndLine)
{
    public string? Kind { get; init; }
}

internal sealed record DocumentLink(Range Range)
{
    public string? Target { get; init; }
}

internal sealed record DocumentLinkOptions
{
    public bool ResolveProvider => false;
}
