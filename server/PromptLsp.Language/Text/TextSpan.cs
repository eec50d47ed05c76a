namespace PromptLsp.Language.Text;

/// <summary>A half-open range of UTF-16 offsets: <c>Start &lt;= offset &amp;&amp; offset &lt; End</c>.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public bool IsEmpty => Length == 0;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    public bool Contains(int offset) => Start <= offset && offset < End;

    /// <summary>True for an offset inside the span or right behind it, where a cursor still belongs to the word it follows.</summary>
    public bool Touches(int offset) => Start <= offset && offset <= End;

    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    public TextSpan Shift(int by) => new(Start + by, Length);

    public override string ToString() => $"[{Start}..{End})";
}
