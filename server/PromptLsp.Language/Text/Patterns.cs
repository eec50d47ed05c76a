using System.Text.RegularExpressions;

namespace PromptLsp.Language.Text;

/// <summary>What is wrong with a regular expression, in a few words: the runtime's own messages are left out of the native program.</summary>
internal static class Patterns
{
    public static string Fault(RegexParseException problem) => problem.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a `)` is missing",
        RegexParseError.InsufficientOpeningParentheses => "a `)` closes nothing",
        RegexParseError.UnterminatedBracket => "a `]` is missing",
        RegexParseError.QuantifierAfterNothing => "a `*`, `+` or `?` has nothing before it to repeat",
        RegexParseError.NestedQuantifiersNotParenthesized => "two repetitions stand in a row",
        RegexParseError.UnescapedEndingBackslash => "nothing follows its last `\\`",
        RegexParseError.ReversedCharacterRange or RegexParseError.ReversedQuantifierRange => "a range in it runs backwards",
        _ => $"it goes wrong at its character {problem.Offset}",
    };
}
