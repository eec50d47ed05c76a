using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>A body before an edit.</summary>
/// <param name="Text">The file that it was read from.</param>
/// <param name="Same">Up to which offset of the file the text is the same now.</param>
internal sealed record EarlierBody(TemplateBody Body, SourceText Text, int Same)
{
    // An edit that replaces more than a few hundred characters, or many places, is rare.
    private const int PlacesTried = 3;

    /// <summary>The last place from which reading again gives all that differs; null where that is the whole body.</summary>
    public Restart? Restart
    {
        get
        {
            Restart? last = null;
            foreach (Restart place in Body.Restarts)
            {
                if (place.Reach > Same)
                    break;
                last = place;
            }
            return last;
        }
    }

    /// <summary>The places from where on the text is the same as in <paramref name="now"/>, moved: whoever gets to one of them need not read on.</summary>
    public ReadOnlySpan<Restart> Tail(SourceText now)
    {
        int by = now.Length - Text.Length, end = Same + Math.Max(0, -by);
        ReadOnlySpan<Restart> behind = Body.Restarts.AsSpan();
        behind = behind[Following(behind, end)..];
        // What is missing at the end is mended with the file's own line end.
        if (!string.Equals(now.NewLine, Text.NewLine, StringComparison.Ordinal))
            return [];
        for (int i = 0; i < Math.Min(PlacesTried, behind.Length); i++)
        {
            if (Text.Content.AsSpan(behind[i].Offset).SequenceEqual(now.Content.AsSpan(behind[i].Offset + by)))
                return behind[i..];
        }
        return [];
    }

    private static int Following(ReadOnlySpan<Restart> places, int offset)
    {
        int low = 0, high = places.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (places[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}

/// <summary>A place outside of all blocks and islands where reading a body can begin again.</summary>
/// <param name="Offset">Right behind an island.</param>
/// <param name="Reach">How far what stands before it was read by looking at: no edit from here on changes anything there.</param>
/// <param name="Nodes">How many of the body's own nodes stand before it.</param>
/// <param name="Islands">How many islands stand before it.</param>
/// <param name="Problems">How many problems stand before it.</param>
internal readonly record struct Restart(int Offset, int Reach, int Nodes, int Islands, int Problems);
