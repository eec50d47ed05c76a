using System.Text;
using PromptLsp.History;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using static PromptLsp.Cli.Reports.PromptJson;

namespace PromptLsp.Cli.Reports;

/// <summary>
/// Findings as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), for code scanning: rules with their pages, regions, fixes, and
/// fingerprints that survive moved lines.
/// </summary>
internal static class SarifReport
{
    private const string Base = "SRCROOT";

    /// <param name="folder">The folder that relative paths start from.</param>
    /// <param name="isComplete">Every rule ran to its end.</param>
    public static void Write(CheckResult result, string folder, bool isComplete, TextWriter to)
    {
        string[] ids =
        [
            .. Rules.All.Select(r => r.Id),
            .. result.Findings.Select(f => f.Finding.Rule).Where(id => Rules.Find(id) is null).Distinct(StringComparer.Ordinal),
        ];
        Dictionary<string, int> index = ids.Select((id, i) => (id, i)).ToDictionary(r => r.id, r => r.i, StringComparer.Ordinal);
        var repeats = new Dictionary<string, int>(StringComparer.Ordinal);
        Dictionary<string, object?> run = Object(
            (
                "tool",
                Object(
                    (
                        "driver",
                        Object(
                            ("name", "promptlsp"),
                            ("version", ProductVersion.Text),
                            ("semanticVersion", ProductVersion.Text),
                            ("rules", ids.Select(Described))
                        )
                    )
                )
            ),
            ("columnKind", "utf16CodeUnits"),
            ("originalUriBaseIds", Object((Base, Object(("uri", FolderUri(folder)))))),
            ("invocations", new[] { Object(("executionSuccessful", isComplete)) }),
            ("results", result.Findings.Select(f => Of(f.File, f.Finding, index[f.Finding.Rule], repeats)))
        );
        PromptJson.Write(
            to,
            json => json.Value(Object(("$schema", "https://json.schemastore.org/sarif-2.1.0.json"), ("version", "2.1.0"), ("runs", new[] { run })))
        );
    }

    private static Dictionary<string, object?> Described(string id)
    {
        // Findings about settings and unreadable files come from no rule that could be turned off, but must be described all the same.
        if (Rules.Find(id) is not { } rule)
            return Described(id, id, id, Severity.Error, "prompt");
        RulePage? page = RulePage.Of(rule);
        return Described(id, page is { Summary.Length: > 0 } ? page.Summary : id, page?.Markdown ?? id, rule.Default, "prompt", rule.Group.ToString());
    }

    private static Dictionary<string, object?> Described(string id, string summary, string page, Severity severity, params string[] tags) => Object(
        ("id", id),
        ("shortDescription", Text(summary)),
        ("fullDescription", Text(summary)),
        ("help", Object(("text", page), ("markdown", page))),
        ("defaultConfiguration", Object(("enabled", severity != Severity.Off), ("level", Level(severity)))),
        ("properties", Object(("tags", tags))));

    private static Dictionary<string, object?> Of(CheckedFile file, Finding finding, int rule, Dictionary<string, int> repeats) => Object(
        ("ruleId", finding.Rule),
        ("ruleIndex", rule),
        ("level", Level(finding.Severity)),
        ("message", Text(finding.Message)),
        ("locations", new[] { Location(file.Path, Region(file.Text, finding.Span), null) }),
        ("partialFingerprints", Object(("promptlsp/v1", Fingerprint(file, finding, repeats)))),
        ("relatedLocations", finding.Related.IsEmpty ? null : finding.Related.Select(r => Of(file, r))),
        // A fix that makes a file is no replacement of text, which is all that SARIF can say.
        ("fixes", finding.Fixes.All(f => f.Edits.IsEmpty) ? null : finding.Fixes.Where(f => !f.Edits.IsEmpty).Select(f => Of(file, f))));

    // The text of another file is not at hand, so that its place stays the file as a whole.
    private static Dictionary<string, object?> Of(CheckedFile file, RelatedPlace place) => place.Path is null
        ? Location(file.Path, Region(file.Text, place.Span), place.Message)
        : Location(file.Shown(place.Path), null, place.Message);

    private static Dictionary<string, object?> Of(CheckedFile file, Fix fix)
    {
        var replacements = fix.Edits.Select(e => Object(("deletedRegion", Region(file.Text, e.Span)), ("insertedContent", Text(e.NewText))));
        return Object(
            ("description", Text(fix.Title)),
            ("artifactChanges", new[] { Object(("artifactLocation", Artifact(file.Path)), ("replacements", replacements)) })
        );
    }

    private static Dictionary<string, object?> Location(string path, Dictionary<string, object?>? region, string? message) => Object(
        ("physicalLocation", Object(("artifactLocation", Artifact(path)), ("region", region))),
        ("message", message is null ? null : Text(message)));

    private static Dictionary<string, object?> Text(string text) => Object(("text", text));

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Off => "none",
        _ => "note",
    };

    // Lines and columns from 1; the end column is one past the last character.
    private static Dictionary<string, object?> Region(SourceText text, TextSpan span)
    {
        LinePosition start = text.PositionAt(span.Start), end = text.PositionAt(span.End);
        return Object(("startLine", start.Line + 1), ("startColumn", start.Character + 1), ("endLine", end.Line + 1), ("endColumn", end.Character + 1));
    }

    private static Dictionary<string, object?> Artifact(string path) => Path.IsPathRooted(path)
        ? Object(("uri", new Uri(path).AbsoluteUri))
        : Object(("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString))), ("uriBaseId", Base));

    private static string FolderUri(string folder) =>
        new Uri(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar).AbsoluteUri;

    // The rule, the file and the text of the line: the same finding stays the same when lines above it come and go.
    private static string Fingerprint(CheckedFile file, Finding finding, Dictionary<string, int> repeats)
    {
        string line = file.Text.Line(file.Text.LineAt(finding.Span.Start)).Trim();
        string key = $"{finding.Rule}\n{file.Path}\n{line}";
        int nth = repeats[key] = repeats.GetValueOrDefault(key) + 1;
        return Sha256.Hex($"{key}\n{nth}")[..32];
    }
}
