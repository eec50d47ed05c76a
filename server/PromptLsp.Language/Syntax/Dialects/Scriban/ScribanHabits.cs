using System.Collections.Immutable;
using System.Text;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// Operators that other languages write as words: Scriban takes <c>a and b</c> for a call of <c>a</c>, with the arguments <c>and</c> and <c>b</c>.
/// </summary>
internal static class ScribanHabits
{
    /// <summary>The first such word in a call with bare arguments; null where there is none.</summary>
    public static Problem? In(SourceText text, Expression callee, IReadOnlyList<Argument> arguments)
    {
        if (Name(callee) == "not" && arguments is [{ Name: null }, ..])
            return Logic(text, callee, arguments, -1);
        // f"…"
        if (Name(callee) is "f" or "F" && arguments is [{ Value: LiteralExpression { Value: string } literal }, ..] && literal.Span.Start == callee.Span.End)
            return Instead(callee.Span, "a text with values in it begins with `$`", "$", callee.Span) with { ForeignWord = text[callee.Span] };
        for (int i = 0; i < arguments.Count; i++)
        {
            if (Function(arguments[i]) is { } space)
                // `items | array.each @string.upcase`
                return ScribanFunctionNames.TakesFunction(text[callee.Span])
                    ? Instead(
                        arguments[i].Span,
                        $"a function that is given to another has `@` in front: `@{text[arguments[i].Span]}`",
                        "@",
                        new(arguments[i].Span.Start, 0)
                    ) with
                    {
                        ForeignWord = space,
                    }
                    : Instead(arguments[i].Span, "a function follows behind `|`", "| ", new(arguments[i].Span.Start, 0)) with
                    {
                        ForeignWord = space,
                    };
            if (WordAt(arguments, i) is not { } word)
                continue;
            if (word is "and" or "or" && i + 1 < arguments.Count)
                return Logic(text, callee, arguments, i);
            if (Other(text, callee, arguments, i, word) is { } problem)
                return problem with { ForeignWord = word };
        }
        return null;
    }

    // `text string.upcase`: a function that nothing is given to.
    private static string? Function(Argument argument) =>
        argument is { Name: null, Value: MemberExpression { Target: NameExpression { Kind: NameKind.Variable } space } member }
        && ScribanFunctionNames.NeedsArgument(space.Name + "." + member.Name)
            ? space.Name
            : null;

    // All of them at once, so that one change mends the condition.
    private static Problem Logic(SourceText text, Expression callee, IReadOnlyList<Argument> arguments, int first)
    {
        Expression At(int i) => i < 0 ? callee : arguments[i].Value;
        var mended = new StringBuilder();
        string meant = "";
        int end = At(first).Span.Start;
        for (int i = first; i + 1 < arguments.Count; i++)
        {
            if (Name(At(i)) is not ("and" or "or" or "not") || (i >= 0 && arguments[i].Name is not null))
                continue;
            string sign = Name(At(i)) switch { "and" => "&&", "or" => "||", _ => "!" };
            if (i == first)
                meant = sign;
            TextSpan word = At(i).Span;
            mended.Append(text.Slice(TextSpan.FromBounds(end, word.Start))).Append(sign);
            end = sign == "!" ? At(i + 1).Span.Start : word.End;
        }
        TextSpan span = At(first).Span;
        return new(span, $"`{text[span]}` is no word of Scriban; write `{meant}`")
        {
            ForeignWord = text[span],
            Repair = new($"Change to `{meant}`", new(TextSpan.FromBounds(span.Start, end), mended.ToString())),
        };
    }

    private static Problem? Other(SourceText text, Expression callee, IReadOnlyList<Argument> arguments, int at, string word)
    {
        TextSpan span = arguments[at].Value.Span, call = TextSpan.FromBounds(callee.Span.Start, arguments[^1].Span.End);
        string subject = text[callee.Span];
        string? next = WordAt(arguments, at + 1), last = arguments.Count > at + 1 ? text[arguments[^1].Value.Span] : null;
        int behind = arguments.Count - at - 1;
        // What is behind an operator is no part of the question: `"a" in words && flag`.
        Expression asked = Leftmost(arguments[^1].Value);
        string list = text[asked.Span];
        TextSpan question = TextSpan.FromBounds(callee.Span.Start, asked.Span.End);
        bool isFirst = at == 0;
        switch (word)
        {
            case "in" when behind >= 1:
                return Instead(
                    span,
                    "`in` is no word of Scriban here; `list | array.contains value` asks whether a list has a value",
                    isFirst && behind == 1 ? $"({list} | array.contains {subject})" : null,
                    question
                );
            case "not" when next == "in" && behind >= 2:
                return Instead(
                    span,
                    "`not in` are no words of Scriban; `!(list | array.contains value)` asks whether a list lacks a value",
                    isFirst && behind == 2 ? $"!({list} | array.contains {subject})" : null,
                    question
                );
            case "contains" when behind >= 1:
                return Instead(
                    span,
                    "`contains` is no word of Scriban; write `list | array.contains value`, or `text | string.contains value`",
                    null,
                    question
                );
            case "with" when subject == "include" && behind >= 1 && arguments[at + 1].Name is not null:
                return Instead(
                    span,
                    "`with` is no word of an include; its values follow by their names",
                    "",
                    TextSpan.FromBounds(span.Start, arguments[at + 1].Span.Start)
                );
            case "not" when behind >= 1:
                return Instead(span, "`not` is no word of Scriban; write `!`", "!", TextSpan.FromBounds(span.Start, arguments[at + 1].Span.Start));
            case "is" when behind >= 1:
                bool isNegated = next == "not" && behind >= 2;
                string sign = isNegated ? "!=" : "==",
                    value = last is "none" or "None" or "nil" or "undefined" ? "null" : last!;
                string? whole =
                    !isFirst || behind != (isNegated ? 2 : 1) ? null
                    : last == "defined" ? $"{subject} {(isNegated ? "==" : "!=")} null"
                    : $"{subject} {sign} {value}";
                return Instead(span, $"`is` is no word of Scriban; write `{sign}`, or `if name` to ask whether a value is there", whole, call);
            case "if" when behind >= 1:
                string? choice = isFirst && behind == 3 && WordAt(arguments, at + 2) == "else" ? $"{text[arguments[at + 1].Span]} ? {subject} : {last}" : null;
                return Instead(span, "`if` begins a statement; a choice in one line is `condition ? this : that`", choice, call);
            case "as" when behind == 1 && isFirst:
                return Instead(span, $"`as` is no word of Scriban; `with {subject}` gives its members names of their own", subject, call);
            case "then" when behind == 0:
                return Instead(
                    span,
                    "`then` is no word of Scriban; leave it out",
                    "",
                    TextSpan.FromBounds(arguments.Count > 1 ? arguments[at - 1].Span.End : callee.Span.End, span.End)
                );
            case "mod" or "eq" or "ne" or "gt" or "lt" or "ge" or "gte" or "le" or "lte" when behind >= 1:
                string meant = word switch
                {
                    "mod" => "%",
                    "eq" => "==",
                    "ne" => "!=",
                    "gt" => ">",
                    "lt" => "<",
                    "ge" or "gte" => ">=",
                    _ => "<=",
                };
                return Instead(span, $"`{word}` is no word of Scriban; write `{meant}`", meant, span);
            default:
                return null;
        }
    }

    private static Expression Leftmost(Expression expression) =>
        expression is BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Equal or BinaryOperator.NotEqual } both
            ? Leftmost(both.Left)
            : expression;

    private static Problem Instead(TextSpan span, string message, string? text, TextSpan replaced) =>
        new(span, message)
        {
            Repair = text is null
                ? null
                : new(
                    text.Length == 0 ? "Leave it out"
                        : replaced.IsEmpty ? $"Add `{text.Trim()}`"
                        : $"Change to `{text}`",
                    new(replaced, text)
                ),
        };

    private static string? WordAt(IReadOnlyList<Argument> arguments, int at) =>
        at < arguments.Count && arguments[at].Name is null ? Name(arguments[at].Value) : null;

    private static string? Name(Expression expression) => expression is NameExpression { Kind: NameKind.Variable } name ? name.Name : null;
}
