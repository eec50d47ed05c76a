using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;

namespace PromptLsp.Evaluation.Results;

/// <summary>What an evaluation shows: each side alone, and the sides that may be compared.</summary>
public sealed record EvaluationResult
{
    /// <summary>The evaluation's path, and the prompt's, as people read them.</summary>
    public required string Name { get; init; }

    public required string Prompt { get; init; }

    public required EvaluationFile File { get; init; }

    public required ImmutableArray<SideResult> Sides { get; init; }

    public required ImmutableArray<SideComparison> Comparisons { get; init; }

    public required ImmutableArray<string> NotMeasured { get; init; }

    /// <summary>What the reader must know to judge the figures, one line each.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    public string Currency { get; init; } = "USD";

    public required Gate Gate { get; init; }

    /// <summary>Rows that must pass and do not, by the newest side of each comparison, or by any side where none is compared.</summary>
    public required ImmutableArray<string> MustPassFailures { get; init; }

    /// <summary>Rows that fail, of one side alone, and what does not hold.</summary>
    public required ImmutableArray<(string Row, string Why)> Failing { get; init; }

    /// <summary>Each row by each side.</summary>
    public ImmutableArray<RowResult> Rows { get; init; } = [];

    public GateOutcome Outcome
    {
        get
        {
            if (Sides.All(s => s.Answers == 0))
                return GateOutcome.NotMeasured;
            if (!MustPassFailures.IsEmpty)
                return GateOutcome.Regression;
            GateOutcome[] outcomes = [.. Comparisons.Select(c => c.Outcome(Gate))];
            return outcomes.Contains(GateOutcome.Regression) ? GateOutcome.Regression
                : !NotMeasured.IsEmpty ? GateOutcome.NotMeasured
                : outcomes.DefaultIfEmpty(GateOutcome.Passed).Max();
        }
    }

    public static EvaluationResult Of(EvaluationFile file, string name, string prompt, RunOutcome outcome, Gate gate, bool allowsMismatch)
    {
        ImmutableArray<MeasuredSide> sides = outcome.Sides;
        ImmutableArray<(int Old, int New)> pairs = Pairs(sides);
        ImmutableArray<SideComparison> comparisons = [.. pairs.Select(p => SideComparison.Of(sides[p.Old], sides[p.New], file, outcome.StoppedEarly))];
        if (!allowsMismatch && comparisons.FirstOrDefault(c => c.Confounded is not null) is { } mixed)
            throw new EvaluationException(
                $"{mixed.Old.Name} and {mixed.New.Name} are not compared, since {mixed.Confounded}; give both the same, or say --allow-mismatch"
            );
        var notes = new List<string>();
        if (outcome.Stopped is { } stopped)
            notes.Add($"stopped: {stopped}; the same command goes on");
        if (!outcome.NotMeasured.IsEmpty)
            notes.Add(
                $"{outcome.NotMeasured.Length} of {file.Rows.Length * file.Repeat * sides.Length} questions could not be measured, and count for nothing"
            );
        if (sides.Min(s => s.EarlierLooks) is > 0 and var looks && !comparisons.IsEmpty)
            notes.Add(
                $"these rows were looked at {(looks == 1 ? "once" : $"{looks} times")} before: a p-value holds for the first look, and a second "
                    + "one belongs on new rows"
            );
        if (comparisons.Length > 1)
            notes.Add("several comparisons: their p-values are adjusted together (Benjamini–Hochberg)");
        if (sides.Any(s => s.Answers.Any(a => !a.IsExact)))
            notes.Add("≈ stands where the provider does not count tokens, and we did");
        return new()
        {
            Name = name,
            Prompt = prompt,
            File = file,
            Sides = Front([.. sides.Select(s => SideResult.Of(s, file))]),
            Comparisons = Adjusted(comparisons),
            NotMeasured = outcome.NotMeasured,
            Notes = [.. notes],
            Gate = gate,
            Rows = [.. RowResult.Of(file, outcome)],
            Failing = [.. sides.SelectMany(s => s.Answers).Where(a => !a.Passed).Select(a => (a.Row, string.Join("; ", a.Failures))).Distinct()],
            Currency = sides.Select(s => s.Side.Prices?.Currency).FirstOrDefault(c => c is not null) ?? "USD",
            MustPassFailures = [.. MustPass(file, pairs.IsEmpty ? sides : [.. pairs.Select(p => sides[p.New]).Distinct()])],
        };
    }

    // Versions by the same model, each with the first; and models by the same version, each with the first: one thing changes at a time.
    private static ImmutableArray<(int Old, int New)> Pairs(ImmutableArray<MeasuredSide> sides)
    {
        string[] versions = [.. sides.Select(s => s.Side.Version).Distinct()], models = [.. sides.Select(s => s.Side.ModelName).Distinct()];
        bool isMatrix = sides.Length == versions.Length * models.Length && models.Length > 1 && versions.Length > 1;
        if (!isMatrix)
            return [.. Enumerable.Range(1, Math.Max(0, sides.Length - 1)).Select(i => (0, i))];
        return
        [
            .. from model in models from version in versions.Skip(1) select (At(versions[0], model), At(version, model)),
            .. from version in versions from model in models.Skip(1) select (At(version, models[0]), At(version, model)),
        ];

        int At(string version, string model) => sides.Select((s, i) => (s, i)).First(p => p.s.Side.Version == version && p.s.Side.ModelName == model).i;
    }

    private static IEnumerable<string> MustPass(EvaluationFile file, ImmutableArray<MeasuredSide> sides)
    {
        HashSet<string> rows = [.. file.Rows.Where(file.MustPassRow).Select(r => r.Id)];
        return from side in sides
               from answer in side.Answers
               where !answer.Passed && rows.Contains(answer.Row)
               select $"row {answer.Row} must pass, and does not by {side.Side.Name}: {string.Join("; ", answer.Failures)}";
    }

    private static ImmutableArray<SideComparison> Adjusted(ImmutableArray<SideComparison> comparisons)
    {
        ImmutableArray<double> primary = BenjaminiHochberg.Adjust([.. comparisons.Select(c => c.Primary?.P ?? 1)]);
        ImmutableArray<double> others = BenjaminiHochberg.Adjust([.. comparisons.SelectMany(c => (double[])[c.Cost?.P ?? 1, c.Latency?.P ?? 1])]);
        return [.. comparisons.Select((c, i) => c with
        {
            Primary = c.Primary is { } p ? p with { P = primary[i] } : null,
            Cost = c.Cost is { } cost ? cost with { P = others[2 * i] } : null,
            Latency = c.Latency is { } latency ? latency with { P = others[(2 * i) + 1] } : null,
        })];
    }

    // Marks the sides that no other side beats: none is at least as good in all three, and better in one.
    private static ImmutableArray<SideResult> Front(ImmutableArray<SideResult> sides) =>
        [.. sides.Select(s => s with { IsOnFront = s.Answers > 0 && !sides.Any(other => other != s && other.Answers > 0 && Beats(other, s)) })];

    private static bool Beats(SideResult a, SideResult b)
    {
        (double, double)[] smaller =
        [
            (-a.PassRate, -b.PassRate),
            (a.MedianLatency, b.MedianLatency),
            .. a.Cost is { } x && b.Cost is { } y ? [(x, y)] : ((double, double)[])[],
        ];
        return smaller.All(p => p.Item1 <= p.Item2) && smaller.Any(p => p.Item1 < p.Item2);
    }
}

/// <summary>One side alone.</summary>
/// <param name="PassRate">The average over rows.</param>
/// <param name="Cost">Of an answer, on average; null where that of one is not known.</param>
/// <param name="MedianLatency">Seconds.</param>
/// <param name="HighLatency">What 95 of 100 answers stay below; null under 100 answers.</param>
public sealed record SideResult(
    string Name,
    string Version,
    string Model,
    string Fingerprint,
    int Answers,
    int Rows,
    int Passed,
    double PassRate,
    Interval? Interval,
    double? Cost,
    bool IsExact,
    double MedianLatency,
    double? HighLatency
)
{
    /// <summary>No other side is as good in all of accuracy, cost and speed, and better in one.</summary>
    public bool IsOnFront { get; init; }

    public double? Score { get; init; }

    public static SideResult Of(MeasuredSide side, EvaluationFile file)
    {
        double[] rows = [.. side.Answers.GroupBy(a => a.Row, StringComparer.Ordinal).Select(g => g.Average(a => a.Passed ? 1.0 : 0.0))];
        int passed = side.Answers.Count(a => a.Passed);
        Interval? interval =
            rows.Length == 0 ? null
            : file.Repeat == 1 ? Wilson.Of(passed, side.Answers.Length)
            : rows.Length > 1 ? Clipped(PairedT.Of(rows))
            : null;
        Spread latency = side.Answers.IsEmpty ? default : Spread.Of([.. side.Answers.Select(a => a.LatencyMs / 1000)]);
        return new(
            side.Side.Name,
            side.Side.Version,
            side.Side.ModelName,
            side.Side.Fingerprint,
            side.Answers.Length,
            rows.Length,
            passed,
            rows.Length == 0 ? 0 : rows.Average(),
            interval,
            side.Answers.IsEmpty || side.Answers.Any(a => a.Cost is null) ? null : side.Answers.Average(a => a.Cost!.Value),
            side.Answers.All(a => a.IsExact),
            latency.Median,
            latency.High
        )
        {
            Score = side.Answers.IsEmpty || side.Answers.Any(a => a.Score is null) ? null : side.Answers.Average(a => a.Score!.Value),
        };
    }

    private static Interval Clipped(Interval interval) => new(Math.Max(0, interval.Low), Math.Min(1, interval.High));
}

/// <summary>Two sides, row by row.</summary>
/// <param name="Confounded">What changed beside what is compared; null where nothing did.</param>
/// <param name="Flipped">Rows that one side passes and the other does not.</param>
/// <param name="Evidence">The e-value, where it was what stopped the evaluation.</param>
public sealed record SideComparison(
    Side Old,
    Side New,
    Comparison? Primary,
    RatioComparison? Cost,
    RatioComparison? Latency,
    string? Confounded,
    ImmutableArray<FlippedRow> Flipped,
    double? Evidence
)
{
    public Metric Metric { get; init; }

    public static SideComparison Of(MeasuredSide old, MeasuredSide @new, EvaluationFile file, bool stoppedEarly)
    {
        ILookup<string, MeasuredAnswer> before = old.Answers.ToLookup(a => a.Row, StringComparer.Ordinal),
            after = @new.Answers.ToLookup(a => a.Row, StringComparer.Ordinal);
        var rows = (
            from row in file.Rows
            let o = before[row.Id].ToArray()
            let n = after[row.Id].ToArray()
            where o.Length > 0 && n.Length > 0
            select (Row: row, Old: o, New: n)
        ).ToArray();
        RowPair[] pairs = [.. rows.Select(r => new RowPair(RowTally.Of(r.Old), RowTally.Of(r.New)))];
        PairedCounts counts = RowPair.Counts(pairs);
        // What was resumed was not asked side by side.
        var timed = rows.Where(r => !r.Old.Concat(r.New).Any(a => a.IsResumed)).ToArray();
        return new(
            old.Side,
            @new.Side,
            RowPair.Compare(pairs, file),
            RatioComparison.Of(
                timed
                    .Where(r => r.Old.Concat(r.New).All(a => a.Cost is not null))
                    .Select(r => (r.Old.Average(a => a.Cost!.Value), r.New.Average(a => a.Cost!.Value)))
            ),
            RatioComparison.Of(timed.Select(r => (r.Old.Average(a => a.LatencyMs), r.New.Average(a => a.LatencyMs)))),
            Mismatch(old.Side, @new.Side),
            [
                .. rows.Where(r => Rate(r.Old) != Rate(r.New))
                    .Select(r => new FlippedRow(r.Row, r.Old, r.New))
                    .OrderBy(f => f.Change)
                    .ThenBy(f => f.Row.Id, StringComparer.Ordinal),
            ],
            stoppedEarly ? EProcess.Of(counts.Wins, counts.Losses) : null
        )
        {
            Metric = file.Primary,
        };
    }

    /// <summary>What stopped early is shown by its evidence alone.</summary>
    public GateOutcome Outcome(Gate gate) =>
        Evidence is null || Primary is null ? gate.Outcome(Primary)
        : gate == Gate.None || Primary.Difference > 0 ? GateOutcome.Passed
        : GateOutcome.Regression;

    /// <summary>The verdict in one sentence.</summary>
    public string Text => Primary is null ? "not measured: there is no row that both sides answered"
        : (Confounded is null ? "" : $"confounded: {Confounded}; ") + (Evidence is { } e ? Stopped(Primary, e) : VerdictText.Of(Primary));

    private string Stopped(Comparison comparison, double evidence)
    {
        string verdict = comparison.Difference > 0 ? "better" : "worse", e = evidence.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
        int won = Flipped.Count(f => f.Change > 0), lost = Flipped.Count(f => f.Change < 0);
        return $"{verdict}: the evidence is enough to stop after {comparison.Rows} rows (E = {e}, 20 is enough; {won} rows won, {lost} lost)";
    }

    internal static double Rate(MeasuredAnswer[] answers) => RowTally.Of(answers).Rate;

    private static string? Mismatch(Side old, Side @new) =>
        (old.Fingerprint != @new.Fingerprint, old.ModelName != @new.ModelName, old.Parameters != @new.Parameters) switch
        {
            (true, true, true) => "the model and its parameters changed too",
            (true, true, false) => "the model changed too",
            (true, false, true) => "the model's parameters (`config`) changed too",
            _ => null,
        };
}

/// <summary>A row that the sides do not do alike.</summary>
public sealed record FlippedRow(EvaluationRow Row, MeasuredAnswer[] Old, MeasuredAnswer[] New)
{
    /// <summary>By how much the new side does it better.</summary>
    public double Change => SideComparison.Rate(New) - SideComparison.Rate(Old);

    /// <summary>What the side that does worse gets wrong, one line.</summary>
    public string Why => (Change < 0 ? New : Old).SelectMany(a => a.Failures).FirstOrDefault() ?? "";
}
