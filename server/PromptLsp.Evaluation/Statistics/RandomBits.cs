namespace PromptLsp.Evaluation.Statistics;

/// <summary>Random numbers that are the same for a seed on every machine and in every version: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal sealed class RandomBits(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 bits, each a coin of its own.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0, below 1.</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0, below a limit.</summary>
    public int Below(int limit) => (int)(NextShare() * limit);

    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
