using System.Text.RegularExpressions;

namespace PromptLsp.Language.Text;

/// <summary>What is wrong with a regular expression, in a few words: the runtime's own messages are left out of the native program.</summary>
internal static class Patterns
{
    private const int Longest = 2000;

    /// <summary>Why a pattern cannot be read; null where it can, or is too long to be tried.</summary>
    public static string? FaultIn(string pattern)
    {
        if (pattern.Length > Longest)
            return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromMilliseconds(100));
            return null;
        }
        catch (RegexParseException problem)
        {
            return Fault(problem);
        }
    }

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
