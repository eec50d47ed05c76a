namespace PromptLsp.Evaluation.Statistics;

/// <summary>What a comparison must show for a program to go on.</summary>
public enum Gate
{
    /// <summary>Nothing: the comparison informs.</summary>
    None,

    /// <summary>The new side is not shown to be worse, and cannot be worse by more than delta.</summary>
    NoProvenRegression,

    /// <summary>The new side is shown to be at most by delta worse.</summary>
    NonInferior,
}

/// <summary>How an evaluation ends, as the exit status of a program.</summary>
public enum GateOutcome
{
    Passed = 0,
    Regression = 1,
    Inconclusive = 4,
    NotMeasured = 5,
}

public static class Gates
{
    /// <param name="comparison">Null where no row was executed on both sides.</param>
    public static GateOutcome Outcome(this Gate gate, Comparison? comparison)
    {
        if (comparison is null)
            return GateOutcome.NotMeasured;
        bool isShown = gate switch
        {
            Gate.None => true,
            Gate.NonInferior => comparison.IsNonInferior,
            // An interval that is not to be trusted leaves the lower end open.
            _ => comparison.ShowsSmallness && comparison.Interval.Low >= -comparison.Delta,
        };
        // A version that is worse by less than what matters is non-inferior.
        bool isRegression = comparison.Verdict == Verdict.Worse && gate != Gate.None && !(gate == Gate.NonInferior && isShown);
        return isRegression ? GateOutcome.Regression : isShown ? GateOutcome.Passed : GateOutcome.Inconclusive;
    }
}
