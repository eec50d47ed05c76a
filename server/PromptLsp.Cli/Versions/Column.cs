using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace PromptLsp.Cli.Versions;

/// <summary>A line of text as lines of equal width in a terminal: broken where it is too long, filled up where it is short.</summary>
internal sealed class Column
{
    private const int TabWidth = 4;

    private readonly int _width;

    public Column(string text, int width) : this([(text, false)], width, static (shown, _) => shown)
    {
    }

    /// <param name="pieces">Parts of the line, and whether each stands out.</param>
    /// <param name="paint">Colours a piece, whose width it leaves as it is.</param>
    public Column(IEnumerable<(string Text, bool StandsOut)> pieces, int width, Func<string, bool, string> paint)
    {
        _width = width;
        Lines = Broken(pieces, width, paint);
    }

    /// <summary>At least one, all of the same width.</summary>
    public List<string> Lines { get; }

    /// <summary>A line, or blanks where there is none any more.</summary>
    public string At(int line) => line < Lines.Count ? Lines[line] : new string(' ', _width);

    private static List<string> Broken(IEnumerable<(string Text, bool StandsOut)> pieces, int width, Func<string, bool, string> paint)
    {
        List<Cell> cells = [.. pieces.SelectMany(p => Cells(p.Text, p.StandsOut))];
        var lines = new List<string>();
        int from = 0;
        do
        {
            int to = End(cells, from, width);
            lines.Add(Painted(cells, from, to, width, paint));
            from = to;
        }
        while (from < cells.Count);
        return lines;
    }

    // Behind the last blank that fits, if that does not leave half of the line empty.
    private static int End(List<Cell> cells, int from, int width)
    {
        int to = from, used = 0, behindBlank = 0, usedThere = 0;
        while (to < cells.Count && (used + cells[to].Width <= width || to == from))
        {
            used += cells[to].Width;
            if (cells[to++].Shown == " ")
                (behindBlank, usedThere) = (to, used);
        }
        return to < cells.Count && usedThere > width / 2 ? behindBlank : to;
    }

    private static string Painted(List<Cell> cells, int from, int to, int width, Func<string, bool, string> paint)
    {
        var line = new StringBuilder();
        int used = 0;
        for (int at = from; at < to;)
        {
            var run = new StringBuilder();
            bool standsOut = cells[at].StandsOut;
            for (; at < to && cells[at].StandsOut == standsOut; at++)
            {
                run.Append(cells[at].Shown);
                used += cells[at].Width;
            }
            line.Append(paint(run.ToString(), standsOut));
        }
        return line.Append(' ', Math.Max(0, width - used)).ToString();
    }

    private sealed record Cell(string Shown, int Width, bool StandsOut);

    private static IEnumerable<Cell> Cells(string text, bool standsOut)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(
            VersionText.Visible(text.Replace("\t", new string(' ', TabWidth), StringComparison.Ordinal))
        );
        while (elements.MoveNext())
        {
            string shown = elements.GetTextElement();
            yield return new(shown, new Segment(shown).CellCount(), standsOut);
        }
    }
}
