using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PromptLsp.Releases.Folder;

/// <summary>The JSON files of the releases folder: members in the order of their names, two blanks deep, each thing in one way only.</summary>
internal static class ReleaseJson
{
    private const string MomentForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly JsonWriterOptions Style = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Style))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    public static void WriteMoment(this Utf8JsonWriter writer, string name, DateTimeOffset at) =>
        writer.WriteString(name, at.UtcDateTime.ToString(MomentForm, CultureInfo.InvariantCulture));

    /// <summary>Reads a file that <see cref="Write"/> wrote: what says something else, or the same in another way, is refused.</summary>
    /// <param name="shown">The file as people read it.</param>
    /// <param name="text">How what was read is written.</param>
    /// <exception cref="ReleaseException">It was not written by this program.</exception>
    public static T Read<T>(string content, string shown, Func<JsonElement, T> read, Func<T, string> text)
    {
        string canonical = History.Fingerprint.Canonical(content);
        if (canonical.Split('\n').Any(line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal)))
            throw new ReleaseException(
                $"`{shown}` holds the conflict of a merge: two branches promoted the same prompt; keep one side whole, folder and all, and promote again"
            );
        try
        {
            using JsonDocument json = JsonDocument.Parse(canonical);
            T value = read(json.RootElement);
            if (text(value) == canonical)
                return value;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new ReleaseException(
                $"`{shown}` is not as promptlsp writes it: it was edited, or a newer PromptLsp wrote it; bring it back from git",
                failure
            );
        }
        throw new ReleaseException($"`{shown}` is not as promptlsp writes it: it was edited, or a newer PromptLsp wrote it; bring it back from git");
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name);

    public static string? OptionalText(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static DateTimeOffset At(this JsonElement json, string name) => Moment(json.Text(name));

    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.ParseExact(text, MomentForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>A hash, as it is written.</summary>
    public static string Hash(this JsonElement json, string name) => Hash(json.Text(name));

    public static string Hash(string? text) =>
        text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept("0123456789abcdef") ? text : throw new FormatException("no hash");

    public static string? OptionalHash(this JsonElement json, string name) => json.GetProperty(name).ValueKind == JsonValueKind.Null ? null : json.Hash(name);
}
