using System.Globalization;
using System.Text;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>Puts the parts of a path together: <c>../user.[first-name]</c>, <c>@index</c>, <c>this</c>.</summary>
internal sealed class HandlebarsPath(SourceText text, int start, bool isData)
{
    private readonly StringBuilder _original = new(isData ? "@" : "");
    private readonly List<(string Name, TextSpan Span)> _parts = [];
    private int _up, _end;
    private bool _hasSubject;

    /// <summary>The path as the engine spells it, by which it tells whether the end of a block fits.</summary>
    public string Original => _original.ToString();

    /// <summary>Adds a part; false where the path makes no sense with it.</summary>
    public bool Add(HandlebarsToken token, char? separator)
    {
        _end = token.End;
        string written = text[token.Span], name = NameOf(token.Kind, written, out bool isLiteral);
        _original.Append(separator).Append(name);
        if (isLiteral || name is not (".." or "." or "this"))
        {
            _parts.Add((name, token.Kind == HandlebarsTokenKind.Bracketed && isLiteral ? TextSpan.FromBounds(token.Start + 1, token.End - 1) : token.Span));
            return true;
        }
        if (_parts.Count > 0)
            return false;
        _hasSubject = true;
        if (name == "..")
            _up++;
        return true;
    }

    /// <summary>The name in <c>[a name]</c>, or a word as it stands.</summary>
    public static string NameOf(HandlebarsTokenKind kind, string written) => NameOf(kind, written, out _);

    private static string NameOf(HandlebarsTokenKind kind, string written, out bool isLiteral)
    {
        isLiteral = false;
        if (kind != HandlebarsTokenKind.Bracketed)
            return written;
        string unescaped = written.Contains('\\', StringComparison.Ordinal) ? Unescaped(written) : written;
        // What goes over several lines keeps its brackets.
        isLiteral = unescaped.AsSpan().IndexOfAny("\r\n\u2028\u2029") < 0;
        return isLiteral ? unescaped[1..^1] : unescaped;
    }

    private static string Unescaped(string written)
    {
        var result = new StringBuilder(written.Length);
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] == '\\' && i + 1 < written.Length && written[i + 1] is '\\' or ']')
                i++;
            result.Append(written[i]);
        }
        return result.ToString();
    }

    public Expression ToExpression()
    {
        Expression path = Root(out int next);
        for (; next < _parts.Count; next++)
            path = Member(path, _parts[next].Name, _parts[next].Span);
        return path;
    }

    private Expression Root(out int next)
    {
        next = 0;
        if (_parts.Count == 0)
            return new NameExpression(Span, text[Span], _up > 0 ? NameKind.Parent : NameKind.This) { Up = _up };
        (string name, TextSpan span) = _parts[0];
        if (isData)
        {
            next = 1;
            return new NameExpression(
                TextSpan.FromBounds(start, span.End),
                name,
                name is "index" or "key" or "first" or "last" ? NameKind.Loop : NameKind.Context
            )
            {
                Up = _up,
            };
        }
        if (_hasSubject)
        {
            // From the dots to the part behind them, without the separator.
            var subject = TextSpan.FromBounds(start, Math.Max(start, EndOfSubject(span.Start)));
            return new NameExpression(subject, text[subject], _up > 0 ? NameKind.Parent : NameKind.This) { Up = _up };
        }
        // The engine looks a path for the word `this` anywhere in it, and then in the subject alone.
        if (IsScoped(Original))
            return new NameExpression(new TextSpan(start, 0), "", NameKind.This);
        next = 1;
        return new NameExpression(span, name);
    }

    private TextSpan Span => TextSpan.FromBounds(start, _end);

    private int EndOfSubject(int name)
    {
        int end = name;
        while (end > start && (HandlebarsLexer.IsBlank(text.Content[end - 1]) || text.Content[end - 1] is '/' or '['))
            end--;
        // `this.name`, but not the dots of `../name`.
        if (end > start && text.Content[end - 1] == '.' && !(end - 2 >= start && text.Content[end - 2] == '.') && end - 1 > start)
            end--;
        return end;
    }

    private static bool IsScoped(string original)
    {
        if (original.StartsWith('.'))
            return true;
        for (int at = original.IndexOf("this", StringComparison.Ordinal); at >= 0; at = original.IndexOf("this", at + 1, StringComparison.Ordinal))
        {
            if (at + 4 == original.Length || !(char.IsAsciiLetterOrDigit(original[at + 4]) || original[at + 4] == '_'))
                return true;
        }
        return false;
    }

    private Expression Member(Expression target, string name, TextSpan span)
    {
        if (!IsIndex(name))
            return new MemberExpression(target, span, name);
        int end = span.End < text.Length && text.Content[span.End] == ']' && text.Content[span.Start - 1] == '[' ? span.End + 1 : span.End;
        return new IndexExpression(
            TextSpan.FromBounds(target.Span.Start, end),
            target,
            new LiteralExpression(span, long.Parse(name, CultureInfo.InvariantCulture), span)
        );
    }

    private static bool IsIndex(string name) =>
        name.Length is > 0 and < 10 && name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && (name[0] != '0' || name.Length == 1);

    /// <summary>A literal in the place of a name means the name that it spells.</summary>
    public static NameExpression Of(LiteralExpression literal, SourceText text) => new(literal.Span, literal.Value switch
    {
        string name => name,
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => JavaScriptNumbers.TextOf(number),
        _ => text[literal.Span],
    });
}
