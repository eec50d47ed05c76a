using System.Globalization;
using System.Text.Json;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Drift;

/// <summary>A check of drift for programs.</summary>
public static class DriftJson
{
    public static void Write(DriftReport report, Utf8JsonWriter writer) =>
        PlainJson.Write(
            writer,
            Of(
                ("evaluation", report.Name),
                ("prompt", report.Prompt),
                ("model", report.Model),
                ("outcome", DriftReport.Word(report.Outcome)),
                ("text", report.Told),
                ("p", report.P),
                ("baseline", Of(("begun", Time(report.Baseline.Begun)), ("ready", Time(report.Baseline.Ready)), ("reason", report.Baseline.Reason))),
                (
                    "probes",
                    report.Probes.Select(p =>
                        Of(
                            ("row", p.Row),
                            ("passedThen", p.Counts.PassedBefore),
                            ("then", p.Counts.Before),
                            ("passedNow", p.Counts.PassedNow),
                            ("now", p.Counts.Now),
                            ("worse", p.IsNamed),
                            ("why", p.Why)
                        )
                    )
                ),
                ("length", Ratio(report.Shift?.Length)),
                ("tokens", Ratio(report.Shift?.Tokens)),
                ("refusals", Share(report.Shift?.Refusals)),
                ("json", Share(report.Shift?.Json)),
                ("identities", report.Shift is { } shift ? Of(("then", shift.Identities.Then), ("now", shift.Identities.Now)) : null),
                ("notMeasured", report.NotMeasured),
                ("cost", report.Spent)
            )
        );

    private static object? Ratio(RatioComparison? ratio) =>
        ratio is null ? null : Of(("ratio", ratio.Ratio), ("low", ratio.Interval.Low), ("high", ratio.Interval.High), ("p", ratio.P));

    private static object? Share(ShareShift? share) => share is null ? null : Of(("then", share.Then), ("now", share.Now), ("p", share.P));

    /// <summary>ISO 8601, in UTC.</summary>
    public static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Dictionary<string, object?> Of(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var map = new Dictionary<string, object?>(members.Length, StringComparer.Ordinal);
        foreach ((string name, object? value) in members)
            map.Add(name, value);
        return map;
    }
}
