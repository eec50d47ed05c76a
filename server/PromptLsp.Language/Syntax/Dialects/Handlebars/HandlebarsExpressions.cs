using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>Reads names, values and arguments. What cannot be read fails the cursor; what stands so far is kept.</summary>
internal sealed class HandlebarsExpressions(SourceText text, HandlebarsCursor cursor)
{
    // Deeper ones are rejected: whoever walks the tree by recursion is safe.
    private const int Deepest = 100;

    private int _depth;

    /// <summary>What a tag, or a sub-expression, opens with: a name and its arguments.</summary>
    public HandlebarsHead Head(string missing)
    {
        HandlebarsValue name = Name(missing);
        ImmutableArray<Argument> arguments = Arguments();
        return new(name.Expression is LiteralExpression literal ? HandlebarsPath.Of(literal, text) : name.Expression, name.Original, arguments);
    }

    /// <summary>A path, or a literal in its place.</summary>
    public HandlebarsValue Name(string missing)
    {
        HandlebarsToken token = cursor.Current;
        switch (token.Kind)
        {
            case HandlebarsTokenKind.Id or HandlebarsTokenKind.Bracketed:
                return Path(token.Start, isData: false);
            case HandlebarsTokenKind.Data:
                cursor.Take();
                return Path(token.Start, isData: true);
            case HandlebarsTokenKind.String:
                string value = StringOf(token.Span);
                cursor.Take();
                return new(new LiteralExpression(token.Span, value, TextSpan.FromBounds(token.Start + 1, token.End - 1)), value);
            case HandlebarsTokenKind.Number:
                double number = double.Parse(text.Slice(token.Span), NumberStyles.Float, CultureInfo.InvariantCulture);
                cursor.Take();
                return new(
                    new LiteralExpression(token.Span, Math.Abs(number) < 1e15 && number == Math.Floor(number) ? (object)(long)number : number, token.Span),
                    number
                );
            case HandlebarsTokenKind.Boolean:
                bool truth = text.Content[token.Start] == 't';
                cursor.Take();
                return new(new LiteralExpression(token.Span, truth, token.Span), truth);
            case HandlebarsTokenKind.Null or HandlebarsTokenKind.Undefined:
                cursor.Take();
                return new(new LiteralExpression(token.Span, null, token.Span), token.Kind == HandlebarsTokenKind.Null ? null : JavaScriptUndefined.Value);
            default:
                cursor.FailHere(missing);
                return new(new MissingExpression(Math.Min(token.Start, text.Length)), JavaScriptUndefined.Value);
        }
    }

    // `\"` is a quote; no other backslash means anything.
    private string StringOf(TextSpan span)
    {
        char quote = text.Content[span.Start];
        string inside = text[TextSpan.FromBounds(span.Start + 1, span.End - 1)];
        return inside.Contains('\\', StringComparison.Ordinal) ? inside.Replace("\\" + quote, quote.ToString(), StringComparison.Ordinal) : inside;
    }

    private HandlebarsValue Path(int start, bool isData)
    {
        var path = new HandlebarsPath(text, start, isData);
        char? separator = null;
        int parts = 0;
        while (true)
        {
            if (cursor.Kind is not (HandlebarsTokenKind.Id or HandlebarsTokenKind.Bracketed))
            {
                MissingPart(path, separator);
                break;
            }
            HandlebarsToken part = cursor.Take();
            if (!path.Add(part, separator))
                cursor.Fail(part.Span, $"`{text[part.Span]}` cannot stand within a path; it begins one");
            if (cursor.Kind != HandlebarsTokenKind.Separator)
                return new(path.ToExpression(), path.Original);
            if (++parts == Deepest)
            {
                cursor.Fail(part.Span, $"a path has more than {Deepest} parts");
                return new(path.ToExpression(), path.Original);
            }
            separator = text.Content[cursor.Take().Start];
        }
        Expression so = path.Original.Length > (isData ? 1 : 0) ? path.ToExpression() : new MissingExpression(cursor.LastEnd);
        // Behind a dot with nothing typed yet.
        if (so is not MissingExpression && separator == '.')
            so = new MemberExpression(so, new TextSpan(cursor.LastEnd, 0), "");
        return new(so, path.Original);
    }

    private void MissingPart(HandlebarsPath path, char? separator)
    {
        HandlebarsToken token = cursor.Current;
        if (token.Kind == HandlebarsTokenKind.Number && separator is not null)
            cursor.Fail(
                token.Span,
                $"a number stands in brackets: `{path.Original}.[{text[token.Span]}]`",
                Repair.ChangeTo($"[{text[token.Span]}]", token.Span)
            );
        else
            cursor.FailHere(separator is null ? "a name behind `@`" : $"a name behind `{separator}`");
    }

    /// <summary>The arguments up to what cannot be one: values first, then those with a name.</summary>
    public ImmutableArray<Argument> Arguments()
    {
        if (!StartsArgument)
            return [];
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        bool isNamed = false;
        while (cursor.Failure is null && StartsArgument)
        {
            if (cursor.Kind is HandlebarsTokenKind.Id or HandlebarsTokenKind.Bracketed && cursor.KindBehind() == HandlebarsTokenKind.Equals)
            {
                isNamed = true;
                arguments.Add(Named());
            }
            else if (isNamed)
            {
                cursor.Fail(cursor.Current.Span, "a value without a name stands before those with one (`name=value`)");
            }
            else
            {
                Expression value = Value("a value").Expression;
                arguments.Add(new(value.Span, null, default, value));
            }
        }
        return arguments.DrainToImmutable();
    }

    private bool StartsArgument =>
        cursor.Kind
            is HandlebarsTokenKind.Id
                or HandlebarsTokenKind.Bracketed
                or HandlebarsTokenKind.Data
                or HandlebarsTokenKind.String
                or HandlebarsTokenKind.Number
                or HandlebarsTokenKind.Boolean
                or HandlebarsTokenKind.Null
                or HandlebarsTokenKind.Undefined
                or HandlebarsTokenKind.OpenParenthesis;

    private Argument Named()
    {
        HandlebarsToken name = cursor.Take(),
            equals = cursor.Take();
        if (cursor.Kind == HandlebarsTokenKind.Equals)
            cursor.FailAtOperator(equals.Span);
        Expression value = Value($"a value behind `{text[name.Span]}=`").Expression;
        return new(
            TextSpan.FromBounds(name.Start, Math.Max(cursor.LastEnd, value.Span.End)),
            HandlebarsPath.NameOf(name.Kind, text[name.Span]),
            name.Span,
            value
        );
    }

    /// <summary>A name, a literal or a call in parentheses.</summary>
    public HandlebarsValue Value(string missing) =>
        cursor.Kind == HandlebarsTokenKind.OpenParenthesis ? new(Parenthesized(), JavaScriptUndefined.Value) : Name(missing);

    private GroupExpression Parenthesized()
    {
        HandlebarsToken open = cursor.Take();
        Expression inner;
        if (++_depth > Deepest)
        {
            cursor.Fail(open.Span, $"parentheses nest deeper than {Deepest}");
            inner = new MissingExpression(open.End);
        }
        else
        {
            inner = Head("a helper").ToCall();
            if (cursor.Failure is null && cursor.Kind == HandlebarsTokenKind.CloseParenthesis)
                cursor.Take();
            else
                cursor.FailHere("`)`");
        }
        _depth--;
        return new(TextSpan.FromBounds(open.Start, Math.Max(cursor.LastEnd, inner.Span.End)), inner);
    }
}

/// <summary>An expression, and what the engine compares it by where the end of a block must fit.</summary>
internal readonly record struct HandlebarsValue(Expression Expression, object? Original);

/// <summary>A name with its arguments.</summary>
internal readonly record struct HandlebarsHead(Expression Callee, object? Original, ImmutableArray<Argument> Arguments)
{
    /// <summary>The call; where no helper and no argument makes it one, the value.</summary>
    public Expression ToValue(bool isHelper) => Arguments.IsEmpty && !isHelper ? Callee : ToCall();

    public CallExpression ToCall() =>
        new(
            TextSpan.FromBounds(Callee.Span.Start, Arguments.IsEmpty ? Callee.Span.End : Math.Max(Callee.Span.End, Arguments[^1].Span.End)),
            Callee,
            null,
            Arguments,
            HandlebarsWords.KindOf(Callee)
        );

    /// <summary>The arguments without a name.</summary>
    public int Count => Arguments.Count(a => a.Name is null);
}
