using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>A body before an edit.</summary>
/// <param name="Difference">What of the file is another text now.</param>
internal sealed record EarlierBody(TemplateBody Body, Difference Difference)
{
    /// <summary>The last place from which reading again gives all that differs; null where that is the whole body.</summary>
    public Restart? Restart
    {
        get
        {
            // No binary search: a place whose tokens looked far ahead can stand before places that were moved by an earlier edit and reach less far.
            Restart? last = null;
            foreach (Restart place in Body.Restarts)
            {
                if (place.Reach > Difference.Start)
                    break;
                last = place;
            }
            return last;
        }
    }

    /// <summary>The places behind the edit: a reading that comes to one of them, moved by the edit, need not go on.</summary>
    public ReadOnlySpan<Restart> Tail =>
        Body.Restarts.AsSpan()[BinarySearch.CountBefore<Restart, ByOffset>(Body.Restarts.AsSpan(), Difference.EndBefore)..];

    private readonly struct ByOffset : IOrder<Restart>
    {
        public static int Of(Restart item) => item.Offset;
    }
}

/// <summary>A place outside of all blocks and islands where reading a body can begin again.</summary>
/// <param name="Offset">Right behind an island.</param>
/// <param name="Reach">How far what stands before it was read by looking at: no edit from here on changes anything there.</param>
/// <param name="Nodes">How many of the body's own nodes stand before it.</param>
/// <param name="Islands">How many islands stand before it.</param>
/// <param name="Problems">How many problems stand before it.</param>
internal readonly record struct Restart(int Offset, int Reach, int Nodes, int Islands, int Problems);
