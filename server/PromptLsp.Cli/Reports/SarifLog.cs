using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PromptLsp.Cli.Reports;

// The part of SARIF 2.1.0 that we write, in the specification's own names (docs.oasis-open.org/sarif/sarif/v2.1.0).

internal sealed record SarifLog(ImmutableArray<SarifRun> Runs)
{
    [JsonPropertyName("$schema"), JsonPropertyOrder(-2)]
    public string Schema => "https://json.schemastore.org/sarif-2.1.0.json";

    [JsonPropertyOrder(-1)]
    public string Version => "2.1.0";
}

internal sealed record SarifRun(
    SarifTool Tool,
    string ColumnKind,
    IReadOnlyDictionary<string, SarifArtifactLocation> OriginalUriBaseIds,
    ImmutableArray<SarifInvocation> Invocations,
    ImmutableArray<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, string SemanticVersion, ImmutableArray<SarifRule> Rules);

internal sealed record SarifRule(string Id, SarifText ShortDescription, SarifText FullDescription, SarifMarkdown Help, SarifConfiguration DefaultConfiguration, SarifRuleProperties Properties);

internal sealed record SarifRuleProperties(ImmutableArray<string> Tags);

internal sealed record SarifConfiguration(bool Enabled, string Level);

internal sealed record SarifInvocation(bool ExecutionSuccessful);

internal sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Level,
    SarifText Message,
    ImmutableArray<SarifLocation> Locations,
    IReadOnlyDictionary<string, string> PartialFingerprints)
{
    public IReadOnlyList<SarifLocation>? RelatedLocations { get; init; }

    public IReadOnlyList<SarifFix>? Fixes { get; init; }
}

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation)
{
    public SarifText? Message { get; init; }
}

internal sealed record SarifPhysicalLocation(SarifArtifactLocation ArtifactLocation)
{
    public SarifRegion? Region { get; init; }
}

internal sealed record SarifArtifactLocation(string Uri)
{
    public string? UriBaseId { get; init; }
}

/// <summary>Lines and columns from 1; the end column is one past the last character.</summary>
internal sealed record SarifRegion(int StartLine, int StartColumn, int EndLine, int EndColumn);

internal sealed record SarifFix(SarifText Description, ImmutableArray<SarifArtifactChange> ArtifactChanges);

internal sealed record SarifArtifactChange(SarifArtifactLocation ArtifactLocation, ImmutableArray<SarifReplacement> Replacements);

internal sealed record SarifReplacement(SarifRegion DeletedRegion, SarifText InsertedContent);

internal sealed record SarifText(string Text);

internal sealed record SarifMarkdown(string Text, string Markdown);

[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifContext : JsonSerializerContext
{
    public static SarifContext Readable => field ??= new(JsonStyle.Readable());
}
