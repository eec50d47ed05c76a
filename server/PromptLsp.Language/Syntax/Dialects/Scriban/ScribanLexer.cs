using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// Cuts a body into text and code tokens in one pass. Where Scriban's own lexer lets one open quote or one missing <c>}}</c> swallow the
/// rest of the file, an island here ends at the next <c>}}</c>, or before the next <c>{{</c>, on its line, else at the line's end.
/// On every text that Scriban accepts the two agree; a property test holds them together.
/// </summary>
internal ref struct ScribanLexer
{
    private readonly ReadOnlySpan<char> _text;
    private readonly List<ScribanToken> _tokens;
    private int _at;

    // Up to where the text was looked at, for what was cut so far.
    private int _reach;

    private uint _escapesInVain;

    // Where the next of each is that ends a string that nothing closes; sought once, so that many open strings on one line stay linear.
    private Ahead _lineEnd = new("\r\n", isSet: true), _close = new("}}"), _open = new("{{"), _openBehindClose = new("{{");
    private Ahead _doubleQuote = new("\""), _singleQuote = new("'"), _backQuote = new("`");

    // From here to there no comment finds its end; sought once, so that many open comments stay linear.
    private (int From, int To) _endlessComment, _endlessMultiComment;

    private ScribanLexer(ReadOnlySpan<char> text, int start, List<ScribanToken> tokens)
    {
        _text = text;
        _at = start;
        _tokens = tokens;
    }

    /// <summary>
    /// Adds the tokens of <paramref name="text"/> from <paramref name="start"/> on, closed by <see cref="TokenKind.End"/>: to its end, or
    /// behind the first island that ends at <paramref name="until"/> or later.
    /// </summary>
    public static void Body(ReadOnlySpan<char> text, int start, int until, ScribanTokens tokens) =>
        new ScribanLexer(text, start, tokens.All) { _reach = tokens.Reaches is [.., var last] ? last : 0 }.Body(until, tokens.Reaches);

    /// <summary>The tokens of code alone, as between the braces of an interpolated string.</summary>
    public static List<ScribanToken> Code(ReadOnlySpan<char> text, int start, int end)
    {
        var tokens = new List<ScribanToken>();
        var lexer = new ScribanLexer(text[..end], start, tokens);
        int depth = 0;
        while (lexer._at < end)
            lexer.Next(ref depth);
        tokens.Add(new(TokenKind.End, end, end));
        return tokens;
    }

    private void Body(int until, List<int> reaches)
    {
        while (_at < _text.Length)
        {
            int textStart = _at;
            int open = NextOpen(_at);
            if (open > textStart)
                _tokens.Add(new(TokenKind.Text, textStart, open));
            _at = open;
            if (open == _text.Length)
                break;
            Island();
            // No token looks further than two characters behind itself, but for those that say so.
            Reach(_at + 2);
            reaches.Add(_reach);
            if (_at >= until)
                break;
        }
        _tokens.Add(new(TokenKind.End, _at, _at));
    }

    private void Reach(int offset) => _reach = Math.Max(_reach, offset);

    // That the text ends where it does counts as seen, too.
    private void ReachEnd() => Reach(_text.Length + 1);

    // The next "{{" that opens code: not one inside {%{ … }%}, which Scriban takes as text.
    private int NextOpen(int from)
    {
        while (true)
        {
            int brace = _text[from..].IndexOf('{');
            if (brace < 0 || from + brace + 1 >= _text.Length)
                return _text.Length;
            from += brace;
            char next = _text[from + 1];
            if (next == '{')
                return from;
            from = next == '%' && EscapeEnd(from) is int end ? end : from + 1;
        }
    }

    private int? EscapeEnd(int open)
    {
        int percents = 0;
        while (open + 1 + percents < _text.Length && _text[open + 1 + percents] == '%')
            percents++;
        int inside = open + 1 + percents;
        if (inside >= _text.Length || _text[inside] != '{')
            return null;
        // What was sought in vain from an earlier place is not there from here either.
        if (percents < 32 && (_escapesInVain & (1u << percents)) != 0)
            return null;
        Span<char> close = stackalloc char[Math.Min(percents, 16) + 2];
        close.Fill('%');
        close[0] = close[^1] = '}';
        int end = _text[(inside + 1)..].IndexOf(close);
        if (end >= 0)
            return inside + 1 + end + close.Length;
        if (percents < 32)
            _escapesInVain |= 1u << percents;
        ReachEnd();
        return null;
    }

    private void Island()
    {
        int firstToken = _tokens.Count, open = _at;
        _at += 2;
        if (_at < _text.Length && _text[_at] is '-' or '~')
            _at++;
        _tokens.Add(new(TokenKind.Open, open, _at));
        int depth = 0;
        while (_at < _text.Length)
        {
            if (CloseLength(depth) is > 0 and int length)
            {
                _tokens.Add(new(TokenKind.Close, _at, _at + length));
                _at += length;
                return;
            }
            // No Scriban code has "{{" in it, so the island before was never closed.
            if (_text[_at] == '{' && At(1) == '{')
                break;
            Next(ref depth);
        }
        BreakOff(firstToken, open);
    }

    private readonly int CloseLength(int depth)
    {
        if (depth > 0)
            return 0;
        char c = _text[_at];
        if (c == '}' && At(1) == '}')
            return 2;
        return c is '-' or '~' && At(1) == '}' && At(2) == '}' ? 3 : 0;
    }

    // The island has no end of its own: give it the nearest one on its line, and read again what lies before that.
    private void BreakOff(int firstToken, int open)
    {
        Reach(_at + 2);
        int inside = _tokens[firstToken].End;
        int end = NearestEnd(inside);
        bool isClosed = end < _text.Length && _text[end] == '}';
        _tokens.RemoveRange(firstToken, _tokens.Count - firstToken);
        _tokens.Add(new(TokenKind.Open, open, inside, IsBroken: !isClosed));
        int stop = end;
        while (stop > inside && _text[stop - 1] is ' ' or '\t')
            stop--;
        var code = new ScribanLexer(_text[..end], inside, _tokens);
        int depth = 0;
        while (code._at < stop)
            code.Next(ref depth);
        Reach(code._reach);
        _at = isClosed ? end + 2 : end;
        _tokens.Add(new(TokenKind.Close, end, _at, IsBroken: !isClosed));
    }

    // The next "}}", "{{" or line end, else the end of the text.
    private readonly int NearestEnd(int from)
    {
        while (true)
        {
            int found = _text[from..].IndexOfAny("{}\r\n");
            Searches.Characters += found < 0 ? _text.Length - from : found + 1;
            if (found < 0)
                return _text.Length;
            from += found;
            if (_text[from] is '\r' or '\n' || (from + 1 < _text.Length && _text[from + 1] == _text[from]))
                return from;
            from++;
        }
    }

    private readonly char At(int ahead) => CharacterAt(_at + ahead);

    private void Next(ref int depth)
    {
        char c = _text[_at];
        switch (c)
        {
            case ' ' or '\t' or '\u200B':
                _at++;
                break;
            case '\r' or '\n':
                Add(TokenKind.NewLine, c == '\r' && At(1) == '\n' ? 2 : 1);
                break;
            case '#':
                Comment();
                break;
            case '"' or '\'' or '`':
                String(c, _at);
                break;
            case '$' when At(1) is '"' or '\'':
                Interpolated();
                break;
            case '$':
                Word(TokenKind.PrivateName, 1);
                break;
            case '{':
                depth++;
                Add(TokenKind.OpenBrace, 1);
                break;
            case '}':
                depth = Math.Max(0, depth - 1);
                Add(TokenKind.CloseBrace, 1);
                break;
            case '(':
                Add(TokenKind.OpenParen, 1);
                break;
            case ')':
                Add(TokenKind.CloseParen, 1);
                break;
            case '[':
                Add(TokenKind.OpenBracket, 1);
                break;
            case ']':
                Add(TokenKind.CloseBracket, 1);
                break;
            case ';':
                Add(TokenKind.Semicolon, 1);
                break;
            case ',':
                Add(TokenKind.Comma, 1);
                break;
            case ':':
                Add(TokenKind.Colon, 1);
                break;
            case '.':
                if (At(1) == '.')
                    Add(TokenKind.Operator, At(2) is '<' or '.' ? 3 : 2);
                else
                    Add(TokenKind.Dot, 1);
                break;
            case '?':
                if (At(1) == '.' && !char.IsAsciiDigit(At(2)))
                    Add(TokenKind.NullDot, 2);
                else if (At(1) is '?' or '!')
                    Add(TokenKind.Operator, 2);
                else
                    Add(TokenKind.Question, 1);
                break;
            case '|':
                if (At(1) == '|')
                    Add(TokenKind.Operator, 2);
                else
                    Add(TokenKind.Pipe, At(1) == '>' ? 2 : 1);
                break;
            case '=':
                Add(At(1) == '=' ? TokenKind.Operator : TokenKind.Assign, At(1) == '=' ? 2 : 1);
                break;
            case '!' or '<' or '>' or '&' or '+' or '-' or '*' or '/' or '%' or '^' or '@':
                OperatorOrAssign(c);
                break;
            default:
                if (char.IsAsciiDigit(c))
                    Number();
                else if (c == '_' || char.IsLetter(c))
                    Word(TokenKind.Name, 0);
                else if (char.IsWhiteSpace(c))
                    _at++;
                else
                    Add(TokenKind.Unknown, char.IsHighSurrogate(c) && char.IsLowSurrogate(At(1)) ? 2 : 1);
                break;
        }
    }

    private void Add(TokenKind kind, int length)
    {
        length = Math.Min(length, _text.Length - _at);
        _tokens.Add(new(kind, _at, _at + length));
        _at += length;
    }

    private void OperatorOrAssign(char c)
    {
        char next = At(1);
        if (c == '/' && next == '/')
            Add(At(2) == '=' ? TokenKind.Assign : TokenKind.Operator, At(2) == '=' ? 3 : 2);
        else if ((c is '+' or '-' or '*' or '/' or '%' && next == '=') || (c is '+' or '-' && next == c))
            Add(TokenKind.Assign, 2);
        else
            Add(TokenKind.Operator, (c is '!' or '<' or '>' && next == '=') || (c is '&' or '<' or '>' or '^' && next == c) ? 2 : 1);
    }

    private void Word(TokenKind kind, int prefix)
    {
        int end = _at + prefix;
        while (end < _text.Length && (_text[end] == '_' || char.IsLetterOrDigit(_text[end])))
            end++;
        Add(kind, end - _at);
    }

    private void Number()
    {
        int end = _at;
        if (_text[_at] == '0' && At(1) is 'x' && char.IsAsciiHexDigit(At(2)))
            end = Suffix(While(_at + 2, static c => char.IsAsciiHexDigit(c) || c == '_'), "uU");
        else if (_text[_at] == '0' && At(1) is 'b' && At(2) is '0' or '1')
            end = Suffix(While(_at + 2, static c => c is '0' or '1' or '_'), "uU");
        else
            end = Decimal();
        Add(TokenKind.Number, end - _at);
    }

    private readonly int Decimal()
    {
        int end = While(_at, static c => char.IsAsciiDigit(c) || c == '_');
        // Behind a dot, a letter begins a member and another dot a range.
        if (CharacterAt(end) == '.' && CharacterAt(end + 1) != '.' && !char.IsLetter(CharacterAt(end + 1)))
            end = While(end + 1, char.IsAsciiDigit);
        if (CharacterAt(end) is 'e' or 'E')
        {
            int digits = CharacterAt(end + 1) is '+' or '-' ? end + 2 : end + 1;
            if (char.IsAsciiDigit(CharacterAt(digits)))
                end = While(digits, char.IsAsciiDigit);
        }
        return Suffix(end, "fFdDmM");
    }

    // A letter that says which kind of number it is, unless it begins a word.
    private readonly int Suffix(int end, string letters) =>
        letters.Contains(CharacterAt(end), StringComparison.Ordinal) && !char.IsLetterOrDigit(CharacterAt(end + 1)) && CharacterAt(end + 1) != '_'
            ? end + 1
            : end;

    private readonly int While(int from, Func<char, bool> holds)
    {
        while (from < _text.Length && holds(_text[from]))
            from++;
        return from;
    }

    private readonly char CharacterAt(int offset) => offset < _text.Length ? _text[offset] : '\0';

    private void Comment()
    {
        int end = _at;
        if (At(1) == '#')
        {
            end += 2;
            if (_endlessMultiComment.From < end && end < _endlessMultiComment.To)
                end = _text.Length;
            Searches.Characters -= end - _at;
            while (end < _text.Length && !Closes(end) && !(_text[end] == '#' && end + 1 < _text.Length && _text[end + 1] == '#'))
                end++;
            if (end < _text.Length && _text[end] == '#')
                end += 2;
            else if (end >= _text.Length)
                _endlessMultiComment = (_at, _text.Length);
        }
        else
        {
            if (_endlessComment.From < end && end < _endlessComment.To)
                end = _endlessComment.To;
            Searches.Characters -= end - _at;
            while (end < _text.Length && _text[end] is not ('\r' or '\n') && !Closes(end))
                end++;
            if (end >= _text.Length || _text[end] is '\r' or '\n')
                _endlessComment = (_at, end);
        }
        Reach(end + 3);
        Searches.Characters += end - _at;
        Add(TokenKind.Comment, end - _at);
    }

    private readonly bool Closes(int at)
    {
        ReadOnlySpan<char> rest = _text[at..];
        return rest.StartsWith("}}") || rest.StartsWith("-}}") || rest.StartsWith("~}}");
    }

    private void String(char quote, int start)
    {
        int close = ClosingQuote(quote, start + 1);
        Reach(close < 0 ? _text.Length + 1 : close + 2);
        if (close >= 0 && IsPlausible(start, close))
        {
            _tokens.Add(new(TokenKind.String, start, close + 1));
            _at = close + 1;
            return;
        }
        _at = BrokenStringEnd(start + 1);
        _tokens.Add(new(TokenKind.String, start, _at, IsBroken: true));
    }

    private int ClosingQuote(char quote, int from)
    {
        ref Ahead known = ref (quote == '"' ? ref _doubleQuote : ref quote == '\'' ? ref _singleQuote : ref _backQuote);
        // A quote of the same kind that a string did not end at was escaped: what begins behind it ends where that string does.
        if (known.Knows(from))
            return known.Found == _text.Length ? -1 : known.Found;
        int close = quote == '`' ? _text[from..].IndexOf('`') is >= 0 and int at ? from + at : -1 : UnescapedQuote(quote, from);
        known.Remember(from, close < 0 ? _text.Length : close);
        Searches.Characters += known.Found - from;
        return close;
    }

    private readonly int UnescapedQuote(char quote, int from)
    {
        while (true)
        {
            int at = _text[from..].IndexOfAny(quote, '\\');
            if (at < 0)
                return -1;
            if (_text[from + at] == quote)
                return from + at;
            from += at + 2;
            if (from > _text.Length)
                return -1;
        }
    }

    // A closing quote that belongs to a later string: the text between leaves this island and enters another, and the "string"
    // then runs into a word; or it leaves the island on its first line and only ends lines later.
    private bool IsPlausible(int start, int close)
    {
        bool isOneLine = _lineEnd.From(_text, start + 1) >= close;
        int leave = _close.From(_text, start + 1);
        if (leave >= close)
            return isOneLine || _open.From(_text, start + 1) >= close;
        if (_openBehindClose.From(_text, leave) >= close)
            return isOneLine;
        char next = close + 1 < _text.Length ? _text[close + 1] : ' ';
        return isOneLine && !char.IsLetterOrDigit(next) && next is not ('_' or '"' or '\'');
    }

    private int BrokenStringEnd(int from)
    {
        int end = Math.Min(_lineEnd.From(_text, from), Math.Min(_close.From(_text, from), _open.From(_text, from)));
        Reach(end + 2);
        while (end > from && _text[end - 1] is ' ' or '-' or '~')
            end--;
        return end;
    }

    private void Interpolated()
    {
        bool isClosed = InterpolatedEnd(At(1), _at + 2, 0, null, out int stop);
        Searches.Characters += stop - _at;
        Reach(stop + 2);
        isClosed &= IsPlausible(_at + 1, stop);
        int end = isClosed ? stop + 1 : BrokenStringEnd(_at + 2);
        _tokens.Add(new(TokenKind.Interpolated, _at, end, IsBroken: !isClosed));
        _at = end;
    }

    /// <summary>The code between the braces of an interpolated string, part by part.</summary>
    public static List<TextSpan> CodesIn(ReadOnlySpan<char> text, ScribanToken interpolated)
    {
        var codes = new List<TextSpan>();
        int end = interpolated.End - (interpolated.IsBroken ? 0 : 1);
        // Without a closing quote: all that stands before the token's end.
        new ScribanLexer(text[..end], 0, []).InterpolatedEnd('\0', interpolated.Start + 2, 0, codes, out _);
        return codes;
    }

    private const int DeepestStrings = 8;

    // False where the string is not closed; then `stop` is how far it was looked for. Code in it stays on its line, and has strings of its own.
    private bool InterpolatedEnd(char quote, int from, int depth, List<TextSpan>? codes, out int stop)
    {
        for (stop = from; stop < _text.Length; stop++)
        {
            char c = _text[stop];
            if (c == quote)
                return true;
            if (c == '\\')
            {
                stop++;
                continue;
            }
            if (c != '{')
                continue;
            int code = stop + 1;
            bool isClosed = CodeEnd(code, depth, out stop);
            codes?.Add(TextSpan.FromBounds(code, stop));
            if (!isClosed)
                return false;
        }
        stop = Math.Min(stop, _text.Length);
        return false;
    }

    private bool CodeEnd(int from, int depth, out int stop)
    {
        int braces = 0;
        for (stop = from; stop < _text.Length && _text[stop] is not ('\r' or '\n'); stop++)
        {
            switch (_text[stop])
            {
                case '}' when braces == 0:
                    return true;
                case '}':
                    braces--;
                    break;
                case '{':
                    braces++;
                    break;
                case '"' or '\'' when _text[stop - 1] == '$':
                    if (depth == DeepestStrings || !InterpolatedEnd(_text[stop], stop + 1, depth + 1, null, out stop))
                        return false;
                    break;
                case '"' or '\'' or '`':
                    int close = ClosingQuote(_text[stop], stop + 1);
                    if (close < 0)
                    {
                        ReachEnd();
                        return false;
                    }
                    stop = close;
                    break;
            }
        }
        return false;
    }

    /// <summary>Where something is found next, for all places from which it was sought up to there; the text's length where it is not.</summary>
    private struct Ahead(string sought, bool isSet = false)
    {
        private int _from = -1;

        public int Found { get; private set; } = -1;

        public readonly bool Knows(int from) => _from >= 0 && _from <= from && from <= Found;

        public void Remember(int from, int found) => (_from, Found) = (from, found);

        public int From(ReadOnlySpan<char> text, int from)
        {
            if (Knows(from))
                return Found;
            int found = isSet ? text[from..].IndexOfAny(sought) : text[from..].IndexOf(sought);
            Remember(from, found < 0 ? text.Length : from + found);
            Searches.Characters += Found - from;
            return Found;
        }
    }
}
