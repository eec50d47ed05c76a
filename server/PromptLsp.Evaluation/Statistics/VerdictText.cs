using System.Globalization;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>What a comparison shows, in one sentence that never names a winner without its reason.</summary>
public static class VerdictText
{
    /// <param name="inPoints">The metric is a share, told in percentage points.</param>
    public static string Of(Comparison comparison, bool inPoints = true)
    {
        string interval = $"95 % interval {Signed(comparison.Interval.Low, inPoints)} to {Signed(comparison.Interval.High, inPoints)}";
        string figures = $"{Signed(comparison.Difference, inPoints)} ({interval}, p {P(comparison.P)}, {Rows(comparison.Rows)})";
        return comparison.Verdict switch
        {
            Verdict.Better => $"better: {figures}",
            Verdict.Worse => $"worse: {figures}",
            Verdict.Equivalent => $"equivalent: any difference is below {Size(comparison.Delta, inPoints)}; {figures}",
            _ => $"inconclusive: {Advice(comparison, inPoints)}; {figures}",
        };
    }

    /// <summary>Cost or latency.</summary>
    /// <param name="less">What the new side is where its values are smaller: <c>cheaper</c>.</param>
    public static string Of(RatioComparison comparison, string less, string more)
    {
        string interval = $"95 % interval {Ratio(comparison.Interval.Low)} to {Ratio(comparison.Interval.High)}";
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Ratio:0.00} times the old ({interval}, p {P(comparison.P)}, {Rows(comparison.Rows)})"
        );
        return comparison.Verdict switch
        {
            Verdict.Better => $"{less}: {figures}",
            Verdict.Worse => $"{more}: {figures}",
            _ => $"inconclusive: {figures}",
        };
    }

    private static string Advice(Comparison comparison, bool inPoints)
    {
        string few = comparison.HasTooFewDiffering
            ? $"only {Rows(comparison.Differing)} {(comparison.Differing == 1 ? "differs" : "differ")}, which is too few to show a difference; "
            : "";
        int needed = Math.Max(comparison.RowsNeeded, comparison.ShowsSmallness ? 1 : Comparison.FewestForMeans);
        return few
            + (
                needed > comparison.Rows
                    ? $"an evaluation of about {About(needed)} rows would tell"
                    : $"so many rows mostly show a difference of {Size(comparison.Delta, inPoints)}, and these do not show whether there is one; "
                        + "ask twice as many new rows"
            );
    }

    /// <summary>Two digits that say something, rounded up.</summary>
    internal static string About(int rows)
    {
        int step = (int)Math.Pow(10, Math.Max(0, (int)Math.Log10(rows) - 1));
        return ((long)Math.Ceiling((double)rows / step) * step).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
    }

    private static string P(double p) => p < 0.001 ? "< 0.001" : "= " + p.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => double.IsFinite(ratio) ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "anything";

    private static string Rows(int rows) => rows == 1 ? "1 row" : $"{rows} rows";

    private static string Size(double value, bool inPoints) =>
        inPoints ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} points") : value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Signed(double value, bool inPoints)
    {
        if (!double.IsFinite(value))
            return value < 0 ? "−∞" : "+∞";
        double shown = Math.Round(inPoints ? value * 100 : value, inPoints ? 1 : 3);
        string sign = shown < 0 ? "−" : shown > 0 ? "+" : "±";
        return sign + Math.Abs(shown).ToString(inPoints ? "0.0" : "0.###", CultureInfo.InvariantCulture) + (inPoints ? " points" : "");
    }
}
