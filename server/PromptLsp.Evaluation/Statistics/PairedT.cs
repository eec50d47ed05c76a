using MathNet.Numerics.Distributions;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>The interval of a mean difference by row, by Student's t.</summary>
public static class PairedT
{
    /// <param name="differences">At least two; with one, nothing is known of their spread.</param>
    public static Interval Of(ReadOnlySpan<double> differences)
    {
        (double mean, double variance) = MeanAndVariance(differences);
        if (differences.Length < 2)
            return new(double.NegativeInfinity, double.PositiveInfinity);
        double reach = StudentT.InvCDF(0, 1, differences.Length - 1, 0.5 + (Interval.Confidence / 2)) * Math.Sqrt(variance / differences.Length);
        return new(mean - reach, mean + reach);
    }

    public static (double Mean, double Variance) MeanAndVariance(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (double value in values)
            sum += value;
        double mean = sum / values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return (mean, values.Length < 2 ? 0 : squares / (values.Length - 1));
    }
}
