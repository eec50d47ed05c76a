using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>regex</c>: patterns of .NET.</summary>
internal static class RegexFunctions
{
    private static readonly FunctionParameter Text = new("text", Is.String, "The text.");
    private static readonly FunctionParameter Pattern = new("pattern", Is.String, "The regular expression.") { Content = ParameterContent.Pattern };
    private static readonly FunctionParameter Options = new(
        "options",
        Is.String,
        "`i` for either case, `m` for `^` and `$` at lines, `s` for a dot that matches line ends, `x` for white space that means nothing."
    )
    {
        IsOptional = true,
    };

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("regex.escape", "Escapes a text so that a pattern matches it literally.",
            [new("pattern", Is.String, "The text.")], Is.String)
        {
            Example = """ "1+1" | regex.escape""", Result = """1\+1""",
        },
        new("regex.match", "Lists the first match and its groups; the list is empty where nothing matches.",
            [Text, Pattern, Options], Is.Array)
        {
            ReturnRule = ReturnRule.ArrayOfStrings, Example = """ "ticket 42" | regex.match `(\w+) (\d+)`""", Result = """["ticket 42", "ticket", "42"]""",
        },
        new("regex.matches", "Lists all matches, each as a list of the match and its groups.",
            [Text, Pattern, Options], Is.Array)
        {
            Example = """ "a1 b2" | regex.matches `[a-z](\d)`""", Result = """[["a1", "1"], ["b2", "2"]]""",
        },
        new("regex.replace", "Replaces every match; `$1` in the replacement stands for the first group.",
            [Text, Pattern, new("replace", Is.String, "What comes in its place."), Options], Is.String)
        {
            Example = """ "call 555-0101" | regex.replace `\d` "#" """, Result = "call ###-####",
        },
        new("regex.split", "Cuts a text at every match.",
            [Text, Pattern, Options], Is.Array)
        {
            ReturnRule = ReturnRule.ArrayOfStrings, Example = """ "a, b;c" | regex.split `[,;] *`""", Result = """["a", "b", "c"]""",
        },
        new("regex.unescape", "Undoes the escapes of a pattern.",
            [new("pattern", Is.String, "The text.")], Is.String)
        {
            Example = """`1\+1` | regex.unescape""", Result = "1+1",
        },
    ];
}
