namespace PromptLsp.Evaluation.Statistics;

/// <summary>What a comparison shows.</summary>
public enum Verdict
{
    /// <summary>The data cannot tell; which is not the same as no difference.</summary>
    Inconclusive,

    /// <summary>The new side is better, by p &lt; .05 and by an interval that leaves 0.</summary>
    Better,

    /// <summary>The new side is worse, by the same.</summary>
    Worse,

    /// <summary>Whatever difference there is, it is smaller than what was declared to matter.</summary>
    Equivalent,
}
