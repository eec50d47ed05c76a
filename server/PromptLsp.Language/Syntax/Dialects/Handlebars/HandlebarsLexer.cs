using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>
/// Cuts a body as handlebars 4.7 does: text up to the next tag, then the tokens of its code. Where the body is broken already, a string must end before
/// the next braces or on its line, so that what is broken costs only itself.
/// </summary>
internal sealed class HandlebarsLexer(string text)
{
    // From there on the body has no more of them: each search that finds nothing is made once.
    private int _noLongCommentEnd = int.MaxValue, _noCommentEnd = int.MaxValue;

    /// <summary>How far the text has been looked at.</summary>
    public int Reach { get; private set; }

    /// <summary>Nothing wrong has been found so far, so that the body is read exactly as the engine reads it.</summary>
    public bool IsExact { get; set; } = true;

    /// <summary>A string or a bracket holds braces and goes over several lines: where the body is broken before it, it is read otherwise.</summary>
    public bool HasLongStrings { get; private set; }

    private int _end = text.Length;
    private bool _isCut;

    /// <summary>Broken code is read as if the text ended with it.</summary>
    public void Cut(int? end) => (_end, _isCut) = (end ?? text.Length, end is not null);

    public string Text => text;

    private char At(int offset)
    {
        if (offset >= Reach)
            Reach = Math.Min(offset + 1, text.Length + 1);
        return offset < _end ? text[offset] : '\0';
    }

    /// <summary>The text from an offset to the next tag: its span, what of it is written, and whether a tag follows.</summary>
    public (TextSpan Span, TextSpan Written, bool TagFollows) TextFrom(int start)
    {
        int open = text.AsSpan(start).IndexOf("{{");
        if (open < 0)
        {
            SawAll();
            TextSpan all = TextSpan.FromBounds(start, text.Length);
            return (all, all, false);
        }
        open += start;
        var before = TextSpan.FromBounds(start, open);
        if (open == start || text[open - 1] != '\\')
            return (before, before, true);
        // `\\{{` is a backslash before a tag, `\{{` is no tag.
        bool isTag = open - 2 >= start && text[open - 2] == '\\';
        return (before, TextSpan.FromBounds(start, open - 1), isTag);
    }

    /// <summary>The text that begins with the braces of <c>\{{</c>.</summary>
    public TextSpan EscapedFrom(int braces)
    {
        int from = braces + 2, open = text.AsSpan(from).IndexOf("{{");
        if (open < 0)
        {
            SawAll();
            return TextSpan.FromBounds(braces, text.Length);
        }
        open += from;
        int end = open - 1 >= from && text[open - 1] == '\\' ? open - 1 : open;
        if (end < open && open - 2 >= from && text[open - 2] == '\\')
            end = open - 2;
        return TextSpan.FromBounds(braces, end);
    }

    /// <summary>The tag at its opening braces, and where its code begins.</summary>
    public (HandlebarsTag Tag, int Code) TagAt(int open)
    {
        int at = open + 2;
        if (At(at) == '{' && At(at + 1) == '{')
            return (HandlebarsTag.Raw, open + 4);
        if (At(at) == '~')
            at++;
        switch (At(at))
        {
            case '>':
                return (HandlebarsTag.Partial, at + 1);
            case '#' when At(at + 1) == '>':
                return (HandlebarsTag.PartialBlock, at + 2);
            case '#' when At(at + 1) == '*':
                return (HandlebarsTag.DecoratorBlock, at + 2);
            case '#':
                return (HandlebarsTag.Block, at + 1);
            case '/':
                return (HandlebarsTag.End, at + 1);
            case '^':
                return (IsClosed(at + 1) ? HandlebarsTag.Else : HandlebarsTag.InvertedBlock, at + 1);
            case '{':
                return (HandlebarsTag.Unescaped, at + 1);
            case '&':
                return (HandlebarsTag.Output, at + 1);
            case '!':
                return (At(at + 1) == '-' && At(at + 2) == '-' ? HandlebarsTag.LongComment : HandlebarsTag.Comment, at + 1);
            case '*':
                return (HandlebarsTag.Decorator, at + 1);
        }
        int word = Blanks(at);
        if (At(word) == 'e' && string.CompareOrdinal(text, word, "else", 0, 4) == 0 && !IsWordCharacter(At(word + 4)))
            return (IsClosed(word + 4) ? HandlebarsTag.Else : HandlebarsTag.ElseBlock, word + 4);
        return (HandlebarsTag.Output, at);
    }

    private bool IsClosed(int at)
    {
        at = Blanks(at);
        if (At(at) == '~')
            at++;
        return At(at) == '}' && At(at + 1) == '}';
    }

    /// <summary>The end of a comment, behind its braces; null where nothing ends it.</summary>
    public (int Content, int End)? CommentEnd(int mark, bool isLong)
    {
        if (!isLong)
        {
            int close = mark < _noCommentEnd ? text.AsSpan(mark).IndexOf("}}") : -1;
            if (close < 0)
            {
                _noCommentEnd = Math.Min(_noCommentEnd, mark);
                SawAll();
                return null;
            }
            Saw(mark + close + 2);
            return (mark + close, mark + close + 2);
        }
        // The two dashes that begin it may be those that end it.
        for (int at = mark; at < _noLongCommentEnd;)
        {
            int dashes = text.AsSpan(at).IndexOf("--");
            if (dashes < 0)
                break;
            int end = at + dashes + 2;
            if (At(end) == '~')
                end++;
            if (At(end) == '}' && At(end + 1) == '}')
                return (at + dashes, end + 2);
            at += dashes + 1;
        }
        _noLongCommentEnd = Math.Min(_noLongCommentEnd, mark);
        SawAll();
        return null;
    }

    /// <summary>The next token of code.</summary>
    public HandlebarsToken Next(int at)
    {
        int start = Blanks(at);
        switch (At(start))
        {
            case '\0' when start >= _end:
                return new(HandlebarsTokenKind.EndOfText, _end, _end);
            case '(':
                return One(HandlebarsTokenKind.OpenParenthesis, start);
            case ')':
                return One(HandlebarsTokenKind.CloseParenthesis, start);
            case '=':
                return One(HandlebarsTokenKind.Equals, start);
            case '@':
                return One(HandlebarsTokenKind.Data, start);
            case '|':
                return One(HandlebarsTokenKind.CloseParameters, start);
            case '/':
                return One(HandlebarsTokenKind.Separator, start);
            case '.':
                return At(start + 1) == '.' ? new(HandlebarsTokenKind.Id, start, start + 2)
                    : One(start + 1 < _end && IsBehindWord(At(start + 1)) ? HandlebarsTokenKind.Id : HandlebarsTokenKind.Separator, start);
            case '{' when At(start + 1) == '{':
                return new(HandlebarsTokenKind.OpenBraces, start, start + 2);
            case '}' or '~' when CloseAt(start) is { } close:
                return close;
            case '"' or '\'':
                return Enclosed(HandlebarsTokenKind.String, start, At(start));
            case '[':
                return Enclosed(HandlebarsTokenKind.Bracketed, start, ']');
        }
        return Literal(start) ?? Parameters(start) ?? Word(start) ?? One(HandlebarsTokenKind.Invalid, start);
    }

    private static HandlebarsToken One(HandlebarsTokenKind kind, int start) => new(kind, start, start + 1);

    private HandlebarsToken? CloseAt(int start)
    {
        if (At(start) == '~')
            return At(start + 1) == '}' && At(start + 2) == '}' ? new(HandlebarsTokenKind.Close, start, start + 3) : null;
        if (At(start + 1) == '}')
        {
            return At(start + 2) != '}' ? new(HandlebarsTokenKind.Close, start, start + 2)
                : At(start + 3) == '}' ? new(HandlebarsTokenKind.CloseRaw, start, start + 4)
                : new(HandlebarsTokenKind.CloseUnescaped, start, start + 3);
        }
        return At(start + 1) == '~' && At(start + 2) == '}' && At(start + 3) == '}' ? new(HandlebarsTokenKind.CloseUnescaped, start, start + 4) : null;
    }

    // To the first closing character that no backslash stands before; where there is none, to the last one that a backslash stands before.
    private HandlebarsToken Enclosed(HandlebarsTokenKind kind, int start, char close)
    {
        int limit = Math.Min(_end, IsExact ? text.Length : LineOrBraces(start + 1)), last = -1;
        for (int at = start + 1; at < limit; at++)
        {
            int found = text.AsSpan(at..limit).IndexOf(close);
            if (found < 0)
                break;
            at += found;
            if (at - 1 > start && text[at - 1] == '\\')
            {
                last = at;
                continue;
            }
            return Ended(at + 1);
        }
        Saw(limit);
        return last >= 0 ? Ended(last + 1) : One(HandlebarsTokenKind.Unclosed, start);

        HandlebarsToken Ended(int end)
        {
            Saw(end);
            HasLongStrings |=
                text.AsSpan(start..end) is var inside
                && inside.ContainsAny('\r', '\n')
                && (inside.Contains("{{", StringComparison.Ordinal) || inside.Contains("}}", StringComparison.Ordinal));
            return new(kind, start, end);
        }
    }

    // As far as a string goes that is not trusted: to the end of its line, and over more lines only to the next braces.
    private int LineOrBraces(int from)
    {
        ReadOnlySpan<char> rest = text.AsSpan(from);
        int line = rest.IndexOfAny('\r', '\n');
        if (line < 0)
            return text.Length;
        int braces = Braces(rest);
        return from + (braces < 0 ? rest.Length : Math.Max(line, braces));
    }

    private static int Braces(ReadOnlySpan<char> rest)
    {
        for (int at = 0; at + 1 < rest.Length; at++)
        {
            int found = rest[at..].IndexOfAny('{', '}');
            if (found < 0 || at + found + 1 >= rest.Length)
                return -1;
            at += found;
            if (rest[at + 1] == rest[at])
                return at;
        }
        return -1;
    }

    private HandlebarsToken? Literal(int start)
    {
        switch (At(start))
        {
            case 't' when Is(start, "true"):
                return new(HandlebarsTokenKind.Boolean, start, start + 4);
            case 'f' when Is(start, "false"):
                return new(HandlebarsTokenKind.Boolean, start, start + 5);
            case 'u' when Is(start, "undefined"):
                return new(HandlebarsTokenKind.Undefined, start, start + 9);
            case 'n' when Is(start, "null"):
                return new(HandlebarsTokenKind.Null, start, start + 4);
            case '-' or (>= '0' and <= '9'):
                int end = Digits(At(start) == '-' ? start + 1 : start);
                if (end == start || !char.IsAsciiDigit(text[end - 1]))
                    return null;
                if (At(end) == '.' && Digits(end + 1) is var fraction && fraction > end + 1 && IsBehindLiteral(fraction))
                    return new(HandlebarsTokenKind.Number, start, fraction);
                return IsBehindLiteral(end) ? new(HandlebarsTokenKind.Number, start, end) : null;
            default:
                return null;
        }
    }

    private bool Is(int start, string word) => string.CompareOrdinal(text, start, word, 0, word.Length) == 0 && IsBehindLiteral(start + word.Length);

    private int Digits(int at)
    {
        while (char.IsAsciiDigit(At(at)))
            at++;
        return at;
    }

    private bool IsBehindLiteral(int at) => At(at) is '~' or '}' or ')' || (at < _end ? IsBlank(text[at]) : _isCut);

    private HandlebarsToken? Parameters(int start)
    {
        if (At(start) != 'a' || At(start + 1) != 's')
            return null;
        int bar = Blanks(start + 2);
        return bar > start + 2 && At(bar) == '|' ? new(HandlebarsTokenKind.OpenParameters, start, bar + 1) : null;
    }

    private HandlebarsToken? Word(int start)
    {
        int end = start;
        while (end < _end && IsWordPart(text[end]))
            end++;
        Saw(end);
        return end > start && (end < _end ? IsBehindWord(At(end)) : _isCut) ? new(HandlebarsTokenKind.Id, start, end) : null;
    }

    /// <summary>The first offset from one on where no blank stands.</summary>
    public int Blanks(int at)
    {
        while (at < _end && IsBlank(text[at]))
            at++;
        Saw(at);
        return at;
    }

    /// <summary>Something was sought to the end of the text, and not found.</summary>
    public void SawAll() => Reach = text.Length + 1;

    public void Saw(int end) => Reach = Math.Max(Reach, end + 1);

    private static bool IsBehindWord(char c) => c is '=' or '~' or '}' or '/' or '.' or ')' or '|' || IsBlank(c);

    /// <summary>What a word is made of.</summary>
    public static bool IsWordPart(char c) => c switch
    {
        <= ' ' => !IsBlank(c),
        '!' or '"' or '#' or (>= '%' and <= ',') or '.' or '/' or (>= ';' and <= '>') or '@' or (>= '[' and <= '^') or '`' or (>= '{' and <= '~') => false,
        < '\u0080' => true,
        _ => !IsBlank(c),
    };

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>What JavaScript takes for white space.</summary>
    public static bool IsBlank(char c) => c switch
    {
        ' ' or (>= '\t' and <= '\r') => true,
        < '\u00A0' => false,
        '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' or '\uFEFF' => true,
        _ => false,
    };
}
