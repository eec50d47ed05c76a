using System.Globalization;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Language.Rendering;

namespace PromptLsp.Evaluation.Results;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    /// <summary><c>51 of 60, 85.0 % (73.9–91.9)</c></summary>
    public static string Passed(SideResult side, int repeat) =>
        side.Answers == 0
            ? "not measured"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{side.Passed} of {side.Answers}{(repeat > 1 ? $" on {side.Rows} rows" : "")}, {Percent(side.PassRate)} "
                    + $"%{(side.Interval is { } i ? $" ({Percent(i.Low)}–{Percent(i.High)})" : "")}"
            );

    public static string Cost(SideResult side, string currency) =>
        side.Cost is { } cost ? $"{(side.IsExact ? "" : "≈ ")}{new Cost(cost, currency)}" : "unknown";

    public static string Latency(SideResult side) => side.Answers == 0 ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{side.MedianLatency:0.00} s{(side.HighLatency is { } high ? $" (p95 {high:0.00} s)" : "")}");

    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>What a comparison says of money and time, one line each.</summary>
    public static IEnumerable<(string Metric, string Text)> Others(SideComparison comparison)
    {
        if (comparison.Cost is { } cost)
            yield return ("cost", VerdictText.Of(cost, "cheaper", "dearer"));
        if (comparison.Latency is { } latency)
            yield return ("time", VerdictText.Of(latency, "faster", "slower"));
    }

    public static string Metric(SideComparison comparison) => comparison.Metric == Files.Metric.Score ? "score" : "passed";

    public static string OneLine(string text) => Language.Text.PlainText.OneLine(text.ReplaceLineEndings(" "));

    public static string Short(string text, int most) => text.Length <= most ? text : text[..most] + "…";
}
