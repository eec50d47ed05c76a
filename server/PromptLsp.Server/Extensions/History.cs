using System.Text.Json.Serialization;
using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

/// <summary>A version as people and programs are told of it.</summary>
internal sealed record VersionShape(int Version, string Fingerprint, string Effective, string Kind, string Author, string At, string[] Tags) : ISent
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Note { get; init; }

    public string? Commit { get; init; }

    public int? Added { get; init; }

    public int? Removed { get; init; }

    /// <summary>Of a rollback: the version whose content came back.</summary>
    public int? Source { get; init; }

    public bool? Forgotten { get; init; }

    /// <summary>What the deleted prompt is called whose version it is.</summary>
    public string? Deleted { get; init; }

    /// <summary>What became of it in environments, the newest first.</summary>
    public MoveShape[]? Environments { get; init; }

    public void Write(JsonMembers to) => to
        .Add("version", Version)
        .Add("fingerprint", Fingerprint)
        .Add("effective", Effective)
        .Add("kind", Kind)
        .Add("author", Author)
        .Add("at", At)
        .Add("tags", Tags)
        .AddOrNull("note", Note)
        .Add("commit", Commit)
        .Add("added", Added)
        .Add("removed", Removed)
        .Add("source", Source)
        .Add("forgotten", Forgotten)
        .Add("deleted", Deleted)
        .Add("environments", Environments);
}

/// <summary>What became of a version in an environment, as a record claims.</summary>
internal sealed record MoveShape(string Kind, string Environment, string By, string At) : ISent
{
    public string? Release { get; init; }

    public string? From { get; init; }

    public string? Why { get; init; }

    /// <summary>What it brought there is there now.</summary>
    public bool? Now { get; init; }

    public void Write(JsonMembers to) => to
        .Add("kind", Kind)
        .Add("environment", Environment)
        .Add("by", By)
        .Add("at", At)
        .Add("release", Release)
        .Add("from", From)
        .Add("why", Why)
        .Add("now", Now);
}

internal sealed record HistoryParams(TextDocumentIdentifier TextDocument)
{
    public int? Before { get; init; }

    public int? Limit { get; init; }

    /// <summary>Of a deleted prompt that was there before: what it is called.</summary>
    public string? Deleted { get; init; }

    public static HistoryParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read))
    {
        Before = from.OptionalInt("before"),
        Limit = from.OptionalInt("limit"),
        Deleted = from.OptionalString("deleted"),
    };
}

internal sealed record HistoryResult(string State, VersionShape[][] Rows, bool More) : ISent
{
    public string? Reason { get; init; }

    /// <summary>The prompts that were at the path before, the one deleted last first.</summary>
    public DeletedShape[]? Deleted { get; init; }

    /// <summary>Git may know of versions before the first one.</summary>
    public bool? Git { get; init; }

    public void Write(JsonMembers to) =>
        to.Add("state", State).Add("rows", Rows).Add("more", More).Add("reason", Reason).Add("deleted", Deleted).Add("git", Git);
}

/// <summary>A deleted prompt, by the name under which its versions are reached.</summary>
internal sealed record DeletedShape(string Uri, string Name, string At, int Head, string[] Tags) : ISent
{
    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("name", Name).Add("at", At).Add("head", Head).Add("tags", Tags);
}

internal sealed record DeletedParams
{
    public static DeletedParams Read(JsonElement _) => new();
}

internal sealed record DeletedResult(DeletedShape[] Prompts) : ISent
{
    public void Write(JsonMembers to) => to.Add("prompts", Prompts);
}

internal sealed record ImportResult(int Versions) : ISent
{
    public void Write(JsonMembers to) => to.Add("versions", Versions);
}

internal sealed record LineHistoryParams(TextDocumentIdentifier TextDocument, int Line)
{
    public static LineHistoryParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Int("line"));
}

internal sealed record LineHistoryResult : ISent
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public VersionShape? Version { get; init; }

    public void Write(JsonMembers to) => to.AddOrNull("version", Version);
}

internal sealed record CheckTagParams(TextDocumentIdentifier TextDocument, string Name)
{
    public static CheckTagParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read), from.String("name"));
}

internal sealed record CheckTagResult : ISent
{
    public string? Problem { get; init; }

    public int? At { get; init; }

    public void Write(JsonMembers to) => to.Add("problem", Problem).Add("at", At);
}

/// <summary>The one argument of every command of ours; which fields count depends on the command.</summary>
internal sealed record HistoryArgument(string Uri) : ISent
{
    public string? Ref { get; init; }

    public string? Name { get; init; }

    public string? Note { get; init; }

    public int? Expected { get; init; }

    public string? With { get; init; }

    /// <summary>The URI of the file that a deleted prompt becomes.</summary>
    public string? To { get; init; }

    public string? Environment { get; init; }

    public string? Why { get; init; }

    /// <summary>What the person was shown.</summary>
    public string? Seen { get; init; }

    public void Write(JsonMembers to) => to
        .Add("uri", Uri)
        .Add("ref", Ref)
        .Add("name", Name)
        .Add("note", Note)
        .Add("expected", Expected)
        .Add("with", With)
        .Add("to", To)
        .Add("environment", Environment)
        .Add("why", Why)
        .Add("seen", Seen);

    public static HistoryArgument Read(JsonElement from) => new(from.String("uri"))
    {
        Ref = from.OptionalString("ref"),
        Name = from.OptionalString("name"),
        Note = from.OptionalString("note"),
        Expected = from.OptionalInt("expected"),
        With = from.OptionalString("with"),
        To = from.OptionalString("to"),
        Environment = from.OptionalString("environment"),
        Why = from.OptionalString("why"),
        Seen = from.OptionalString("seen"),
    };
}

internal sealed record VersionResult(VersionShape Version) : ISent
{
    public void Write(JsonMembers to) => to.Add("version", Version);
}
