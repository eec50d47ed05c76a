namespace PromptLsp.Server.Protocol;

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public ReferenceContext? Context { get; init; }
}

internal sealed record ReferenceContext(bool IncludeDeclaration);

/// <summary>2 is read, 3 is written.</summary>
internal sealed record DocumentHighlight(Range Range, int Kind);

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

/// <summary>What a rename would change, and the name it has now.</summary>
internal sealed record PrepareRenameResult(Range Range, string Placeholder);

internal sealed record RenameOptions
{
    public bool PrepareProvider => true;
}
