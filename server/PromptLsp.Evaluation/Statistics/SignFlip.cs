using System.Numerics;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>
/// The sign-flip permutation test of differences by row: were there no difference, each row's could as well have gone the other way. Exact where
/// few rows differ, else by many seeded flips.
/// </summary>
public static class SignFlip
{
    /// <summary>How many rows may differ for all flips to be tried.</summary>
    public const int MostExact = 16;

    public const int Flips = 10_000;

    // Sums of thirds are equal only nearly: without this, a hit that is as large as the observed sum is missed.
    private const double Tolerance = 1e-9;

    /// <summary>The probability of a sum as far from 0 as the observed one, were there no difference.</summary>
    public static double PValue(ReadOnlySpan<double> differences, ulong seed = 1)
    {
        double[] differing = [.. differences.ToArray().Where(d => Math.Abs(d) > Tolerance)];
        double observed = Math.Abs(differing.Sum()), least = observed - (Tolerance * Math.Max(1, differing.Sum(Math.Abs)));
        return differing.Length <= MostExact ? Exact(differing, least) : Sampled(differing, least, seed);
    }

    // By Gray's code one sign changes at a time.
    private static double Exact(double[] differences, double least)
    {
        int hits = 0, all = 1 << differences.Length;
        double sum = differences.Sum();
        var signs = (double[])differences.Clone();
        for (int flip = 1; ; flip++)
        {
            if (Math.Abs(sum) >= least)
                hits++;
            if (flip == all)
                return (double)hits / all;
            int changed = BitOperations.TrailingZeroCount(flip);
            sum -= 2 * signs[changed];
            signs[changed] = -signs[changed];
        }
    }

    private static double Sampled(double[] differences, double least, ulong seed)
    {
        var random = new RandomBits(seed);
        int hits = 0;
        for (int flip = 0; flip < Flips; flip++)
        {
            double sum = 0;
            ulong coins = 0;
            for (int i = 0; i < differences.Length; i++)
            {
                coins = (i & 63) == 0 ? random.Next() : coins >> 1;
                // The sign is the highest bit of a number.
                sum += BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(differences[i]) ^ (coins << 63));
            }
            if (Math.Abs(sum) >= least)
                hits++;
        }
        return (hits + 1.0) / (Flips + 1);
    }
}
