using System.Collections.Immutable;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;

namespace PromptLsp.Evaluation.Drift;

/// <summary>Records a baseline: answers of several days, since one day alone says little of the others.</summary>
public static class DriftRecorder
{
    /// <param name="answers">So many for each probe, now.</param>
    /// <param name="reason">Why a new baseline takes the place of another; null to go on with the one that is begun.</param>
    /// <exception cref="EvaluationException">There is a baseline already, and no reason for another.</exception>
    public static async Task<DriftProgress> Record(Watched watched, int answers, string? reason, RunOptions options, CancellationToken cancel)
    {
        var store = new DriftStore(watched.Store);
        DriftBaseline baseline = Begun(watched, reason, store);
        RunOutcome outcome = await watched.Ask(DriftStore.SideOf(baseline), answers, options, cancel);
        ImmutableArray<MeasuredAnswer> all = store.Answers(baseline);
        int fewest = watched.File.Rows.Min(r => all.Count(a => a.Row == r.Id)), days = store.Days(baseline);
        double paid = 0;
        if (fewest >= DriftRule.BaselineAnswers && days >= DriftRule.BaselineDays)
        {
            (ImmutableArray<Canary> canaries, paid) = await Canaries.Of(all, watched, options, cancel);
            store.Ready(baseline, canaries);
        }
        return new(store.Newest(watched.Name)!, fewest, days, all.Count(a => a.Passed), all.Length, outcome.NotMeasured, outcome.Stopped, outcome.Spent + paid);
    }

    private static DriftBaseline Begun(Watched watched, string? reason, DriftStore store)
    {
        DriftBaseline? newest = store.Newest(watched.Name);
        if (newest is null || reason is not null)
            return store.Begin(watched.Name, watched.Prompt, watched.Key, reason ?? "the first");
        string day = DriftChecker.Day(newest.Begun);
        return watched.Key.Changed(newest.Key) is { } changed
                ? throw new EvaluationException($"the baseline of {day} is of something else: changed since are {changed}; a new one needs a reason: -m WHY")
            : newest.Ready is not null ? throw new EvaluationException($"the baseline of {day} is complete; a new one in its place needs a reason: -m WHY")
            : newest;
    }
}

/// <summary>How far a baseline is.</summary>
/// <param name="Fewest">Answers of the probe that has fewest.</param>
/// <param name="Days">On which answers were given.</param>
public sealed record DriftProgress(
    DriftBaseline Baseline,
    int Fewest,
    int Days,
    int Passed,
    int Answers,
    ImmutableArray<string> NotMeasured,
    string? Stopped,
    double Spent
);
