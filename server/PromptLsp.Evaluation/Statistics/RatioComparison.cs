namespace PromptLsp.Evaluation.Statistics;

/// <summary>Two sides compared by what is never negative and better small: cost, latency.</summary>
/// <param name="Ratio">Of the geometric means, new to old: 0.5 is half.</param>
/// <param name="Interval">Of the ratio.</param>
public sealed record RatioComparison(int Rows, double Ratio, Interval Interval, double P, Spread Old, Spread New)
{
    public Verdict Verdict => P >= 0.05 ? Verdict.Inconclusive : Interval.High < 1 ? Verdict.Better : Interval.Low > 1 ? Verdict.Worse : Verdict.Inconclusive;

    /// <summary>Null where no row has a value above 0 on both sides.</summary>
    public static RatioComparison? Of(IEnumerable<(double Old, double New)> rows)
    {
        (double Old, double New)[] measured = [.. rows.Where(r => r is { Old: > 0, New: > 0 })];
        if (measured.Length == 0)
            return null;
        double[] logs = [.. measured.Select(r => Math.Log(r.New / r.Old))];
        Interval interval = PairedT.Of(logs);
        return new(
            measured.Length,
            Math.Exp(PairedT.MeanAndVariance(logs).Mean),
            new(Math.Exp(interval.Low), Math.Exp(interval.High)),
            SignFlip.PValue(logs),
            Spread.Of([.. measured.Select(r => r.Old)]),
            Spread.Of([.. measured.Select(r => r.New)]));
    }
}

/// <summary>How values are spread.</summary>
/// <param name="High">What 95 of 100 stay below; null under 100 values, which cannot say.</param>
public readonly record struct Spread(double Median, double? High)
{
    public const int FewestForHigh = 100;

    /// <param name="values">At least one.</param>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return new(
            sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
            sorted.Length < FewestForHigh ? null : sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1]
        );
    }
}
