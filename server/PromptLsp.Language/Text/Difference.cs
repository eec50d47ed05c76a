namespace PromptLsp.Language.Text;

/// <summary>The one stretch in which two texts differ: all before its start and all behind its ends is the same.</summary>
/// <param name="Start">Where it begins, in both.</param>
/// <param name="EndBefore">Where it ends in the older text.</param>
/// <param name="EndNow">Where it ends in the newer one.</param>
public readonly record struct Difference(int Start, int EndBefore, int EndNow)
{
    // As many characters as are compared at once, from the end on.
    private const int Stride = 128;

    /// <summary>By how many characters what stands behind has moved.</summary>
    public int Shift => EndNow - EndBefore;

    public static Difference Between(ReadOnlySpan<char> before, ReadOnlySpan<char> now)
    {
        int start = before.CommonPrefixLength(now), most = Math.Min(before.Length, now.Length) - start, same = 0;
        while (same + Stride <= most && before[^(same + Stride)..^same].SequenceEqual(now[^(same + Stride)..^same]))
            same += Stride;
        while (same < most && before[^(same + 1)] == now[^(same + 1)])
            same++;
        return new(start, before.Length - same, now.Length - same);
    }
}
