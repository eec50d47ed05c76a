using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptLsp.Server.Rpc;

/// <summary>The one type that the serializer knows of what we send: an answer, or a parameter by its name.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record Sent(object Value)
{
    public static Sent? Of(object? value) => value is null ? null : new(value);

    internal sealed class Converter : JsonConverter<Sent>
    {
        public override Sent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Sent value, JsonSerializerOptions options) => JsonMembers.Write(writer, value.Value);
    }
}
