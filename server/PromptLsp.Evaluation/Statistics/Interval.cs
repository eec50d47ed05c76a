namespace PromptLsp.Evaluation.Statistics;

/// <summary>A 95 % interval: made so again and again, 95 of 100 such intervals hold the true value.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The quantile of the normal distribution that leaves 2.5 % on each side.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>How sure an interval is.</summary>
    internal const double Confidence = 0.95;

    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>All of it is nearer to 0 than a distance.</summary>
    public bool IsWithin(double distance) => -distance < Low && High < distance;
}
