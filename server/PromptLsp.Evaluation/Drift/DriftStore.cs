using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Drift;

/// <summary>Baselines and checks of drift, in the store of runs.</summary>
public sealed class DriftStore(RunStore runs)
{
    /// <summary>The newest baseline of an evaluation; null where there is none.</summary>
    public DriftBaseline? Newest(string evaluation) =>
        runs.Query(
            "SELECT id, fingerprint, model, parameters, data, assertions, reason, begun, ready FROM drift_baselines WHERE evaluation = $1 ORDER "
                + "BY id DESC LIMIT 1",
            row => new DriftBaseline(
                row.GetInt64(0),
                evaluation,
                new(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
                row.GetString(6),
                TimeOf(row.GetString(7)),
                row.IsDBNull(8) ? null : TimeOf(row.GetString(8))
            ),
            evaluation
        )
            is [var newest]
            ? newest
            : null;

    /// <param name="prompt">Its path from the root.</param>
    public DriftBaseline Begin(string evaluation, string prompt, DriftKey key, string reason)
    {
        runs.Execute(
            "INSERT INTO drift_baselines (evaluation, fingerprint, model, parameters, data, assertions, reason, begun, prompt) VALUES ($1, $2, "
                + "$3, $4, $5, $6, $7, $8, $9)",
            evaluation, key.Fingerprint, key.Model, key.Parameters, key.Data, key.Assertions, reason, runs.Now, prompt);
        return Newest(evaluation)!;
    }

    /// <summary>It has all that checks need.</summary>
    public void Ready(DriftBaseline baseline, IEnumerable<Canary> canaries) => runs.InTransaction(() =>
    {
        foreach (Canary canary in canaries)
        {
            runs.Execute(
                "INSERT OR REPLACE INTO drift_canaries VALUES ($1, $2, $3, $4, $5, $6)",
                baseline.Id, canary.Judge, canary.Row, canary.Question, canary.Answer, PlainJson.Text(canary.Scores.Select(s => (object?)s).ToArray()));
        }
        return runs.Execute("UPDATE drift_baselines SET ready = $2 WHERE id = $1", baseline.Id, runs.Now);
    });

    public ImmutableArray<Canary> Canaries(DriftBaseline baseline) =>
        runs.Query(
            "SELECT judge, row, question, answer, scores FROM drift_canaries WHERE baseline = $1 ORDER BY judge, row",
            row => new Canary(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                [.. JsonElement.Parse(row.GetString(4)).EnumerateArray().Select(e => e.GetDouble())]
            ),
            baseline.Id
        );

    /// <summary>All answers of a baseline, also those of nights that were interrupted.</summary>
    public ImmutableArray<MeasuredAnswer> Answers(DriftBaseline baseline) => [.. RunsOf(baseline).SelectMany(run => runs.Answers(run))];

    /// <summary>On how many days its answers were given.</summary>
    public int Days(DriftBaseline baseline) => (int)runs.Numbers(
        "SELECT count(DISTINCT substr(a.at, 1, 10)) FROM answers a JOIN runs r ON r.id = a.run WHERE r.evaluation = $1 AND r.side GLOB $2",
        baseline.Evaluation, SideOf(baseline) + " *")[0];

    public void Keep(DriftReport report) =>
        runs.Execute(
            "INSERT INTO drift_checks (baseline, at, outcome, p, told) VALUES ($1, $2, $3, $4, $5)",
            report.Baseline.Id,
            runs.Now,
            DriftReport.Word(report.Outcome),
            report.P,
            report.Told
        );

    /// <summary>When the last alarm was raised against a baseline; null where none was.</summary>
    public DateTimeOffset? LastAlarm(DriftBaseline baseline) =>
        runs.Query(
            "SELECT at FROM drift_checks WHERE baseline = $1 AND outcome = $2 ORDER BY id DESC LIMIT 1",
            row => TimeOf(row.GetString(0)),
            baseline.Id,
            DriftReport.Word(DriftOutcome.Shifted)
        )
            is [var at]
            ? at
            : null;

    /// <summary>What was recorded and what was found, newest first.</summary>
    public ImmutableArray<DriftEvent> Log(string? evaluation) =>
        runs.Query(
            """
            SELECT evaluation, begun AS at, 'baseline' AS kind, NULL AS p, reason AS told, 0 AS step, id FROM drift_baselines
              WHERE $1 IS NULL OR evaluation = $1
            UNION ALL SELECT evaluation, ready, 'ready', NULL, 'baseline complete', 1, id FROM drift_baselines
              WHERE ready IS NOT NULL AND ($1 IS NULL OR evaluation = $1)
            UNION ALL SELECT b.evaluation, c.at, c.outcome, c.p, c.told, 2, c.id FROM drift_checks c
              JOIN drift_baselines b ON b.id = c.baseline WHERE $1 IS NULL OR b.evaluation = $1
              ORDER BY at DESC, step DESC, id DESC
            """,
            row => new DriftEvent(row.GetString(0), TimeOf(row.GetString(1)), row.GetString(2), row.IsDBNull(3) ? null : row.GetDouble(3), row.GetString(4)),
            evaluation
        );

    internal static string SideOf(DriftBaseline baseline) => string.Create(CultureInfo.InvariantCulture, $"drift baseline {baseline.Id}");

    private ImmutableArray<long> RunsOf(DriftBaseline baseline) =>
        runs.Numbers("SELECT id FROM runs WHERE evaluation = $1 AND side GLOB $2 ORDER BY id", baseline.Evaluation, SideOf(baseline) + " *");

    private static DateTimeOffset TimeOf(string stored) => DateTimeOffset.Parse(stored, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>What must be the same for answers to be compared over time.</summary>
/// <param name="Fingerprint">The effective one, of the prompt.</param>
/// <param name="Assertions">With the rubrics of judges.</param>
public sealed record DriftKey(string Fingerprint, string Model, string Parameters, string Data, string Assertions)
{
    public static DriftKey Of(Side side, EvaluationFile file) => new(side.Fingerprint, side.ModelName, side.Parameters, file.DataHash, file.AssertionsHash);

    /// <summary>What is not as it was, in words; null where all is.</summary>
    public string? Changed(DriftKey then)
    {
        (bool, string)[] parts =
        [
            (Fingerprint != then.Fingerprint, "the prompt"),
            (Model != then.Model, "the model"),
            (Parameters != then.Parameters, "the model's parameters (`config`)"),
            (Data != then.Data, "the rows"),
            (Assertions != then.Assertions, "what must hold of answers, or a judge's rubric"),
        ];
        string[] changed = [.. parts.Where(p => p.Item1).Select(p => p.Item2)];
        return changed.Length == 0 ? null : string.Join(", ", changed);
    }
}

/// <summary>Answers of a time in which all was well.</summary>
/// <param name="Ready">When there were enough of them; null where there are not.</param>
public sealed record DriftBaseline(long Id, string Evaluation, DriftKey Key, string Reason, DateTimeOffset Begun, DateTimeOffset? Ready);

/// <summary>An answer that a judge scores again and again: if the scores move, the judge moved.</summary>
/// <param name="Judge">Its assertion's value, as JSON.</param>
public sealed record Canary(string Judge, string Row, string Question, string Answer, ImmutableArray<double> Scores);

/// <param name="Kind"><c>baseline</c>, <c>ready</c>, or the outcome of a check.</param>
public sealed record DriftEvent(string Evaluation, DateTimeOffset At, string Kind, double? P, string Told);
