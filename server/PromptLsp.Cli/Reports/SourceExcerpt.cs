using System.Buffers;
using System.Globalization;
using System.Text;
using PromptLsp.Language.Text;
using Spectre.Console.Rendering;

namespace PromptLsp.Cli.Reports;

/// <summary>
/// One line of a source as a terminal can show it, and the marks under a span in it. Tabs become blanks, wide characters count double, and
/// what is invisible or would steer the terminal is spelled out.
/// </summary>
internal readonly record struct SourceExcerpt(string Line, string Marks)
{
    private const int TabWidth = 4;

    /// <param name="width">The most cells that the line may take; a longer one is cut around the span.</param>
    public static SourceExcerpt Of(SourceText text, TextSpan span, int width)
    {
        TextSpan line = text.LineSpan(text.LineAt(span.Start));
        List<Cell> cells = Cells(text, line, span, width);
        (int from, int to) = Window(cells, span, width);
        var shown = new StringBuilder();
        var marks = new StringBuilder();
        if (from > 0 || (cells.Count > 0 && cells[from].Span.Start > line.Start))
        {
            shown.Append('…');
            marks.Append(' ');
        }
        bool marked = false;
        for (int i = from; i < to; i++)
        {
            Cell cell = cells[i];
            bool mark = span.IsEmpty ? cell.Span.Contains(span.Start) : cell.Span.Overlaps(span);
            shown.Append(cell.Shown);
            marks.Append(mark ? '^' : ' ', span.IsEmpty && mark ? 1 : cell.Width);
            if (mark && span.IsEmpty)
                marks.Append(' ', Math.Max(0, cell.Width - 1));
            marked |= mark;
        }
        if (to < cells.Count || (cells.Count > 0 && cells[^1].Span.End < line.End))
            shown.Append('…');
        // A span that begins at or behind the line's last character, its line end for instance.
        if (!marked)
            marks.Append('^');
        return new(shown.ToString().TrimEnd(), marks.ToString().TrimEnd());
    }

    /// <summary>A text in which nothing steers the terminal or hides.</summary>
    public static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f', StringComparison.Ordinal) && Ascii.IsValid(text))
            return text;
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            result.Append(Spelled(rune) ?? rune.ToString());
        return result.ToString();
    }

    /// <summary>As <see cref="Visible"/>, for a text whose line ends and tabs are its own.</summary>
    public static string VisibleLines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(Visible))));

    private sealed record Cell(TextSpan Span, string Shown, int Width);

    private static List<Cell> Cells(SourceText text, TextSpan line, TextSpan span, int width)
    {
        // Only what can be seen is looked at: a line may have a million characters.
        int start = Math.Max(line.Start, span.Start - 2 * width), end = Math.Min(line.End, Math.Max(span.Start, line.Start) + 2 * width);
        var cells = new List<Cell>();
        string content = text.Content;
        int column = 0;
        for (int at = start; at < end;)
        {
            int length = Math.Min(StringInfo.GetNextTextElementLength(content.AsSpan(at, line.End - at)), line.End - at);
            string element = content.Substring(at, length);
            if (element == "\t")
            {
                int blanks = TabWidth - column % TabWidth;
                cells.Add(new(new(at, 1), new string(' ', blanks), blanks));
                column += blanks;
            }
            else
            {
                foreach (Cell cell in CellsOf(element, at))
                {
                    cells.Add(cell);
                    column += cell.Width;
                }
            }
            at += length;
        }
        return cells;
    }

    private static IEnumerable<Cell> CellsOf(string element, int at)
    {
        if (!Runes(element).Any(r => r.Spelled))
        {
            yield return new(new(at, element.Length), element, WidthOf(element));
            yield break;
        }
        foreach ((string shown, int length, _) in Runes(element))
        {
            yield return new(new(at, length), shown, WidthOf(shown));
            at += length;
        }
    }

    private static IEnumerable<(string Shown, int Length, bool Spelled)> Runes(string element)
    {
        for (int at = 0; at < element.Length;)
        {
            bool isWhole = Rune.DecodeFromUtf16(element.AsSpan(at), out Rune rune, out int length) == OperationStatus.Done;
            string? spelled = isWhole ? Spelled(rune) : $"<U+{(int)element[at]:X4}>";
            yield return (spelled ?? rune.ToString(), length, spelled is not null);
            at += length;
        }
    }

    // What has no width of its own still needs a cell for the mark under it.
    private static int WidthOf(string shown) => Math.Max(1, new Segment(shown).CellCount());

    // Control characters as their pictures; what has no picture and no width by its number.
    private static string? Spelled(Rune rune) => rune.Value switch
    {
        < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        0x7F => "␡",
        (>= 0x80 and < 0xA0)
            or 0xAD or 0x61C or 0x115F or 0x1160 or 0x180E or 0x200B or 0x200C or 0x200E or 0x200F
            or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F)
            or 0x3164 or 0xFEFF or 0xFFA0 or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F) => $"<U+{rune.Value:X4}>",
        _ => null,
    };

    // The cells that fit, the span's first one among them with some of the line before it.
    private static (int From, int To) Window(List<Cell> cells, TextSpan span, int width)
    {
        int first = cells.FindIndex(c => c.Span.End > span.Start);
        if (first < 0)
            first = cells.Count;
        int total = cells.Sum(c => c.Width);
        if (total <= width && cells.Count > 0)
            return (0, cells.Count);
        int room = width - 2;
        int from = first, used = 0;
        int before = cells.Take(first).Sum(c => c.Width) <= room / 3 ? room : room / 3;
        while (from > 0 && used + cells[from - 1].Width <= before)
            used += cells[--from].Width;
        int to = from;
        for (used = 0; to < cells.Count && used + cells[to].Width <= room; to++)
            used += cells[to].Width;
        return (Math.Min(from, Math.Max(0, cells.Count - 1)), to);
    }
}
