using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>Reads the heads of loops: <c>for item in items limit: 2</c>.</summary>
internal sealed class ScribanLoops(SourceText text, ScribanCursor tokens, ScribanExpressions expressions, List<Problem> problems)
{
    /// <summary>Reads from the word <c>for</c> to the end of the loop's head.</summary>
    public OpenBlock Head(ScribanToken token, string word)
    {
        tokens.Next++;
        var block = new OpenBlock(word, token, null);
        ScribanToken? paren = tokens.Current.Kind == TokenKind.OpenParen ? tokens.Current : null;
        if (paren is not null)
            tokens.Next++;
        if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead(1).Kind == TokenKind.Dot)
        {
            // `for x.y in xs` sets a member, and declares nothing.
            expressions.Operand();
        }
        else if (tokens.Current.Kind is TokenKind.Name or TokenKind.PrivateName && !tokens.IsWord("in"))
        {
            block.Variable = new NameExpression(
                tokens.Current.Span,
                tokens.TextOf(tokens.Current),
                tokens.Current.Kind == TokenKind.PrivateName ? NameKind.Private : NameKind.Variable
            );
            tokens.Next++;
        }
        SecondVariable(block);
        if (tokens.IsWord("in"))
        {
            ScribanToken @in = tokens.Take();
            block.Header = tokens.AtStatementEnd ? expressions.MissingAfter(@in) : LoopSource(block);
        }
        else
        {
            NoIn(token, word, block);
        }
        if (paren is { } open)
            Parentheses(open);
        if (!tokens.CanEndStatement)
            problems.Add(BehindLoop());
        while (!tokens.CanEndStatement)
            tokens.Next++;
        return block;
    }

    private void SecondVariable(OpenBlock block)
    {
        if (tokens.Current.Kind != TokenKind.Comma || tokens.Ahead(1) is not { Kind: TokenKind.Name } second)
            return;
        problems.Add(
            new(
                TextSpan.FromBounds(tokens.Current.Start, second.End),
                "a loop has one variable: `for.index` counts the items, and of an object's each has `.key` and `.value`"
            )
        );
        tokens.Next += 2;
        block.IndexVariable = new NameExpression(second.Span, tokens.TextOf(second));
    }

    private void NoIn(ScribanToken token, string word, OpenBlock block)
    {
        string reads = $"`{word}` reads `{word} item in list`";
        if (block.Variable is null || !tokens.IsWord("of"))
        {
            bool isLeftOut = block.Variable is not null && tokens.Current.Kind == TokenKind.Name;
            problems.Add(new(token.Span, reads) { Repair = isLeftOut ? new("Add `in`", TextEdit.Insert(tokens.Current.Start, "in ")) : null });
            block.Header = new MissingExpression(tokens.PlaceToType);
            return;
        }
        problems.Add(new(tokens.Current.Span, reads) { Repair = Repair.ChangeTo("in", tokens.Current.Span) });
        tokens.Next++;
        block.Header = tokens.AtStatementEnd ? new MissingExpression(tokens.PlaceToType) : LoopSource(block);
    }

    private void Parentheses(ScribanToken open)
    {
        var problem = new Problem(open.Span, "a loop has no parentheses; leave them out");
        if (tokens.Current.Kind == TokenKind.CloseParen)
        {
            TextSpan inside = TextSpan.FromBounds(open.End, tokens.Current.Start);
            problem = problem with { Repair = new("Leave out the parentheses", new(TextSpan.FromBounds(open.Start, tokens.Current.End), text[inside].Trim())) };
            tokens.Next++;
        }
        problems.Add(problem);
    }

    private Problem BehindLoop()
    {
        ScribanToken option = tokens.Last;
        return option.Kind == TokenKind.Name && tokens.TextOf(option) is "limit" or "offset" or "cols" && expressions.StartsExpression(tokens.Current)
            ? new(option.Span, $"`{tokens.TextOf(option)}` reads `{tokens.TextOf(option)}: 2`") { Repair = new("Add `:`", TextEdit.Insert(option.End, ":")) }
            : ScribanSlips.Unexpected(text, tokens.All, tokens.Next);
    }

    private Expression LoopSource(OpenBlock block)
    {
        Expression source = expressions.Operand();
        // A bare name behind the source is an option of the loop (`reversed`), anything else an argument of a call.
        if (tokens.IsWord("do") || (tokens.Current.Kind != TokenKind.Name && !tokens.AtStatementEnd && expressions.StartsExpression(tokens.Current)))
            source = expressions.BareCall(source);
        if (tokens.Current.Kind == TokenKind.Question)
            source = expressions.Conditional(source);
        source = expressions.GoOn(source);
        while (tokens.Current.Kind == TokenKind.Name && !tokens.IsWord("do"))
        {
            ScribanToken name = tokens.Take();
            if (!IsLoopOption(tokens.TextOf(name)))
                problems.Add(NoLoopOption(name.Span, tokens.TextOf(name)));
            if (tokens.Current.Kind != TokenKind.Colon)
                continue;
            tokens.Next++;
            Expression value = tokens.AtStatementEnd ? expressions.MissingAfter(name) : expressions.Operand();
            block.Arguments.Add(new(TextSpan.FromBounds(name.Start, Math.Max(name.End, value.Span.End)), tokens.TextOf(name), name.Span, value));
        }
        return source;
    }

    private static bool IsLoopOption(string name) => name is "limit" or "offset" or "reversed" or "cols";

    // Scriban takes any, and fails when it renders.
    private static Problem NoLoopOption(TextSpan span, string name) => new(span, name is "if" or "where" or "when"
        ? $"a loop has no `{name}`; ask inside it with `if`"
        : $"a loop takes no `{name}`; it takes `limit: 2`, `offset: 1` and `reversed`") { IsCertain = true };
}
