namespace PromptLsp.Evaluation.Statistics;

/// <summary>Two sides compared by one metric, row by row, where more is better.</summary>
public sealed record Comparison
{
    private const double Significance = 0.05;

    // What decides how many rows a comparison needs: 80 % power.
    private const double PowerZ = 0.84, SignificanceZ = 1.96;

    /// <summary>Fewer rows that differ can never have p &lt; .05: 0:4 has a mid-p of .0625, and five signs flip into 2/32.</summary>
    public const int FewestDiscordant = 5, FewestDiffering = 6;

    /// <summary>Rows from which on the interval of means is trusted to show that there is no difference worth speaking of.</summary>
    public const int FewestForMeans = 30;

    public required int Rows { get; init; }

    /// <summary>Rows on which the sides differ.</summary>
    public required int Differing { get; init; }

    /// <summary>By how much the new side is above the old one, on average.</summary>
    public required double Difference { get; init; }

    public required Interval Interval { get; init; }

    public required double P { get; init; }

    /// <summary>The smallest difference that matters, declared before.</summary>
    public required double Delta { get; init; }

    /// <summary>The average of the squared differences by row: the share of discordant rows, where rows pass or fail.</summary>
    public required double Discordance { get; init; }

    /// <summary>The interval may be used to show that a difference is small.</summary>
    public required bool ShowsSmallness { get; init; }

    /// <summary>Too few rows differ for any difference to show.</summary>
    public required bool HasTooFewDiffering { get; init; }

    public Verdict Verdict =>
        P < Significance && Interval.Low > 0 ? Verdict.Better
        : P < Significance && Interval.High < 0 ? Verdict.Worse
        : ShowsSmallness && Interval.IsWithin(Delta) ? Verdict.Equivalent
        : Verdict.Inconclusive;

    /// <summary>The new side is at most by delta worse.</summary>
    public bool IsNonInferior => ShowsSmallness && Interval.Low > -Delta;

    /// <summary>How many rows, in all, would find a difference of delta in four of five evaluations.</summary>
    public int RowsNeeded
    {
        get
        {
            double d = Math.Max(Discordance, 1.0 / Rows), root = (SignificanceZ * Math.Sqrt(d)) + (PowerZ * Math.Sqrt(Math.Max(0, d - (Delta * Delta))));
            return (int)Math.Min(int.MaxValue, Math.Ceiling(root * root / (Delta * Delta)));
        }
    }

    /// <summary>One answer a row, passed or failed.</summary>
    public static Comparison OfPassed(PairedCounts counts, double delta) => new()
    {
        Rows = counts.Rows,
        Differing = counts.Discordant,
        Difference = counts.Difference,
        Interval = Newcombe.Of(counts),
        P = McNemar.MidP(counts.Wins, counts.Losses),
        Delta = delta,
        Discordance = (double)counts.Discordant / counts.Rows,
        ShowsSmallness = true,
        HasTooFewDiffering = counts.Discordant < FewestDiscordant,
    };

    /// <summary>Scores, or the means of several answers a row; the answers of one row are never counted as rows.</summary>
    /// <param name="differences">By row, new less old; at least one.</param>
    public static Comparison OfMeans(ReadOnlySpan<double> differences, double delta)
    {
        (double mean, double variance) = PairedT.MeanAndVariance(differences);
        int differing = 0;
        double squares = 0;
        foreach (double difference in differences)
        {
            differing += Math.Abs(difference) > 1e-9 ? 1 : 0;
            squares += difference * difference;
        }
        return new()
        {
            Rows = differences.Length,
            Differing = differing,
            Difference = mean,
            Interval = PairedT.Of(differences),
            P = SignFlip.PValue(differences),
            Delta = delta,
            Discordance = squares / differences.Length,
            ShowsSmallness = differences.Length >= FewestForMeans && variance > 1e-18,
            HasTooFewDiffering = differing < FewestDiffering,
        };
    }
}
