using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Models;

namespace PromptLsp.Evaluation.Drift;

/// <summary>Asks the same again, and says whether the answers are still what they were.</summary>
public static class DriftChecker
{
    /// <param name="watched">What is asked, and where it is kept.</param>
    /// <exception cref="ModelException">The user has no such provider, or no key for it.</exception>
    public static async Task<DriftReport> Check(Watched watched, RunOptions options, CancellationToken cancel)
    {
        var store = new DriftStore(watched.Store);
        DriftBaseline baseline =
            store.Newest(watched.Name)
            ?? throw new EvaluationException(
                $"there is no baseline of {watched.Shown}; `promptlsp drift record {watched.Shown}` begins one, today and again tomorrow"
            );
        var report = new DriftReport
        {
            Name = watched.Shown,
            Prompt = watched.Prompt,
            Model = watched.Side.ModelName,
            Baseline = baseline,
            Outcome = DriftOutcome.NoBaseline,
            Told = "",
        };
        try
        {
            report = Invalid(watched, baseline, options.Clock) is { } why ? report with { Told = why } : await Look(report, watched, store, options, cancel);
        }
        catch (ModelException failure) when (failure.Fault != ModelFault.NoProvider)
        {
            report = report with { Outcome = DriftOutcome.NotMeasured, Told = $"could not be measured: {failure.Message}" };
        }
        store.Keep(report);
        return report;
    }

    private static async Task<DriftReport> Look(DriftReport report, Watched watched, DriftStore store, RunOptions options, CancellationToken cancel)
    {
        DriftBaseline baseline = report.Baseline;
        (string? judge, double paid) = await Canaries.Moved(store.Canaries(baseline), watched.File, options, cancel);
        if (judge is not null)
            return report with { Outcome = DriftOutcome.JudgeShifted, Told = judge, Spent = paid };
        ImmutableArray<MeasuredAnswer> then = store.Answers(baseline);
        string today = options.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        RunOutcome first = await watched.Ask($"drift check {today}", DriftRule.First, options with { Budget = options.Budget - paid }, cancel);
        report = report with { Spent = paid + first.Spent };
        if (Unmeasured(first) is { } problem)
            return report with { Outcome = DriftOutcome.NotMeasured, Told = problem, NotMeasured = first.NotMeasured };
        ImmutableArray<MeasuredAnswer> now = first.Sides[0].Answers;
        if (!DriftRule.IsSuspicious(P(then, now)))
            return Told(report, then, now, isAlarm: false, isAgain: false);
        RunOutcome more = await watched.Ask($"drift check {today}, once more", DriftRule.More, options with { Budget = options.Budget - report.Spent }, cancel);
        report = report with { Spent = report.Spent + more.Spent };
        if (Unmeasured(more) is { } unsure)
            return report with { Outcome = DriftOutcome.NotMeasured, Told = unsure, NotMeasured = more.NotMeasured };
        now = now.AddRange(more.Sides[0].Answers);
        bool isAgain = store.LastAlarm(baseline) is { } last && options.Clock.GetUtcNow() - last < DriftRule.AlarmsTogether;
        return Told(report, then, now, DriftRule.IsAlarm(P(then, now)), isAgain);
    }

    // What no longer fits is said, and nothing is asked.
    private static string? Invalid(Watched watched, DriftBaseline baseline, TimeProvider clock)
    {
        string day = Day(baseline.Begun);
        if (watched.Key.Changed(baseline.Key) is { } changed)
            return $"the baseline of {day} is of something else: changed since are {changed}; record a new one: promptlsp drift record {watched.Shown} -m WHY";
        if (baseline.Ready is not { } ready)
            return $"the baseline of {day} is not complete: promptlsp drift record {watched.Shown}";
        int age = (int)(clock.GetUtcNow() - ready).TotalDays;
        return age > DriftRule.OldestBaseline.TotalDays
            ? $"the baseline of {day} is {age} days old, and says nothing of today; record a new one: promptlsp drift record {watched.Shown} -m WHY"
            : null;
    }

    private static string? Unmeasured(RunOutcome outcome) => outcome.Stopped is { } stopped ? $"could not be measured: {stopped}"
        : outcome.NotMeasured is [var one, ..] ? $"could not be measured: {outcome.NotMeasured.Length} of the questions had no answer; {one}"
        : null;

    private static double P(ImmutableArray<MeasuredAnswer> then, ImmutableArray<MeasuredAnswer> now) =>
        StratifiedTest.Fewer(Counts(then, now, a => a.Passed).Select(c => c.Counts));

    /// <summary>By probe, in the order of the answers of now.</summary>
    internal static IEnumerable<(string Row, ProbeCounts Counts)> Counts(
        IEnumerable<MeasuredAnswer> then,
        IEnumerable<MeasuredAnswer> now,
        Func<MeasuredAnswer, bool> passed
    )
    {
        ILookup<string, MeasuredAnswer> before = then.ToLookup(a => a.Row, StringComparer.Ordinal);
        return from row in now.GroupBy(a => a.Row, StringComparer.Ordinal)
            let old = before[row.Key].ToArray()
            where old.Length > 0
            select (row.Key, new ProbeCounts(old.Count(passed), old.Length, row.Count(passed), row.Count()));
    }

    private static DriftReport Told(DriftReport report, ImmutableArray<MeasuredAnswer> then, ImmutableArray<MeasuredAnswer> now, bool isAlarm, bool isAgain)
    {
        (string Row, ProbeCounts Counts)[] counts = [.. Counts(then, now, a => a.Passed)];
        ImmutableArray<int> worse = isAlarm ? DriftRule.Worse([.. counts.Select(c => c.Counts)]) : [];
        var shift = AnswerShift.Of(then, now);
        return report with
        {
            Outcome = isAlarm ? DriftOutcome.Shifted : DriftOutcome.Steady,
            P = P(then, now),
            Shift = shift,
            Probes =
            [
                .. counts.Select(
                    (c, i) =>
                        new DriftProbe(c.Row, c.Counts, worse.Contains(i), now.Where(a => a.Row == c.Row).SelectMany(a => a.Failures).FirstOrDefault() ?? "")
                ),
            ],
            Told = !isAlarm
                ? "steady: nothing shows that the answers changed"
                : $"behaviour shifted; prompt the same; provider identity {Identity(shift.Identities)}"
                    + (
                        isAgain
                            ? "; this is the second alarm within a week: if these answers are how it is from now on, or the baseline was a lucky "
                                + $"one, record a new one: promptlsp drift record {report.Name} -m WHY"
                            : ""
                    ),
        };
    }

    private static string Identity((ImmutableArray<string> Then, ImmutableArray<string> Now) identities) => identities.Then.SequenceEqual(identities.Now)
        ? $"unchanged ({string.Join(", ", identities.Now)})"
        : $"{string.Join(", ", identities.Then)} → {string.Join(", ", identities.Now)}";

    internal static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>An evaluation that is watched over time, with what is asked now.</summary>
/// <param name="Name">Its path from the root.</param>
/// <param name="Shown">Its path as people read it.</param>
/// <param name="Prompt">The prompt's path from the root.</param>
public sealed record Watched(EvaluationFile File, string Name, string Shown, string Prompt, Side Side, RunStore Store)
{
    internal DriftKey Key => DriftKey.Of(Side, File);

    internal Task<RunOutcome> Ask(string version, int answers, RunOptions options, CancellationToken cancel) =>
        EvaluationRunner.Run(File with { Repeat = answers }, Name, [Side with { Version = version }], Store, options, cancel);
}
