using System.Text;

namespace PromptLsp.Language.Text;

/// <summary>Text that shows as it is: without line ends, tabs and other characters that steer, and without halves of characters.</summary>
public static class PlainText
{
    public static bool Is(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && !Rune.IsControl(rune));

    /// <summary>On one line, with a picture (`␛`) for each character that steers; line ends and tabs are blanks.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        return string.Concat(string.Join(' ', text.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)).Select(Picture));
    }

    private static char Picture(char c) => c switch
    {
        < ' ' => (char)('\u2400' + c),
        '\x7f' => '\u2421',
        _ => char.IsControl(c) ? '\uFFFD' : c,
    };
}
