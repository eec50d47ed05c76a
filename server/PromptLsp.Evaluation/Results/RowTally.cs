using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;

namespace PromptLsp.Evaluation.Results;

/// <summary>What one side's answers to one row come to: all that a verdict needs of them.</summary>
/// <param name="Passed">How many pass.</param>
/// <param name="Answers">Of how many; at least one.</param>
/// <param name="Score">Their average, where one without a score counts 0.</param>
public readonly record struct RowTally(int Passed, int Answers, double Score)
{
    public double Rate => (double)Passed / Answers;

    /// <summary>What decides.</summary>
    public double Mean(EvaluationFile file) => file.Primary == Metric.Score ? Score : Rate;

    public static RowTally Of(IReadOnlyCollection<MeasuredAnswer> answers) =>
        new(answers.Count(a => a.Passed), answers.Count, answers.Average(a => a.Score ?? 0));
}

/// <summary>One row by the old side and by the new one.</summary>
public readonly record struct RowPair(RowTally Old, RowTally New)
{
    /// <summary>How the sides differ, by the metric that an evaluation declares.</summary>
    /// <returns>Null where there is no row.</returns>
    public static Comparison? Compare(IReadOnlyCollection<RowPair> rows, EvaluationFile file) =>
        rows.Count == 0 ? null
        : file is { Repeat: 1, Primary: Metric.Passed } ? Comparison.OfPassed(Counts(rows), file.Delta)
        : Comparison.OfMeans([.. rows.Select(r => r.New.Mean(file) - r.Old.Mean(file))], file.Delta);

    /// <summary>Of one answer a row.</summary>
    public static PairedCounts Counts(IEnumerable<RowPair> rows) => PairedCounts.Of(rows.Select(r => (r.Old.Passed > 0, r.New.Passed > 0)));
}
