using PromptLsp.Language.Text;
using PromptLsp.Language.Tokens;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using Tokens = PromptLsp.Language.Tokens.SemanticTokens;

namespace PromptLsp.Server.Handlers;

/// <summary>Colours for the words whose meaning only the model knows.</summary>
internal static class SemanticTokens
{
    // In the order of TokenKind.
    public static SemanticTokensLegend Legend { get; } = new(
        ["parameter", "variable", "variable", "property", "function", "function", "namespace"],
        ["declaration", "readonly", "defaultLibrary"]);

    public static Protocol.SemanticTokens? Full(Snapshot now, SemanticTokensParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open ? Encode(open, new TextSpan(0, open.Text.Length)) : null;

    public static Protocol.SemanticTokens? Range(Snapshot now, SemanticTokensRangeParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open ? Encode(open, open.Text.SpanOf(asked.Range)) : null;

    private static Protocol.SemanticTokens Encode(OpenPrompt open, TextSpan within)
    {
        var data = new List<int>();
        LinePosition last = default;
        foreach (SemanticToken token in Tokens.Of(open.Prompt))
        {
            if (!within.Contains(token.Span))
                continue;
            LinePosition at = open.Text.PositionAt(token.Span.Start);
            data.AddRange([
                at.Line - last.Line,
                at.Line == last.Line ? at.Character - last.Character : at.Character,
                token.Span.Length,
                (int)token.Kind,
                Modifiers(token),
            ]);
            last = at;
        }
        return new([.. data]);
    }

    private static int Modifiers(SemanticToken token) =>
        (token.IsDeclaration ? 1 : 0) | (token.Kind == TokenKind.Context ? 2 : 0) | (token.Kind is TokenKind.Function or TokenKind.Namespace ? 4 : 0);
}
