using System.Buffers;
using System.Globalization;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A character that nobody sees and the model reads: hidden words, reversed text, what a copy from elsewhere brought along.</summary>
public sealed class InvisibleCharacter : Rule
{
    public override string Id => "invisible-character";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        string text = prompt.Document.Text.Content;
        for (int at = 0; at < text.Length;)
        {
            int found = text.AsSpan(at).IndexOfAny(Suspects);
            if (found < 0)
                yield break;
            at += found;
            int length = HiddenAt(text, at);
            if (length == 0)
            {
                at++;
                continue;
            }
            string name = NameOf(text, at);
            yield return new(new TextSpan(at, length), length <= 2
                ? $"there is a hidden {name} here, which the model reads; remove it"
                : $"there are {Count(text, at, length)} hidden characters here ({name} and on), which the model reads; remove them")
            {
                Fixes = [new("Remove it", new TextEdit(new TextSpan(at, length), ""))],
            };
            at += length;
        }
    }

    private const char TagHigh = '\uDB40';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r')), '\u007F', '\u00AD', '\u180E', '\u200B', '\u200C', '\u200D', '\u200E', '\u200F',
         .. Enumerable.Range(0x202A, 5).Select(c => (char)c), .. Enumerable.Range(0x2060, 16).Select(c => (char)c), '\uFEFF', TagHigh]);

    // How long a run of hidden characters is; 0 where this one has its use.
    private static int HiddenAt(string text, int at)
    {
        int end = at;
        while (end < text.Length && Suspects.Contains(text[end]) && !IsInUse(text, end))
            end += text[end] == TagHigh ? 2 : 1;
        return Math.Min(end, text.Length) - at;
    }

    private static bool IsInUse(string text, int at)
    {
        char before = at > 0 ? text[at - 1] : ' ', behind = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] switch
        {
            // Emoji are joined by it, and scripts from Arabic to Thai need it inside words.
            '\u200B' or '\u200C' or '\u200D' => before > '\u02FF' && behind > '\u02FF' && !Suspects.Contains(before) && !Suspects.Contains(behind),
            '\u200E' or '\u200F' => IsRightToLeft(text),
            '\uFEFF' => at == 0,
            TagHigh => behind is < '\uDC00' or > '\uDC7F' || IsFlag(text, at),
            _ => false,
        };
    }

    private static bool IsRightToLeft(string text) => text.AsSpan().IndexOfAnyInRange('\u0590', '\u08FF') >= 0;

    // The flags of England, Scotland and Wales are a black flag with a few tags behind it.
    private static bool IsFlag(string text, int at)
    {
        int start = at;
        while (start >= 2 && text[start - 2] == TagHigh)
            start -= 2;
        return start >= 2 && text[start - 2] == '\uD83C' && text[start - 1] == '\uDFF4' && at - start <= 14;
    }

    private static int Count(string text, int at, int length)
    {
        int count = 0;
        for (int i = at; i < at + length; i++)
            count += char.IsLowSurrogate(text[i]) ? 0 : 1;
        return count;
    }

    private static string NameOf(string text, int at) => text[at] switch
    {
        '\u00AD' => "soft hyphen",
        '\u180E' => "Mongolian vowel separator",
        '\u200B' => "zero width space",
        '\u200C' => "zero width non-joiner",
        '\u200D' => "zero width joiner",
        '\u200E' => "left-to-right mark",
        '\u200F' => "right-to-left mark",
        '\u202A' => "left-to-right embedding",
        '\u202B' => "right-to-left embedding",
        '\u202C' => "pop directional formatting",
        '\u202D' => "left-to-right override",
        '\u202E' => "right-to-left override",
        '\u2060' => "word joiner",
        >= '\u2061' and <= '\u2064' => "invisible operator",
        '\u2066' => "left-to-right isolate",
        '\u2067' => "right-to-left isolate",
        '\u2068' => "first strong isolate",
        '\u2069' => "pop directional isolate",
        '\uFEFF' => "byte order mark",
        TagHigh => "tag character",
        var c => "control character U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
    };
}
