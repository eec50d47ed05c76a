using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;

namespace PromptLsp.Evaluation.Results;

/// <summary>What became of one row, by one side.</summary>
/// <param name="Outcome">Not measured where an answer is missing, and none failed.</param>
/// <param name="Messages">What did not hold, or why there is no answer, one line each.</param>
public sealed record RowResult(string Side, EvaluationRow Row, RowOutcome Outcome, ImmutableArray<string> Messages, double Seconds)
{
    /// <summary>The first answer that does not pass; null where none is there.</summary>
    public MeasuredAnswer? Failed { get; init; }

    public static IEnumerable<RowResult> Of(EvaluationFile file, RunOutcome outcome) => outcome.Sides.SelectMany(side => Of(file, side, outcome.NotMeasured));

    private static IEnumerable<RowResult> Of(EvaluationFile file, MeasuredSide side, ImmutableArray<string> notMeasured)
    {
        ILookup<string, MeasuredAnswer> answers = side.Answers.ToLookup(a => a.Row, StringComparer.Ordinal);
        foreach (EvaluationRow row in file.Rows)
        {
            MeasuredAnswer[] given = [.. answers[row.Id]];
            bool isWhole = given.Length >= file.Repeat,
                hasFailed = given.Any(a => !a.Passed);
            string[] missing = isWhole
                ? []
                : [notMeasured.FirstOrDefault(m => m.StartsWith($"row {row.Id}, {side.Side.Name}: ", StringComparison.Ordinal)) ?? "not asked"];
            yield return new(
                side.Side.Name,
                row,
                hasFailed ? RowOutcome.Failed
                    : isWhole ? RowOutcome.Passed
                    : RowOutcome.NotMeasured,
                [.. given.SelectMany(a => a.Failures).Distinct(StringComparer.Ordinal), .. missing],
                given.Sum(a => a.LatencyMs) / 1000
            )
            {
                Failed = given.FirstOrDefault(a => !a.Passed),
            };
        }
    }
}

public enum RowOutcome
{
    Passed,
    Failed,
    NotMeasured,
}
