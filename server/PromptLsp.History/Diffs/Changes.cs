using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DiffPlex;
using DiffPlex.Model;

namespace PromptLsp.History.Diffs;

/// <summary>
/// What was changed between two lists of lines or words: the shortest answer where it can be had in time, a coarser true one where the
/// lists are long and have little in common.
/// </summary>
internal static class Changes
{
    // DiffPlex takes time by the product of the lengths where the lists differ throughout: 30 ms at this one.
    private const long LargestProduct = 4_000_000;

    private const int DeepestSearch = 8;

    /// <returns>In order, with at least one common piece between two of them.</returns>
    public static ImmutableArray<Change> Of(ArraySegment<string> old, ArraySegment<string> @new)
    {
        var found = new List<Change>();
        Find(old, @new, 0, 0, DeepestSearch, found);
        return Joined(found);
    }

    private static void Find(ArraySegment<string> old, ArraySegment<string> @new, int oldStart, int newStart, int depth, List<Change> found)
    {
        int before = CommonStart(old, @new);
        (old, @new, oldStart, newStart) = (old[before..], @new[before..], oldStart + before, newStart + before);
        int after = CommonEnd(old, @new);
        (old, @new) = (old[..^after], @new[..^after]);
        if (old.Count == 0 && @new.Count == 0)
            return;
        if (old.Count == 0 || @new.Count == 0)
            found.Add(new(oldStart, old.Count, newStart, @new.Count));
        else if ((long)old.Count * @new.Count <= LargestProduct)
            FindShortest(old, @new, oldStart, newStart, found);
        else
            FindBetweenAnchors(old, @new, oldStart, newStart, depth, found);
    }

    private static void FindShortest(ArraySegment<string> old, ArraySegment<string> @new, int oldStart, int newStart, List<Change> found)
    {
        DiffResult result = Differ.Instance.CreateDiffs("old", "new", ignoreWhiteSpace: false, ignoreCase: false, new ReadyPieces(old, @new));
        foreach (DiffBlock block in result.DiffBlocks)
            found.Add(new(oldStart + block.DeleteStartA, block.DeleteCountA, newStart + block.InsertStartB, block.InsertCountB));
    }

    // A piece that stands once in each list is most likely the same one; what lies between two such pieces is compared by itself.
    private static void FindBetweenAnchors(ArraySegment<string> old, ArraySegment<string> @new, int oldStart, int newStart, int depth, List<Change> found)
    {
        List<(int Old, int New)> anchors = depth == 0 ? [] : Anchors(old, @new);
        if (anchors.Count == 0)
        {
            found.Add(new(oldStart, old.Count, newStart, @new.Count));
            return;
        }
        int fromOld = 0, fromNew = 0;
        foreach ((int o, int n) in anchors.Append((old.Count, @new.Count)))
        {
            Find(old[fromOld..o], @new[fromNew..n], oldStart + fromOld, newStart + fromNew, depth - 1, found);
            (fromOld, fromNew) = (o + 1, n + 1);
        }
    }

    private static List<(int Old, int New)> Anchors(ArraySegment<string> old, ArraySegment<string> @new)
    {
        Dictionary<string, int> onceInNew = OnlyOnce(@new);
        (int Old, int New)[] pairs = [.. OnlyOnce(old).Where(o => onceInNew.ContainsKey(o.Key)).Select(o => (o.Value, onceInNew[o.Key])).OrderBy(p => p.Value)];
        return LongestRising(pairs);
    }

    private static Dictionary<string, int> OnlyOnce(ArraySegment<string> pieces)
    {
        var places = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        for (int i = 0; i < pieces.Count; i++)
        {
            if (!places.TryAdd(pieces[i], i))
                places[pieces[i]] = -1;
        }
        foreach (string repeated in places.Where(p => p.Value < 0).Select(p => p.Key).ToList())
            places.Remove(repeated);
        return places;
    }

    // Pairs come by their old place; the most of them whose new places rise too, by patience sorting.
    private static List<(int Old, int New)> LongestRising((int Old, int New)[] pairs)
    {
        var tops = new List<int>();
        int[] previous = new int[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int pile = FirstPileFrom(tops, pairs, pairs[i].New);
            previous[i] = pile > 0 ? tops[pile - 1] : -1;
            if (pile == tops.Count)
                tops.Add(i);
            else
                tops[pile] = i;
        }
        var rising = new List<(int, int)>(tops.Count);
        for (int i = tops.Count > 0 ? tops[^1] : -1; i >= 0; i = previous[i])
            rising.Add(pairs[i]);
        rising.Reverse();
        return rising;
    }

    private static int FirstPileFrom(List<int> tops, (int Old, int New)[] pairs, int place)
    {
        int low = 0, high = tops.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (pairs[tops[middle]].New < place)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static ImmutableArray<Change> Joined(List<Change> changes)
    {
        var joined = new List<Change>(changes.Count);
        foreach (Change next in changes)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.OldEnd == next.OldStart && last.NewEnd == next.NewStart)
                joined[^1] = new(last.OldStart, last.OldCount + next.OldCount, last.NewStart, last.NewCount + next.NewCount);
            else
                joined.Add(next);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(joined.ToArray());
    }

    private static int CommonStart(ArraySegment<string> old, ArraySegment<string> @new) => old.AsSpan().CommonPrefixLength(@new.AsSpan());

    private static int CommonEnd(ArraySegment<string> old, ArraySegment<string> @new)
    {
        int most = Math.Min(old.Count, @new.Count), count = 0;
        while (count < most && old[^(count + 1)] == @new[^(count + 1)])
            count++;
        return count;
    }

    /// <summary>Hands DiffPlex pieces that are cut already.</summary>
    private sealed class ReadyPieces(ArraySegment<string> old, ArraySegment<string> @new) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => text == "old" ? old : @new;
    }
}
