using System.Buffers;
using System.Text;

namespace PromptLsp.History.Store;

/// <summary>Text from outside, made fit to be kept and shown: well-formed, without control characters, not endless.</summary>
internal static class Plain
{
    /// <summary>On one line.</summary>
    public static string Line(string text, int longest) => Clean(text, longest, keepLines: false);

    /// <summary>With line breaks and tabs.</summary>
    public static string Lines(string text, int longest) => Clean(text.ReplaceLineEndings("\n"), longest, keepLines: true);

    /// <summary>As it is, but for control characters other than line breaks and tabs, in whose place U+FFFD stands.</summary>
    public static string Visible(string text) => text.AsSpan().ContainsAny(Steering) ? string.Create(text.Length, text, static (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = Steering.Contains(from[i]) ? '\uFFFD' : from[i];
    }) : text;

    private static readonly SearchValues<char> Steering = SearchValues.Create([
        .. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\n' or '\t')),
    ]);

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
