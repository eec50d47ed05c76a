using System.Globalization;
using System.Text;
using PromptLsp.Evaluation.Results;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Language.Text;

namespace PromptLsp.Evaluation.Drift;

/// <summary>A check of drift for a terminal, and for an issue or a chat.</summary>
public static class DriftText
{
    private const int MostProbes = 20;

    public static string Of(DriftReport report)
    {
        var text = new StringBuilder($"{report.Name} · {report.Prompt} · {report.Model}\n{Figures.OneLine(report.Told)}\n");
        foreach ((string metric, string told) in Lines(report))
            text.Append($"  {metric,-9}{told}\n");
        foreach (DriftProbe probe in Worse(report))
            text.Append($"    worse  {probe.Row}  {Passed(probe)}{(probe.Why.Length == 0 ? "" : $"; {Figures.Short(Figures.OneLine(probe.Why), 120)}")}\n");
        return text.ToString();
    }

    public static string Markdown(DriftReport report)
    {
        var text = new StringBuilder(
            $"### {Language.Text.Markdown.Escape(report.Name)}\n\n**{Language.Text.Markdown.Escape(Figures.OneLine(report.Told))}**\n\n"
        );
        text.Append(
            $"- prompt {Language.Text.Markdown.Escape(report.Prompt)}, model {Language.Text.Markdown.Escape(report.Model)}, baseline of "
                + $"{DriftChecker.Day(report.Baseline.Begun)}\n"
        );
        foreach ((string metric, string told) in Lines(report))
            text.Append($"- {metric}: {told}\n");
        if (Worse(report).Any())
            text.Append("\n| worse | passed | why |\n|---|---|---|\n");
        foreach (DriftProbe probe in Worse(report))
            text.Append(
                $"| {Language.Text.Markdown.Escape(Figures.OneLine(probe.Row))} | {Passed(probe)} | "
                    + $"{Language.Text.Markdown.Escape(Figures.Short(Figures.OneLine(probe.Why), 200))} |\n"
            );
        return text.ToString();
    }

    /// <summary>The figures, one line each.</summary>
    private static IEnumerable<(string Metric, string Text)> Lines(DriftReport report)
    {
        if (report.P is { } p)
            yield return (
                "passed",
                $"{Share(report.Probes.Sum(x => x.Counts.PassedBefore), report.Probes.Sum(x => x.Counts.Before))} then, "
                    + $"{Share(report.Probes.Sum(x => x.Counts.PassedNow), report.Probes.Sum(x => x.Counts.Now))} now ({P(p)}, {report.Probes.Length} probes)"
            );
        if (report.Outcome == DriftOutcome.Shifted && !report.Probes.Any(x => x.IsNamed))
            yield return ("worse", "no probe alone: the loss is spread over several");
        if (report.Shift?.Length is { } length)
            yield return ("length", VerdictText.Of(length, "shorter", "longer"));
        if (report.Shift?.Tokens is { } tokens)
            yield return ("tokens", VerdictText.Of(tokens, "fewer", "more"));
        if (report.Shift?.Refusals is { } refusals)
            yield return ("refusals", Of(refusals));
        if (report.Shift?.Json is { } json)
            yield return ("JSON", Of(json));
    }

    private static IEnumerable<DriftProbe> Worse(DriftReport report) =>
        report.Probes.Where(p => p.IsNamed).OrderBy(p => p.Counts.ShareNow - p.Counts.ShareBefore).Take(MostProbes);

    private static string Passed(DriftProbe probe) =>
        $"{probe.Counts.PassedBefore} of {probe.Counts.Before} then, {probe.Counts.PassedNow} of {probe.Counts.Now} now";

    private static string Of(ShareShift shift) => $"{Figures.Percent(shift.Then)} % then, {Figures.Percent(shift.Now)} % now ({P(shift.P)})";

    private static string Share(int passed, int all) => all == 0 ? "nothing" : $"{Figures.Percent((double)passed / all)} % of {all}";

    private static string P(double p) => p < 0.001 ? "p < 0.001" : "p = " + p.ToString("0.000", CultureInfo.InvariantCulture);
}
