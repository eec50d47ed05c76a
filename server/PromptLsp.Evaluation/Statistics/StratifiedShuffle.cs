namespace PromptLsp.Evaluation.Statistics;

/// <summary>The permutation test of means that moved either way, stratified, by many seeded shuffles: of scores, whose sums are too many to count.</summary>
public static class StratifiedShuffle
{
    public const int Shuffles = 10_000;

    // Sums of thirds are equal only nearly.
    private const double Tolerance = 1e-9;

    /// <summary>The probability that the means move so far, had nothing changed.</summary>
    /// <param name="strata">Each with at least one value before and now.</param>
    public static double PValue(IReadOnlyList<(double[] Before, double[] Now)> strata, ulong seed = 1)
    {
        double[][] values = [.. strata.Select(s => (double[])[.. s.Now, .. s.Before])];
        double observed = Math.Abs(Moved(strata, values));
        var random = new RandomBits(seed);
        int hits = 0;
        for (int shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            foreach (double[] stratum in values)
                random.Shuffle<double>(stratum);
            if (Math.Abs(Moved(strata, values)) >= observed - Tolerance)
                hits++;
        }
        return (hits + 1.0) / (Shuffles + 1);
    }

    // The sum of what each stratum's mean moves by; what counts as now stands first.
    private static double Moved(IReadOnlyList<(double[] Before, double[] Now)> strata, double[][] values)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int now = strata[i].Now.Length;
            sum += values[i].Take(now).Average() - values[i].Skip(now).Average();
        }
        return sum;
    }
}
