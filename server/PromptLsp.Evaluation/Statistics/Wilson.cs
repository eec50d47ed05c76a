namespace PromptLsp.Evaluation.Statistics;

/// <summary>The interval of a share, by Wilson's score: it holds for few rows and for shares of 0 and 1, where the usual one does not.</summary>
public static class Wilson
{
    /// <param name="all">At least 1.</param>
    public static Interval Of(int passed, int all)
    {
        double n = all, share = passed / n, z2 = Interval.Z * Interval.Z;
        double middle = share + (z2 / (2 * n)), reach = Interval.Z * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n))), scale = 1 + (z2 / n);
        return new(passed == 0 ? 0 : (middle - reach) / scale, passed == all ? 1 : (middle + reach) / scale);
    }
}
