using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// Reads expressions from tokens with Scriban's precedence. What is missing becomes a <see cref="MissingExpression"/> at the place to type,
/// so that half an expression keeps its other half.
/// </summary>
internal sealed class ScribanExpressions(SourceText text, ScribanCursor tokens, List<Problem> problems)
{
    private const int DeepestNesting = 100, LongestChain = 500;

    private int _depth;

    // How many pipes, members and operators hang on one another in what was read. A chain makes a tree as deep as it is long, and trees
    // are walked by recursion.
    private int _links;

    /// <summary>A whole expression: operators, a call, and what it is piped through.</summary>
    public Expression Whole()
    {
        int before = BeginPart();
        Expression value = GoOn(Called());
        EndPart(before);
        return value;
    }

    /// <summary>What a value is piped through.</summary>
    public Expression GoOn(Expression value)
    {
        PipesBelow? below = null;
        while (tokens.Current.Kind == TokenKind.Pipe || IsPipeBelow())
        {
            if (IsTooLong())
                return TooLong();
            if (tokens.Current.Kind == TokenKind.NewLine)
                below = PipeBelow(below);
            tokens.Next++;
            tokens.SkipLines();
            value = PipedInto(value);
        }
        return value;
    }

    // Scriban ends the expression with the line: nothing begins with a pipe, so whoever writes one there means to go on.
    private bool IsPipeBelow()
    {
        if (tokens.Current.Kind != TokenKind.NewLine)
            return false;
        int ahead = 0;
        while (tokens.Ahead(ahead).Kind == TokenKind.NewLine)
            ahead++;
        return tokens.Ahead(ahead).Kind == TokenKind.Pipe;
    }

    private PipesBelow PipeBelow(PipesBelow? above)
    {
        int end = tokens.Last.End;
        while (tokens.Current.Kind == TokenKind.NewLine)
            tokens.Next++;
        PipesBelow below = above ?? new(problems.Count, end);
        string moved =
            below.Moved
            + (above is null ? "" : text[TextSpan.FromBounds(above.End, end)])
            + " |"
            + text[TextSpan.FromBounds(end, tokens.Current.Start)].TrimEnd(' ', '\t')
            + Indent();
        var problem = new Problem(
            above is null ? tokens.Current.Span : problems[below.Problem].Span,
            "a line cannot begin with `|`; put it at the end of the line before"
        )
        {
            Repair = new("Put `|` at the end of the line before", new(TextSpan.FromBounds(below.Start, tokens.Current.End), moved)),
        };
        if (above is null)
            problems.Add(problem);
        else
            problems[below.Problem] = problem;
        return below with { Moved = moved, End = tokens.Current.End };
    }

    private string Indent()
    {
        int start = tokens.Current.Start;
        while (start > 0 && text.Content[start - 1] is ' ' or '\t')
            start--;
        return text.Content[start..tokens.Current.Start];
    }

    /// <summary>The pipes of an expression that begin lines.</summary>
    /// <param name="Problem">Which problem tells of them.</param>
    /// <param name="Start">Where the first of those lines is to go on.</param>
    private sealed record PipesBelow(int Problem, int Start)
    {
        public string Moved { get; init; } = "";
        public int End { get; init; }
    }

    /// <summary>An expression without pipes and without a call's bare arguments: one argument, one operand, one loop source.</summary>
    public Expression Operand() => Part(0, allowCall: false);

    // How many `?` wait for their `:`.
    private int _questions;

    // Each part of an expression is counted by itself, as parts beside one another do not make the tree deeper; the longest one counts.
    private int BeginPart()
    {
        int before = _links;
        _links = 0;
        return before;
    }

    private void EndPart(int before) => _links = Math.Max(before, _links);

    private bool IsTooLong() => ++_links > LongestChain;

    private MissingExpression TooLong() => Refuse($"more than {LongestChain} operators, members or pipes hang together here; name a part of it first");

    private MissingExpression TooDeep() => Refuse($"expressions nest deeper than {DeepestNesting}; name a part of it first");

    private MissingExpression Refuse(string problem)
    {
        int start = tokens.Current.Start;
        problems.Add(new(tokens.Current.Span, problem));
        while (!tokens.AtStatementEnd)
            tokens.Next++;
        return new(start);
    }

    private Expression PipedInto(Expression value)
    {
        if (!StartsExpression(tokens.Current))
        {
            Expression missing = Missing("a function is missing after `|`");
            return new CallExpression(TextSpan.FromBounds(value.Span.Start, missing.Span.End), missing, value, [], CallKind.Function);
        }
        return Piped(value, Called());
    }

    // `a | f > 0` compares what the pipe gives, and `a | f ? x : y` asks for it: the value goes into the call that stands first.
    private static Expression Piped(Expression value, Expression call) =>
        call switch
        {
            BinaryExpression binary => new BinaryExpression(Piped(value, binary.Left), binary.Operator, binary.OperatorSpan, binary.Right),
            ConditionalExpression asked => new ConditionalExpression(
                TextSpan.FromBounds(value.Span.Start, asked.Span.End),
                Piped(value, asked.Condition),
                asked.Then,
                asked.Else
            ),
            CallExpression { Piped: null } inner => new CallExpression(
                TextSpan.FromBounds(value.Span.Start, inner.Span.End),
                inner.Callee,
                value,
                inner.Arguments,
                inner.Kind
            ),
            _ => new CallExpression(TextSpan.FromBounds(value.Span.Start, call.Span.End), call, value, [], ScribanWords.KindOf(call)),
        };

    private Expression Called() => Binary(0, allowCall: true);

    private Expression Part(int level, bool allowCall)
    {
        int before = BeginPart();
        Expression value = Binary(level, allowCall);
        EndPart(before);
        return value;
    }

    private Expression Binary(int level, bool allowCall)
    {
        Expression left = Unary(allowCall);
        while (true)
        {
            if (tokens.Current.Kind == TokenKind.Question && level == 0 && allowCall)
            {
                if (IsTooLong())
                    return TooLong();
                left = Conditional(left);
                continue;
            }
            if (tokens.Current.Kind != TokenKind.Operator || Precedence(tokens.Current) is not (> 0 and int precedence) || precedence <= level)
                return left;
            if (IsTooLong())
                return TooLong();
            ScribanToken operation = tokens.Take();
            // Our tree gives it a precedence, and Scriban never takes it.
            if (operation.End == operation.Start + 1 && text.Content[operation.Start] == '&')
                problems.Add(ScribanSlips.Unexpected(text, tokens.All, tokens.Next - 1));
            if (ScribanSlips.Doubled(text, operation, tokens.Current) is { } doubled)
            {
                problems.Add(doubled);
                tokens.Next++;
            }
            GoOnBelow(operation);
            // Scriban reads `a + b: c` as `a + c`. Between `?` and `:` the colon is theirs.
            if ((!allowCall || _questions == 0) && tokens.Current.Kind == TokenKind.Name && tokens.Ahead(1).Kind == TokenKind.Colon)
                tokens.Next += 2;
            Expression right = StartsValue
                ? Part(precedence, allowCall)
                : Missing($"a value is missing after `{tokens.TextOf(operation)}`");
            left = new BinaryExpression(left, OperatorOf(operation), operation.Span, right);
        }
    }

    /// <summary>What follows a condition. It takes in the call that stands before it: <c>f x ? a : b</c> asks what <c>f x</c> gives.</summary>
    // Its last part may be another one, and so on.
    public Expression Conditional(Expression condition)
    {
        if (_depth >= DeepestNesting)
            return TooDeep();
        _depth++;
        ScribanToken question = tokens.Take();
        if (tokens.Current.Kind == TokenKind.Colon && tokens.Current.Start == question.End)
            problems.Add(
                new(TextSpan.FromBounds(question.Start, tokens.Current.End), "Scriban has no `?:`; write `??`")
                {
                    Repair = Repair.ChangeTo("??", TextSpan.FromBounds(question.Start, tokens.Current.End)),
                }
            );
        GoOnBelow(question);
        _questions++;
        Expression then = StartsOrMissing("a value is missing after `?`");
        _questions--;
        Expression @else;
        if (tokens.Current.Kind == TokenKind.Colon)
        {
            GoOnBelow(tokens.Take());
            @else = StartsOrMissing("a value is missing after `:`");
        }
        else
        {
            @else = Missing("`? … : …` needs its `:`");
        }
        _depth--;
        return new ConditionalExpression(TextSpan.FromBounds(condition.Span.Start, Math.Max(then.Span.End, @else.Span.End)), condition, then, @else);
    }

    private Expression StartsOrMissing(string problem) =>
        StartsValue ? Part(0, allowCall: true) : Missing(problem);

    // Every other way to nest passes here, so this is where depth is counted.
    private Expression Unary(bool allowCall)
    {
        if (_depth >= DeepestNesting)
            return TooDeep();
        _depth++;
        Expression value = IsPrefix(tokens.Current) ? Prefixed(allowCall) : Postfix(allowCall);
        _depth--;
        return value;
    }

    private Expression Prefixed(bool allowCall)
    {
        ScribanToken operation = tokens.Take();
        bool isAlias = text.Content[operation.Start] == '@';
        Expression operand = StartsValue
            ? Unary(allowCall && !isAlias)
            : Missing($"a value is missing after `{tokens.TextOf(operation)}`");
        var value = new UnaryExpression(PrefixOf(operation), operation.Span, operand);
        return isAlias && allowCall && StartsExpression(tokens.Current) ? BareCall(value) : value;
    }

    // A primary with its members, indexes and call parentheses; then, where allowed, the bare arguments of a call.
    private Expression Postfix(bool allowCall)
    {
        Expression value = Primary();
        while (true)
        {
            ScribanToken token = tokens.Current;
            bool isAdjacent = token.Start == tokens.Last.End;
            if (token.Kind is TokenKind.Dot or TokenKind.NullDot or TokenKind.OpenBracket or TokenKind.OpenParen && isAdjacent && IsTooLong())
                return TooLong();
            if (token.Kind is TokenKind.Dot or TokenKind.NullDot)
                value = Member(value, token);
            else if (token.Kind == TokenKind.OpenBracket && isAdjacent)
                value = Index(value);
            else if (token.Kind == TokenKind.OpenParen && isAdjacent && value is NameExpression or MemberExpression)
                value = Parenthesized(value);
            else
                break;
        }
        if (!allowCall || value is MissingExpression)
            return value;
        if (StartsExpression(tokens.Current) || (tokens.IsWord("do") && value is not LiteralExpression))
            return BareCall(value);
        return value is NameExpression { Name: "history" } ? new CallExpression(value.Span, value, null, [], CallKind.History) : value;
    }

    private MemberExpression Member(Expression target, ScribanToken dot)
    {
        tokens.Next++;
        ScribanToken name = tokens.Current;
        if (name.Kind != TokenKind.Name && name.Start == dot.End && NoName(dot, name) is { } slip)
        {
            problems.Add(slip);
            tokens.Next++;
            return new(target, name.Span, "") { IsNullSafe = dot.Kind == TokenKind.NullDot };
        }
        if (name.Kind != TokenKind.Name)
        {
            problems.Add(new(dot.Span, "a name is missing after `.`"));
            return new(target, new TextSpan(dot.End, 0), "") { IsNullSafe = dot.Kind == TokenKind.NullDot };
        }
        tokens.Next++;
        if (target is NameExpression { Kind: NameKind.Variable, Name: "for" or "while" or "tablerow" } loop)
            LoopMember(loop.Name, name);
        return IsQuestion(target, name)
            ? new(target, TextSpan.FromBounds(name.Start, tokens.Take().End), tokens.TextOf(name) + "?") { IsNullSafe = true }
            : new(target, name.Span, tokens.TextOf(name)) { IsNullSafe = dot.Kind == TokenKind.NullDot };
    }

    // `items.empty?` asks, wherever the `?` stands behind these two names.
    private bool IsQuestion(Expression target, ScribanToken name)
    {
        if (tokens.Current.Kind != TokenKind.Question || tokens.TextOf(name) is not ("empty" or "blank"))
            return false;
        ScribanToken question = tokens.Current;
        if (question.Start == name.End || !(StartsExpression(tokens.Ahead(1)) || IsPrefix(tokens.Ahead(1))))
            return true;
        TextSpan span = TextSpan.FromBounds(target.Span.Start, name.End);
        problems.Add(
            new(
                TextSpan.FromBounds(name.Start, question.End),
                $"Scriban reads this as `.{tokens.TextOf(name)}?`; put the value in parentheses: `({text[span]})`"
            )
            {
                Repair = Repair.ChangeTo($"({text[span]})", span),
            }
        );
        return false;
    }

    // `items.0`, `items.[0]`
    private Problem? NoName(ScribanToken dot, ScribanToken next) =>
        next.Kind switch
        {
            TokenKind.Number => new(TextSpan.FromBounds(dot.Start, next.End), $"an item is taken by its place in brackets: `[{tokens.TextOf(next)}]`")
            {
                Repair = new($"Change to `[{tokens.TextOf(next)}]`", new(TextSpan.FromBounds(dot.Start, next.End), $"[{tokens.TextOf(next)}]")),
            },
            TokenKind.OpenBracket => new(dot.Span, "a bracket follows without `.`") { Repair = new("Leave out `.`", new(dot.Span, "")) },
            _ => null,
        };

    // Scriban knows these when it parses.
    private void LoopMember(string loop, ScribanToken name)
    {
        string written = tokens.TextOf(name);
        ImmutableArray<string> members = ScribanWords.LoopMembers(loop);
        if (members.Contains(written, StringComparer.Ordinal))
            return;
        string? meant = written is "index0" or "index1" or "counter" ? "index" : Spelling.Nearest(written, members);
        problems.Add(
            new(
                name.Span,
                $"`{loop}` has no member `{written}`; "
                    + $"{(meant is null ? "it has " + string.Join(", ", members.Select(m => $"`{m}`")) : $"did you mean `{meant}`?")}"
            )
            {
                Repair = Repair.ChangeToMeant(meant, name.Span),
            }
        );
    }

    private IndexExpression Index(Expression target)
    {
        ScribanToken open = tokens.Take();
        Expression index =
            StartsValue ? Whole()
            : tokens.Current.Kind == TokenKind.Colon ? new MissingExpression(tokens.Current.Start)
            : Missing("an index is missing after `[`");
        if (tokens.Current.Kind == TokenKind.Colon)
            Slice(open);
        int end = Closing(TokenKind.CloseBracket, "]", index);
        return new(TextSpan.FromBounds(target.Span.Start, end), target, index);
    }

    // `items[1:3]`
    private void Slice(ScribanToken open)
    {
        ScribanToken colon = tokens.Current;
        while (!tokens.AtStatementEnd && tokens.Current.Kind != TokenKind.CloseBracket)
            tokens.Next++;
        int end = tokens.Current.Kind == TokenKind.CloseBracket ? tokens.Current.End : colon.End;
        problems.Add(
            new(
                TextSpan.FromBounds(open.Start, end),
                "an index is one place; a part of a list is `| array.offset 1 | array.limit 2`, of a text `| string.slice 1 2`"
            )
        );
    }

    private CallExpression Parenthesized(Expression callee)
    {
        ScribanToken open = tokens.Take();
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        GoOnBelow(open);
        while (!tokens.AtEnd && tokens.Current.Kind is not (TokenKind.CloseParen or TokenKind.CloseBracket) && !tokens.IsWord("do"))
        {
            int before = tokens.Next;
            arguments.Add(OneArgument(whole: true));
            GoOnBelow(tokens.Last);
            if (tokens.Current.Kind == TokenKind.Comma)
                tokens.Next++;
            GoOnBelow(tokens.Last);
            if (tokens.Next == before)
                break;
        }
        if (tokens.IsWord("do"))
            arguments.Add(FunctionHere());
        int end = Closing(TokenKind.CloseParen, ")", arguments.Count == 0 ? null : arguments[^1]);
        return new(TextSpan.FromBounds(callee.Span.Start, end), callee, null, arguments.ToImmutable(), ScribanWords.KindOf(callee));
    }

    /// <summary>A call whose callee is read already, with the bare arguments that follow.</summary>
    public CallExpression BareCall(Expression callee)
    {
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        while (StartsExpression(tokens.Current))
            arguments.Add(OneArgument(whole: false));
        if (tokens.IsWord("do"))
            arguments.Add(FunctionHere());
        if (ScribanHabits.In(text, callee, arguments) is { } habit)
            problems.Add(habit);
        int end = Math.Max(arguments[^1].Span.End, tokens.Last.Kind == TokenKind.Colon ? tokens.PlaceToType : 0);
        return new(TextSpan.FromBounds(callee.Span.Start, end), callee, null, arguments.ToImmutable(), ScribanWords.KindOf(callee));
    }

    // `f x do; … end`: the last argument is a function, whose body is the template's.
    private Argument FunctionHere() => new(new(tokens.Current.Start, 0), null, default, new MissingExpression(tokens.Current.Start));

    private Argument OneArgument(bool whole)
    {
        ScribanToken name = tokens.Current;
        if (name.Kind == TokenKind.Name && tokens.Ahead(1).Kind == TokenKind.Colon)
        {
            tokens.Next += 2;
            tokens.SkipLines();
            Expression given = StartsValue
                ? (whole ? Whole() : Operand())
                : Missing($"a value is missing for `{tokens.TextOf(name)}`");
            return new(TextSpan.FromBounds(name.Start, Math.Max(given.Span.End, name.End)), tokens.TextOf(name), name.Span, given);
        }
        Expression value = StartsValue ? (whole ? Whole() : Operand()) : Unexpected();
        return new(value.Span, null, default, value);
    }

    private Expression Primary()
    {
        ScribanToken token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Next++;
                return Word(token);
            case TokenKind.PrivateName:
                tokens.Next++;
                return new NameExpression(token.Span, tokens.TextOf(token), NameKind.Private);
            case TokenKind.Number:
                tokens.Next++;
                return new LiteralExpression(token.Span, ScribanLiterals.Number(tokens.TextOf(token)), token.Span);
            case TokenKind.String:
                tokens.Next++;
                return String(token);
            case TokenKind.Interpolated:
                tokens.Next++;
                return Interpolated(token);
            case TokenKind.OpenParen:
                return Group(token);
            case TokenKind.OpenBracket:
                return Array(token);
            case TokenKind.OpenBrace:
                return Object(token);
            default:
                return Unexpected();
        }
    }

    private Expression Word(ScribanToken token) => tokens.TextOf(token) switch
    {
        "true" => new LiteralExpression(token.Span, true, token.Span),
        "false" => new LiteralExpression(token.Span, false, token.Span),
        "null" => new LiteralExpression(token.Span, null, token.Span),
        "this" => new NameExpression(token.Span, "this", NameKind.This),
        var name => new NameExpression(token.Span, name),
    };

    private LiteralExpression String(ScribanToken token)
    {
        TextSpan content = TextSpan.FromBounds(token.Start + 1, token.IsBroken ? Math.Max(token.End, token.Start + 1) : token.End - 1);
        if (token.IsBroken)
            problems.Add(
                new(token.Span, "this string is never closed; add its closing quote")
                {
                    Repair = new("Close the string", TextEdit.Insert(token.End, text.Content[token.Start].ToString())),
                }
            );
        string raw = text[content];
        bool isVerbatim = text.Content[token.Start] == '`';
        if (!isVerbatim && !token.IsBroken && raw.Contains('\\', StringComparison.Ordinal))
            CheckEscapes(token.Span, content, raw);
        return new(token.Span, isVerbatim ? raw : ScribanLiterals.Unescaped(raw), content) { IsUnclosed = token.IsBroken };
    }

    // One slip, however often a pattern has it: `\d+\.\d+`.
    private void CheckEscapes(TextSpan whole, TextSpan content, string raw)
    {
        List<(int Offset, bool IsKnown)> escapes = [.. ScribanLiterals.Escapes(raw)];
        int first = escapes.FindIndex(e => !e.IsKnown);
        if (first < 0)
            return;
        TextSpan bad = new(content.Start + escapes[first].Offset, 2);
        // Between backticks a backslash is one, also where an escape is meant.
        bool fitsBackticks = !raw.Contains('`', StringComparison.Ordinal) && !escapes.Exists(e => e.IsKnown);
        problems.Add(
            new(bad, $"`{text[bad]}` is no escape in Scriban; write `\\{text[bad]}`, or put the text between backticks, where a backslash is just one")
            {
                Repair = fitsBackticks
                    ? new("Put it between backticks", new(whole, $"`{raw}`"))
                    : new("Double the backslash", new(content, ScribanLiterals.Escaped(raw))),
            }
        );
    }

    // The braces inside are code of their own; each is read alone.
    private InterpolatedExpression Interpolated(ScribanToken token)
    {
        if (token.IsBroken)
            problems.Add(new(token.Span, "this string is never closed; add what closes it"));
        var parts = ImmutableArray.CreateBuilder<Expression>();
        foreach (TextSpan part in ScribanLexer.CodesIn(text.Content, token))
        {
            var code = new ScribanCursor(text, [new(TokenKind.Open, part.Start - 1, part.Start), .. ScribanLexer.Code(text.Content, part.Start, part.End)])
            {
                Next = 1,
            };
            var inside = new ScribanExpressions(text, code, problems) { _depth = _depth + 1 };
            if (!code.AtEnd && inside._depth < DeepestNesting)
                parts.Add(inside.Whole());
        }
        return new(token.Span, parts.ToImmutable());
    }

    private GroupExpression Group(ScribanToken open)
    {
        tokens.Next++;
        GoOnBelow(open);
        // `@(do; ret $0; end)`: the body of such a function is the template's, which goes on behind this expression.
        if (tokens.IsWord("do"))
            return new(open.Span, new MissingExpression(open.End));
        Expression inner = StartsValue ? Whole() : Missing("a value is missing after `(`");
        GoOnBelow(tokens.Last);
        int end = Closing(TokenKind.CloseParen, ")", inner);
        return new(TextSpan.FromBounds(open.Start, end), inner);
    }

    private ArrayExpression Array(ScribanToken open)
    {
        tokens.Next++;
        var items = ImmutableArray.CreateBuilder<Expression>();
        tokens.SkipLines();
        while (StartsValue)
        {
            items.Add(Whole());
            tokens.SkipLines();
            if (tokens.Current.Kind == TokenKind.Comma)
                tokens.Next++;
            tokens.SkipLines();
        }
        return new(TextSpan.FromBounds(open.Start, Closing(TokenKind.CloseBracket, "]", items.Count == 0 ? null : items[^1])), items.ToImmutable());
    }

    private ObjectExpression Object(ScribanToken open)
    {
        tokens.Next++;
        var entries = ImmutableArray.CreateBuilder<Argument>();
        tokens.SkipLines();
        while (tokens.Current.Kind is TokenKind.Name or TokenKind.String && tokens.Ahead(1).Kind == TokenKind.Colon)
        {
            ScribanToken key = tokens.Current;
            tokens.Next += 2;
            tokens.SkipLines();
            TextSpan name = key.Kind == TokenKind.String && !key.IsBroken ? TextSpan.FromBounds(key.Start + 1, key.End - 1) : key.Span;
            Expression value = StartsValue ? Whole() : Missing($"a value is missing for `{text[name]}`");
            entries.Add(new(TextSpan.FromBounds(key.Start, Math.Max(value.Span.End, key.End)), text[name], name, value));
            tokens.SkipLines();
            if (tokens.Current.Kind == TokenKind.Comma)
                tokens.Next++;
            tokens.SkipLines();
        }
        if (!tokens.AtStatementEnd && tokens.Current.Kind != TokenKind.CloseBrace && !tokens.IsWord("do"))
            NoEntry(open);
        int end = Closing(TokenKind.CloseBrace, "}", entries.Count == 0 ? null : entries[^1]);
        return new(TextSpan.FromBounds(open.Start, end), entries.ToImmutable());
    }

    private void NoEntry(ScribanToken open)
    {
        bool isAssigned = tokens.Ahead(1).Kind == TokenKind.Assign;
        ScribanToken at = isAssigned ? tokens.Ahead(1) : tokens.Current;
        problems.Add(
            ThreeBraces(open)
                ?? new(at.Span, "an object reads `{ name: value }`")
                {
                    Repair = isAssigned ? Repair.ChangeTo(":", TextSpan.FromBounds(tokens.Current.End, at.End)) : null,
                }
        );
        for (int depth = 0; !tokens.AtEnd && (depth > 0 || tokens.Current.Kind != TokenKind.CloseBrace); tokens.Next++)
            depth += tokens.Current.Kind switch
            {
                TokenKind.OpenBrace => 1,
                TokenKind.CloseBrace => -1,
                _ => 0,
            };
    }

    // {{{ name }}}
    private Problem? ThreeBraces(ScribanToken open)
    {
        if (open.Start < 2 || text[TextSpan.FromBounds(open.Start - 2, open.Start)] != "{{")
            return null;
        string rest = text[TextSpan.FromBounds(open.End, text.LineSpan(text.PositionAt(open.Start).Line).End)];
        int length = rest.IndexOf("}}}", StringComparison.Ordinal);
        if (length < 0 || rest.AsSpan(0, length).ContainsAny('{', '}'))
            return null;
        string code = rest[..length];
        return new(
            TextSpan.FromBounds(open.Start - 2, open.End + length + 3),
            "three braces are of Handlebars; Scriban writes two, and changes no character of a value"
        )
        {
            Repair = new($"Change to `{{{{{code}}}}}`", new(TextSpan.FromBounds(open.Start, open.End + length + 1), code)),
        };
    }

    // The end of what a bracket opened; where the bracket is missing, the end of what was read. A value that is missing stands where one
    // would type it, which can be behind the bracket.
    private int Closing(TokenKind kind, string bracket, SyntaxNode? last) => Math.Max(last?.Span.End ?? 0, Closing(kind, bracket));

    private int Closing(TokenKind kind, string bracket)
    {
        if (tokens.Current.Kind == kind)
            return tokens.Take().End;
        int end = tokens.Last.End;
        if (tokens.IsWord("do"))
            return end;
        if (tokens.Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket && kind is TokenKind.CloseParen or TokenKind.CloseBracket)
        {
            problems.Add(
                new(tokens.Current.Span, $"`{bracket}` is missing; this is `{tokens.TextOf(tokens.Current)}`")
                {
                    Repair = Repair.ChangeTo(bracket, tokens.Current.Span),
                }
            );
            return tokens.Take().End;
        }
        if (ScribanSlips.Lambda(text, tokens.All, tokens.Next) is { } lambda)
            problems.Add(lambda);
        else
            problems.Add(
                new(tokens.AtStatementEnd ? new TextSpan(end, 0) : tokens.Current.Span, $"`{bracket}` is missing")
                {
                    Repair = new($"Add `{bracket}`", TextEdit.Insert(end, bracket)),
                }
            );
        return end;
    }

    private MissingExpression Missing(string problem)
    {
        int place = tokens.PlaceToType;
        // What stands behind a function in the middle of an expression is read by itself.
        if (!tokens.IsWord("do"))
            problems.Add(new(tokens.Last.Start < place ? tokens.Last.Span : new TextSpan(place, 0), problem));
        return new(place);
    }

    /// <summary>Where a value belongs behind a sign or word that needs one.</summary>
    public MissingExpression MissingAfter(ScribanToken token)
    {
        problems.Add(new(token.Span, $"a value is missing after `{tokens.TextOf(token)}`"));
        return new(tokens.PlaceToType);
    }

    private MissingExpression Unexpected()
    {
        if (tokens.AtStatementEnd)
            return Missing("a value is missing here");
        ScribanToken token = tokens.Current;
        problems.Add(ScribanSlips.Unexpected(text, tokens.All, tokens.Next));
        tokens.Next++;
        return new(token.Start);
    }

    // Scriban ends an expression with its line; ours goes on, so that the rest of it is known.
    private void GoOnBelow(ScribanToken before)
    {
        if (tokens.Current.Kind is not TokenKind.NewLine)
            return;
        int end = tokens.Last.End;
        tokens.SkipLines();
        if (tokens.AtEnd)
            return;
        TextSpan gap = TextSpan.FromBounds(end, tokens.Current.Start);
        bool isBlank = string.IsNullOrWhiteSpace(text[gap]);
        bool isTight = before.Kind == TokenKind.OpenParen || tokens.Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket;
        problems.Add(new(before.Span, "an expression ends with its line; put it on one line")
        {
            Repair = isBlank ? new("Join the lines", new(gap, isTight ? "" : " ")) : null,
        });
    }

    /// <summary>True for what an expression, and so an argument, can begin with.</summary>
    public bool StartsExpression(ScribanToken token) => token.Kind switch
    {
        // `do` behind a call opens a function of the body.
        TokenKind.Name => !tokens.IsWord(token, "do"),
        TokenKind.PrivateName or TokenKind.Number or TokenKind.String or TokenKind.Interpolated => true,
        TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace => true,
        TokenKind.Operator => text.Content[token.Start] is '!' or '@' && token.End == token.Start + 1,
        _ => false,
    };

    // An operand may have a sign; an argument may not, as `f -1` is a difference.
    private bool StartsValue => StartsExpression(tokens.Current) || IsPrefix(tokens.Current);

    private bool IsPrefix(ScribanToken token) =>
        token.Kind == TokenKind.Operator && token.End == token.Start + 1 && text.Content[token.Start] is '!' or '-' or '+' or '@' or '^';

    private UnaryOperator PrefixOf(ScribanToken token) => text.Content[token.Start] switch
    {
        '!' => UnaryOperator.Not,
        '-' => UnaryOperator.Minus,
        '+' => UnaryOperator.Plus,
        '@' => UnaryOperator.FunctionItself,
        _ => UnaryOperator.Spread,
    };

    private BinaryOperator OperatorOf(ScribanToken token) => text.Content.AsSpan(token.Start, token.End - token.Start) switch
    {
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        "&&" => BinaryOperator.And,
        "||" => BinaryOperator.Or,
        "??" => BinaryOperator.Coalesce,
        "?!" => BinaryOperator.IfPresent,
        ".." => BinaryOperator.Range,
        "..<" => BinaryOperator.RangeBelow,
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.DivideWhole,
        "%" => BinaryOperator.Remainder,
        _ => BinaryOperator.Other,
    };

    private int Precedence(ScribanToken token) => text.Content.AsSpan(token.Start, token.End - token.Start) switch
    {
        "??" or "?!" => 20,
        "||" => 30,
        "&&" => 40,
        "==" or "!=" => 60,
        "<" or ">" or "<=" or ">=" => 70,
        "+" or "-" => 90,
        "*" or "/" or "//" or "%" or "<<" or ">>" => 100,
        "^" or "^^" or "&" => 110,
        ".." or "..<" or "..." => 120,
        _ => 0,
    };
}
