namespace PromptLsp.Evaluation.Statistics;

/// <summary>
/// The interval of the difference of two pass rates on the same rows: method 10 of Newcombe, <i>Improved confidence intervals for the difference
/// between binomial proportions based on paired data</i>, Statistics in Medicine 17 (1998), with the correlation corrected for continuity.
/// </summary>
public static class Newcombe
{
    /// <param name="counts">At least one row.</param>
    public static Interval Of(PairedCounts counts)
    {
        double n = counts.Rows, shareNew = counts.PassedNew / n, shareOld = counts.PassedOld / n, phi = Correlation(counts);
        Interval @new = Wilson.Of(counts.PassedNew, counts.Rows), old = Wilson.Of(counts.PassedOld, counts.Rows);
        return new(
            counts.Difference - Reach(shareNew - @new.Low, old.High - shareOld, phi),
            counts.Difference + Reach(@new.High - shareNew, shareOld - old.Low, phi));
    }

    private static double Reach(double a, double b, double phi) => Math.Sqrt(Math.Max(0, (a * a) - (2 * phi * a * b) + (b * b)));

    private static double Correlation(PairedCounts c)
    {
        double product = (double)c.PassedNew * (c.Rows - c.PassedNew) * c.PassedOld * (c.Rows - c.PassedOld);
        double together = ((double)c.Both * c.Neither) - ((double)c.Wins * c.Losses);
        return product == 0 ? 0 : (together > 0 ? Math.Max(0, together - (c.Rows / 2.0)) : together) / Math.Sqrt(product);
    }
}
