using System.Text.Json;
using System.Text.RegularExpressions;
using PromptLsp.Language.Text;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>
/// What Scriban says of a template, as sentences that its author can read. Much of it was written for those who call Scriban from a program,
/// or comes from the runtime, whose messages are left out of the native program so that only their keys are there.
/// </summary>
internal static partial class ScribanMessages
{
    /// <summary>Of what its parser rejects.</summary>
    public static string OfSyntax(string message)
    {
        message = PlainText.OneLine(message).Replace("`<eof>`", "the end", StringComparison.Ordinal);
        const string Begin = "Invalid token found `",
            End = "`. Expecting <EOL>/end of line.";
        if (
            message.StartsWith(Begin, StringComparison.Ordinal)
            && message.EndsWith(End, StringComparison.Ordinal)
            && message.Length > Begin.Length + End.Length
        )
            return $"`{message[Begin.Length..^End.Length]}` is not expected here; an argument or a value of several parts stands in parentheses";
        if (Statement().Match(message) is { Success: true } statement)
        {
            string form = statement.Groups["form"].Success ? $"; it is written `{statement.Groups["form"].Value.Trim()}`" : "";
            return $"this {statement.Groups["what"].Value} cannot be read: {Begun(Expecting(statement.Groups["why"].Value))}{form}";
        }
        return message.Contains("literal member", StringComparison.Ordinal)
            ? "behind `.` stands the name of a member, and this is a word of Scriban"
            : Expecting(message);
    }

    /// <summary>Of what fails while it renders.</summary>
    public static string OfFailure(ScriptRuntimeException failure)
    {
        string message = ParameterName().Replace(PlainText.OneLine(failure.OriginalMessage), "");
        foreach ((Regex pattern, string sentence) in Sentences)
        {
            Match match = pattern.Match(message);
            if (match.Success)
                return Snake()
                    .Replace(
                        match.Result(sentence),
                        static name =>
                            string.Concat(
                                name.Groups["name"].Value.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString())
                            )
                    );
        }
        // A message of the runtime's own, in its words or as a key, speaks of the engine's code.
        return OfRuntime(failure, message) ?? (Key().IsMatch(message) ? "a function cannot work with what it is given" : message);
    }

    private static string? OfRuntime(Exception failure, string message)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RegexParseException pattern:
                    return $"the regular expression cannot be read: {Patterns.Fault(pattern)}";
                case JsonException:
                    return "this text is no JSON";
                case DivideByZeroException:
                    return "a number is divided by zero";
                case IndexOutOfRangeException:
                    return "there is nothing at this index";
                case NullReferenceException or ArgumentNullException:
                    return "a function needs a value, and is given none";
                case FormatException:
                    return "a text is not written as the function needs it";
                case OverflowException or ArgumentOutOfRangeException:
                    return "a number is out of the range that the function takes";
            }
        }
        // Scriban passes some of them on by their message alone.
        foreach ((string sentence, string[] words) in OfMessage)
        {
            if (words.Any(word => message.Contains(word, StringComparison.Ordinal)))
                return sentence;
        }
        return null;
    }

    private static readonly (string Sentence, string[] Words)[] OfMessage =
    [
        ("a number is divided by zero", ["divide by zero", "divide by 0", "DivideByZero"]),
        ("the regular expression cannot be read", ["MakeException"]),
        ("this text is no JSON", ["BytePositionInLine"]),
        ("there is nothing at this index", ["IndexOutOfRange", "outside the bounds"]),
        ("the items cannot be compared with one another", ["IComparerFailed", "compare two elements", "IComparable"]),
        ("a function needs a text, and is given an empty one", ["EmptyString", "empty string", "zero length"]),
        ("a function needs a value, and is given none", ["ArgumentNull", "NullReference", "Value cannot be null", "Object reference"]),
        (
            "a number is out of the range that the function takes",
            [
                "ArgumentOutOfRange",
                "Overflow_",
                "TimeSpanTooLong",
                "out of range",
                "un-representable",
                "too long",
                "too large",
                "must be between",
                "non-negative",
            ]
        ),
        (
            "a text is not written as the function needs it",
            ["Format_", "FormatException", "BadFormat", "Format specifier", "not in a correct format", "not recognized as a valid", "not a valid Base-64"]
        ),
    ];

    // `{ … }` of the patterns is what the sentence takes over; names of Scriban's methods (§AddDays§) become those of its functions.
    private static readonly (Regex, string)[] Sentences =
    [
        (Of("^Argument `(?<p>[^`]*)` cannot be null for function `(?<f>[^`]*)`"), "`§${f}§` needs a value for `${p}`, and is given none"),
        (Of("^Argument index must be < (?<n>\\d+)"), "a function that takes at most ${n} arguments is given more"),
        (
            Of("^Invalid number of (arguments|parameters) `(?<n>\\d+)` passed to `(?<f>[^`]*)` while expecting `(?<m>[^`]*)`"),
            "`${f}` takes ${m} arguments, and is given ${n}"
        ),
        (Of("^Invalid number of parameters `(?<n>\\d+)` for `(?<f>[^`]*)`"), "`${f}` takes 1 argument, and is given ${n}"),
        (Of("<input>\\("), "the text that is evaluated here cannot be read as code"),
        (Of("^Invalid target function `.*` \\((?<t>[^)]*)\\)"), "this is called like a function, and is a value of type ${t}"),
        (Of("^Pipe expression destination `(?<f>.*)` is not a valid function"), "`${f}` is no function, and behind `|` stands one"),
        (Of("^The parameter `(?<p>.*)` is not a function"), "`${p}` is no function; one is handed over as `@name`"),
        (Of("^Unexpected type `.*` for iterator"), "a loop needs a list, and is given none"),
        (Of("^Unexpected list value"), "a list is needed here, and is not given"),
        (Of("^Unable to convert type `(?<t>[^`]*)` to `IEnumerable`"), "a list is needed here, and is given as ${t}"),
        (Of("^Unable to convert type `(?<t>[^`]*)` to `?(?<w>[^`]*)`?"), "a value of type ${w} is needed here, and is given as ${t}"),
        (Of("^Unexpected `(?<v>.*)`. Must be a formattable (number|object)"), "`${v}` is nothing that can be formatted"),
        (Of("^Unexpected value `.*/ Type: (?<t>\\w+)`. Cannot negate"), "a sign stands before a number, and this is a value of type ${t}"),
        (Of("^Unexpected value `(?<t>.*)` for import"), "`import` needs an object, and is given a value of type ${t}"),
        (
            Of("^Unsupported types `.*/(?<l>\\w+)` (?<o>\\S+) `.*/(?<r>\\w+)` for binary operation"),
            "the operator `${o}` is not supported between ${l} and ${r}"
        ),
        (Of("^The operator `(?<o>[^`]*)` is not (implemented|valid) for (?<t>\\w+)<->"), "the operator `${o}` is not supported between values of type ${t}"),
        (Of("^The operator `(?<o>[^`]*)` is not supported between (?<l>\\w+) and (?<r>\\w+)"), "the operator `${o}` is not supported between ${l} and ${r}"),
        (Of("^The operator `(?<o>[^`]*)` is not supported for (between )?<?DateTime"), "this operator is not supported between points in time"),
        (Of("^Expecting an integer. The operator"), "a text can only be multiplied by a whole number"),
        (Of("^Invalid target property `(?<v>.*)` used for \\[with\\]"), "`with` needs an object, and `${v}` is none"),
        (Of("^Expecting a direct function instead"), "`wrap` needs a function"),
        (Of("^Cannot use the (?<t>\\w+) primitive `.*` as a list"), "a value of type ${t} has no items"),
        (Of("^Cannot get or set a member on the primitive `.*/(?<t>\\w+)` when accessing member: (?<m>.*)"), "a value of type ${t} has no member `${m}`"),
        (Of("^Cannot access target `(?<v>.*)` with a null indexer"), "the index into `${v}` is null"),
        (Of("minValue must be greater"), "the first number must be smaller than the second"),
        (Of("^The pattern (?<p>%.) is not supported for the parse method"), "a date cannot be read by `${p}`, which is for writing only"),
    ];

    private static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static string Expecting(string message) =>
        Placeholder()
            .Replace(
                message,
                static m =>
                    $"{m.Groups["article"].Value}{(m.Groups["article"].Value.Length == 0 ? "an " : "")}{m.Groups["what"].Value.Replace('_', ' ')} "
                        + $"is expected{m.Groups["where"].Value} instead of "
            );

    private static string Begun(string sentence) =>
        sentence.Length > 1 && char.IsUpper(sentence[0]) && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;

    [GeneratedRegex("^Error while parsing (?<what>.+?): (?<why>.*?)( in: (?<form>.*))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Statement();

    [GeneratedRegex(
        "Expecting (?<article>an? )?<(?<what>\\w+)>(?<where> to the right of the operator)? instead of ",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Placeholder();

    [GeneratedRegex(" (Arg_ParamName_Name, \\w+|\\(Parameter '\\w+'\\))", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ParameterName();

    [GeneratedRegex("§(?<name>[^§]*)§", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Snake();

    // `Arg_FormatException`, `Argument_EmptyString, oldValue`, `ExpectedJsonTokens`.
    [GeneratedRegex("^[A-Z][A-Za-z0-9]*_\\w+|^[A-Z][a-z]+[A-Z]\\w*([, ]|$)|\\(Parameter '", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
