using System.Buffers;
using System.Globalization;
using System.Text;
using PromptLsp.Language.Catalog;
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
        var isRightToLeft = new Lazy<bool>(() => HasRightToLeft(text));
        for (int at = 0; at < text.Length;)
        {
            int found = text.AsSpan(at).IndexOfAny(Suspects);
            if (found < 0)
                yield break;
            at += found;
            int length = HiddenAt(text, at, isRightToLeft);
            if (length == 0)
            {
                at++;
                continue;
            }
            yield return new(new TextSpan(at, length), Message(text, at, length))
            {
                Fixes = [new("Remove what is hidden", new TextEdit(new TextSpan(at, length), ""))],
            };
            at += length;
        }
    }

    private const char Supplement = '\uDB40', LeastTag = '\uDC00', MostTag = '\uDC7F', LeastSelector = '\uDD00', MostSelector = '\uDDEF';

    private const int LongestSpelling = 60;

    private static readonly SearchValues<char> Suspects = SearchValues.Create([
        .. Range('\0', '\u001F').Where(c => c is not ('\t' or '\n' or '\r')),
        .. Range('\u007F', '\u009F'),
        '\u00AD',
        '\u061C',
        '\u180E',
        .. Range('\u200B', '\u200F'),
        .. Range('\u202A', '\u202E'),
        .. Range('\u2060', '\u206F'),
        '\u3164',
        .. Range('\uFE00', '\uFE0F'),
        '\uFEFF',
        '\uFFA0',
        .. Range('\uFFF9', '\uFFFB'),
        Supplement,
    ]);

    private static IEnumerable<char> Range(char from, char to) => Enumerable.Range(from, to - from + 1).Select(c => (char)c);

    // How long a run of hidden characters is; 0 where this one has its use.
    private static int HiddenAt(string text, int at, Lazy<bool> isRightToLeft)
    {
        int end = at;
        while (end < text.Length && Suspects.Contains(text[end]) && !IsInUse(text, end, isRightToLeft))
            end += text[end] == Supplement ? 2 : 1;
        return Math.Min(end, text.Length) - at;
    }

    private static bool IsInUse(string text, int at, Lazy<bool> isRightToLeft)
    {
        char before = at > 0 ? text[at - 1] : '\0', behind = at + 1 < text.Length ? text[at + 1] : '\0';
        switch (text[at])
        {
            case '\u200B':
                return IsWithoutBlanks(before) || IsWithoutBlanks(behind);
            case '\u200C':
                return IsJoining(before);
            case '\u200D':
                return IsJoining(before) || (IsEmoji(before) && IsEmoji(behind));
            case '\u200E' or '\u200F' or '\u061C' or (>= '\u2066' and <= '\u2069'):
                return isRightToLeft.Value;
            case '\uFEFF':
                return at == 0;
            // A selector says how the character before it looks; one behind another says nothing, unless it is a message.
            case >= '\uFE00' and <= '\uFE0F':
                return before > ' ' && !IsSelector(text, at);
            case Supplement when behind is >= LeastTag and <= MostTag:
                return IsFlag(text, at);
            case Supplement when behind is >= LeastSelector and <= MostSelector:
                return IsIdeograph(before) && !IsSelector(text, at);
            case Supplement:
                return true;
            default:
                return false;
        }
    }

    // Scripts that write no blanks between words: Thai, Lao, Tibetan, Burmese, Khmer and their neighbours.
    private static bool IsWithoutBlanks(char c) =>
        c is (>= '\u0E00' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u1900' and <= '\u1AAF') or (>= '\uA9E0' and <= '\uAADF');

    // Scripts whose letters join, or that stack them: Arabic and its neighbours, the scripts of India and South-East Asia, Mongolian.
    private static bool IsJoining(char c) =>
        c
            is (>= '\u0600' and <= '\u109F')
                or (>= '\u1700' and <= '\u1AFF')
                or (>= '\u1B00' and <= '\u1CFF')
                or (>= '\uA800' and <= '\uABFF')
                or (>= '\uFB50' and <= '\uFDFF')
                or (>= '\uFE70' and <= '\uFEFC');

    private static bool IsEmoji(char c) => char.IsSurrogate(c) || c is '\uFE0F' or (>= '\u2190' and <= '\u2BFF');

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9FFF' || char.IsLowSurrogate(c);

    // True for a character behind a variation selector.
    private static bool IsSelector(string text, int at) =>
        at > 0
        && (text[at - 1] is >= '\uFE00' and <= '\uFE0F' || (at > 1 && text[at - 2] == Supplement && text[at - 1] is >= LeastSelector and <= MostSelector));

    private static bool HasRightToLeft(string text) => text.AsSpan().IndexOfAny(RightToLeft) >= 0;

    private static readonly SearchValues<char> RightToLeft = SearchValues.Create([
        .. Range('\u0590', '\u061B'),
        .. Range('\u061D', '\u08FF'),
        .. Range('\uFB1D', '\uFDFF'),
        .. Range('\uFE70', '\uFEFC'),
    ]);

    // The flags of England, Scotland and Wales are a black flag with a few tags behind it.
    private static bool IsFlag(string text, int at)
    {
        int start = at;
        while (start >= 2 && at - start <= LongestFlag && text[start - 2] == Supplement)
            start -= 2;
        return at - start <= LongestFlag && start >= 2 && text[start - 2] == '\uD83C' && text[start - 1] == '\uDFF4';
    }

    private const int LongestFlag = 14;

    private static string Message(string text, int at, int length)
    {
        if (Spelling(text, at, length) is { Length: > 0 } hidden)
            return $"`{hidden}` is written here in tag characters, which nobody sees and the model reads; remove them";
        int count = Count(text, at, length);
        return count == 1
            ? $"there is a hidden {NameOf(text, at)} here, which the model reads; remove it"
            : $"there are {count} hidden characters here, a {NameOf(text, at)} and on, which the model reads; remove them";
    }

    // Tags are ASCII in disguise.
    private static string Spelling(string text, int at, int length)
    {
        var spelt = new StringBuilder();
        for (int i = at; i + 1 < at + length && spelt.Length < LongestSpelling; i++)
        {
            if (text[i] == Supplement && text[i + 1] is > '\uDC1F' and < '\uDC7F')
                spelt.Append((char)(text[i + 1] - LeastTag));
        }
        return spelt.Replace('`', '\'').ToString().Trim();
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
        '\u061C' => "Arabic letter mark",
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
        '\u3164' or '\uFFA0' => "Hangul filler",
        >= '\uFE00' and <= '\uFE0F' => "variation selector",
        '\uFEFF' => "byte order mark",
        >= '\uFFF9' and <= '\uFFFB' => "annotation mark",
        Supplement => at + 1 < text.Length && text[at + 1] >= LeastSelector ? "variation selector" : "tag character",
        var c => "control character U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
    };
}
