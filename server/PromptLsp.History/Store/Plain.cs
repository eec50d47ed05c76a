using System.Text;

namespace PromptLsp.History.Store;

/// <summary>Text from outside, made fit to be kept and shown: well-formed, without control characters, not endless.</summary>
internal static class Plain
{
    /// <summary>On one line.</summary>
    public static string Line(string text, int longest) => Clean(text, longest, keepLines: false);

    /// <summary>With line breaks and tabs.</summary>
    public static string Lines(string text, int longest) => Clean(text.ReplaceLineEndings("\n"), longest, keepLines: true);

    private static string Clean(string text, int longest, bool keepLines)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
                break;
            bool isKept = !Rune.IsControl(rune) || (keepLines && rune.Value is '\n' or '\t');
            clean.Append(isKept ? rune.ToString() : " ");
        }
        return clean.ToString().Trim();
    }
}
