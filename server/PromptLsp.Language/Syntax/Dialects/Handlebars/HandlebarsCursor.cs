using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>Where reading the code of one tag stands, and the first thing that is wrong with it.</summary>
internal sealed class HandlebarsCursor(HandlebarsLexer lexer, SourceText text)
{
    private HandlebarsToken _ahead;

    public HandlebarsToken Current { get; private set; }

    /// <summary>The end of the token before the current one.</summary>
    public int LastEnd { get; private set; }

    /// <summary>What is wrong; null where nothing is.</summary>
    public Problem? Failure { get; private set; }

    public HandlebarsTokenKind Kind => Current.Kind;

    public void Begin(int code)
    {
        Failure = null;
        LastEnd = code;
        Current = lexer.Next(code);
        _ahead = default;
    }

    public HandlebarsToken Take()
    {
        HandlebarsToken taken = Current;
        LastEnd = taken.End;
        Current = _ahead.End > taken.Start ? _ahead : lexer.Next(taken.End);
        _ahead = default;
        return taken;
    }

    /// <summary>The kind of the token behind the current one.</summary>
    public HandlebarsTokenKind KindBehind()
    {
        if (_ahead.End <= Current.Start)
            _ahead = lexer.Next(Current.End);
        return _ahead.Kind;
    }

    public void Fail(TextSpan span, string message, Repair? repair = null) => Failure ??= new(span, message) { Repair = repair };

    /// <summary>The current token should not be there.</summary>
    public void FailHere(string? wanted = null)
    {
        if (Failure is not null)
            return;
        TextSpan span = Current.Span;
        string written = text[span];
        switch (Kind)
        {
            case HandlebarsTokenKind.Unclosed:
                Fail(span, written == "[" ? "this `[` is never closed; add `]`" : $"this string is never closed; add `{written}`");
                break;
            case HandlebarsTokenKind.Close
            or HandlebarsTokenKind.CloseUnescaped
            or HandlebarsTokenKind.CloseRaw
            or HandlebarsTokenKind.EndOfText
            or HandlebarsTokenKind.OpenBraces:
                Fail(span, wanted is null ? $"`{written}` is not expected here" : $"{wanted} is missing before `{written}`");
                break;
            case HandlebarsTokenKind.CloseParameters:
                Fail(span, "Handlebars has no `|`; write the name of a helper first: `{{upper name}}`");
                break;
            case HandlebarsTokenKind.Invalid or HandlebarsTokenKind.Equals when FailAtOperator(span):
                break;
            default:
                Fail(span, wanted is null ? $"`{written}` is not expected here" : $"{wanted} is missing before `{written}`");
                break;
        }
    }

    /// <summary>Fails where an operator of other languages stands.</summary>
    public bool FailAtOperator(TextSpan span)
    {
        if (Operator(span) is not { } symbol)
            return false;
        string instead = text[symbol] is "==" or "===" or "!=" ? "write `{{#ifEquals a b}}`" : "write a helper, or work it out before";
        Fail(symbol, $"Handlebars has no operator `{text[symbol]}`; {instead}");
        return true;
    }

    private TextSpan? Operator(TextSpan span)
    {
        int end = span.Start;
        while (end < text.Length && text.Content[end] is '=' or '!' or '<' or '>' or '&' or '|' or '+' or '*' or '%')
            end++;
        var symbol = TextSpan.FromBounds(span.Start, end);
        return text[symbol] is "==" or "===" or "!=" or "!==" or "<" or ">" or "<=" or ">=" or "&&" or "||" or "+" or "*" or "%" or "!" ? symbol : null;
    }
}
