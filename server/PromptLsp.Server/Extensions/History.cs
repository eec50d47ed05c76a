using System.Text.Json.Serialization;
using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

/// <summary>A version as people and programs are told of it.</summary>
internal sealed record VersionShape(int Version, string Fingerprint, string Effective, string Kind, string Author, string At, string[] Tags)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Note { get; init; }

    public string? Commit { get; init; }

    public int? Added { get; init; }

    public int? Removed { get; init; }
}

internal sealed record HistoryParams(TextDocumentIdentifier TextDocument)
{
    public int? Before { get; init; }

    public int? Limit { get; init; }
}

internal sealed record HistoryResult(string State, VersionShape[][] Rows, bool More)
{
    public string? Reason { get; init; }
}

internal sealed record LineHistoryParams(TextDocumentIdentifier TextDocument, int Line);

internal sealed record LineHistoryResult
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public VersionShape? Version { get; init; }
}

internal sealed record CheckTagParams(TextDocumentIdentifier TextDocument, string Name);

internal sealed record CheckTagResult
{
    public string? Problem { get; init; }

    public int? At { get; init; }
}

/// <summary>The one argument of every command of ours; which fields count depends on the command.</summary>
internal sealed record HistoryArgument(string Uri)
{
    public string? Ref { get; init; }

    public string? Name { get; init; }

    public string? Note { get; init; }

    public int? Expected { get; init; }

    public string? With { get; init; }
}

internal sealed record VersionResult(VersionShape Version);
