using PromptLsp.Evaluation.Statistics;

namespace PromptLsp.Evaluation.Tests.Statistics;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(36, 12, 2, 0, Verdict.Better)]
    [InlineData(36, 2, 12, 0, Verdict.Worse)]
    // p and interval disagree: .0625 and .0004 to .3695.
    [InlineData(8, 4, 0, 8, Verdict.Inconclusive)]
    [InlineData(30, 3, 1, 26, Verdict.Inconclusive)]
    [InlineData(900, 4, 5, 91, Verdict.Equivalent)]
    public void Passed_rows_decide(int both, int wins, int losses, int neither, Verdict expected) =>
        Assert.Equal(expected, Comparison.OfPassed(new(both, wins, losses, neither), 0.05).Verdict);

    [Fact]
    public void An_interval_that_leaves_zero_is_not_enough()
    {
        Comparison comparison = Comparison.OfPassed(new(8, 4, 0, 8), 0.05);
        Assert.Equal((0.0625, 0.0004, 0.3695), (Math.Round(comparison.P, 4), Math.Round(comparison.Interval.Low, 4), Math.Round(comparison.Interval.High, 4)));
    }

    [Fact]
    public void Means_of_repeats_decide()
    {
        Assert.Equal(Verdict.Better, Comparison.OfMeans([.. Enumerable.Range(0, 12).Select(i => i % 3 / 3.0)], 0.05).Verdict);
        Assert.Equal(Verdict.Worse, Comparison.OfMeans([.. Enumerable.Range(0, 12).Select(i => i % 3 / -3.0)], 0.05).Verdict);
        Assert.Equal(
            Verdict.Equivalent,
            Comparison
                .OfMeans(
                    [
                        .. Enumerable
                            .Range(0, 200)
                            .Select(i =>
                                i % 50 == 0 ? 1 / 3.0
                                : i % 50 == 1 ? -1 / 3.0
                                : 0
                            ),
                    ],
                    0.05
                )
                .Verdict
        );
    }

    // Five rows that all agree say nothing about the sixth.
    [Theory]
    [InlineData(5)]
    [InlineData(29)]
    [InlineData(100)]
    public void Equal_means_show_nothing(int rows)
    {
        Comparison comparison = Comparison.OfMeans(new double[rows], 0.05);
        Assert.Equal((Verdict.Inconclusive, false), (comparison.Verdict, comparison.IsNonInferior));
        Assert.Equal(GateOutcome.Inconclusive, Gate.NonInferior.Outcome(comparison));
        Assert.Equal(GateOutcome.Inconclusive, Gate.NoProvenRegression.Outcome(comparison));
    }

    [Theory]
    [InlineData(
        54,
        3,
        3,
        0,
        "inconclusive: an evaluation of about 320 rows would tell; ±0.0 points (95 % interval −9.5 points to +9.5 points, p = 1.000, 60 rows)"
    )]
    [InlineData(36, 12, 2, 0, "better: +20.0 points (95 % interval +5.7 points to +34.0 points, p = 0.007, 50 rows)")]
    [InlineData(
        20,
        1,
        0,
        0,
        "inconclusive: only 1 row differs, which is too few to show a difference; an evaluation of about 150 rows would tell; +4.8 points (95 % interval −11.2 points to +22.7 points, p = 0.500, 21 rows)"
    )]
    public void A_verdict_is_told_with_its_reason(int both, int wins, int losses, int neither, string expected) =>
        Assert.Equal(expected, VerdictText.Of(Comparison.OfPassed(new(both, wins, losses, neither), 0.05)));

    // By hand: (1.96 · √.1 + .84 · √(.1 − .0025))² / .0025 = 311.1.
    [Fact]
    public void The_rows_that_would_tell_are_counted_in_all()
    {
        Assert.Equal(312, Comparison.OfPassed(new(54, 3, 3, 0), 0.05).RowsNeeded);
        // Nothing differs: at most one in so many rows does.
        Assert.Equal(Comparison.OfPassed(new(39, 1, 0, 0), 0.05).RowsNeeded, Comparison.OfPassed(new(40, 0, 0, 0), 0.05).RowsNeeded);
        Assert.Equal("320", VerdictText.About(312));
        Assert.Equal("13", VerdictText.About(13));
        Assert.Equal("1 300", VerdictText.About(1234));
        Assert.Equal("100", VerdictText.About(100));
    }

    [Fact]
    public void Enough_rows_that_do_not_tell_are_not_called_too_few()
    {
        Comparison comparison = Comparison.OfPassed(new(300, 30, 18, 52), 0.05);
        Assert.Equal(Verdict.Inconclusive, comparison.Verdict);
        Assert.Contains("ask twice as many new rows", VerdictText.Of(comparison), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(36, 2, 12, 0, Gate.NoProvenRegression, GateOutcome.Regression)]
    [InlineData(36, 2, 12, 0, Gate.NonInferior, GateOutcome.Regression)]
    [InlineData(36, 2, 12, 0, Gate.None, GateOutcome.Passed)]
    [InlineData(36, 12, 2, 0, Gate.NoProvenRegression, GateOutcome.Passed)]
    [InlineData(54, 3, 3, 0, Gate.NoProvenRegression, GateOutcome.Inconclusive)]
    [InlineData(54, 3, 3, 0, Gate.NonInferior, GateOutcome.Inconclusive)]
    [InlineData(900, 4, 5, 91, Gate.NonInferior, GateOutcome.Passed)]
    // Worse, and by less than what matters.
    [InlineData(1980, 0, 20, 0, Gate.NonInferior, GateOutcome.Passed)]
    [InlineData(1980, 0, 20, 0, Gate.NoProvenRegression, GateOutcome.Regression)]
    public void A_gate_lets_pass_what_is_shown(int both, int wins, int losses, int neither, Gate gate, GateOutcome expected) =>
        Assert.Equal(expected, gate.Outcome(Comparison.OfPassed(new(both, wins, losses, neither), 0.05)));

    [Fact]
    public void What_was_not_measured_passes_no_gate() =>
        Assert.All(Enum.GetValues<Gate>(), gate => Assert.Equal(GateOutcome.NotMeasured, gate.Outcome(null)));

    [Fact]
    public void Cost_and_latency_are_ratios()
    {
        RatioComparison half = RatioComparison.Of(Enumerable.Range(1, 20).Select(i => ((double)i, i * (i % 2 == 0 ? 0.5 : 0.4))))!;
        Assert.Equal((Verdict.Better, 0.447, 10.5, null), (half.Verdict, Math.Round(half.Ratio, 3), half.Old.Median, half.Old.High));
        Assert.Equal("cheaper: 0.45 times the old (95 % interval 0.42 to 0.47, p < 0.001, 20 rows)", VerdictText.Of(half, "cheaper", "dearer"));
        Assert.Equal(Verdict.Worse, RatioComparison.Of(Enumerable.Range(1, 20).Select(i => ((double)i, i * (2.0 + (i % 2)))))!.Verdict);
        Assert.Equal(95, RatioComparison.Of(Enumerable.Range(1, 100).Select(i => ((double)i, (double)i)))!.New.High);
        // What costs nothing has no ratio.
        Assert.Null(RatioComparison.Of([(0, 1), (1, 0)]));
    }
}
