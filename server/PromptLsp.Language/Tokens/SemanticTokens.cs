using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tokens;

/// <summary>What a word of the body is, as far as only meaning can tell; keywords, strings and numbers are the grammar's.</summary>
public enum TokenKind
{
    Input,
    Context,
    Variable,
    Member,
    Function,
    OwnFunction,
    Namespace,
}

/// <param name="IsDeclaration">The word declares or assigns what it names.</param>
public readonly record struct SemanticToken(TextSpan Span, TokenKind Kind, bool IsDeclaration);

/// <summary>The words of a prompt's body whose colour only their meaning tells.</summary>
public static class SemanticTokens
{
    /// <summary>In the order of the text; none overlaps another, none spans lines.</summary>
    public static ImmutableArray<SemanticToken> Of(PromptModel prompt)
    {
        if (prompt.Document.OtherFormat is not null)
            return [];
        BodyFacts facts = prompt.Facts;
        var tokens = new List<SemanticToken>(facts.References.Count + facts.Members.Count + facts.Calls.Count);
        foreach (Reference reference in facts.References)
        {
            if (facts.IsNamespace(reference.Node))
                tokens.Add(new(reference.Span, TokenKind.Namespace, false));
            else if (reference.Symbol is { } symbol)
                tokens.Add(new(reference.Span, KindOf(symbol.Kind), reference.IsWrite));
            else if (facts.FunctionOf(reference.Node) is not null)
                tokens.Add(new(reference.Span, TokenKind.Function, false));
        }
        foreach (MemberUse use in facts.Members)
        {
            if (use.Status == MemberStatus.Known && use.Node.Name.Length > 0)
                tokens.Add(new(use.Node.NameSpan, TokenKind.Member, false));
        }
        foreach (CallUse call in facts.Calls)
        {
            if (call is { Function: not null, Callee: MemberExpression { Name.Length: > 0 } member })
                tokens.Add(new(member.NameSpan, TokenKind.Function, false));
        }
        tokens.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return [.. WithoutOverlaps(tokens)];
    }

    private static IEnumerable<SemanticToken> WithoutOverlaps(List<SemanticToken> tokens)
    {
        int end = 0;
        foreach (SemanticToken token in tokens)
        {
            if (token.Span.Start < end || token.Span.IsEmpty)
                continue;
            end = token.Span.End;
            yield return token;
        }
    }

    private static TokenKind KindOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Input => TokenKind.Input,
        SymbolKind.Context => TokenKind.Context,
        SymbolKind.Function => TokenKind.OwnFunction,
        SymbolKind.Member => TokenKind.Member,
        _ => TokenKind.Variable,
    };
}
