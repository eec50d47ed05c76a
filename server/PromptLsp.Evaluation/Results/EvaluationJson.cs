using System.Text.Json;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Results;

/// <summary>A result for programs.</summary>
public static class EvaluationJson
{
    public static void Write(EvaluationResult result, Utf8JsonWriter writer) => PlainJson.Write(writer, Of(
        ("evaluation", result.Name),
        ("prompt", result.Prompt),
        ("rows", result.File.Rows.Length),
        ("repeat", result.File.Repeat),
        ("delta", result.File.Delta),
        ("dataHash", result.File.DataHash),
        ("assertionsHash", result.File.AssertionsHash),
        ("currency", result.Currency),
        ("sides", result.Sides.Select(Side)),
        ("comparisons", result.Comparisons.Select(Comparison)),
        ("mustPassFailures", result.MustPassFailures),
        ("notMeasured", result.NotMeasured),
        ("notes", result.Notes),
        ("gate", Word(result.Gate)),
        ("outcome", Word(result.Outcome))));

    /// <summary>The word for an outcome.</summary>
    public static string Word(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Regression => "regression",
        GateOutcome.Inconclusive => "inconclusive",
        _ => "not-measured",
    };

    public static string? Word(Gate gate) => gate switch { Gate.NoProvenRegression => "no-proven-regression", Gate.NonInferior => "non-inferior", _ => null };

    private static object? Side(SideResult side) => Of(
        ("name", side.Name),
        ("version", side.Version),
        ("model", side.Model),
        ("fingerprint", side.Fingerprint),
        ("answers", side.Answers),
        ("passed", side.Passed),
        ("passRate", side.Answers == 0 ? null : side.PassRate),
        ("low", side.Interval?.Low),
        ("high", side.Interval?.High),
        ("score", side.Score),
        ("cost", side.Cost),
        ("exactTokens", side.IsExact),
        ("medianSeconds", side.Answers == 0 ? null : side.MedianLatency),
        ("p95Seconds", side.HighLatency),
        ("onFront", side.IsOnFront));

    private static object? Comparison(SideComparison comparison) =>
        Of(
            ("old", comparison.Old.Name),
            ("new", comparison.New.Name),
            ("metric", Figures.Metric(comparison)),
            ("text", comparison.Text),
            ("confounded", comparison.Confounded),
            (
                "verdict",
                comparison.Primary is null ? null
                : comparison.Evidence is null ? comparison.Primary.Verdict.ToString().ToLowerInvariant()
                : comparison.Primary.Difference > 0 ? "better"
                : "worse"
            ),
            ("rows", comparison.Primary?.Rows),
            ("differing", comparison.Primary?.Differing),
            ("difference", comparison.Primary?.Difference),
            ("low", comparison.Primary?.Interval.Low),
            ("high", comparison.Primary?.Interval.High),
            ("p", comparison.Primary?.P),
            ("rowsNeeded", comparison.Primary?.RowsNeeded),
            ("evidence", comparison.Evidence),
            ("cost", Ratio(comparison.Cost)),
            ("latency", Ratio(comparison.Latency)),
            (
                "flipped",
                comparison.Flipped.Select(f =>
                    Of(("row", f.Row.Id), ("place", f.Row.Place), ("change", f.Change), ("why", f.Why), ("old", f.Old[0].Text), ("new", f.New[0].Text))
                )
            )
        );

    private static object? Ratio(RatioComparison? ratio) => ratio is null ? null : Of(
        ("ratio", ratio.Ratio),
        ("low", ratio.Interval.Low),
        ("high", ratio.Interval.High),
        ("p", ratio.P),
        ("rows", ratio.Rows),
        ("verdict", ratio.Verdict.ToString().ToLowerInvariant()));

    private static Dictionary<string, object?> Of(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var map = new Dictionary<string, object?>(members.Length, StringComparer.Ordinal);
        foreach ((string name, object? value) in members)
            map.Add(name, value);
        return map;
    }
}
