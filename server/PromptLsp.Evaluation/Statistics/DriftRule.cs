using System.Collections.Immutable;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>
/// When answers are said to have drifted: few answers a probe each night, and only where they look worse more of them, at once, and a stricter test of all.
/// So quiet nights are cheap, and a false alarm is rarer than one in a hundred.
/// </summary>
public static class DriftRule
{
    /// <summary>Answers a probe in each check, and those that are asked for when they look worse.</summary>
    public const int First = 3, More = 5;

    /// <summary>What a baseline needs: so many answers a probe, on so many days.</summary>
    public const int BaselineAnswers = 10, BaselineDays = 2;

    /// <summary>Older baselines say nothing of today.</summary>
    public static readonly TimeSpan OldestBaseline = TimeSpan.FromDays(90);

    /// <summary>An alarm so soon after another asks for a new baseline: it may be the baseline that was lucky.</summary>
    public static readonly TimeSpan AlarmsTogether = TimeSpan.FromDays(7);

    public const double Suspicious = 0.05, Alarming = 0.01;

    /// <summary>A probe is named where its own p-value, adjusted for all probes, is below.</summary>
    public const double Named = 0.05;

    public static bool IsSuspicious(double p) => p < Suspicious;

    public static bool IsAlarm(double p) => p < Alarming;

    /// <summary>The probes, by their places, that alone explain an alarm: Fisher's test of each, adjusted by Benjamini and Hochberg.</summary>
    public static ImmutableArray<int> Worse(IReadOnlyList<ProbeCounts> probes)
    {
        ImmutableArray<double> adjusted = BenjaminiHochberg.Adjust([.. probes.Select(p => StratifiedTest.Fewer([p]))]);
        return [.. Enumerable.Range(0, probes.Count).Where(i => adjusted[i] < Named)];
    }
}
