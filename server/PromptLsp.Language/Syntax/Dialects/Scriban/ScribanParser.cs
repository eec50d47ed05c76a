using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// Builds the neutral body from tokens. Blocks are kept on a stack of our own, so that neither an unclosed block nor ten thousand nested
/// ones cost more than themselves.
/// </summary>
internal sealed class ScribanParser
{
    // Deeper blocks stay in the tree as siblings: whoever walks the tree by recursion is safe.
    private const int DeepestNesting = 200;

    private readonly SourceText _text;
    private readonly TextSpan _span;
    private readonly EarlierBody? _earlier;
    private readonly ScribanTokens _read;
    private readonly ScribanCursor _tokens;
    private readonly List<TextSpan> _islands = [];
    private readonly List<Restart> _restarts = [];
    private readonly List<Problem> _problems = [];
    private readonly ScribanExpressions _expressions;
    private readonly Stack<OpenBlock> _open = new();
    private readonly List<BodyNode> _root = [];
    private List<BodyNode> _body;
    private int _flattened, _islandsTaken;

    // Places to begin again stand at least so far apart: closer ones would save no time.
    private const int BetweenRestarts = 256;

    private ScribanParser(SourceText text, TextSpan span, ScribanTokens tokens, EarlierBody? earlier)
    {
        _text = text;
        _span = span;
        _earlier = earlier;
        _read = tokens;
        _tokens = new(text, tokens.All);
        _expressions = new(text, _tokens, _problems);
        _body = _root;
    }

    public static TemplateBody Parse(SourceText text, TextSpan span, EarlierBody? earlier)
    {
        ScribanTokens tokens = ScribanTokens.Rent();
        TemplateBody body = new ScribanParser(text, span, tokens, earlier).Parse();
        tokens.Return();
        return body;
    }

    private TemplateBody Parse()
    {
        int start = _span.Start;
        if (_earlier?.Restart is { } place)
        {
            TakeUntil(place, _earlier.Body);
            start = place.Offset;
        }
        ReadOnlySpan<Restart> tail = _earlier is null ? [] : _earlier.Tail;
        int moved = _earlier?.Difference.Shift ?? 0, step = 1;
        ReadOn(start, tail, moved);
        while (true)
        {
            ReadIslands();
            int at = _tokens.Current.Start;
            if (at == _text.Length)
                break;
            while (!tail.IsEmpty && tail[0].Offset + moved < at)
                tail = tail[1..];
            if (_open.Count == 0 && !tail.IsEmpty && tail[0].Offset + moved == at)
            {
                TakeFrom(tail, _earlier!.Body, moved);
                break;
            }
            // An edit that opens a block may take everything into it: the further it goes, the seldomer we look.
            tail = tail[Math.Min(step, tail.Length)..];
            step *= 2;
            _read.All.RemoveAt(_read.All.Count - 1);
            ReadOn(at, tail, moved);
        }
        while (_open.Count > 0)
            CloseUnfinished();
        // A stable order, so that those before a restart stay before it.
        return new(_span, [.. _root], [.. _problems.OrderBy(p => p.Span.Start)], [.. _islands]) { Restarts = [.. _restarts] };
    }

    // Cuts the text up to where what was read before the edit may go on, else to its end.
    private void ReadOn(int from, ReadOnlySpan<Restart> tail, int moved) =>
        ScribanLexer.Body(_text.Content, from, tail.IsEmpty ? _text.Length : tail[0].Offset + moved, _read);

    private void TakeUntil(Restart from, TemplateBody body)
    {
        // With room for what follows, else the next one would copy them all.
        _root.EnsureCapacity(from.Nodes + 256);
        _islands.EnsureCapacity(from.Islands + 256);
        _root.AddRange(body.Nodes.AsSpan(0, from.Nodes));
        _problems.AddRange(body.Problems.AsSpan(0, from.Problems));
        _islands.AddRange(body.Islands.AsSpan(0, from.Islands));
        _restarts.AddRange(body.Restarts.TakeWhile(r => r.Offset <= from.Offset));
        _islandsTaken = _islands.Count;
    }

    private void TakeFrom(ReadOnlySpan<Restart> tail, TemplateBody body, int moved)
    {
        Restart from = tail[0];
        int nodes = _root.Count - from.Nodes, islands = _islands.Count - from.Islands, problems = _problems.Count - from.Problems;
        foreach (BodyNode node in body.Nodes.AsSpan()[from.Nodes..])
            _root.Add(node.Moved(moved));
        foreach (TextSpan island in body.Islands.AsSpan()[from.Islands..])
            _islands.Add(island.Shift(moved));
        foreach (Problem problem in body.Problems.AsSpan()[from.Problems..])
            _problems.Add(problem.Moved(moved));
        // All in front of the first place was read just now, and what stands between the others is as it was.
        foreach (Restart place in tail)
        {
            // The first may be where this reading found one itself: twice, they would grow with every keystroke.
            if (_restarts.Count > 0 && _restarts[^1].Offset == place.Offset + moved)
                continue;
            int reach = place == from ? _read.Reaches[^1] : place.Reach + moved;
            _restarts.Add(new(place.Offset + moved, reach, place.Nodes + nodes, place.Islands + islands, place.Problems + problems));
        }
    }

    private void ReadIslands()
    {
        while (_tokens.Current.Kind != TokenKind.End)
        {
            if (_tokens.Current.Kind == TokenKind.Text)
            {
                _body.Add(new TextNode(_tokens.Current.Span));
                _tokens.Next++;
                continue;
            }
            int start = _tokens.Current.Start;
            Island();
            int end = _tokens.Last.End;
            _islands.Add(TextSpan.FromBounds(start, end));
            if (_open.Count == 0 && end - (_restarts.Count == 0 ? _span.Start : _restarts[^1].Offset) >= BetweenRestarts)
                _restarts.Add(new(end, _read.Reaches[_islands.Count - _islandsTaken - 1], _root.Count, _islands.Count, _problems.Count));
        }
    }

    private void Island()
    {
        ScribanToken open = _tokens.Take();
        int before = _problems.Count;
        bool isAstray = false;
        while (_tokens.Current.Kind is not (TokenKind.Close or TokenKind.End))
        {
            isAstray &= _tokens.Current.Kind is not (TokenKind.NewLine or TokenKind.Semicolon);
            int said = _problems.Count;
            Statement();
            // One slip, one sentence: what follows it in its statement is read, but was led astray and has nothing to say.
            int heard = isAstray ? said : said + 1;
            if (_problems.Count > heard)
                _problems.RemoveRange(heard, _problems.Count - heard);
            isAstray |= _problems.Count > said;
        }
        if (_tokens.Current.Kind != TokenKind.Close)
            return;
        if (_tokens.Current.IsBroken)
        {
            _problems.RemoveRange(before, _problems.Count - before);
            _problems.Add(NeverClosed(open));
        }
        _tokens.Next++;
    }

    private Problem NeverClosed(ScribanToken open)
    {
        ScribanToken last = _tokens.Last;
        if (last.Kind == TokenKind.CloseBrace)
        {
            ScribanToken beforeLast = _tokens.Ahead(-2);
            TextSpan braces = TextSpan.FromBounds(beforeLast.Kind == TokenKind.CloseBrace ? beforeLast.Start : last.Start, last.End);
            return new(braces, $"`{_text[braces]}` does not close what `{{{{` opens; write `}}}}`")
            {
                Kind = ProblemKind.OpenIsland,
                Repair = Repair.ChangeTo("}}", braces),
            };
        }
        return new(open.Span, "this `{{` is never closed; add `}}`")
        {
            Kind = ProblemKind.OpenIsland,
            Repair = new("Add `}}`", TextEdit.Insert(_tokens.Current.Start, Before(_tokens.Current.Start) == ' ' ? "}}" : " }}")),
        };
    }

    private char Before(int offset) => offset > 0 ? _text.Content[offset - 1] : '\0';

    private void Statement()
    {
        ScribanToken token = _tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.NewLine or TokenKind.Semicolon:
                _tokens.Next++;
                return;
            case TokenKind.Comment:
                _body.Add(Comment(token));
                _tokens.Next++;
                return;
            case TokenKind.Operator when _open.Count > 0 && IsClosingTag(token):
                ClosingTag(token);
                return;
            case TokenKind.Name when _tokens.Ahead(1).Kind is not (TokenKind.Dot or TokenKind.NullDot or TokenKind.Assign):
                if (Keyword(token, _tokens.TextOf(token)))
                    return;
                break;
        }
        ExpressionStatement();
    }

    // `{{ /if }}`
    private bool IsClosingTag(ScribanToken token) =>
        _text.Content[token.Start] == '/' && _tokens.Ahead(1) is { Kind: TokenKind.Name } name && name.Start == token.End && EndsStatement(_tokens.Ahead(2));

    private void ClosingTag(ScribanToken token)
    {
        TextSpan tag = TextSpan.FromBounds(token.Start, _tokens.Ahead(1).End);
        _problems.Add(new(tag, $"`{_text[tag]}` is no word of Scriban; write `end`") { Repair = Repair.ChangeTo("end", tag) });
        _tokens.Next += 2;
        End(token);
    }

    private CommentNode Comment(ScribanToken token)
    {
        string all = _tokens.TextOf(token);
        int marks = all.StartsWith("##", StringComparison.Ordinal) ? 2 : 1;
        int end = marks == 2 && all.Length >= 4 && all.EndsWith("##", StringComparison.Ordinal) ? token.End - 2 : token.End;
        return new(token.Span, TextSpan.FromBounds(token.Start + marks, end));
    }

    private void ExpressionStatement()
    {
        int first = _tokens.Next;
        // Scriban takes `name: value` for a statement that writes the value.
        if (_tokens.Current.Kind == TokenKind.Name && _tokens.Ahead(1).Kind == TokenKind.Colon && _expressions.StartsExpression(_tokens.Ahead(2)))
        {
            string function = _tokens.TextOf(_tokens.Current);
            if (function is "role" or "include" or "media" or "section")
                _problems.Add(new(TextSpan.FromBounds(_tokens.Current.Start, _tokens.Ahead(1).End), $"`{function}:` only writes what follows; leave out `:`") { IsCertain = true, Repair = new("Leave out `:`", new(_tokens.Ahead(1).Span, "")) });
            _tokens.Next += 2;
        }
        Expression value = _expressions.Whole();
        ScribanToken token = _tokens.Current;
        if (token.Kind == TokenKind.Assign)
        {
            Assignment(value, token);
        }
        else if (_tokens.Current.Kind == TokenKind.Name && _tokens.IsWord("do") && value is CallExpression or NameExpression)
        {
            _body.Add(new OutputNode(value));
            OpenFunction(token, null);
        }
        else
        {
            _body.Add(new OutputNode(value));
            EndStatement();
        }
        if (_tokens.Next == first)
            _tokens.Next++;
    }

    private void Assignment(Expression target, ScribanToken operation)
    {
        if ((ScribanSlips.Lambda(_text, _tokens.All, _tokens.Next) ?? NoTarget(target)) is { } problem)
            _problems.Add(problem);
        _tokens.Next++;
        string op = _tokens.TextOf(operation);
        if (op is "++" or "--")
        {
            _body.Add(new AssignNode(TextSpan.FromBounds(target.Span.Start, operation.End), target, op, new MissingExpression(operation.End)));
            if (_tokens.Current.Kind == TokenKind.Operator && _expressions.StartsExpression(_tokens.Ahead(1)))
            {
                // `x++ + 1`: what comes of it is written.
                _tokens.Next++;
                _body.Add(new OutputNode(_expressions.Whole()));
            }
            else if (_expressions.StartsExpression(_tokens.Current))
            {
                _body.Add(new OutputNode(_expressions.Whole()));
            }
            EndStatement();
            return;
        }
        if (_tokens.IsWord("func") || _tokens.IsWord("do"))
        {
            OpenFunction(_tokens.Current, target as NameExpression);
            return;
        }
        Expression value = _tokens.AtStatementEnd ? MissingAfter(operation) : _expressions.Whole();
        _body.Add(new AssignNode(TextSpan.FromBounds(target.Span.Start, Math.Max(operation.End, value.Span.End)), target, op, value));
        if (_tokens.IsWord("do"))
            OpenFunction(_tokens.Current, null);
        else
            EndStatement();
    }

    private Problem? NoTarget(Expression target) =>
        target is LiteralExpression || (target is CallExpression { Piped: null, Arguments: [var first, ..] } call && _text.Content[call.Span.End - 1] != ')' && first.Span.Start > call.Callee.Span.End)
            ? new(target.Span, $"`{_text[target.Span]}` cannot be given a value; a name stands before `=`")
            : null;

    private MissingExpression MissingAfter(ScribanToken token)
    {
        _problems.Add(new(token.Span, $"a value is missing after `{_tokens.TextOf(token)}`"));
        return new(_tokens.PlaceToType);
    }

    // What is left of a statement that should have ended.
    private void EndStatement()
    {
        if (_tokens.CanEndStatement)
            return;
        _problems.Add(ScribanSlips.Unexpected(_text, _tokens.All, _tokens.Next));
        _tokens.Next++;
    }

    // True where the word is a statement of its own.
    private bool Keyword(ScribanToken token, string word)
    {
        switch (word)
        {
            case "if" or "while" or "with" or "capture" or "case" or "wrap":
                _tokens.Next++;
                Open(new OpenBlock(word, token, word == "capture" ? Target(token) : Header(token)));
                return true;
            case "for" or "tablerow":
                OpenLoop(token, word);
                return true;
            case "func" or "do":
                OpenFunction(token, null);
                return true;
            case "else":
                _tokens.Next++;
                Else(token);
                return true;
            case "when":
                When(token);
                return true;
            case "end":
                _tokens.Next++;
                bool isInside = _open.Count > 0 && _open.Peek().Word == "do" && _tokens.Current.Kind == TokenKind.CloseParen;
                if (!isInside)
                    EndOf(token);
                End(token);
                if (isInside)
                    BehindFunction();
                return true;
            case "break" or "continue" or "ret" or "import" or "readonly":
                _tokens.Next++;
                Expression? value = _tokens.AtStatementEnd ? null : _expressions.Whole();
                _body.Add(new StatementNode(TextSpan.FromBounds(token.Start, Math.Max(token.End, value?.Span.End ?? 0)), word, token.Span, value));
                EndStatement();
                return true;
            default:
                return Foreign(token, word);
        }
    }

    // Words of other languages where they stand as they do there. A name of Scriban's own can look like most of them and never stands so.
    private bool Foreign(ScribanToken token, string word)
    {
        ScribanToken next = _tokens.Ahead(1);
        switch (word)
        {
            case "endif" or "endfor" or "endforeach" or "endwhile" or "endcase" or "endwith" or "endcapture" or "endunless" or "endswitch" or "endfunction" or "fi" when _open.Count > 0 && EndsStatement(next):
                _tokens.Next++;
                Instead(token, word, "end");
                End(token);
                return true;
            case "elif" or "elseif" or "elsif" when _open.Count > 0 && _open.Peek().Word == "if" && _expressions.StartsExpression(next):
                _tokens.Next++;
                Instead(token, word, "else if");
                Branch(token, [Header(token)]);
                return true;
            case "unless" when _expressions.StartsExpression(next):
                _tokens.Next++;
                var block = new OpenBlock("if", token, Header(token)) { IsNegated = true };
                string condition = _text[block.Header!.Span];
                string better = block.Header is NameExpression or MemberExpression ? "!" + condition : $"!({condition})";
                _problems.Add(Habit(TextSpan.FromBounds(token.Start, Math.Max(token.End, block.Header.Span.End)), word, "if " + better) with { Span = token.Span });
                Open(block);
                return true;
            case "default" when _open.Count > 0 && _open.Peek().Word == "case" && EndsStatement(next):
                _tokens.Next++;
                Instead(token, word, "else");
                Branch(token, []);
                return true;
            case "foreach" when next.Kind is TokenKind.Name or TokenKind.OpenParen:
                Instead(token, word, "for");
                OpenLoop(token, "for");
                return true;
            case "switch" when _expressions.StartsExpression(next):
                _tokens.Next++;
                Instead(token, word, "case");
                Open(new OpenBlock("case", token, Header(token)));
                return true;
            case "function" or "def" or "macro" or "fn" when next.Kind == TokenKind.Name && _tokens.Ahead(2) is { Kind: TokenKind.OpenParen } paren && paren.Start == next.End:
                Instead(token, word, "func");
                OpenFunction(token, null, "func");
                return true;
            case "return" when _expressions.StartsExpression(next):
                _tokens.Next++;
                Instead(token, word, "ret");
                Expression value = _expressions.Whole();
                _body.Add(new StatementNode(TextSpan.FromBounds(token.Start, value.Span.End), "ret", token.Span, value));
                EndStatement();
                return true;
            case "set" or "let" or "var" or "const" or "local" or "assign" when next.Kind == TokenKind.Name && _tokens.Ahead(2).Kind == TokenKind.Assign:
                _problems.Add(new(token.Span, $"`{word}` has no place here: a name gets its value by `=` alone") { Repair = new($"Remove `{word}`", new(TextSpan.FromBounds(token.Start, next.Start), "")) });
                _tokens.Next++;
                ExpressionStatement();
                return true;
            // `{{ If x }}`, but not `{{ End }}`: that may be somebody's name.
            case { } when char.IsAsciiLetterUpper(word[0]) && _expressions.StartsExpression(next) && word.ToLowerInvariant() is { } lower && ScribanWords.Blocks.Contains(lower):
                Instead(token, word, lower);
                _problems[^1] = _problems[^1] with { Message = $"`{word}` is written `{lower}`" };
                return Keyword(token, lower);
            default:
                return false;
        }
    }

    private static bool EndsStatement(ScribanToken token) => token.Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.Close or TokenKind.End or TokenKind.Comment;

    private void Instead(ScribanToken token, string word, string better) => _problems.Add(Habit(token.Span, word, better));

    private static Problem Habit(TextSpan span, string word, string better) =>
        new(span, $"`{word}` is no word of Scriban; write `{better}`") { ForeignWord = word, Repair = Repair.ChangeTo(better, span) };

    private Expression Header(ScribanToken keyword)
    {
        if (!_tokens.AtStatementEnd)
            return EndsHeader(_expressions.Whole(), keyword);
        string word = _tokens.TextOf(keyword);
        _problems.Add(new(keyword.Span, $"`{word}` needs {(word is "if" or "while" ? "a condition" : "a value")}"));
        return new MissingExpression(_tokens.PlaceToType);
    }

    private Expression Target(ScribanToken keyword)
    {
        if (!_tokens.AtStatementEnd)
            return EndsHeader(_expressions.Whole(), keyword);
        _problems.Add(new(keyword.Span, "`capture` needs a name for what it captures"));
        return new MissingExpression(_tokens.PlaceToType);
    }

    private Expression EndsHeader(Expression header, ScribanToken keyword)
    {
        if (_tokens.TextOf(keyword) is "capture" or "with" or "wrap" or "case")
        {
            EndStatement();
            return header;
        }
        if (!_tokens.CanEndStatement)
        {
            _problems.Add(ScribanSlips.InCondition(_text, _tokens.All, _tokens.Next));
            _tokens.Next++;
        }
        return header;
    }

    private void OpenLoop(ScribanToken token, string word)
    {
        _tokens.Next++;
        var block = new OpenBlock(word, token, null);
        ScribanToken? paren = _tokens.Current.Kind == TokenKind.OpenParen ? _tokens.Current : null;
        if (paren is not null)
            _tokens.Next++;
        if (_tokens.Current.Kind == TokenKind.Name && _tokens.Ahead(1).Kind == TokenKind.Dot)
        {
            // `for x.y in xs` sets a member, and declares nothing.
            _expressions.Operand();
        }
        else if (_tokens.Current.Kind is TokenKind.Name or TokenKind.PrivateName && !_tokens.IsWord("in"))
        {
            block.Variable = new NameExpression(_tokens.Current.Span, _tokens.TextOf(_tokens.Current), _tokens.Current.Kind == TokenKind.PrivateName ? NameKind.Private : NameKind.Variable);
            _tokens.Next++;
        }
        SecondVariable(block);
        if (_tokens.IsWord("in"))
        {
            ScribanToken @in = _tokens.Take();
            block.Header = _tokens.AtStatementEnd ? MissingAfter(@in) : LoopSource(block);
        }
        else
        {
            NoIn(token, word, block);
        }
        if (paren is { } open)
            Parentheses(open);
        if (!_tokens.CanEndStatement)
            _problems.Add(BehindLoop());
        while (!_tokens.CanEndStatement)
            _tokens.Next++;
        Open(block);
    }

    private void SecondVariable(OpenBlock block)
    {
        if (_tokens.Current.Kind != TokenKind.Comma || _tokens.Ahead(1) is not { Kind: TokenKind.Name } second)
            return;
        _problems.Add(new(TextSpan.FromBounds(_tokens.Current.Start, second.End), "a loop has one variable: `for.index` counts the items, and of an object's each has `.key` and `.value`"));
        _tokens.Next += 2;
        block.IndexVariable = new NameExpression(second.Span, _tokens.TextOf(second));
    }

    private void NoIn(ScribanToken token, string word, OpenBlock block)
    {
        string reads = $"`{word}` reads `{word} item in list`";
        if (block.Variable is not null && _tokens.IsWord("of"))
        {
            _problems.Add(new(_tokens.Current.Span, reads) { Repair = Repair.ChangeTo("in", _tokens.Current.Span) });
            _tokens.Next++;
        }
        else
        {
            bool isLeftOut = block.Variable is not null && _tokens.Current.Kind == TokenKind.Name;
            _problems.Add(new(token.Span, reads) { Repair = isLeftOut ? new("Add `in`", TextEdit.Insert(_tokens.Current.Start, "in ")) : null });
            block.Header = new MissingExpression(_tokens.PlaceToType);
            return;
        }
        block.Header = _tokens.AtStatementEnd ? new MissingExpression(_tokens.PlaceToType) : LoopSource(block);
    }

    private void Parentheses(ScribanToken open)
    {
        var problem = new Problem(open.Span, "a loop has no parentheses; leave them out");
        if (_tokens.Current.Kind == TokenKind.CloseParen)
        {
            TextSpan inside = TextSpan.FromBounds(open.End, _tokens.Current.Start);
            problem = problem with { Repair = new("Leave out the parentheses", new(TextSpan.FromBounds(open.Start, _tokens.Current.End), _text[inside].Trim())) };
            _tokens.Next++;
        }
        _problems.Add(problem);
    }

    private Problem BehindLoop()
    {
        ScribanToken option = _tokens.Last;
        return option.Kind == TokenKind.Name && _tokens.TextOf(option) is "limit" or "offset" or "cols" && _expressions.StartsExpression(_tokens.Current)
            ? new(option.Span, $"`{_tokens.TextOf(option)}` reads `{_tokens.TextOf(option)}: 2`") { Repair = new("Add `:`", TextEdit.Insert(option.End, ":")) }
            : ScribanSlips.Unexpected(_text, _tokens.All, _tokens.Next);
    }

    private Expression LoopSource(OpenBlock block)
    {
        Expression source = _expressions.Operand();
        // A bare name behind the source is an option of the loop (`reversed`), anything else an argument of a call.
        if (_tokens.Current.Kind != TokenKind.Name && !_tokens.AtStatementEnd && _expressions.StartsExpression(_tokens.Current))
            source = _expressions.BareCall(source);
        if (_tokens.Current.Kind == TokenKind.Question)
            source = _expressions.Conditional(source);
        source = _expressions.GoOn(source);
        while (_tokens.Current.Kind == TokenKind.Name)
        {
            ScribanToken name = _tokens.Take();
            if (!IsLoopOption(_tokens.TextOf(name)))
                _problems.Add(NoLoopOption(name.Span, _tokens.TextOf(name)));
            if (_tokens.Current.Kind != TokenKind.Colon)
                continue;
            _tokens.Next++;
            Expression value = _tokens.AtStatementEnd ? MissingAfter(name) : _expressions.Operand();
            block.Arguments.Add(new(TextSpan.FromBounds(name.Start, Math.Max(name.End, value.Span.End)), _tokens.TextOf(name), name.Span, value));
        }
        return source;
    }

    private static bool IsLoopOption(string name) => name is "limit" or "offset" or "reversed" or "cols";

    // Scriban takes any, and fails when it renders.
    private static Problem NoLoopOption(TextSpan span, string name) => new(span, name is "if" or "where" or "when"
        ? $"a loop has no `{name}`; ask inside it with `if`"
        : $"a loop takes no `{name}`; it takes `limit: 2`, `offset: 1` and `reversed`") { IsCertain = true };

    private void OpenFunction(ScribanToken token, NameExpression? name, string? word = null)
    {
        _tokens.Next++;
        var block = new OpenBlock(word ?? _tokens.TextOf(token), token, null) { Name = name };
        if (block.Word == "func" && _tokens.Current.Kind == TokenKind.Name)
        {
            block.Name = new NameExpression(_tokens.Current.Span, _tokens.TextOf(_tokens.Current));
            _tokens.Next++;
        }
        if (_tokens.Current.Kind == TokenKind.OpenParen)
            Parameters(block);
        if (_tokens.Current.Kind == TokenKind.Assign && block is { Word: "func", Name: { } called })
            OneLine(token, block, called);
        else
            Open(block);
    }

    // `func f(x) = x + 1`: without the word it is a function in one line.
    private void OneLine(ScribanToken token, OpenBlock block, NameExpression name)
    {
        ScribanToken assign = _tokens.Take();
        bool isArrow = _tokens.Current.Kind == TokenKind.Operator && _tokens.Current.Start == assign.End;
        if (isArrow)
            _tokens.Next++;
        TextSpan head = TextSpan.FromBounds(name.Span.Start, assign.Start);
        _problems.Add(new(token.Span, $"a `func` goes on to its `end`; a function in one line reads `{_text[head].Trim()} = …`")
        {
            Repair = new($"Remove `{block.Word}`", new(TextSpan.FromBounds(token.Start, isArrow ? assign.End + 1 : assign.End), _text[head].Trim() + " =")),
        });
        Expression value = _tokens.AtStatementEnd ? new MissingExpression(_tokens.PlaceToType) : _expressions.Whole();
        ImmutableArray<Argument> parameters = [.. block.Parameters.Select(p => new Argument(p.Span, null, default, new NameExpression(new(p.Span.Start, p.Name.Length), p.Name)))];
        var target = new CallExpression(head, name, null, parameters, CallKind.Function);
        _body.Add(new AssignNode(TextSpan.FromBounds(name.Span.Start, Math.Max(assign.End, value.Span.End)), target, "=", value));
        EndStatement();
    }

    private void Parameters(OpenBlock block)
    {
        _tokens.Next++;
        while (_tokens.Current.Kind is TokenKind.Name or TokenKind.Comma or TokenKind.Operator)
        {
            ScribanToken name = _tokens.Take();
            if (name.Kind != TokenKind.Name)
                continue;
            Expression? standard = null;
            if (_tokens.Current.Kind == TokenKind.Assign)
            {
                _tokens.Next++;
                standard = _expressions.Operand();
            }
            block.Parameters.Add(new(TextSpan.FromBounds(name.Start, Math.Max(name.End, standard?.Span.End ?? 0)), _tokens.TextOf(name), standard));
        }
        if (_tokens.Current.Kind == TokenKind.CloseParen)
            _tokens.Next++;
        else
            _problems.Add(new(new TextSpan(_tokens.PlaceToType, 0), "`)` is missing after the parameters"));
    }

    private void Else(ScribanToken token)
    {
        ImmutableArray<Expression> conditions = [];
        if (_tokens.IsWord("if"))
        {
            ScribanToken word = _tokens.Take();
            conditions = [Header(word)];
        }
        else if (_tokens.Current.Kind != TokenKind.Colon && _expressions.StartsExpression(_tokens.Current))
        {
            _problems.Add(new(token.Span, "`else` takes no condition; write `else if`") { Repair = Repair.ChangeTo("else if", token.Span) });
            conditions = [_expressions.Whole()];
        }
        else
        {
            EndStatement();
        }
        Branch(token, conditions);
    }

    private void Branch(ScribanToken token, ImmutableArray<Expression> conditions)
    {
        OpenBlock? block = _open.Count > 0 ? _open.Peek() : null;
        if (block is null || block.Word is not ("if" or "for" or "tablerow" or "case"))
        {
            _problems.Add(new(token.Span, "this `else` belongs to no `if`, `case` or `for`; remove it or open one before it") { Kind = block is null ? ProblemKind.LoneBranch : ProblemKind.Statement });
            _body.Add(new BrokenNode(token.Span));
            return;
        }
        if (block.Branch?.Word == "else")
            _problems.Add(new(token.Span, $"this `{block.Word}` has its `else` already; {(conditions.IsEmpty ? "remove one of them" : "an `else if` stands before it")}"));
        else if (!conditions.IsEmpty && block.Word is "for" or "tablerow")
            _problems.Add(new(token.Span, $"the `else` of a `{block.Word}` takes no condition"));
        EndBranch(token.Start);
        block.Branch = new(conditions.IsEmpty ? "else" : "else if", token, conditions);
    }

    private void When(ScribanToken token)
    {
        _tokens.Next++;
        var values = ImmutableArray.CreateBuilder<Expression>();
        while (!_tokens.AtStatementEnd)
        {
            int before = _tokens.Next;
            values.Add(_expressions.Whole());
            if (_tokens.Current.Kind == TokenKind.Comma)
                _tokens.Next++;
            if (_tokens.Next == before)
                break;
        }
        if (_open.Count == 0 || _open.Peek().Word != "case")
        {
            _problems.Add(new(token.Span, "this `when` belongs to no `case`; open one before it") { Kind = _open.Count == 0 ? ProblemKind.LoneBranch : ProblemKind.Statement });
            _body.Add(new BrokenNode(token.Span));
            return;
        }
        if (values.Count == 0)
            _problems.Add(new(token.Span, "`when` needs a value"));
        else if (_open.Peek().Branch?.Word == "else")
            _problems.Add(new(token.Span, "the `else` of a `case` stands behind its last `when`"));
        EndBranch(token.Start);
        _open.Peek().Branch = new("when", token, values.ToImmutable());
    }

    private void Open(OpenBlock block)
    {
        if (_open.Count >= DeepestNesting)
        {
            if (_flattened++ == 0)
                _problems.Add(new(block.Token.Span, $"blocks nest deeper than {DeepestNesting}"));
            _body.Add(new BrokenNode(block.Token.Span));
            return;
        }
        block.Outer = _body;
        _open.Push(block);
        _body = [];
        if (block.Word == "if")
            block.Branch = new("if", block.Token, [block.Header!]) { IsNegated = block.IsNegated };
    }

    // What of an expression follows a function written inside it: `… end) | array.size`.
    private void BehindFunction()
    {
        while (!_tokens.CanEndStatement)
        {
            int before = _tokens.Next;
            if (_tokens.Current.Kind == TokenKind.Pipe || _expressions.StartsExpression(_tokens.Current))
            {
                Expression value = _tokens.Current.Kind == TokenKind.Pipe ? _expressions.GoOn(new MissingExpression(_tokens.Current.Start)) : _expressions.Operand();
                _body.Add(new StatementNode(value.Span, "do", new TextSpan(value.Span.Start, 0), value));
            }
            if (_tokens.Next == before)
                _tokens.Next++;
        }
    }

    // `end if`, `end for`: the second word opens nothing.
    private void EndOf(ScribanToken token)
    {
        if (_tokens.Current.Kind != TokenKind.Name || !ScribanWords.Blocks.Contains(_tokens.TextOf(_tokens.Current)))
        {
            EndStatement();
            return;
        }
        _problems.Add(new(_tokens.Current.Span, "`end` stands alone") { Repair = new($"Remove `{_tokens.TextOf(_tokens.Current)}`", new(TextSpan.FromBounds(token.End, _tokens.Current.End), "")) });
        _tokens.Next++;
    }

    private void End(ScribanToken token)
    {
        if (_flattened > 0)
        {
            _flattened--;
            return;
        }
        if (_open.Count == 0)
        {
            _problems.Add(new(token.Span, "this `end` closes nothing; remove it or open a block before it") { Kind = ProblemKind.LoneEnd });
            _body.Add(new BrokenNode(token.Span));
            return;
        }
        Close(token.Start, token.Span);
    }

    private void CloseUnfinished()
    {
        OpenBlock block = _open.Peek();
        _problems.Add(new(block.Token.Span, $"this `{_tokens.TextOf(block.Token)}` is never closed; add `{{{{ end }}}}`") { Kind = ProblemKind.OpenBlock, Repair = new("Add `{{ end }}`", TextEdit.Insert(_text.Length, ClosingAtEnd())) });
        Close(_text.Length, null);
    }

    private string ClosingAtEnd() => _text.Length > 0 && _text.Content[^1] is not ('\n' or '\r') ? "{{ end }}" : "{{ end }}" + _text.NewLine;

    private void Close(int end, TextSpan? close)
    {
        EndBranch(end);
        OpenBlock block = _open.Pop();
        _body = block.Outer;
        _body.Add(block.ToNode(block.Token.Span, TextSpan.FromBounds(block.Token.Start, close?.End ?? end), close));
    }

    // What stands so far is the body of the branch that ends here.
    private void EndBranch(int end)
    {
        OpenBlock block = _open.Peek();
        if (block.Branch is { } branch)
            block.Branches.Add(new(TextSpan.FromBounds(branch.Token.Start, Math.Max(end, branch.Token.End)), branch.Word, branch.Token.Span, branch.IsNegated, branch.Conditions, [.. _body]));
        else
            block.Body = [.. _body];
        _body = [];
    }

    private sealed record OpenBranch(string Word, ScribanToken Token, ImmutableArray<Expression> Conditions)
    {
        public bool IsNegated { get; init; }
    }

    private sealed class OpenBlock(string word, ScribanToken token, Expression? header)
    {
        public string Word { get; } = word;
        public ScribanToken Token { get; } = token;
        public Expression? Header { get; set; } = header;
        public NameExpression? Variable { get; set; }
        public NameExpression? IndexVariable { get; set; }
        public bool IsNegated { get; init; }
        public NameExpression? Name { get; set; }
        public List<Argument> Arguments => field ??= [];
        public List<Parameter> Parameters => field ??= [];
        public List<BodyNode> Outer { get; set; } = null!;
        public ImmutableArray<BodyNode> Body { get; set; } = [];
        public OpenBranch? Branch { get; set; }
        public List<Branch> Branches => field ??= [];

        public BodyNode ToNode(TextSpan keyword, TextSpan span, TextSpan? close) => Word switch
        {
            "if" => new IfNode(span, Word, keyword, close, [.. Branches]),
            "case" => new CaseNode(span, Word, keyword, close, Header!, Body, [.. Branches]),
            "for" or "tablerow" => new LoopNode(span, Word, keyword, close)
            {
                Variable = Variable,
                IndexVariable = IndexVariable,
                Source = Header!,
                Arguments = [.. Arguments],
                Body = Body,
                Else = Branches.Count > 0 ? Branches[0] : null,
                LoopObject = Word,
            },
            "while" => new WhileNode(span, Word, keyword, close, Header!, Body),
            "with" => new WithNode(span, Word, keyword, close, Header!, Body, null),
            "capture" => new CaptureNode(span, Word, keyword, close, Header!, Body),
            "wrap" => new WrapNode(span, Word, keyword, close, Header, Body),
            // `name = func …` begins with the name.
            _ => new FunctionNode(TextSpan.FromBounds(Math.Min(span.Start, Name?.Span.Start ?? span.Start), span.End), Word, keyword, close, Name, [.. Parameters], Body),
        };
    }
}
