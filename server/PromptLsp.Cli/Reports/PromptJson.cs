using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromptLsp.Cli.Reports;

/// <summary>Writes JSON from plain values: reports, and what has a prompt's own shape.</summary>
internal static class PromptJson
{
    /// <summary>Writes a document and a line end.</summary>
    public static void Write(TextWriter to, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonStyle.Writer))
            write(writer);
        to.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>An object of these members; those that are null are left out.</summary>
    public static Dictionary<string, object?> Object(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var map = new Dictionary<string, object?>(members.Length, StringComparer.Ordinal);
        foreach ((string name, object? value) in members)
        {
            if (value is not null)
                map.Add(name, value);
        }
        return map;
    }

    public static void Member(this Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        writer.Value(value);
    }

    /// <summary>Writes a plain value as <c>PromptValue</c> describes them.</summary>
    public static void Value(this Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            // JSON has no words for what is no finite number.
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach ((string name, object? member) in map)
                    writer.Member(name, member);
                writer.WriteEndObject();
                break;
            case IEnumerable<object?> list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    writer.Value(item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
