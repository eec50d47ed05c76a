using System.Text;

namespace PromptLsp.Evaluation.Results;

/// <summary>A result for a terminal.</summary>
public static class EvaluationText
{
    private const int MostFlipped = 20;

    public static string Of(EvaluationResult result)
    {
        var text = new StringBuilder();
        text.Append(result.Name)
            .Append(" · ")
            .Append(result.Prompt)
            .Append(" · ")
            .Append(result.File.Rows.Length)
            .Append(result.File.Rows.Length == 1 ? " row" : " rows")
            .Append("\n\n");
        Table(text, result);
        foreach (SideComparison comparison in result.Comparisons)
        {
            text.Append('\n').Append(comparison.Old.Name).Append(" → ").Append(comparison.New.Name).Append('\n');
            Line(Figures.Metric(comparison), comparison.Text);
            foreach ((string metric, string told) in Figures.Others(comparison))
                Line(metric, told);
            Flipped(text, comparison);
        }
        if (result.Comparisons.IsEmpty)
            Failures(text, result);
        foreach (string failure in result.MustPassFailures.Take(MostFlipped))
            text.Append('\n').Append(Figures.OneLine(failure));
        foreach (string note in result.Notes)
            text.Append("\nnote: ").Append(note);
        foreach (string missing in result.NotMeasured.Take(5))
            text.Append("\n  not measured: ").Append(Figures.OneLine(missing));
        return text.ToString().TrimEnd('\n') + "\n";

        void Line(string metric, string told) => text.Append("  ").Append(metric.PadRight(7)).Append(told).Append('\n');
    }

    private static void Table(StringBuilder text, EvaluationResult result)
    {
        string[][] rows = [["", "passed", "an answer costs", "and takes"], .. result.Sides.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => rows.Max(r => r[column].Length))];
        foreach (string[] row in rows)
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        if (result.Sides.Length > 1)
            text.Append("* no other is as good in all three, and better in one\n");

        string[] Row(SideResult side) =>
            [
                (side.IsOnFront && result.Sides.Length > 1 ? "* " : "  ") + side.Name,
                Figures.Passed(side, result.File.Repeat),
                Figures.Cost(side, result.Currency),
                Figures.Latency(side),
            ];
    }

    private static void Flipped(StringBuilder text, SideComparison comparison)
    {
        foreach (FlippedRow row in comparison.Flipped.Take(MostFlipped))
            text.Append("    ")
                .Append(row.Change < 0 ? "lost  " : "won   ")
                .Append(row.Row.Id)
                .Append("  ")
                .Append(Figures.Short(Figures.OneLine(row.Why), 120))
                .Append('\n');
        if (comparison.Flipped.Length > MostFlipped)
            text.Append("    … and ").Append(comparison.Flipped.Length - MostFlipped).Append(" more\n");
    }

    private static void Failures(StringBuilder text, EvaluationResult result)
    {
        foreach ((string row, string why) in result.Failing.Take(MostFlipped))
            text.Append("    failed  ").Append(row).Append("  ").Append(Figures.Short(Figures.OneLine(why), 120)).Append('\n');
    }
}
