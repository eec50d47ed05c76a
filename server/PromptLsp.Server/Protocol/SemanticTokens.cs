using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend) : ISent
{
    public bool Full => true;

    public bool Range => true;

    public void Write(JsonMembers to) => to.Add("legend", Legend).Add("full", Full).Add("range", Range);
}

internal sealed record SemanticTokensLegend(string[] TokenTypes, string[] TokenModifiers) : ISent
{
    public void Write(JsonMembers to) => to.Add("tokenTypes", TokenTypes).Add("tokenModifiers", TokenModifiers);
}

internal sealed record SemanticTokensParams(TextDocumentIdentifier TextDocument)
{
    public static SemanticTokensParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record SemanticTokensRangeParams(TextDocumentIdentifier TextDocument, Range Range)
{
    public static SemanticTokensRangeParams Read(JsonElement from) =>
        new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Object("range", Range.Read));
}

/// <summary>Five numbers a token: lines and characters from the one before, length, type, modifiers.</summary>
internal sealed record SemanticTokens(int[] Data) : ISent
{
    public void Write(JsonMembers to) => to.Add("data", Data);
}
