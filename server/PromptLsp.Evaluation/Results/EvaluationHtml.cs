using System.Globalization;
using System.Net;
using System.Text;
using PromptLsp.Evaluation.Running;

namespace PromptLsp.Evaluation.Results;

/// <summary>A result as one page that loads nothing, runs nothing, and shows answers as text.</summary>
public static class EvaluationHtml
{
    /// <summary>Stands in every page, and nowhere else.</summary>
    public const string Generator = "<meta name=\"generator\" content=\"promptlsp eval\">";

    private const int MostFlipped = 200, Width = 640, Height = 320, Margin = 48;

    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1d1d1f;background:#fff}
        table{border-collapse:collapse;width:100%;margin:1em 0}th,td{text-align:left;padding:.35em .7em;border-bottom:1px solid #ddd;vertical-align:top}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:13px/1.45 ui-monospace,monospace;max-height:18em;overflow:auto}
        .lost{color:#a11}.won{color:#161}.front{font-weight:600}.note{color:#555}
        svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#444}
        @media(prefers-color-scheme:dark){body{background:#161618;color:#e6e6e8}th,td{border-color:#333}
        svg text{fill:#bbb}.note{color:#aaa}.lost{color:#f88}.won{color:#8d8}}
        """;

    public static string Of(EvaluationResult result)
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append(Generator)
            .Append($"<title>{Text(result.Name)}</title><style>{Style}</style></head><body>\n<h1>{Text(result.Name)}</h1>\n")
            .Append(
                $"<p class=\"note\">{Text(result.Prompt)} · {result.File.Rows.Length} "
                    + $"rows{(result.File.Repeat > 1 ? $", {result.File.Repeat} answers each" : "")}</p>\n"
            );
        Table(page, result);
        if (result.Sides.Length > 1)
            Scatter(page, result);
        foreach (SideComparison comparison in result.Comparisons)
            Compared(page, comparison);
        Differences(page, result);
        if (result.Comparisons.IsEmpty)
            Failures(page, result);
        foreach (string line in result.MustPassFailures)
            page.Append($"<p class=\"lost\">{Text(line)}</p>\n");
        foreach (string note in result.Notes)
            page.Append($"<p class=\"note\">{Text(note)}</p>\n");
        return page.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder page, EvaluationResult result)
    {
        page.Append("<table><tr><th></th><th>passed (95 % interval)</th><th>an answer costs</th><th>and takes</th></tr>\n");
        foreach (SideResult side in result.Sides)
            page.Append(
                $"<tr{(side.IsOnFront ? " class=\"front\"" : "")}><td>{Text(side.Name)}</td><td>{Text(Figures.Passed(side, result.File.Repeat))}</td>"
                    + $"<td>{Text(Figures.Cost(side, result.Currency))}</td><td>{Text(Figures.Latency(side))}</td></tr>\n"
            );
        page.Append("</table>\n");
    }

    // Accuracy against cost, as large as an answer takes long; a whisker is the interval. Without prices, time is on the axis.
    private static void Scatter(StringBuilder page, EvaluationResult result)
    {
        SideResult[] sides = [.. result.Sides.Where(s => s.Answers > 0)];
        if (sides.Length == 0)
            return;
        bool byCost = sides.All(s => s.Cost is not null);
        double most = Math.Max(1e-12, sides.Max(s => byCost ? s.Cost!.Value : s.MedianLatency)),
            slowest = Math.Max(1e-12, sides.Max(s => s.MedianLatency));
        page.Append(
            $"<h2>Accuracy and {(byCost ? "cost" : "time")}</h2>\n<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" role=\"img\" "
                + $"aria-label=\"accuracy against {(byCost ? "cost" : "time")}\">\n"
        );
        Line(page, Margin, Height - Margin, Width - 10, Height - Margin, "#999");
        Line(page, Margin, 10, Margin, Height - Margin, "#999");
        foreach (int percent in (int[])[0, 25, 50, 75, 100])
            page.Append($"<text x=\"{Margin - 8}\" y=\"{N(Y(percent / 100.0) + 4)}\" text-anchor=\"end\">{percent} %</text>");
        string across = byCost
            ? $"what an answer costs, to {Figures.Cost(sides.MaxBy(s => s.Cost)!, result.Currency)}"
            : $"seconds an answer takes, to {slowest:0.00}";
        page.Append($"<text x=\"{Width - 10}\" y=\"{Height - 12}\" text-anchor=\"end\">{Text(across)}</text>\n");
        foreach (SideResult side in sides)
        {
            double x = Margin + ((Width - Margin - 140) * (byCost ? side.Cost!.Value : side.MedianLatency) / most),
                y = Y(side.PassRate);
            if (side.Interval is { } i)
                Line(page, x, Y(i.Low), x, Y(i.High), "#88a");
            page.Append(
                $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(4 + (8 * side.MedianLatency / slowest))}\" "
                    + $"fill=\"{(side.IsOnFront ? "#36c" : "#aaa")}\" fill-opacity=\".8\"/><text x=\"{N(x + 14)}\" y=\"{N(y + 4)}\">{Text(side.Name)}</text>\n"
            );
        }
        page.Append("</svg>\n");
    }

    private static double Y(double share) => Height - Margin - ((Height - Margin - 14) * share);

    // Each comparison's difference with its interval, beside zero and what was declared to matter.
    private static void Differences(StringBuilder page, EvaluationResult result)
    {
        SideComparison[] shown = [.. result.Comparisons.Where(c => c.Primary is { } p && double.IsFinite(p.Interval.Low))];
        if (shown.Length == 0)
            return;
        double reach = Math.Max(result.File.Delta * 1.5, shown.Max(c => Math.Max(Math.Abs(c.Primary!.Interval.Low), Math.Abs(c.Primary.Interval.High)))) * 1.1;
        int height = 50 + (34 * shown.Length);
        page.Append(
            $"<h2>Differences</h2>\n<svg viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" role=\"img\" aria-label=\"differences with their intervals\">\n"
        );
        page.Append(
            $"<rect x=\"{N(X(-result.File.Delta))}\" y=\"4\" width=\"{N(X(result.File.Delta) - X(-result.File.Delta))}\" height=\"{height - 30}\" "
                + "fill=\"#888\" fill-opacity=\".15\"/>"
        );
        Line(page, X(0), 4, X(0), height - 26, "#999");
        page.Append($"<text x=\"{N(X(0))}\" y=\"{height - 8}\" text-anchor=\"middle\">no difference; grey is what does not matter</text>\n");
        for (int i = 0; i < shown.Length; i++)
        {
            (double low, double high, double y) = (shown[i].Primary!.Interval.Low, shown[i].Primary!.Interval.High, 28 + (34 * i));
            page.Append($"<text x=\"4\" y=\"{N(y - 8)}\">{Text($"{shown[i].Old.Name} → {shown[i].New.Name}")}</text>");
            Line(page, X(low), y, X(high), y, "#36c");
            page.Append($"<circle cx=\"{N(X(shown[i].Primary!.Difference))}\" cy=\"{N(y)}\" r=\"4\" fill=\"#36c\"/>\n");
        }
        page.Append("</svg>\n");

        double X(double difference) => (Width / 2.0) + (Width / 2.0 * difference / reach);
    }

    private static void Compared(StringBuilder page, SideComparison comparison)
    {
        page.Append(
            $"<h2>{Text(comparison.Old.Name)} → {Text(comparison.New.Name)}</h2>\n<p><b>{Figures.Metric(comparison)}</b>: {Text(comparison.Text)}</p>\n"
        );
        foreach ((string metric, string told) in Figures.Others(comparison))
            page.Append($"<p><b>{metric}</b>: {Text(told)}</p>\n");
        if (comparison.Flipped.IsEmpty)
            return;
        page.Append("<table><tr><th></th><th>row</th><th>old answer</th><th>new answer</th></tr>\n");
        foreach (FlippedRow row in comparison.Flipped.Take(MostFlipped))
            page.Append(
                $"<tr><td class=\"{(row.Change < 0 ? "lost" : "won")}\">{(row.Change < 0 ? "lost" : "won")}</td><td>{Text(row.Row.Id)}<br><span "
                    + $"class=\"note\">{Text(row.Why)}</span></td><td>{Answer(row.Old[0])}</td><td>{Answer(row.New[0])}</td></tr>\n"
            );
        page.Append("</table>\n");
    }

    // Where nothing is compared, what does not pass is what one looks for.
    private static void Failures(StringBuilder page, EvaluationResult result)
    {
        RowResult[] rows = [.. result.Rows.Where(r => r.Outcome != RowOutcome.Passed)];
        page.Append($"<h2>{(rows.Length == 0 ? "Every row passes" : "What does not pass")}</h2>\n");
        if (rows.Length == 0)
            return;
        page.Append("<table><tr><th>row</th><th>why</th><th>answer</th></tr>\n");
        foreach (RowResult row in rows.Take(MostFlipped))
            page.Append(
                $"<tr><td>{Text(row.Row.Id)}{(result.Sides.Length > 1 ? $"<br><span class=\"note\">{Text(row.Side)}</span>" : "")}</td>"
                    + $"<td class=\"lost\">{string.Join("<br>", row.Messages.Select(Text))}</td>"
                    + $"<td>{(row.Failed is { } answer ? Answer(answer) : "")}</td></tr>\n"
            );
        page.Append("</table>\n");
        if (rows.Length > MostFlipped)
            page.Append($"<p class=\"note\">… and {rows.Length - MostFlipped} more</p>\n");
    }

    private static string Answer(MeasuredAnswer answer) =>
        answer.Text is { } text ? $"<pre>{Text(Figures.Short(text, 4000))}</pre>" : $"<span class=\"note\">{answer.TextHash[..8]}</span>";

    private static void Line(StringBuilder page, double x1, double y1, double x2, double y2, string colour) =>
        page.Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{colour}\" stroke-width=\"2\"/>");

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
