using System.Text.Json;
using PromptLsp.Cli.Reports;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Versions;

/// <summary>Versions in the shape that programs read; docs/protocol.md has it too.</summary>
internal static class VersionJson
{
    public static void Version(this Utf8JsonWriter writer, PromptVersion version)
    {
        writer.WriteStartObject();
        writer.VersionMembers(version);
        writer.WriteEndObject();
    }

    /// <summary>What became of a version in an environment.</summary>
    public static Dictionary<string, object?> Of(EnvironmentEvent move) =>
        PromptJson.Object(
            ("kind", move.Kind.Word),
            ("environment", move.Where.Environment),
            ("release", move.Where.Release),
            ("from", move.Where.From),
            ("by", move.Author),
            ("at", VersionWords.Iso(move.At)),
            ("why", move.Why)
        );

    public static void VersionMembers(this Utf8JsonWriter writer, PromptVersion version)
    {
        writer.Member("version", version.Number);
        writer.Member("fingerprint", version.Fingerprint);
        writer.Member("effective", version.Effective);
        writer.Member("kind", version.Kind.Word);
        writer.Member("author", version.Author);
        writer.Member("at", VersionWords.Iso(version.At));
        writer.Member("note", version.Note);
        writer.Member("tags", version.Tags);
        if (version.Commit is not null)
            writer.Member("commit", version.Commit);
        if (version.Added is { } added)
            writer.Member("added", added);
        if (version.Removed is { } removed)
            writer.Member("removed", removed);
        if (version is { Kind: EventKind.RolledBack, Source: { } source })
            writer.Member("source", source);
        if (version.Deleted is not null)
            writer.Member("deleted", version.Deleted);
        if (version.IsForgotten)
            writer.Member("forgotten", true);
    }
}
