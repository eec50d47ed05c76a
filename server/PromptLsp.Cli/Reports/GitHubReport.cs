using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Reports;

/// <summary>Findings as the workflow commands that GitHub shows beside a pull request's lines.</summary>
internal static class GitHubReport
{
    public static void Write(CheckResult result, TextWriter to)
    {
        foreach ((CheckedFile file, Finding finding) in result.Findings)
        {
            LinePosition start = file.Text.PositionAt(finding.Span.Start),
                end = file.Text.PositionAt(finding.Span.End);
            // GitHub takes columns only where the annotation stays on one line.
            string columns = start.Line == end.Line ? $",col={start.Character + 1},endColumn={Math.Max(start.Character, end.Character - 1) + 1}" : "";
            string place = $"file={Property(file.Path)},line={start.Line + 1},endLine={end.Line + 1}{columns}";
            to.WriteLine($"::{Level(finding.Severity)} {place},title={Property(finding.Rule)}::{Data(finding.Message)}");
        }
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "notice",
    };

    // Line breaks have their own way; nothing else steers the terminal that a log is read in.
    public static string Data(string text) =>
        SourceExcerpt
            .VisibleLines(text)
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    public static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
