using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>Reads one tag, from its opening to its closing braces, and adds what it means to the tree.</summary>
internal sealed class HandlebarsTags(SourceText text, HandlebarsLexer lexer, HandlebarsBlocks blocks, List<Problem> problems)
{
    private readonly HandlebarsCursor _cursor = new(lexer, text);
    private HandlebarsExpressions? _expressions;
    private readonly HandlebarsRawBlocks _raw = new(lexer);

    // Of code that is well formed, and still means nothing to the engine.
    private Problem? _misuse;

    private HandlebarsExpressions Expressions => _expressions ??= new(text, _cursor);

    /// <summary>Reads the tag whose braces stand at an offset; gives the end of its code.</summary>
    /// <param name="islands">Where the tag's code is added, and that of what it takes in.</param>
    public int Read(int open, List<TextSpan> islands)
    {
        (HandlebarsTag tag, int code) = lexer.TagAt(open);
        if (tag is HandlebarsTag.Comment or HandlebarsTag.LongComment)
            return Comment(open, code, tag == HandlebarsTag.LongComment, islands);
        if (tag == HandlebarsTag.Else)
            return Else(open, code, islands);
        if (tag == HandlebarsTag.Raw && Raw(open, code, islands) is { } behind)
            return behind;
        (Action add, int end) = Code(tag, open, code);
        islands.Add(TextSpan.FromBounds(open, end));
        add();
        return end;
    }

    private (Action Add, int End) Code(HandlebarsTag tag, int open, int code)
    {
        Action add = Meaning(tag, open, code);
        if (IsClosed(tag))
        {
            if (_misuse is { } problem)
                problems.Add(problem);
            return (add, _cursor.Current.End);
        }
        Problem failure = _cursor.Failure!;
        if (lexer.IsExact)
        {
            // A string that nothing closes may have taken in what follows: what is broken costs only itself.
            lexer.IsExact = false;
            add = Meaning(tag, open, code);
            if (IsClosed(tag))
            {
                problems.Add(failure with { Span = new TextSpan(open, 2), Repair = null });
                return (add, _cursor.Current.End);
            }
            failure = _cursor.Failure!;
        }
        (int end, bool isOpen) = EndOfBroken(open, code, failure.Span.Start);
        problems.Add(isOpen ? NeverClosed(open, end) : failure);
        // Nothing of it stands behind its end.
        lexer.Cut(end);
        add = Meaning(tag, open, code);
        lexer.Cut(null);
        return (add, end);
    }

    // What the code adds to the tree, once it is known where it ends.
    private Action Meaning(HandlebarsTag tag, int open, int code)
    {
        _cursor.Begin(code);
        _misuse = null;
        switch (tag)
        {
            case HandlebarsTag.Output or HandlebarsTag.Unescaped:
                return Output();
            case HandlebarsTag.Decorator:
                HandlebarsHead decorator = Expressions.Head("a decorator");
                return () => blocks.Add(_cursor.Failure is null ? new DecoratorNode(decorator.ToCall()) : new BrokenNode(decorator.Callee.Span));
            case HandlebarsTag.Partial:
                HandlebarsHead partial = PartialHead();
                TextSpan mark = new(code - 1, 1);
                return () => blocks.Add(new OutputNode(Include(partial, mark)));
            case HandlebarsTag.End:
                HandlebarsValue name = Expressions.Name("the name of the block");
                return () => End(code - 1, name);
            case HandlebarsTag.ElseBlock:
                BlockOpening chained = Opening(tag, _cursor.Current.Start, _cursor.Current.Start);
                int word = text.Slice(TextSpan.FromBounds(open, code)).LastIndexOf("else");
                return () => blocks.Else(new TextSpan(open + word, 4), chained);
            case HandlebarsTag.Raw:
                HandlebarsHead raw = Expressions.Head("a name");
                return () => blocks.Add(new BrokenNode(raw.Callee.Span));
            default:
                // From the mark on: `#`, `^`, `#>`, `#*`.
                int start = tag is HandlebarsTag.PartialBlock or HandlebarsTag.DecoratorBlock ? code - 2 : code - 1;
                BlockOpening opening = Opening(tag, start, code);
                return () => blocks.Open(opening);
        }
    }

    private Action Output()
    {
        HandlebarsHead head = Expressions.Head("a name");
        bool isHelper = IsHelper(head.Callee);
        Expression value = head.ToValue(isHelper);
        return () => blocks.Add(value is MissingExpression ? new BrokenNode(value.Span) : new OutputNode(value));
    }

    // The engine looks for a helper before anything else, even behind `@`.
    private bool IsHelper(Expression callee) =>
        callee is NameExpression { Kind: not (NameKind.This or NameKind.Parent), Up: 0 } name
        && HandlebarsWords.Helpers.Contains(name.Name)
        && !blocks.IsParameter(name.Name);

    private HandlebarsHead PartialHead()
    {
        HandlebarsValue name = Expressions.Value("the name of a partial");
        var head = new HandlebarsHead(name.Expression, name.Original, Expressions.Arguments());
        if (head.Count > 1)
            _misuse = new(head.Arguments[1].Span, "a partial takes one subject; give it more by name: `name=value`");
        return head;
    }

    private BlockOpening Opening(HandlebarsTag tag, int start, int mark)
    {
        HandlebarsHead head =
            tag == HandlebarsTag.PartialBlock ? PartialHead() : Expressions.Head(tag == HandlebarsTag.ElseBlock ? "a helper" : "the name of a block");
        ImmutableArray<NameExpression> parameters = tag == HandlebarsTag.PartialBlock ? [] : Parameters();
        bool isParameter = head.Callee is NameExpression { Kind: not (NameKind.This or NameKind.Parent), Up: 0 } name && blocks.IsParameter(name.Name);
        bool isHelper = IsHelper(head.Callee) || (!head.Arguments.IsEmpty && !isParameter);
        int end = head.Callee is MissingExpression ? mark : head.Callee.Span.End;
        return new(tag, TextSpan.FromBounds(Math.Min(start, head.Callee.Span.Start), Math.Max(start, end)), head, parameters)
        {
            Helper = isHelper ? HandlebarsWords.FirstPart(head.Callee) ?? "" : null,
        };
    }

    private ImmutableArray<NameExpression> Parameters()
    {
        if (_cursor.Failure is not null || _cursor.Kind != HandlebarsTokenKind.OpenParameters)
            return [];
        _cursor.Take();
        var names = ImmutableArray.CreateBuilder<NameExpression>();
        while (_cursor.Kind is HandlebarsTokenKind.Id or HandlebarsTokenKind.Bracketed)
        {
            HandlebarsToken name = _cursor.Take();
            names.Add(new(name.Span, HandlebarsPath.NameOf(name.Kind, text[name.Span])));
        }
        if (names.Count > 0 && _cursor.Kind == HandlebarsTokenKind.CloseParameters)
            _cursor.Take();
        else
            _cursor.FailHere(names.Count == 0 ? "a name" : "`|`");
        return names.DrainToImmutable();
    }

    private void End(int slash, HandlebarsValue name)
    {
        TextSpan close = TextSpan.FromBounds(slash, name.Expression is MissingExpression ? slash + 1 : Math.Max(slash + 1, name.Expression.Span.End));
        blocks.End(close, name.Original);
    }

    /// <summary>An include: the partial's name, the subject it gets, and what it gets by name.</summary>
    public static CallExpression Include(HandlebarsHead head, TextSpan mark)
    {
        Expression name = head.Callee switch
        {
            GroupExpression or LiteralExpression or MissingExpression => head.Callee,
            // The name as it is spelt, with its dots and slashes.
            _ => new LiteralExpression(head.Callee.Span, head.Original as string, head.Callee.Span),
        };
        var sign = new NameExpression(new TextSpan(Math.Min(mark.End - 1, name.Span.Start), 1), ">", NameKind.Private);
        ImmutableArray<Argument> arguments = [new(name.Span, null, default, name), .. head.Arguments];
        return new(TextSpan.FromBounds(sign.Span.Start, Math.Max(sign.Span.End, arguments[^1].Span.End)), sign, null, arguments, CallKind.Include);
    }

    // Whether the code ends as it began; else the cursor says what is wrong.
    private bool IsClosed(HandlebarsTag tag)
    {
        HandlebarsTokenKind due = tag switch
        {
            HandlebarsTag.Unescaped => HandlebarsTokenKind.CloseUnescaped,
            HandlebarsTag.Raw => HandlebarsTokenKind.CloseRaw,
            _ => HandlebarsTokenKind.Close,
        };
        if (_cursor.Failure is null && _cursor.Kind != due)
            WrongEnd(due, _cursor.Current);
        return _cursor.Failure is null;
    }

    private void WrongEnd(HandlebarsTokenKind due, HandlebarsToken last)
    {
        if (last.Kind == HandlebarsTokenKind.CloseUnescaped && due == HandlebarsTokenKind.Close)
            _cursor.Fail(
                last.Span,
                "`}}}` closes `{{{`, and this opens with `{{`; put a blank before a brace that is text",
                new("Put a blank before the last brace", TextEdit.Insert(last.End - 1, " "))
            );
        else if (last.Kind == HandlebarsTokenKind.CloseRaw && due == HandlebarsTokenKind.Close)
            _cursor.Fail(
                last.Span,
                "`}}}}` closes `{{{{`, and this opens with `{{`; put a blank before braces that are text",
                new("Put a blank before the last braces", TextEdit.Insert(last.End - 2, " "))
            );
        else if (last.Kind == HandlebarsTokenKind.Close && due == HandlebarsTokenKind.CloseUnescaped)
            _cursor.Fail(last.Span, "`{{{` is closed by `}}}`", Repair.ChangeTo(text[last.Span].Replace("}}", "}}}", StringComparison.Ordinal), last.Span));
        else
            _cursor.FailHere();
    }

    // Broken code ends at the next braces that close a tag, else on its first line.
    private (int End, bool IsOpen) EndOfBroken(int open, int code, int from)
    {
        string content = text.Content;
        from = Math.Max(from, code);
        for (int at = from; at + 1 < content.Length; at++)
        {
            int found = content.AsSpan(at).IndexOfAny('{', '}');
            if (found < 0 || at + found + 1 >= content.Length)
                break;
            at += found;
            if (content[at + 1] != content[at])
                continue;
            lexer.Saw(at + 2);
            if (content[at] == '}')
                return (at + 2, false);
            int line = EndOfLine(open);
            return (Math.Max(code, Math.Min(line, at)), true);
        }
        lexer.SawAll();
        return (Math.Max(code, EndOfLine(open)), true);
    }

    private int EndOfLine(int offset)
    {
        int found = text.Content.AsSpan(offset).IndexOfAny('\r', '\n');
        return found < 0 ? text.Length : offset + found;
    }

    private Problem NeverClosed(int open, int end)
    {
        string braces = text.Content.AsSpan(open).StartsWith("{{{") ? "}}}" : "}}";
        return new(new TextSpan(open, braces.Length), $"this `{text.Content.Substring(open, braces.Length)}` is never closed; add `{braces}`")
        {
            Kind = ProblemKind.OpenIsland,
            Repair = new($"Add `{braces}`", TextEdit.Insert(end, braces)),
        };
    }

    private int Comment(int open, int mark, bool isLong, List<TextSpan> islands)
    {
        if (lexer.CommentEnd(mark, isLong) is not var (content, end))
        {
            string closing = isLong ? "--}}" : "}}";
            (end, bool isOpen) = EndOfBroken(open, Math.Min(mark + (isLong ? 2 : 0), text.Length), mark);
            content = isOpen ? end : end - 2;
            problems.Add(new(TextSpan.FromBounds(open, Math.Min(mark + (isLong ? 2 : 0), end)), $"this comment is never closed; add `{closing}`")
            {
                Kind = ProblemKind.OpenIsland,
                Repair = isOpen ? new($"Add `{closing}`", TextEdit.Insert(end, closing)) : new($"Add `{closing}`", new(new TextSpan(end - 2, 2), closing)),
            });
        }
        int begin = Math.Min(isLong ? mark + 2 : mark, content);
        var span = TextSpan.FromBounds(open, end);
        islands.Add(span);
        blocks.Add(new CommentNode(span, TextSpan.FromBounds(begin, Math.Max(begin, content))));
        return end;
    }

    private int Else(int open, int word, List<TextSpan> islands)
    {
        // The lexer has seen the braces that close it.
        int end = lexer.Blanks(word) + 2;
        if (text.Content[end - 2] == '~')
            end++;
        islands.Add(TextSpan.FromBounds(open, end));
        blocks.Else(text.Content[word - 1] == '^' ? new TextSpan(word - 1, 1) : new TextSpan(word - 4, 4));
        return end;
    }

    // {{{{name}}}} … {{{{/name}}}}: what stands between is text.
    private int? Raw(int open, int code, List<TextSpan> islands)
    {
        _cursor.Begin(code);
        HandlebarsHead head = Expressions.Head("a name");
        if (_cursor.Failure is not null || _cursor.Kind != HandlebarsTokenKind.CloseRaw)
            return null;
        int begin = _cursor.Current.End;
        if (_raw.Find(open, begin) is not { } found)
        {
            problems.Add(
                new(new TextSpan(open, 4), $"this `{{{{{{{{` is never closed; add `{{{{{{{{/{text[head.Callee.Span]}}}}}}}}}`") { Kind = ProblemKind.OpenBlock }
            );
            return null;
        }
        TextSpan name = TextSpan.FromBounds(found.Close.Start + 5, found.Close.End - 4);
        if (!string.Equals(head.Original as string, text[name], StringComparison.Ordinal))
            problems.Add(new(name, $"`{text[name]}` does not close `{text[head.Callee.Span]}`") { Repair = Repair.ChangeTo(text[head.Callee.Span], name) });
        islands.Add(TextSpan.FromBounds(open, begin));
        islands.Add(found.Close);
        foreach (TextSpan piece in found.Pieces)
            NullCharacters(piece);
        bool isHelper = IsHelper(head.Callee);
        TextSpan keyword = TextSpan.FromBounds(open + 4, Math.Max(open + 4, head.Callee.Span.End));
        blocks.Add(new RawNode(TextSpan.FromBounds(keyword.Start, name.End), text[head.Callee.Span], keyword, TextSpan.FromBounds(name.Start - 1, name.End))
        {
            Opening = head.ToValue(isHelper),
            Body = [.. found.Pieces.Select(p => new TextNode(p))],
        });
        return found.Close.End;
    }

    /// <summary>The engine takes a NUL for no text.</summary>
    public void NullCharacters(TextSpan span)
    {
        int found = text.Slice(span).IndexOf('\0');
        if (found >= 0)
            problems.Add(new(new TextSpan(span.Start + found, 1), "the engine does not read beyond a NUL character; remove it"));
    }
}
