using System.Collections.Immutable;
using System.Text.Json;
using PromptLsp.History;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Gates;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases.Folder;

/// <summary>How a release came to where it is.</summary>
public enum MoveKind
{
    /// <summary>All gates were open.</summary>
    Promoted,

    /// <summary>A gate was shut, and somebody who may do so let it in.</summary>
    Overridden,

    /// <summary>It was there before.</summary>
    RolledBack,
}

/// <summary>What <c>release.json</c> says: which release an environment holds of a prompt, where it came from, who put it there, and why.</summary>
public sealed record ReleaseRecord
{
    public const string File = ReleasedFile.RecordFile;

    private const long Format = 1;
    private static readonly string[] Kinds = ["promoted", "overridden", "rolled-back"];

    public required MoveKind Kind { get; init; }

    public required string Environment { get; init; }

    /// <summary>From the root, with <c>/</c>.</summary>
    public required string Prompt { get; init; }

    public required ReleaseName Name { get; init; }

    /// <summary>The prompt's own fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The environment that it came from; null for the workspace itself.</summary>
    public string? From { get; init; }

    /// <summary>The <see cref="Id"/> of the record in whose place this one is; null where there was none.</summary>
    public string? Replaces { get; init; }

    public required string By { get; init; }

    /// <summary>UTC, whole seconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The commit that was checked out.</summary>
    public string? Commit { get; init; }

    public string? Why { get; init; }

    /// <summary>Each gate, and what it was opened or shut by.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];

    /// <summary>What evaluations showed, where some are required.</summary>
    public ImmutableArray<EvaluationEvidence> Evaluations { get; init; } = [];

    /// <summary>SHA-256 of each file's bytes, by its path from the root.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>Names this one move among all: the same release put there again is another.</summary>
    public string Id => History.Fingerprint.Of(Text);

    public string KindWord => Kinds[(int)Kind];

    public string Text => ReleaseJson.Write(json =>
    {
        json.WriteMoment("at", At);
        json.WriteString("by", By);
        json.WriteString("commit", Commit);
        json.WriteString("context", Name.Context);
        json.WriteString("environment", Environment);
        WriteEvaluations(json);
        json.WriteStartObject("files");
        foreach ((string path, string hash) in Files)
            json.WriteString(path, hash);
        json.WriteEndObject();
        json.WriteString("fingerprint", Fingerprint);
        json.WriteNumber("format", Format);
        json.WriteString("from", From);
        json.WriteStartArray("gates");
        foreach (Gate gate in Gates)
        {
            json.WriteStartObject();
            json.WriteString("gate", gate.Name);
            json.WriteBoolean("holds", gate.Holds);
            json.WriteString("says", gate.Says);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("kind", KindWord);
        json.WriteString("prompt", Prompt);
        json.WriteString("release", Name.Release);
        json.WriteString("replaces", Replaces);
        json.WriteString("why", Why);
    });

    // A record without any is written as it was before there were evaluations.
    private void WriteEvaluations(Utf8JsonWriter json)
    {
        if (Evaluations.IsEmpty)
            return;
        json.WriteStartArray("evaluations");
        foreach (EvaluationEvidence evidence in Evaluations)
            evidence.Write(json);
        json.WriteEndArray();
    }

    /// <param name="shown">The file as people read it.</param>
    /// <exception cref="ReleaseException">It was not written by this program.</exception>
    public static ReleaseRecord Parse(string content, string shown) => ReleaseJson.Read(content, shown, Of, r => r.Text);

    /// <summary>What it says without gates, for an overview of many; null for what is not written as records are.</summary>
    internal static ReleaseRecord? Glance(ReadOnlySpan<byte> json)
    {
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
                    texts[name] = reader.GetString();
                else if (name == "files")
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        string path = reader.GetString()!;
                        reader.Read();
                        files[path] = reader.GetString()!;
                    }
                else
                    reader.Skip();
            }
            return new()
            {
                At = ReleaseJson.Moment(texts["at"]!),
                By = texts["by"]!,
                Name = new(ReleaseJson.Hash(texts["release"]), ReleaseJson.Hash(texts["context"])),
                Environment = texts["environment"]!,
                Files = files.ToImmutable(),
                Fingerprint = ReleaseJson.Hash(texts["fingerprint"]),
                From = texts["from"],
                Kind = KindOf(texts["kind"]),
                Prompt = texts["prompt"]!,
                Why = texts["why"],
            };
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static MoveKind KindOf(string? word) => Array.IndexOf(Kinds, word) is >= 0 and var kind ? (MoveKind)kind : throw new FormatException(nameof(Kind));

    private static ReleaseRecord Of(JsonElement json) => new()
    {
        At = json.At("at"),
        By = json.Text("by"),
        Commit = json.OptionalText("commit"),
        Name = new(json.Hash("release"), json.Hash("context")),
        Environment = json.Text("environment"),
        Evaluations = json.TryGetProperty("evaluations", out JsonElement shown) ? [.. shown.EnumerateArray().Select(EvaluationEvidence.Of)] : [],
        Files = json.GetProperty("files").EnumerateObject().ToImmutableSortedDictionary(f => f.Name, f => f.Value.GetString()!, StringComparer.Ordinal),
        Fingerprint = json.Hash("fingerprint"),
        From = json.OptionalText("from"),
        Gates = [.. json.GetProperty("gates").EnumerateArray().Select(g => new Gate(g.Text("gate"), g.GetProperty("holds").GetBoolean(), g.Text("says")))],
        Kind = KindOf(json.Text("kind")),
        Prompt = json.Text("prompt"),
        Replaces = json.OptionalHash("replaces"),
        Why = json.OptionalText("why"),
    };
}
