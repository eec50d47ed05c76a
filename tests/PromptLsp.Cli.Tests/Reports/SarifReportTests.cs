using System.Collections.Immutable;
using System.Text.Json;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Cli.Tests.Reports;

/// <summary>
/// The SARIF we write keeps the rules of the 2.1.0 schema: what must be there, what values are allowed, which numbers begin at 1, and
/// no property that the schema does not know.
/// </summary>
public sealed class SarifReportTests
{
    private static readonly Rule AnyRule = Rules.All[0];

    private static readonly CheckResult Result = new(
        [
            new("prompts/a b.prompt", new SourceText("one\nHi {{ nmae }}\ntwo"),
            [
                new Finding(new(10, 4), "`nmae` is not declared")
                {
                    Rule = AnyRule.Id,
                    Severity = Severity.Warning,
                    Fixes =
                    [
                        new Fix("replace by `name`", new TextEdit(new(10, 4), "name")),
                        new Fix("create the file", []) { NewFile = ("x.prompt", "") },
                    ],
                    Related = [new RelatedPlace(null, new(0, 3), "declared here"), new RelatedPlace("partials/_x.prompt", new(0, 1), "in the partial")],
                },
                new Finding(new(18, 3), "a hint") { Rule = AnyRule.Id, Severity = Severity.Hint },
                new Finding(new(3, 1), "a line end") { Rule = AnyRule.Id, Severity = Severity.Error },
            ]),
            new("/elsewhere/z.prompt", new SourceText("x"), [new Finding(new(0, 1), "outside") { Rule = AnyRule.Id, Severity = Severity.Information }]),
        ],
        TimeSpan.Zero);

    private static readonly JsonElement Log = Parse(Result);
    private static readonly JsonElement Run = Log.GetProperty("runs")[0];

    [Fact]
    public void The_log_says_what_it_is()
    {
        Only(Log, "$schema", "version", "runs");
        Assert.Equal("2.1.0", Log.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", Log.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Log.GetProperty("runs").GetArrayLength());
        Only(Run, "tool", "columnKind", "originalUriBaseIds", "invocations", "results");
        Assert.Equal("utf16CodeUnits", Run.GetProperty("columnKind").GetString());
        Assert.True(Run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void Base_uris_are_absolute_and_end_with_a_slash()
    {
        string root = Run.GetProperty("originalUriBaseIds").GetProperty("SRCROOT").GetProperty("uri").GetString()!;
        Assert.True(new Uri(root, UriKind.Absolute).IsFile);
        Assert.EndsWith("/", root, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_described_once()
    {
        JsonElement driver = Run.GetProperty("tool").GetProperty("driver");
        Only(driver, "name", "version", "semanticVersion", "rules");
        Assert.Equal("promptlsp", driver.GetProperty("name").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", driver.GetProperty("semanticVersion").GetString()!);
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(Rules.All.Select(r => r.Id), rules.Select(r => r.GetProperty("id").GetString()));
        Assert.Equal(rules.Length, rules.Select(r => r.GetProperty("id").GetString()).Distinct().Count());
        foreach (JsonElement rule in rules)
        {
            Only(rule, "id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties");
            Text(rule.GetProperty("shortDescription"));
            Text(rule.GetProperty("fullDescription"));
            Only(rule.GetProperty("help"), "text", "markdown");
            Assert.NotEqual("", rule.GetProperty("help").GetProperty("text").GetString());
            Only(rule.GetProperty("defaultConfiguration"), "enabled", "level");
            Level(rule.GetProperty("defaultConfiguration").GetProperty("level"));
            Assert.All(rule.GetProperty("properties").GetProperty("tags").EnumerateArray(), tag => Assert.NotEqual("", tag.GetString()));
        }
    }

    [Fact]
    public void Every_result_is_whole()
    {
        JsonElement rules = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        JsonElement[] results = [.. Run.GetProperty("results").EnumerateArray()];
        Assert.Equal(4, results.Length);
        foreach (JsonElement result in results)
        {
            Only(result, "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "relatedLocations", "fixes");
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Level(result.GetProperty("level"));
            Text(result.GetProperty("message"));
            Assert.Equal(1, result.GetProperty("locations").GetArrayLength());
            foreach (JsonElement location in result.GetProperty("locations").EnumerateArray())
                Location(location);
            if (result.TryGetProperty("relatedLocations", out JsonElement related))
            {
                foreach (JsonElement location in related.EnumerateArray())
                {
                    Location(location);
                    Text(location.GetProperty("message"));
                }
            }
            if (result.TryGetProperty("fixes", out JsonElement fixes))
            {
                foreach (JsonElement fix in fixes.EnumerateArray())
                    FixIsWhole(fix);
            }
        }
        Assert.Equal(["warning", "note", "error", "note"], results.Select(r => r.GetProperty("level").GetString()!));
    }

    [Fact]
    public void Regions_count_from_one_and_end_behind_their_last_character()
    {
        Assert.Equal((2, 7, 2, 11), RegionOf(0));
        Assert.Equal((1, 4, 2, 1), RegionOf(2));
    }

    [Fact]
    public void Paths_are_uris_from_the_root_or_absolute_ones()
    {
        JsonElement inside = Artifact(0), outside = Artifact(3);
        Assert.Equal(("prompts/a%20b.prompt", "SRCROOT"), (inside.GetProperty("uri").GetString(), inside.GetProperty("uriBaseId").GetString()));
        Assert.Equal("file:///elsewhere/z.prompt", outside.GetProperty("uri").GetString());
        Assert.False(outside.TryGetProperty("uriBaseId", out _));
    }

    [Fact]
    public void A_fix_replaces_text_and_one_that_makes_a_file_is_left_out()
    {
        JsonElement fixes = Run.GetProperty("results")[0].GetProperty("fixes");
        Assert.Equal(1, fixes.GetArrayLength());
        JsonElement replacement = fixes[0].GetProperty("artifactChanges")[0].GetProperty("replacements")[0];
        Assert.Equal("name", replacement.GetProperty("insertedContent").GetProperty("text").GetString());
        Assert.Equal(7, replacement.GetProperty("deletedRegion").GetProperty("startColumn").GetInt32());
        Assert.False(Run.GetProperty("results")[1].TryGetProperty("fixes", out _));
    }

    [Fact]
    public void A_fingerprint_survives_lines_above_and_tells_repeats_apart()
    {
        string[] before = Fingerprints("x {{ a }}\nx {{ a }}\n", 5, 15);
        string[] after = Fingerprints("new line\nx {{ a }}\nx {{ a }}\n", 14, 24);
        Assert.Equal(before, after);
        Assert.Equal(2, before.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_clean_check_has_an_empty_list_of_results() =>
        Assert.Equal(0, Parse(new([], TimeSpan.Zero)).GetProperty("runs")[0].GetProperty("results").GetArrayLength());

    private static string[] Fingerprints(string text, params int[] offsets) =>
        [
            .. Parse(new([new("a.prompt", new SourceText(text), [.. offsets.Select(o => new Finding(new(o, 1), "m") { Rule = AnyRule.Id })])], TimeSpan.Zero))
                .GetProperty("runs")[0]
                .GetProperty("results")
                .EnumerateArray()
                .Select(r => r.GetProperty("partialFingerprints").GetProperty("promptlsp/v1").GetString()!),
        ];

    private static JsonElement Parse(CheckResult result) =>
        JsonDocument.Parse(ReportsTests.Written(to => SarifReport.Write(result, Path.GetTempPath(), true, to))).RootElement;

    private static JsonElement Artifact(int result) =>
        Run.GetProperty("results")[result].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");

    private static (int, int, int, int) RegionOf(int result)
    {
        JsonElement region = Run.GetProperty("results")[result].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        return (Int(region, "startLine"), Int(region, "startColumn"), Int(region, "endLine"), Int(region, "endColumn"));
    }

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static void Location(JsonElement location)
    {
        Only(location, "physicalLocation", "message");
        JsonElement physical = location.GetProperty("physicalLocation");
        Only(physical, "artifactLocation", "region");
        Only(physical.GetProperty("artifactLocation"), "uri", "uriBaseId");
        Assert.True(Uri.IsWellFormedUriString(physical.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute));
        if (physical.TryGetProperty("region", out JsonElement region))
            RegionIsWhole(region);
    }

    private static void RegionIsWhole(JsonElement region)
    {
        Only(region, "startLine", "startColumn", "endLine", "endColumn");
        Assert.True(Int(region, "startLine") >= 1 && Int(region, "startColumn") >= 1 && Int(region, "endColumn") >= 1);
        Assert.True((Int(region, "startLine"), Int(region, "startColumn")).CompareTo((Int(region, "endLine"), Int(region, "endColumn"))) <= 0);
    }

    private static void FixIsWhole(JsonElement fix)
    {
        Only(fix, "description", "artifactChanges");
        Text(fix.GetProperty("description"));
        Assert.NotEqual(0, fix.GetProperty("artifactChanges").GetArrayLength());
        foreach (JsonElement change in fix.GetProperty("artifactChanges").EnumerateArray())
        {
            Only(change, "artifactLocation", "replacements");
            Assert.NotEqual(0, change.GetProperty("replacements").GetArrayLength());
            foreach (JsonElement replacement in change.GetProperty("replacements").EnumerateArray())
            {
                Only(replacement, "deletedRegion", "insertedContent");
                RegionIsWhole(replacement.GetProperty("deletedRegion"));
                Only(replacement.GetProperty("insertedContent"), "text");
            }
        }
    }

    private static void Level(JsonElement level) => Assert.Contains(level.GetString(), (string?[])["none", "note", "warning", "error"]);

    private static void Text(JsonElement message)
    {
        Only(message, "text");
        Assert.NotEqual("", message.GetProperty("text").GetString());
    }

    private static void Only(JsonElement element, params string[] known) =>
        Assert.Empty(element.EnumerateObject().Select(p => p.Name).Except(known, StringComparer.Ordinal));
}
