using System.Globalization;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Reports;

/// <summary>Findings as a good compiler prints them: the place, the sentence, the line with its span underlined, the fix.</summary>
internal static class TextReport
{
    // More offers than these are for an editor to show.
    private const int FixesShown = 3;

    public static void Write(CheckResult result, TextWriter to, Paint paint, int width)
    {
        foreach ((CheckedFile file, Finding finding) in result.Findings)
            Write(file, finding, to, paint, width);
        WriteSummary(result, to, paint);
    }

    /// <summary>One finding, and a blank line behind it.</summary>
    public static void Write(CheckedFile file, Finding finding, TextWriter to, Paint paint, int width)
    {
        LinePosition start = file.Text.PositionAt(finding.Span.Start);
        string place = $"{SourceExcerpt.Visible(file.Path)}:{start.Line + 1}:{start.Character + 1}:";
        to.WriteLine(
            $"{paint.Bold(place)} {Coloured(finding.Severity, finding.Severity.Word() + ":", paint)} {SourceExcerpt.Visible(finding.Message)} "
                + $"{paint.Dim($"[{finding.Rule}]")}"
        );

        // What cannot be read has no line to show.
        if (file.Text.Length == 0)
        {
            to.WriteLine();
            return;
        }
        string number = (start.Line + 1).ToString(CultureInfo.InvariantCulture);
        string margin = new(' ', Math.Max(4, number.Length + 1));
        SourceExcerpt excerpt = SourceExcerpt.Of(file.Text, finding.Span, Math.Max(20, width - margin.Length - 3));
        to.WriteLine($"{paint.Blue(number.PadLeft(margin.Length))} {paint.Blue("|")} {excerpt.Line}");
        to.WriteLine($"{margin} {paint.Blue("|")} {Coloured(finding.Severity, excerpt.Marks, paint)}");

        foreach (RelatedPlace place2 in finding.Related)
            to.WriteLine($"{margin} {paint.Blue("=")} {SourceExcerpt.Visible(Where(file, place2))}");
        foreach (Fix fix in finding.Fixes.Take(FixesShown))
            to.WriteLine($"{margin} {paint.Blue("=")} {paint.Green("fix:")} {SourceExcerpt.Visible(fix.Title)}");
        to.WriteLine();
    }

    private static string Where(CheckedFile file, RelatedPlace place)
    {
        if (place.Path is not null)
            return $"{place.Message} ({file.Shown(place.Path)})";
        LinePosition at = file.Text.PositionAt(place.Span.Start);
        return $"{place.Message} ({at.Line + 1}:{at.Character + 1})";
    }

    private static void WriteSummary(CheckResult result, TextWriter to, Paint paint)
    {
        string files = Counted.Of(result.Files.Length, "file");
        string kinds = string.Join(", ", Kinds(result, paint));
        string findings = result.FindingCount == 0 ? paint.Green("no findings") : $"{Counted.Of(result.FindingCount, "finding")} ({kinds})";
        int mendable = result.Findings.Count(f => f.Finding.Fixes.Any(fix => fix.IsSafe));
        string fixes = result.Mended > 0 ? $", {result.Mended} mended" : mendable > 0 ? $", {mendable} that --fix mends" : "";
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files}, {findings}{fixes}, {result.Duration.TotalMilliseconds:0} ms"));
    }

    private static IEnumerable<string> Kinds(CheckResult result, Paint paint)
    {
        foreach (Severity severity in (Severity[])[Severity.Error, Severity.Warning, Severity.Information, Severity.Hint])
        {
            int count = result.Count(severity);
            if (count > 0)
                yield return Coloured(severity, severity == Severity.Information ? $"{count} information" : Counted.Of(count, severity.Word()), paint);
        }
    }

    private static string Coloured(Severity severity, string text, Paint paint) => severity switch
    {
        Severity.Error => paint.Red(text),
        Severity.Warning => paint.Yellow(text),
        _ => paint.Cyan(text),
    };
}
