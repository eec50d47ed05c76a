using System.Text;

namespace PromptLsp.Language.Text;

/// <summary>An immutable text with its lines. Lines end at <c>\n</c>, <c>\r\n</c> or <c>\r</c>, as LSP says.</summary>
public sealed class SourceText
{
    private int[]? _lineStarts;
    private string? _newLine;

    public SourceText(string content) => Content = content;

    public static SourceText Empty { get; } = new("");

    public string Content { get; }

    public int Length => Content.Length;

    public int LineCount => LineStarts.Length;

    /// <summary>The line end that the text uses most at its beginning, for text that we insert.</summary>
    public string NewLine => _newLine ??= FirstNewLine();

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Content);

    /// <summary>The text of a span.</summary>
    public string this[TextSpan span] => Content.Substring(span.Start, span.Length);

    public ReadOnlySpan<char> Slice(TextSpan span) => Content.AsSpan(span.Start, span.Length);

    /// <summary>The position of an offset; one past the end is the end.</summary>
    public LinePosition PositionAt(int offset)
    {
        offset = Math.Clamp(offset, 0, Length);
        int line = LineAt(offset);
        return new(line, offset - LineStarts[line]);
    }

    /// <summary>The offset of a position. A line or character past the end is the end, as LSP says.</summary>
    public int OffsetAt(int line, int character)
    {
        if (line < 0)
            return 0;
        if (line >= LineStarts.Length)
            return Length;
        TextSpan span = LineSpan(line);
        return span.Start + Math.Clamp(character, 0, span.Length);
    }

    public int OffsetAt(LinePosition position) => OffsetAt(position.Line, position.Character);

    /// <summary>The line that holds an offset, from 0.</summary>
    public int LineAt(int offset)
    {
        int found = Array.BinarySearch(LineStarts, offset);
        return found >= 0 ? found : ~found - 1;
    }

    public int LineStart(int line) => LineStarts[line];

    /// <summary>A line without its line end.</summary>
    public TextSpan LineSpan(int line)
    {
        int start = LineStarts[line];
        int end = line + 1 < LineStarts.Length ? LineStarts[line + 1] : Length;
        if (line + 1 < LineStarts.Length)
        {
            if (Content[end - 1] == '\n')
                end--;
            if (end > start && Content[end - 1] == '\r')
                end--;
        }
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>A line with its line end.</summary>
    public TextSpan LineSpanWithEnd(int line) =>
        TextSpan.FromBounds(LineStarts[line], line + 1 < LineStarts.Length ? LineStarts[line + 1] : Length);

    public string Line(int line) => this[LineSpan(line)];

    /// <summary>The part of a span that lies on its first line.</summary>
    public TextSpan FirstLineOf(TextSpan span) => TextSpan.FromBounds(span.Start, Math.Clamp(LineSpan(LineAt(span.Start)).End, span.Start, span.End));

    /// <summary>The text after an edit. Where the lines were known, those that the edit does not touch still are.</summary>
    public SourceText With(TextEdit edit)
    {
        SourceText edited = new(string.Concat(Content.AsSpan(0, edit.Span.Start), edit.NewText, Content.AsSpan(edit.Span.End)));
        if (_lineStarts is not null)
            edited._lineStarts = LineStartsAfter(edit, edited.Content);
        return edited;
    }

    /// <summary>Applies edits that do not overlap, all of them in offsets of this text.</summary>
    public SourceText With(IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(Length + 64);
        int done = 0;
        foreach (TextEdit edit in edits.OrderBy(e => e.Span.Start))
        {
            if (edit.Span.Start < done)
                continue;
            result.Append(Content, done, edit.Span.Start - done).Append(edit.NewText);
            done = edit.Span.End;
        }
        return new(result.Append(Content, done, Length - done).ToString());
    }

    public override string ToString() => Content;

    private string FirstNewLine()
    {
        int at = Content.AsSpan().IndexOfAny('\r', '\n');
        if (at < 0 || Content[at] == '\n')
            return "\n";
        return at + 1 < Length && Content[at + 1] == '\n' ? "\r\n" : "\r";
    }

    private int[] LineStartsAfter(TextEdit edit, string edited)
    {
        int first = LineAt(edit.Span.Start), behind = LineAt(edit.Span.End) + 1, by = edit.NewText.Length - edit.Span.Length;
        // A line feed that comes to stand behind a carriage return belongs to it.
        if (first > 0 && edit.Span.Start == LineStarts[first])
            first--;
        int to = behind < LineStarts.Length ? LineStarts[behind] + by : edited.Length;
        List<int> between = FindLineStarts(edited, LineStarts[first], to);
        if (behind < LineStarts.Length && between is [.., var last] && last == to)
            between.RemoveAt(between.Count - 1);
        int[] starts = new int[first + 1 + between.Count + LineStarts.Length - behind];
        LineStarts.AsSpan(0, first + 1).CopyTo(starts);
        between.CopyTo(starts, first + 1);
        for (int line = behind, at = first + 1 + between.Count; line < LineStarts.Length; line++, at++)
            starts[at] = LineStarts[line] + by;
        return starts;
    }

    private static int[] FindLineStarts(string text) => [0, .. FindLineStarts(text, 0, text.Length)];

    // Where lines begin behind the line ends from one offset to another.
    private static List<int> FindLineStarts(string text, int from, int to)
    {
        var starts = new List<int>((to - from) / 32 + 4);
        while (text.AsSpan(from, to - from).IndexOfAny('\r', '\n') is >= 0 and int next)
        {
            from += next + 1;
            if (text[from - 1] == '\r' && from < text.Length && text[from] == '\n')
                from++;
            starts.Add(from);
            if (from >= to)
                break;
        }
        return starts;
    }
}
