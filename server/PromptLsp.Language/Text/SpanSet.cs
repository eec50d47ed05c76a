using System.Runtime.InteropServices;

namespace PromptLsp.Language.Text;

/// <summary>Places covered by any of some spans, found by binary search however many there are.</summary>
public sealed class SpanSet
{
    // Joined where they meet, in the order of the text.
    private readonly List<TextSpan> _spans = [];

    public SpanSet(IEnumerable<TextSpan> spans)
    {
        foreach (TextSpan span in spans.OrderBy(s => s.Start))
        {
            if (_spans.Count > 0 && span.Start <= _spans[^1].End)
                _spans[^1] = TextSpan.FromBounds(_spans[^1].Start, Math.Max(_spans[^1].End, span.End));
            else
                _spans.Add(span);
        }
    }

    public bool Contains(int offset) => LastStarting(offset) is >= 0 and int at && _spans[at].Contains(offset);

    /// <summary>True for an offset inside a span or right behind it.</summary>
    public bool Touches(int offset) => LastStarting(offset) is >= 0 and int at && _spans[at].Touches(offset);

    private int LastStarting(int offset) => BinarySearch.CountBefore<TextSpan, ByStart>(CollectionsMarshal.AsSpan(_spans), offset + 1) - 1;

    private readonly struct ByStart : IOrder<TextSpan>
    {
        public static int Of(TextSpan item) => item.Start;
    }
}
