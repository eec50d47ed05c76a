using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using static PromptLsp.Cli.Reports.PromptJson;

namespace PromptLsp.Cli.Reports;

/// <summary>
/// Findings as JSON, in the shape that <c>docs/cli.md</c> promises; a baseline is one of these. Positions as in LSP: from 0, UTF-16.
/// </summary>
internal static class JsonReport
{
    public static void Write(CheckResult result, TextWriter to) => PromptJson.Write(to, json => json.Value(Object(
        ("files", result.Files.Length),
        ("findings", result.Findings.Select(f => Of(f.File, f.Finding))),
        ("durationMs", Math.Round(result.Duration.TotalMilliseconds, 3)))));

    private static Dictionary<string, object?> Of(CheckedFile file, Finding finding) => Object(
        ("file", file.Path),
        ("rule", finding.Rule),
        ("severity", finding.Severity.Word()),
        ("message", finding.Message),
        ("range", Object(("start", Of(file.Text.PositionAt(finding.Span.Start))), ("end", Of(file.Text.PositionAt(finding.Span.End))))),
        ("fixes", finding.Fixes.Select(f => f.Title)));

    private static Dictionary<string, object?> Of(LinePosition position) => Object(("line", position.Line), ("character", position.Character));
}
