namespace PromptLsp.Server.Protocol;

internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend)
{
    public bool Full => true;

    public bool Range => true;
}

internal sealed record SemanticTokensLegend(string[] TokenTypes, string[] TokenModifiers);

internal sealed record SemanticTokensParams(TextDocumentIdentifier TextDocument);

internal sealed record SemanticTokensRangeParams(TextDocumentIdentifier TextDocument, Range Range);

/// <summary>Five numbers a token: lines and characters from the one before, length, type, modifiers.</summary>
internal sealed record SemanticTokens(int[] Data);
