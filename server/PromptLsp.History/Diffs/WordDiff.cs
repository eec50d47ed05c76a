using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PromptLsp.History.Diffs;

/// <summary>Which words of changed lines are the changed ones.</summary>
internal static class WordDiff
{
    private const int MostWords = 2_000;

    // A line that shares less than this with the other side was written anew: marks between its few common words would only distract.
    private const double LeastInCommon = 0.3;

    /// <returns>For each line what to emphasise in it.</returns>
    public static (ImmutableArray<ImmutableArray<Emphasis>> Old, ImmutableArray<ImmutableArray<Emphasis>> New) Of(
        ReadOnlySpan<string> old,
        ReadOnlySpan<string> @new
    )
    {
        if (old.IsEmpty || @new.IsEmpty || Words(old) is not { } oldWords || Words(@new) is not { } newWords)
            return (Nothing(old.Length), Nothing(@new.Length));
        bool[] oldChanged = new bool[oldWords.Count],
            newChanged = new bool[newWords.Count];
        foreach (Change change in Changes.Of(Texts(oldWords), Texts(newWords)))
        {
            oldChanged.AsSpan(change.OldStart, change.OldCount).Fill(true);
            newChanged.AsSpan(change.NewStart, change.NewCount).Fill(true);
        }
        return (PerLine(oldWords, oldChanged, old.Length), PerLine(newWords, newChanged, @new.Length));
    }

    private sealed record Word(string Text, int Line, int Start)
    {
        public bool IsBlank => string.IsNullOrWhiteSpace(Text);
    }

    private static ImmutableArray<ImmutableArray<Emphasis>> Nothing(int lines) => [.. Enumerable.Repeat(ImmutableArray<Emphasis>.Empty, lines)];

    private static string[] Texts(List<Word> words) => [.. words.Select(w => w.Text)];

    // Null where there are too many to compare.
    private static List<Word>? Words(ReadOnlySpan<string> lines)
    {
        var words = new List<Word>();
        for (int line = 0; line < lines.Length; line++)
        {
            string text = lines[line];
            for (int at = 0; at < text.Length;)
            {
                int length = LengthOfFirst(text.AsSpan(at));
                words.Add(new(text.Substring(at, length), line, at));
                at += length;
                if (words.Count > MostWords)
                    return null;
            }
        }
        return words;
    }

    private static ImmutableArray<ImmutableArray<Emphasis>> PerLine(List<Word> words, bool[] changed, int lines)
    {
        var emphasis = new List<Emphasis>[lines];
        int[] letters = new int[lines], common = new int[lines];
        for (int i = 0; i < words.Count; i++)
        {
            Word word = words[i];
            if (!word.IsBlank)
                letters[word.Line] += word.Text.Length;
            if (changed[i] || IsBetweenChanged(words, changed, i))
                Add(emphasis[word.Line] ??= [], word);
            else if (!word.IsBlank)
                common[word.Line] += word.Text.Length;
        }
        return [.. emphasis.Select((e, line) => e is null || common[line] < LeastInCommon * letters[line] ? [] : e.ToImmutableArray())];
    }

    // Blanks between changed words are marked with them: the words then read as one.
    private static bool IsBetweenChanged(List<Word> words, bool[] changed, int i) =>
        words[i].IsBlank
        && i > 0
        && i + 1 < words.Count
        && changed[i - 1]
        && changed[i + 1]
        && words[i - 1].Line == words[i].Line
        && words[i + 1].Line == words[i].Line
        && !words[i - 1].IsBlank
        && !words[i + 1].IsBlank;

    // A line's end is never emphasised: nothing of it can be seen.
    private static void Add(List<Emphasis> emphasis, Word word)
    {
        int length = word.Text.TrimEnd('\n').Length;
        if (length == 0)
            return;
        if (emphasis.Count > 0 && emphasis[^1].End == word.Start)
            emphasis[^1] = new(emphasis[^1].Start, emphasis[^1].Length + length);
        else
            emphasis.Add(new(word.Start, length));
    }

    private static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        if (text[0] == '\n')
            return 1;
        if (char.IsWhiteSpace(text[0]))
            return Run(text, static r => Rune.IsWhiteSpace(r) && r.Value != '\n');
        return Rune.DecodeFromUtf16(text, out Rune first, out _) == System.Buffers.OperationStatus.Done && IsOfWord(first)
            ? Run(text, IsOfWord)
            : StringInfo.GetNextTextElementLength(text);
    }

    private static int Run(ReadOnlySpan<char> text, Func<Rune, bool> belongs)
    {
        int length = 0;
        while (
            length < text.Length
            && Rune.DecodeFromUtf16(text[length..], out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done
            && belongs(rune)
        )
            length += consumed;
        return length;
    }

    // Where a language puts no blanks between words, each character stands for itself.
    private static bool IsOfWord(Rune rune) => rune.Value switch
    {
        '_' => true,
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => false,
        _ => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark,
    };
}
