using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Reports;

/// <summary>Findings as JSON, in the shape that <c>docs/cli.md</c> promises. Positions as in LSP: from 0, UTF-16.</summary>
internal static class JsonReport
{
    public static void Write(CheckResult result, TextWriter to) =>
        to.WriteLine(JsonSerializer.Serialize(
            new CheckJson(
                result.Files.Length,
                [.. result.Findings.Select(f => Of(f.File, f.Finding))],
                Math.Round(result.Duration.TotalMilliseconds, 3)),
            CheckJsonContext.Readable.CheckJson));

    private static FindingJson Of(CheckedFile file, Finding finding) =>
        new(
            file.Path,
            finding.Rule,
            finding.Severity.Word(),
            finding.Message,
            new(file.Text.PositionAt(finding.Span.Start), file.Text.PositionAt(finding.Span.End)),
            [.. finding.Fixes.Select(f => f.Title)]);
}

/// <summary>The answer of <c>check --format json</c>; a baseline is one of these.</summary>
internal sealed record CheckJson(int Files, ImmutableArray<FindingJson> Findings, double DurationMs);

internal sealed record FindingJson(string File, string Rule, string Severity, string Message, RangeJson Range, ImmutableArray<string> Fixes);

internal sealed record RangeJson(LinePosition Start, LinePosition End);

[JsonSerializable(typeof(CheckJson))]
internal sealed partial class CheckJsonContext : JsonSerializerContext
{
    public static CheckJsonContext Readable => field ??= new(JsonStyle.Readable());
}
