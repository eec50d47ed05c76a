using System.Text;
using PromptLsp.Language.Text;

namespace PromptLsp.Evaluation.Results;

/// <summary>A result as a comment on a pull request.</summary>
public static class EvaluationMarkdown
{
    private const int MostFlipped = 20, LongestAnswer = 400;

    public static string Of(EvaluationResult result)
    {
        var text = new StringBuilder($"### {Markdown.Escape(result.Name)}\n\n| | passed | an answer costs | and takes |\n|---|---|---|---|\n");
        foreach (SideResult side in result.Sides)
        {
            string bold = side.IsOnFront && result.Sides.Length > 1 ? "**" : "";
            string passed = Figures.Passed(side, result.File.Repeat), cost = Figures.Cost(side, result.Currency);
            text.Append($"| {bold}{Markdown.Escape(side.Name)}{bold} | {passed} | {cost} | {Figures.Latency(side)} |\n");
        }
        foreach (SideComparison comparison in result.Comparisons)
        {
            text.Append(
                $"\n**{Markdown.Escape(comparison.Old.Name)} → {Markdown.Escape(comparison.New.Name)}**\n\n- {Figures.Metric(comparison)}: {comparison.Text}\n"
            );
            foreach ((string metric, string told) in Figures.Others(comparison))
                text.Append($"- {metric}: {told}\n");
            if (comparison.Flipped.IsEmpty)
                continue;
            text.Append("\n<details><summary>Rows that flipped</summary>\n\n| | row | why | old answer | new answer |\n|---|---|---|---|---|\n");
            foreach (FlippedRow row in comparison.Flipped.Take(MostFlipped))
                text.Append(
                    $"| {(row.Change < 0 ? "lost" : "won")} | {Cell(row.Row.Id)} | {Cell(row.Why)} | {Cell(row.Old[0].Text)} | {Cell(row.New[0].Text)} |\n"
                );
            text.Append("\n</details>\n");
        }
        foreach (string failure in result.MustPassFailures.Take(MostFlipped))
            text.Append($"\n- {Cell(failure)}");
        foreach (string note in result.Notes)
            text.Append($"\n> {Cell(note)}\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    // An answer is shown as text: nothing in it links, loads or formats.
    private static string Cell(string? text) => text is null ? "" : Markdown.Escape(Figures.Short(Figures.OneLine(text), LongestAnswer));
}
