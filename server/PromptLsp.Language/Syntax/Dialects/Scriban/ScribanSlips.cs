using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>What is said of a token that has no place where it stands: what was likely meant by it, and how Scriban writes that.</summary>
internal static class ScribanSlips
{
    private const string Quotes = "“”„‟‘’‚‛«»";

    /// <summary>Of a token that no expression begins with, or that follows a whole one.</summary>
    public static Problem Unexpected(SourceText text, List<ScribanToken> tokens, int at)
    {
        ScribanToken token = tokens[at], before = tokens[at - 1], next = tokens[Math.Min(at + 1, tokens.Count - 1)];
        TextSpan span = token.Span;
        string word = text[span];
        if (Sign(text, tokens, at, span, word) is { } known)
            return known;
        bool isFirst = before.Kind is TokenKind.Open or TokenKind.Semicolon or TokenKind.NewLine;
        if (token.Kind is TokenKind.Pipe or TokenKind.Operator or TokenKind.Question or TokenKind.Dot or TokenKind.NullDot && isFirst)
            return before.Kind == TokenKind.NewLine ? LineBegins(tokens, at, word) : new(span, $"a value is missing before `{word}`");
        return token.Kind switch
        {
            TokenKind.Colon when next.Start == token.End && next.Kind is TokenKind.Assign or TokenKind.Colon => Instead(
                text,
                TextSpan.FromBounds(token.Start, next.End),
                next.Kind == TokenKind.Colon ? "." : "="
            ),
            TokenKind.Colon when before.Kind == TokenKind.Name && tokens[at - 2].Kind == TokenKind.Pipe => Colon(text, before, token),
            TokenKind.Comma => new(span, "`,` has no place here: arguments are parted by blanks, or stand in parentheses")
            {
                Repair = new("Leave out `,`", new(span, BlankBehind(text, token))),
            },
            TokenKind.Colon when before.Kind == TokenKind.Name => new(span, "`:` has no place here: arguments follow with blanks between them")
            {
                Repair = new("Leave out `:`", new(span, BlankBehind(text, token))),
            },
            TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace => new(span, $"this `{word}` closes nothing; remove it")
            {
                Repair = new($"Remove `{word}`", new(span, "")),
            },
            _ => new(span, $"`{word}` is not expected here"),
        };
    }

    // `name | default: "x"`: Scriban takes the colon, and then finds no function.
    private static Problem Colon(SourceText text, ScribanToken name, ScribanToken colon)
    {
        string word = text[name.Span];
        string meant = ForeignFunctions.Find(word) is [var first, ..] ? first : word;
        TextSpan span = TextSpan.FromBounds(name.Start, colon.End);
        return new(span, $"a function takes its arguments behind blanks; write `{meant}`")
        {
            IsCertain = true,
            Repair = new($"Change to `{meant}`", new(span, meant + BlankBehind(text, colon))),
        };
    }

    /// <summary>Of a word or sign between a condition and the end of its statement.</summary>
    public static Problem InCondition(SourceText text, List<ScribanToken> tokens, int at)
    {
        ScribanToken token = tokens[at], next = tokens[at + 1];
        if (token.Kind != TokenKind.Assign || text.Content[token.Start] != '=')
            return Unexpected(text, tokens, at);
        char following = next.Kind == TokenKind.Operator && next.Start == token.End ? text.Content[next.Start] : ' ';
        string meant = following switch { '>' => ">=", '<' => "<=", '!' => "!=", _ => "==" };
        TextSpan span = TextSpan.FromBounds(token.Start, meant == "==" ? token.End : next.Start + 1);
        return Instead(text, span, meant, meant == "==" ? "`=` gives a value; to compare write `==`" : null);
    }

    /// <summary>Of <c>=&gt;</c>, where a value is given; null where there is none.</summary>
    public static Problem? Lambda(SourceText text, List<ScribanToken> tokens, int at) =>
        tokens[at].Kind == TokenKind.Assign
        && text.Content[tokens[at].Start] == '='
        && tokens[at + 1].Kind == TokenKind.Operator
        && tokens[at + 1].Start == tokens[at].End
        && text.Content[tokens[at + 1].Start] == '>'
            ? Unexpected(text, tokens, at)
            : null;

    /// <summary>Of an operator that another one follows: <c>===</c>, <c>&lt;&gt;</c>; null where no other language has such an operator.</summary>
    public static Problem? Doubled(SourceText text, ScribanToken operation, ScribanToken next)
    {
        if (next.Start != operation.End || next.Kind is not (TokenKind.Operator or TokenKind.Assign))
            return null;
        TextSpan span = TextSpan.FromBounds(operation.Start, next.End);
        return text[span] switch
        {
            "->" => Instead(text, span, "."),
            "===" => Instead(text, span, "=="),
            "!==" or "<>" => Instead(text, span, "!="),
            _ => null,
        };
    }

    private static Problem? Sign(SourceText text, List<ScribanToken> tokens, int at, TextSpan span, string word)
    {
        ScribanToken token = tokens[at], next = tokens[at + 1];
        char following = next.Start == token.End && next.End > next.Start ? text.Content[next.Start] : ' ';
        if (word == "=" && following == '>')
            return new(TextSpan.FromBounds(token.Start, next.End), "Scriban has no `=>`; name the function, `f(x) = x + 1`, and give it as `@f`");
        if (word.Length == 1 && Quotes.Contains(word[0], StringComparison.Ordinal))
            return Quote(text, tokens, at, span, word);
        if (IsComment(word, following, tokens[at - 1].Kind))
            return new(span, "a comment is written `{{ # … }}`") { Repair = word == "//" ? Repair.ChangeTo("#", span) : null };
        string? meant = word switch
        {
            "≤" => "<=",
            "≥" => ">=",
            "≠" => "!=",
            "×" => "*",
            "÷" => "/",
            "–" or "—" or "−" => "-",
            "…" => "..",
            "&" => "&&",
            "~" => "+",
            _ => null,
        };
        return meant is null ? null : Instead(text, span, meant);
    }

    private static bool IsComment(string word, char following, TokenKind before) =>
        before is TokenKind.Open or TokenKind.NewLine or TokenKind.Semicolon
        && (word == "//" || (word == "/" && following == '*') || (word == "<" && following == '!'));

    // The quote that closes it may be of another shape.
    private static Problem Quote(SourceText text, List<ScribanToken> tokens, int at, TextSpan span, string word)
    {
        int close = at + 1;
        while (
            tokens[close].Kind is not (TokenKind.NewLine or TokenKind.Close or TokenKind.End or TokenKind.Text)
            && !Quotes.Contains(text.Content[tokens[close].Start], StringComparison.Ordinal)
        )
            close++;
        bool isClosed = tokens[close].Kind == TokenKind.Unknown;
        TextSpan whole = isClosed ? TextSpan.FromBounds(span.Start, tokens[close].End) : span;
        string quoted = isClosed ? $"\"{text[TextSpan.FromBounds(span.End, tokens[close].Start)]}\"" : "\"";
        return new(span, $"`{word}` is a typographic quote; a text stands between `\"`") { Repair = Repair.ChangeTo(quoted, whole) };
    }

    private static Problem LineBegins(List<ScribanToken> tokens, int at, string word)
    {
        int end = at - 1;
        while (tokens[end].Kind == TokenKind.NewLine)
            end--;
        bool canMove = tokens[end].Kind is not (TokenKind.Comment or TokenKind.Open);
        return new(tokens[at].Span, $"a line cannot begin with `{word}`: an expression ends with its line; put both on one line")
        {
            Repair = canMove
                ? new(
                    "Put it on the line before",
                    new(TextSpan.FromBounds(tokens[end].End, tokens[at].Start), tokens[at].Kind is TokenKind.Dot or TokenKind.NullDot ? "" : " ")
                )
                : null,
        };
    }

    private static Problem Instead(SourceText text, TextSpan span, string meant, string? message = null) =>
        new(span, message ?? $"Scriban has no `{text[span]}`; write `{meant}`") { Repair = Repair.ChangeTo(meant, span) };

    private static string BlankBehind(SourceText text, ScribanToken token) => token.End < text.Length && char.IsWhiteSpace(text.Content[token.End]) ? "" : " ";
}
