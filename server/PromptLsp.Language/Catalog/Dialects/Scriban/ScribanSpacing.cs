using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Scriban;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects.Scriban;

/// <summary>
/// Code with one blank inside its braces, and one on each side of a pipe, an assignment and an operator between two values. Only blanks between
/// tokens of one line are touched: a new line ends a statement, and a blank before a bracket begins an argument.
/// </summary>
internal static class ScribanSpacing
{
    public static ImmutableArray<TextEdit> Edits(PromptDocument document, ImmutableArray<Problem> problems)
    {
        TemplateBody body = document.Body;
        if (body.Islands.IsEmpty)
            return [];
        ScribanTokens tokens = Tokens(document);
        try
        {
            return Edits(document, tokens.All, problems);
        }
        finally
        {
            tokens.Return();
        }
    }

    private static ImmutableArray<TextEdit> Edits(PromptDocument document, List<ScribanToken> tokens, ImmutableArray<Problem> problems)
    {
        SourceText text = document.Text;
        HashSet<int> operators = Operators(text, document.Body);
        HashSet<int> wrong = IslandsWithProblems(document.Body, problems);
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        for (int open = 0; open < tokens.Count; open++)
        {
            if (tokens[open].Kind != TokenKind.Open)
                continue;
            int close = open;
            while (tokens[close].Kind is not (TokenKind.Close or TokenKind.End))
                close++;
            if (IsWhole(tokens, open, close) && !wrong.Contains(tokens[open].Start))
            {
                for (int i = open; i < close; i++)
                {
                    if (!LooksLikeSign(text, tokens, i) && !LooksLikeSign(text, tokens, i + 1))
                        Gap(text, tokens[i], tokens[i + 1], operators, edits);
                }
            }
            open = close;
        }
        return edits.ToImmutable();
    }

    // By where they begin.
    private static HashSet<int> IslandsWithProblems(TemplateBody body, ImmutableArray<Problem> problems)
    {
        var wrong = new HashSet<int>();
        ImmutableArray<TextSpan> islands = body.Islands;
        int next = 0;
        foreach (Problem problem in problems.OrderBy(p => p.Span.Start))
        {
            while (next < islands.Length && islands[next].End <= problem.Span.Start && !(problem.Span.IsEmpty && islands[next].End == problem.Span.Start))
                next++;
            for (int i = next; i < islands.Length && (islands[i].Start < problem.Span.End || islands[i].Start == problem.Span.Start); i++)
                wrong.Add(islands[i].Start);
        }
        return wrong;
    }

    private static bool IsWhole(List<ScribanToken> tokens, int open, int close)
    {
        if (tokens[close].Kind == TokenKind.End || close == open + 1)
            return false;
        for (int i = open; i <= close; i++)
        {
            if (tokens[i].IsBroken || tokens[i].Kind == TokenKind.Unknown)
                return false;
        }
        return true;
    }

    // `f -1` is a difference to the engine; who wrote it so may have meant something else.
    private static bool LooksLikeSign(SourceText text, List<ScribanToken> tokens, int at) =>
        tokens[at].Kind == TokenKind.Operator
        && Characters(text, tokens[at]) is "-" or "+"
        && tokens[at].Start > tokens[at - 1].End
        && tokens[at].End == tokens[at + 1].Start;

    private static void Gap(SourceText text, ScribanToken left, ScribanToken right, HashSet<int> operators, ImmutableArray<TextEdit>.Builder edits)
    {
        if (left.Kind is TokenKind.NewLine or TokenKind.Comment || right.Kind is TokenKind.NewLine or TokenKind.Comment)
            return;
        if (
            left.Kind is not (TokenKind.Open or TokenKind.Pipe)
            && right.Kind is not (TokenKind.Close or TokenKind.Pipe)
            && !operators.Contains(left.Start)
            && !operators.Contains(right.Start)
        )
            return;
        var gap = TextSpan.FromBounds(left.End, right.Start);
        ReadOnlySpan<char> between = text.Slice(gap);
        if (between is not " " && !between.ContainsAnyExcept(' ', '\t'))
            edits.Add(new(gap, " "));
    }

    // Where an operator stands between two values, by its first character. A sign before a value is none.
    private static HashSet<int> Operators(SourceText text, TemplateBody body)
    {
        var found = new HashSet<int>();
        var rest = new Stack<SyntaxNode>(body.Nodes);
        while (rest.TryPop(out SyntaxNode? node))
        {
            if (node is BinaryExpression { Operator: not (BinaryOperator.Range or BinaryOperator.RangeBelow or BinaryOperator.Other) } binary)
                found.Add(binary.OperatorSpan.Start);
            // `x++` stays as it is.
            else if (node is AssignNode assign && text.Content[assign.OperatorSpan.End - 1] == '=')
                found.Add(assign.OperatorSpan.Start);
            foreach (SyntaxNode child in node.Children)
                rest.Push(child);
        }
        return found;
    }

    public static bool SpellsTheSame(PromptDocument one, PromptDocument other)
    {
        ScribanTokens left = Tokens(one), right = Tokens(other);
        try
        {
            if (left.All.Count != right.All.Count)
                return false;
            for (int i = 0; i < left.All.Count; i++)
            {
                if (left.All[i].Kind != right.All[i].Kind || !Characters(one.Text, left.All[i]).SequenceEqual(Characters(other.Text, right.All[i])))
                    return false;
            }
            return true;
        }
        finally
        {
            left.Return();
            right.Return();
        }
    }

    private static ReadOnlySpan<char> Characters(SourceText text, ScribanToken token) => text.Slice(token.Span);

    private static ScribanTokens Tokens(PromptDocument document)
    {
        var tokens = ScribanTokens.Rent();
        ScribanLexer.Body(document.Text.Content, document.Body.Span.Start, int.MaxValue, tokens);
        return tokens;
    }
}
