using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>Reads the statements of an island and adds their nodes to the blocks they stand in.</summary>
internal sealed class ScribanStatements(SourceText text, ScribanCursor tokens, ScribanExpressions expressions, ScribanBlocks blocks, List<Problem> problems)
{
    private readonly ScribanLoops _loops = new(text, tokens, expressions, problems);

    /// <summary>Reads one statement, or what stands where one is expected.</summary>
    public void Read()
    {
        ScribanToken token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.NewLine or TokenKind.Semicolon:
                tokens.Next++;
                return;
            case TokenKind.Comment:
                blocks.Add(Comment(token));
                tokens.Next++;
                return;
            case TokenKind.Operator when blocks.Innermost is not null && IsClosingTag(token):
                ClosingTag(token);
                return;
            case TokenKind.Name when tokens.Ahead(1).Kind is not (TokenKind.Dot or TokenKind.NullDot or TokenKind.Assign):
                if (Keyword(token, tokens.TextOf(token)))
                    return;
                break;
        }
        ExpressionStatement();
    }

    // `{{ /if }}`
    private bool IsClosingTag(ScribanToken token) =>
        text.Content[token.Start] == '/' && tokens.Ahead(1) is { Kind: TokenKind.Name } name && name.Start == token.End && EndsStatement(tokens.Ahead(2));

    private void ClosingTag(ScribanToken token)
    {
        TextSpan tag = TextSpan.FromBounds(token.Start, tokens.Ahead(1).End);
        problems.Add(new(tag, $"`{text[tag]}` is no word of Scriban; write `end`") { Repair = Repair.ChangeTo("end", tag) });
        tokens.Next += 2;
        blocks.End(token);
    }

    private CommentNode Comment(ScribanToken token)
    {
        string all = tokens.TextOf(token);
        int marks = all.StartsWith("##", StringComparison.Ordinal) ? 2 : 1;
        int end = marks == 2 && all.Length >= 4 && all.EndsWith("##", StringComparison.Ordinal) ? token.End - 2 : token.End;
        return new(token.Span, TextSpan.FromBounds(token.Start + marks, end));
    }

    private void ExpressionStatement()
    {
        int first = tokens.Next;
        // Scriban takes `name: value` for a statement that writes the value.
        if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead(1).Kind == TokenKind.Colon && expressions.StartsExpression(tokens.Ahead(2)))
        {
            string function = tokens.TextOf(tokens.Current);
            if (function is "role" or "include" or "media" or "section")
                problems.Add(
                    new(TextSpan.FromBounds(tokens.Current.Start, tokens.Ahead(1).End), $"`{function}:` only writes what follows; leave out `:`")
                    {
                        IsCertain = true,
                        Repair = new("Leave out `:`", new(tokens.Ahead(1).Span, "")),
                    }
                );
            tokens.Next += 2;
        }
        Expression value = expressions.Whole();
        ScribanToken token = tokens.Current;
        if (token.Kind == TokenKind.Assign)
        {
            Assignment(value, token);
        }
        else if (tokens.IsWord("do") && value is CallExpression or NameExpression)
        {
            blocks.Add(new OutputNode(value));
            OpenFunction(token, null);
        }
        else
        {
            blocks.Add(new OutputNode(value));
            EndStatement();
        }
        if (tokens.Next == first)
            tokens.Next++;
    }

    private void Assignment(Expression target, ScribanToken operation)
    {
        if ((ScribanSlips.Lambda(text, tokens.All, tokens.Next) ?? NoTarget(target)) is { } problem)
            problems.Add(problem);
        tokens.Next++;
        string op = tokens.TextOf(operation);
        if (op is "++" or "--")
        {
            blocks.Add(
                new AssignNode(
                    TextSpan.FromBounds(target.Span.Start, operation.End),
                    target,
                    operation.Span,
                    readsTarget: true,
                    new MissingExpression(operation.End)
                )
            );
            if (tokens.Current.Kind == TokenKind.Operator && expressions.StartsExpression(tokens.Ahead(1)))
            {
                // `x++ + 1`: what comes of it is written.
                tokens.Next++;
                blocks.Add(new OutputNode(expressions.Whole()));
            }
            else if (expressions.StartsExpression(tokens.Current))
            {
                blocks.Add(new OutputNode(expressions.Whole()));
            }
            EndStatement();
            return;
        }
        if (tokens.IsWord("func") || tokens.IsWord("do"))
        {
            OpenFunction(tokens.Current, target as NameExpression);
            return;
        }
        Expression value = tokens.AtStatementEnd ? expressions.MissingAfter(operation) : expressions.Whole();
        blocks.Add(
            new AssignNode(
                TextSpan.FromBounds(target.Span.Start, Math.Max(operation.End, value.Span.End)),
                target,
                operation.Span,
                readsTarget: op != "=",
                value
            )
        );
        if (tokens.IsWord("do"))
            OpenFunction(tokens.Current, null);
        else
            EndStatement();
    }

    private Problem? NoTarget(Expression target) =>
        target is LiteralExpression
        || (
            target is CallExpression { Piped: null, Arguments: [var first, ..] } call
            && text.Content[call.Span.End - 1] != ')'
            && first.Span.Start > call.Callee.Span.End
        )
            ? new(target.Span, $"`{text[target.Span]}` cannot be given a value; a name stands before `=`")
            : null;

    // What is left of a statement that should have ended.
    private void EndStatement()
    {
        if (tokens.CanEndStatement)
            return;
        problems.Add(ScribanSlips.Unexpected(text, tokens.All, tokens.Next));
        tokens.Next++;
    }

    // True where the word is a statement of its own.
    private bool Keyword(ScribanToken token, string word)
    {
        switch (word)
        {
            case "if" or "while" or "with" or "capture" or "case" or "wrap":
                tokens.Next++;
                blocks.Open(new OpenBlock(word, token, Header(token)));
                return true;
            case "for" or "tablerow":
                blocks.Open(_loops.Head(token, word));
                return true;
            case "func" or "do":
                OpenFunction(token, null);
                return true;
            case "else":
                tokens.Next++;
                Else(token);
                return true;
            case "when":
                When(token);
                return true;
            case "end":
                tokens.Next++;
                bool isInside =
                    blocks.Innermost is { Word: "do" }
                    && tokens.Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.Comma;
                if (!isInside)
                    EndOf(token);
                blocks.End(token);
                if (isInside)
                    BehindFunction();
                return true;
            case "break" or "continue" or "ret" or "import" or "readonly":
                tokens.Next++;
                Expression? value = tokens.AtStatementEnd ? null : expressions.Whole();
                blocks.Add(new StatementNode(TextSpan.FromBounds(token.Start, Math.Max(token.End, value?.Span.End ?? 0)), KindOf(word), token.Span, value));
                EndStatement();
                return true;
            default:
                return Foreign(token, word);
        }
    }

    // Words of other languages where they stand as they do there. A name of Scriban's own can look like most of them and never stands so.
    private bool Foreign(ScribanToken token, string word)
    {
        ScribanToken next = tokens.Ahead(1);
        switch (word)
        {
            case "endif"
            or "endfor"
            or "endforeach"
            or "endwhile"
            or "endcase"
            or "endwith"
            or "endcapture"
            or "endunless"
            or "endswitch"
            or "endfunction"
            or "fi" when blocks.Innermost is not null && EndsStatement(next):
                tokens.Next++;
                Instead(token, word, "end");
                blocks.End(token);
                return true;
            case "elif" or "elseif" or "elsif" when blocks.Innermost is { Word: "if" } && expressions.StartsExpression(next):
                tokens.Next++;
                Instead(token, word, "else if");
                blocks.Branch(token, [Header(token)]);
                return true;
            case "unless" when expressions.StartsExpression(next):
                tokens.Next++;
                var block = new OpenBlock("if", token, Header(token)) { IsNegated = true };
                string condition = text[block.Header!.Span];
                string better = block.Header is NameExpression or MemberExpression ? "!" + condition : $"!({condition})";
                problems.Add(
                    Habit(TextSpan.FromBounds(token.Start, Math.Max(token.End, block.Header.Span.End)), word, "if " + better) with
                    {
                        Span = token.Span,
                    }
                );
                blocks.Open(block);
                return true;
            case "default" when blocks.Innermost is { Word: "case" } && EndsStatement(next):
                tokens.Next++;
                Instead(token, word, "else");
                blocks.Branch(token, []);
                return true;
            case "foreach" when next.Kind is TokenKind.Name or TokenKind.OpenParen:
                Instead(token, word, "for");
                blocks.Open(_loops.Head(token, "for"));
                return true;
            case "switch" when expressions.StartsExpression(next):
                tokens.Next++;
                Instead(token, word, "case");
                blocks.Open(new OpenBlock("case", token, Header(token)));
                return true;
            case "function"
            or "def"
            or "macro"
            or "fn" when next.Kind == TokenKind.Name && tokens.Ahead(2) is { Kind: TokenKind.OpenParen } paren && paren.Start == next.End:
                Instead(token, word, "func");
                OpenFunction(token, null, "func");
                return true;
            case "return" when expressions.StartsExpression(next):
                tokens.Next++;
                Instead(token, word, "ret");
                Expression value = expressions.Whole();
                blocks.Add(new StatementNode(TextSpan.FromBounds(token.Start, value.Span.End), StatementKind.Return, token.Span, value));
                EndStatement();
                return true;
            case "set" or "let" or "var" or "const" or "local" or "assign" when next.Kind == TokenKind.Name && tokens.Ahead(2).Kind == TokenKind.Assign:
                problems.Add(
                    new(token.Span, $"`{word}` has no place here: a name gets its value by `=` alone")
                    {
                        Repair = new($"Remove `{word}`", new(TextSpan.FromBounds(token.Start, next.Start), "")),
                    }
                );
                tokens.Next++;
                ExpressionStatement();
                return true;
            // `{{ If x }}`, but not `{{ End }}`: that may be somebody's name.
            case { }
                when char.IsAsciiLetterUpper(word[0])
                    && expressions.StartsExpression(next)
                    && word.ToLowerInvariant() is { } lower
                    && ScribanWords.Blocks.Contains(lower):
                Instead(token, word, lower);
                problems[^1] = problems[^1] with { Message = $"`{word}` is written `{lower}`" };
                return Keyword(token, lower);
            default:
                return false;
        }
    }

    private static StatementKind KindOf(string word) => word switch
    {
        "break" => StatementKind.Break,
        "continue" => StatementKind.Continue,
        "ret" => StatementKind.Return,
        "import" => StatementKind.Import,
        _ => StatementKind.ReadOnly,
    };

    private static bool EndsStatement(ScribanToken token) =>
        token.Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.Close or TokenKind.End or TokenKind.Comment;

    private void Instead(ScribanToken token, string word, string better) => problems.Add(Habit(token.Span, word, better));

    private static Problem Habit(TextSpan span, string word, string better) =>
        new(span, $"`{word}` is no word of Scriban; write `{better}`") { ForeignWord = word, Repair = Repair.ChangeTo(better, span) };

    private Expression Header(ScribanToken keyword)
    {
        if (!tokens.AtStatementEnd)
            return EndsHeader(expressions.Whole(), keyword);
        string word = tokens.TextOf(keyword);
        string needed = word switch { "if" or "while" => "a condition", "capture" => "a name for what it captures", _ => "a value" };
        problems.Add(new(keyword.Span, $"`{word}` needs {needed}"));
        return new MissingExpression(tokens.PlaceToType);
    }

    private Expression EndsHeader(Expression header, ScribanToken keyword)
    {
        if (tokens.TextOf(keyword) is "capture" or "with" or "wrap" or "case")
        {
            EndStatement();
            return header;
        }
        if (!tokens.CanEndStatement)
        {
            problems.Add(ScribanSlips.InCondition(text, tokens.All, tokens.Next));
            tokens.Next++;
        }
        return header;
    }

    private void OpenFunction(ScribanToken token, NameExpression? name, string? word = null)
    {
        tokens.Next++;
        var block = new OpenBlock(word ?? tokens.TextOf(token), token, null) { Name = name };
        if (block.Word == "func" && tokens.Current.Kind is TokenKind.Name or TokenKind.PrivateName)
        {
            block.Name = new NameExpression(
                tokens.Current.Span,
                tokens.TextOf(tokens.Current),
                tokens.Current.Kind == TokenKind.PrivateName ? NameKind.Private : NameKind.Variable
            );
            tokens.Next++;
        }
        if (tokens.Current.Kind == TokenKind.OpenParen)
            Parameters(block);
        if (tokens.Current.Kind == TokenKind.Assign && block is { Word: "func", Name: { } called })
            OneLine(token, block, called);
        else
            blocks.Open(block);
    }

    // `func f(x) = x + 1`: without the word it is a function in one line.
    private void OneLine(ScribanToken token, OpenBlock block, NameExpression name)
    {
        ScribanToken assign = tokens.Take();
        bool isArrow = tokens.Current.Kind == TokenKind.Operator && tokens.Current.Start == assign.End;
        if (isArrow)
            tokens.Next++;
        TextSpan head = TextSpan.FromBounds(name.Span.Start, assign.Start);
        problems.Add(
            new(token.Span, $"a `func` goes on to its `end`; a function in one line reads `{text[head].Trim()} = …`")
            {
                Repair = new($"Remove `{block.Word}`", new(TextSpan.FromBounds(token.Start, isArrow ? assign.End + 1 : assign.End), text[head].Trim() + " =")),
            }
        );
        Expression value = tokens.AtStatementEnd ? new MissingExpression(tokens.PlaceToType) : expressions.Whole();
        ImmutableArray<Argument> parameters =
        [
            .. block.Parameters.Select(p => new Argument(p.Span, null, default, new NameExpression(new(p.Span.Start, p.Name.Length), p.Name))),
        ];
        var target = new CallExpression(head, name, null, parameters, CallKind.Function);
        blocks.Add(new AssignNode(TextSpan.FromBounds(name.Span.Start, Math.Max(assign.End, value.Span.End)), target, assign.Span, readsTarget: false, value));
        EndStatement();
    }

    private void Parameters(OpenBlock block)
    {
        tokens.Next++;
        while (tokens.Current.Kind is TokenKind.Name or TokenKind.Comma or TokenKind.Operator)
        {
            ScribanToken name = tokens.Take();
            if (name.Kind != TokenKind.Name)
                continue;
            Expression? standard = null;
            if (tokens.Current.Kind == TokenKind.Assign)
            {
                tokens.Next++;
                standard = expressions.Operand();
            }
            block.Parameters.Add(new(TextSpan.FromBounds(name.Start, Math.Max(name.End, standard?.Span.End ?? 0)), tokens.TextOf(name), standard));
        }
        if (tokens.Current.Kind == TokenKind.CloseParen)
            tokens.Next++;
        else
            problems.Add(new(new TextSpan(tokens.PlaceToType, 0), "`)` is missing after the parameters"));
    }

    private void Else(ScribanToken token)
    {
        ImmutableArray<Expression> conditions = [];
        if (tokens.IsWord("if"))
        {
            ScribanToken word = tokens.Take();
            conditions = [Header(word)];
        }
        else if (tokens.Current.Kind != TokenKind.Colon && expressions.StartsExpression(tokens.Current))
        {
            problems.Add(new(token.Span, "`else` takes no condition; write `else if`") { Repair = Repair.ChangeTo("else if", token.Span) });
            conditions = [expressions.Whole()];
        }
        else
        {
            EndStatement();
        }
        blocks.Branch(token, conditions);
    }

    private void When(ScribanToken token)
    {
        tokens.Next++;
        var values = ImmutableArray.CreateBuilder<Expression>();
        while (!tokens.AtStatementEnd)
        {
            int before = tokens.Next;
            values.Add(expressions.Whole());
            if (tokens.Current.Kind == TokenKind.Comma)
                tokens.Next++;
            if (tokens.Next == before)
                break;
        }
        blocks.When(token, values.ToImmutable());
    }

    // What of an expression follows a function written inside it: `… end) | array.size`. Its beginning is read already, so that nothing can be
    // said against it.
    private void BehindFunction()
    {
        int said = problems.Count;
        while (tokens.Current.Kind == TokenKind.CloseParen)
            tokens.Next++;
        if (!tokens.CanEndStatement)
            blocks.GoesOn();
        while (!tokens.CanEndStatement)
        {
            int before = tokens.Next;
            // A member of what it gives, an argument by name.
            if (
                tokens.Current.Kind is TokenKind.Dot or TokenKind.NullDot
                    ? tokens.Ahead(1).Kind == TokenKind.Name
                    : tokens.Current.Kind == TokenKind.Name && tokens.Ahead(1).Kind == TokenKind.Colon
            )
                tokens.Next += 2;
            else if (tokens.Current.Kind == TokenKind.Pipe || expressions.StartsExpression(tokens.Current))
            {
                Expression value =
                    tokens.Current.Kind == TokenKind.Pipe ? expressions.GoOn(new MissingExpression(tokens.Current.Start)) : expressions.Operand();
                blocks.Add(new StatementNode(value.Span, StatementKind.Evaluate, new TextSpan(value.Span.Start, 0), value));
            }
            if (tokens.Next == before)
                tokens.Next++;
        }
        problems.RemoveRange(said, problems.Count - said);
    }

    // `end if`, `end for`: the second word opens nothing.
    private void EndOf(ScribanToken token)
    {
        if (tokens.Current.Kind != TokenKind.Name || !ScribanWords.Blocks.Contains(tokens.TextOf(tokens.Current)))
        {
            EndStatement();
            return;
        }
        problems.Add(
            new(tokens.Current.Span, "`end` stands alone")
            {
                Repair = new($"Remove `{tokens.TextOf(tokens.Current)}`", new(TextSpan.FromBounds(token.End, tokens.Current.End), "")),
            }
        );
        tokens.Next++;
    }
}
