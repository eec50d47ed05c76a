using System.Buffers;
using System.Text;
using System.Text.Json;
using PromptLsp.Models.Clients;

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

    public static void Member(this Utf8JsonWriter writer, string name, object? value) => PlainJson.Member(writer, name, value);

    /// <summary>Writes a plain value as <c>PromptValue</c> describes them.</summary>
    public static void Value(this Utf8JsonWriter writer, object? value) => PlainJson.Write(writer, value);
}
