using System.Collections.Immutable;
using System.Text;

namespace PromptLsp.Portfolio.Search;

/// <summary>The first line with a word in it, of a text in which FTS5 has marked all of them.</summary>
internal static class MarkedLine
{
    /// <summary>What stands before and behind a word. Such letters of a text's own do no harm: a mark too many is shown.</summary>
    public const char Open = '\u0001', Close = '\u0002';

    private const int MostShown = 200, ShownBefore = 60;

    /// <returns>Null where nothing is marked.</returns>
    public static (int Line, string Shown, ImmutableArray<(int, int)> Marks)? First(string marked)
    {
        int first = marked.IndexOf(Open, StringComparison.Ordinal);
        if (first < 0)
            return null;
        int line = 0, start = 0;
        for (int i = 0; i < first; i++)
        {
            if (marked[i] == '\n' || (marked[i] == '\r' && marked[i + 1] != '\n'))
                (line, start) = (line + 1, i + 1);
        }
        int end = marked.AsSpan(first).IndexOfAny('\r', '\n') is >= 0 and int length ? first + length : marked.Length;
        // A long line is shown around the word.
        string cut = first - start > MostShown - ShownBefore ? "…" : "";
        start = cut.Length > 0 ? first - ShownBefore : start;
        return Unmarked(line, cut, marked[start..end]);
    }

    private static (int, string, ImmutableArray<(int, int)>) Unmarked(int line, string before, string marked)
    {
        var shown = new StringBuilder(before);
        var marks = ImmutableArray.CreateBuilder<(int, int)>();
        int? open = null;
        foreach (char c in before.Length > 0 ? marked : marked.TrimStart())
        {
            if (shown.Length >= MostShown)
                break;
            if (c == Open)
                open = shown.Length;
            else if (c == Close && open is { } from)
                (open, _) = (null, Add(from));
            else if (c != Close)
                shown.Append(c);
        }
        if (open is { } last)
            Add(last);
        return (line, shown.ToString().TrimEnd(), marks.ToImmutable());

        bool Add(int from)
        {
            marks.Add((from, shown.Length));
            return true;
        }
    }
}
