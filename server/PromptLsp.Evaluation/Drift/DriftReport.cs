using System.Collections.Immutable;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;

namespace PromptLsp.Evaluation.Drift;

/// <summary>How a check ends.</summary>
public enum DriftOutcome
{
    /// <summary>Nothing shows that anything changed.</summary>
    Steady,

    /// <summary>Answers pass less often than chance explains.</summary>
    Shifted,

    /// <summary>The same answers get other scores from a judge.</summary>
    JudgeShifted,

    /// <summary>Some question had no answer.</summary>
    NotMeasured,

    /// <summary>There is nothing to compare with: what was recorded is of something else, too little, or too old.</summary>
    NoBaseline,
}

/// <summary>What a check found.</summary>
public sealed record DriftReport
{
    /// <summary>The evaluation's path and the prompt's, as people read them.</summary>
    public required string Name { get; init; }

    public required string Prompt { get; init; }

    public required string Model { get; init; }

    public required DriftBaseline Baseline { get; init; }

    public required DriftOutcome Outcome { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Told { get; init; }

    /// <summary>Of so few passes, had nothing changed; null where nothing was tested.</summary>
    public double? P { get; init; }

    public ImmutableArray<DriftProbe> Probes { get; init; } = [];

    public AnswerShift? Shift { get; init; }

    /// <summary>Questions without an answer, and why, one line each.</summary>
    public ImmutableArray<string> NotMeasured { get; init; } = [];

    /// <summary>What the check cost, as far as it is known.</summary>
    public double Spent { get; init; }

    public static string Word(DriftOutcome outcome) => outcome switch
    {
        DriftOutcome.Steady => "steady",
        DriftOutcome.Shifted => "shifted",
        DriftOutcome.JudgeShifted => "judge-shifted",
        DriftOutcome.NotMeasured => "not-measured",
        _ => "no-baseline",
    };
}

/// <param name="IsNamed">It alone is worse than chance explains.</param>
/// <param name="Why">What an answer of now gets wrong; empty where none does.</param>
public sealed record DriftProbe(string Row, ProbeCounts Counts, bool IsNamed, string Why);

/// <summary>What else of the answers moved, beside whether they pass. Null is what is not known.</summary>
/// <param name="Identities">Who answered then, and who now, by what the provider says of itself.</param>
public sealed record AnswerShift(
    RatioComparison? Length,
    RatioComparison? Tokens,
    ShareShift? Refusals,
    ShareShift? Json,
    (ImmutableArray<string> Then, ImmutableArray<string> Now) Identities
)
{
    public static AnswerShift Of(ImmutableArray<MeasuredAnswer> then, ImmutableArray<MeasuredAnswer> now)
    {
        RatioComparison? length = Ratio(then, now, a => a.Shape?.Length),
            tokens = Ratio(then, now, a => a.OutputTokens);
        ShareShift? refusals = ShareShift.Of(then, now, s => s.IsRefusal, moreIsWorse: true),
            json = ShareShift.Of(then, now, s => s.IsJson, moreIsWorse: false);
        ImmutableArray<double> p = BenjaminiHochberg.Adjust([length?.P ?? 1, tokens?.P ?? 1, refusals?.P ?? 1, json?.P ?? 1]);
        return new(
            length is null ? null : length with { P = p[0] },
            tokens is null ? null : tokens with { P = p[1] },
            refusals is null ? null : refusals with { P = p[2] },
            // Of answers that never were JSON there is nothing to say.
            json is not { Then: > 0 } ? null : json with { P = p[3] },
            (Identities(then), Identities(now)));

        static ImmutableArray<string> Identities(ImmutableArray<MeasuredAnswer> answers) =>
            [.. answers.Select(a => a.Identity).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    // By probe, as geometric means.
    private static RatioComparison? Ratio(ImmutableArray<MeasuredAnswer> then, ImmutableArray<MeasuredAnswer> now, Func<MeasuredAnswer, long?> value)
    {
        ILookup<string, MeasuredAnswer> before = then.ToLookup(a => a.Row, StringComparer.Ordinal), after = now.ToLookup(a => a.Row, StringComparer.Ordinal);
        return RatioComparison.Of(after.Select(row => (Mean(before[row.Key]), Mean(row))));

        double Mean(IEnumerable<MeasuredAnswer> answers)
        {
            double[] logs = [.. answers.Select(value).OfType<long>().Where(v => v > 0).Select(v => Math.Log(v))];
            return logs.Length == 0 ? 0 : Math.Exp(logs.Average());
        }
    }
}

/// <summary>How a share of answers moved.</summary>
/// <param name="P">Of a move so far to the worse, had nothing changed.</param>
public sealed record ShareShift(double Then, double Now, double P)
{
    /// <summary>Null where no answer's shape is known.</summary>
    public static ShareShift? Of(ImmutableArray<MeasuredAnswer> then, ImmutableArray<MeasuredAnswer> now, Func<AnswerShape, bool> holds, bool moreIsWorse)
    {
        AnswerShape[] before = [.. then.Select(a => a.Shape).OfType<AnswerShape>()],
            after = [.. now.Select(a => a.Shape).OfType<AnswerShape>()];
        if (before.Length == 0 || after.Length == 0)
            return null;
        double p = StratifiedTest.Fewer(
            DriftChecker
                .Counts(then.Where(a => a.Shape is not null), now.Where(a => a.Shape is not null), a => holds(a.Shape!) != moreIsWorse)
                .Select(c => c.Counts)
        );
        return new(before.Average(Share), after.Average(Share), p);

        double Share(AnswerShape shape) => holds(shape) ? 1 : 0;
    }
}
