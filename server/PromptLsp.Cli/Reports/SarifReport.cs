using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Reports;

/// <summary>Findings as SARIF 2.1.0, for code scanning: rules with their pages, regions, fixes, and fingerprints that survive moved lines.</summary>
internal static class SarifReport
{
    private const string Base = "SRCROOT";

    /// <param name="folder">The folder that relative paths start from.</param>
    public static void Write(CheckResult result, string folder, TextWriter to)
    {
        ImmutableArray<SarifRule> rules = [.. Rules.All.Select(Of), .. OthersIn(result)];
        Dictionary<string, int> index = rules.Select((rule, i) => (rule.Id, i)).ToDictionary(r => r.Id, r => r.i, StringComparer.Ordinal);
        var repeats = new Dictionary<string, int>(StringComparer.Ordinal);
        var run = new SarifRun(
            new(new("promptlsp", ProductVersion.Text, ProductVersion.Text, rules)),
            "utf16CodeUnits",
            new Dictionary<string, SarifArtifactLocation>(StringComparer.Ordinal) { [Base] = new(FolderUri(folder)) },
            [new(true)],
            [.. result.Findings.Select(f => Of(f.File, f.Finding, index[f.Finding.Rule], repeats))]);
        to.WriteLine(JsonSerializer.Serialize(new SarifLog([run]), SarifContext.Readable.SarifLog));
    }

    private static SarifRule Of(Rule rule)
    {
        RulePage? page = RulePage.Of(rule);
        string summary = page is { Summary.Length: > 0 } ? page.Summary : rule.Id;
        string markdown = page?.Markdown ?? rule.Id;
        return new(
            rule.Id,
            new(summary),
            new(summary),
            new(markdown, markdown),
            new(rule.Default != Severity.Off, Level(rule.Default)),
            new(["prompt", rule.Group.ToString()]));
    }

    // Findings about settings and unreadable files come from no rule that could be turned off, but must be described all the same.
    private static IEnumerable<SarifRule> OthersIn(CheckResult result) =>
        result.Findings.Select(f => f.Finding.Rule).Distinct(StringComparer.Ordinal).Where(id => Rules.Find(id) is null)
            .Select(id => new SarifRule(id, new(id), new(id), new(id, id), new(true, "error"), new(["prompt"])));

    private static SarifResult Of(CheckedFile file, Finding finding, int rule, Dictionary<string, int> repeats)
    {
        SarifArtifactLocation artifact = Artifact(file.Path);
        return new(
            finding.Rule,
            rule,
            Level(finding.Severity),
            new(finding.Message),
            [new(new(artifact) { Region = Region(file.Text, finding.Span) })],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["promptlsp/v1"] = Fingerprint(file, finding, repeats) })
        {
            RelatedLocations = finding.Related.IsEmpty ? null : [.. finding.Related.Select(r => Of(file, r))],
            // A fix that makes a file is no replacement of text, which is all that SARIF can say.
            Fixes = finding.Fixes.All(f => f.NewFile is not null)
                ? null
                : [.. finding.Fixes.Where(f => f.NewFile is null).Select(f => new SarifFix(new(f.Title), [new(artifact, [.. f.Edits.Select(e => new SarifReplacement(Region(file.Text, e.Span), new(e.NewText)))])]))],
        };
    }

    // The text of another file is not at hand, so that its place stays the file as a whole.
    private static SarifLocation Of(CheckedFile file, RelatedPlace place) =>
        place.Path is null
            ? new(new(Artifact(file.Path)) { Region = Region(file.Text, place.Span) }) { Message = new(place.Message) }
            : new(new(Artifact(file.Shown(place.Path)))) { Message = new(place.Message) };

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Off => "none",
        _ => "note",
    };

    private static SarifRegion Region(SourceText text, TextSpan span)
    {
        LinePosition start = text.PositionAt(span.Start), end = text.PositionAt(span.End);
        return new(start.Line + 1, start.Character + 1, end.Line + 1, end.Character + 1);
    }

    private static SarifArtifactLocation Artifact(string path) =>
        Path.IsPathRooted(path)
            ? new(new Uri(path).AbsoluteUri)
            : new(string.Join('/', path.Split('/').Select(Uri.EscapeDataString))) { UriBaseId = Base };

    private static string FolderUri(string folder) =>
        new Uri(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar).AbsoluteUri;

    // The rule, the file and the text of the line: the same finding stays the same when lines above it come and go.
    private static string Fingerprint(CheckedFile file, Finding finding, Dictionary<string, int> repeats)
    {
        string line = file.Text.Line(file.Text.LineAt(finding.Span.Start)).Trim();
        string key = $"{finding.Rule}\n{file.Path}\n{line}";
        int nth = repeats[key] = repeats.GetValueOrDefault(key) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{nth}")).AsSpan(0, 16));
    }
}
