using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>The words that Scriban's grammar owns, and those that a prompt's messages are made with.</summary>
internal static class ScribanWords
{
    /// <summary>Statements that stay open until their <c>end</c>.</summary>
    public static readonly IReadOnlySet<string> Blocks =
        new[] { "if", "for", "tablerow", "while", "with", "capture", "func", "case", "wrap", "do" }.ToHashSet(StringComparer.Ordinal);

    /// <summary>What stands behind <c>for.</c> and its like, in a loop of that word: Scriban knows these names when it parses.</summary>
    public static ImmutableArray<string> LoopMembers(string word) =>
        word switch
        {
            "for" => OfFor,
            "while" => OfWhile,
            "tablerow" => OfTableRow,
            _ => [],
        };

    private static readonly ImmutableArray<string> OfFor = ["index", "rindex", "first", "last", "even", "odd", "length", "changed"],
        OfWhile = ["index", "first", "even", "odd"],
        OfTableRow = [.. OfFor, "col"];

    public static CallKind KindOf(Expression callee) =>
        callee is NameExpression { Kind: NameKind.Variable } name
            ? name.Name switch
            {
                "role" => CallKind.Role,
                "history" => CallKind.History,
                "media" => CallKind.Media,
                "section" => CallKind.Section,
                "include" or "include_join" => CallKind.Include,
                _ => CallKind.Function,
            }
            : CallKind.Function;
}
