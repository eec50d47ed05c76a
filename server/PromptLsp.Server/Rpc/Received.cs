using System.Text.Json;

namespace PromptLsp.Server.Rpc;

/// <summary>Reads the members of an object that we were sent. A null is as good as a missing member.</summary>
/// <exception cref="JsonException">A member is missing that must be there, or is of another type. The message is for nobody to see.</exception>
internal static class Received
{
    public static string String(this JsonElement from, string name) => from.OptionalString(name) ?? throw new JsonException(name);

    public static string? OptionalString(this JsonElement from, string name) =>
        from.Member(name) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw new JsonException(name) : null;

    public static int Int(this JsonElement from, string name) => from.OptionalInt(name) ?? throw new JsonException(name);

    public static int? OptionalInt(this JsonElement from, string name) =>
        from.Member(name) is { } value
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
                ? number
                : throw new JsonException(name)
            : null;

    public static bool Bool(this JsonElement from, string name) => from.OptionalBool(name) ?? throw new JsonException(name);

    public static bool? OptionalBool(this JsonElement from, string name) =>
        from.Member(name) is { } value
            ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean()
                : throw new JsonException(name)
            : null;

    /// <summary>False where it is not said.</summary>
    public static bool Flag(this JsonElement from, string name) => from.OptionalBool(name) ?? false;

    public static T Object<T>(this JsonElement from, string name, Func<JsonElement, T> read) =>
        from.Member(name) is { } value ? read(value) : throw new JsonException(name);

    public static T? Optional<T>(this JsonElement from, string name, Func<JsonElement, T> read)
        where T : class => from.Member(name) is { } value ? read(value) : null;

    /// <summary>An object that is a mere hint: anything else in its place says nothing. An empty Lua table comes as <c>[]</c>.</summary>
    public static T? Hint<T>(this JsonElement from, string name, Func<JsonElement, T> read)
        where T : class => from.Member(name) is { ValueKind: JsonValueKind.Object } value ? read(value) : null;

    public static T? OptionalValue<T>(this JsonElement from, string name, Func<JsonElement, T> read)
        where T : struct => from.Member(name) is { } value ? read(value) : null;

    public static T[] Array<T>(this JsonElement from, string name, Func<JsonElement, T> read) =>
        from.OptionalArray(name, read) ?? throw new JsonException(name);

    public static T[]? OptionalArray<T>(this JsonElement from, string name, Func<JsonElement, T> read) =>
        from.Member(name) is { } value
            ? value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Select(read)]
                : throw new JsonException(name)
            : null;

    public static string[]? OptionalStrings(this JsonElement from, string name) =>
        from.OptionalArray(name, static value => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException());

    public static int[]? OptionalInts(this JsonElement from, string name) =>
        from.OptionalArray(
            name,
            static value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw new JsonException()
        );

    public static IReadOnlyDictionary<string, string>? OptionalTexts(this JsonElement from, string name) =>
        from.Member(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String)
            ? value
                .EnumerateObject()
                .DistinctBy(p => p.Name, StringComparer.Ordinal)
                .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
        : throw new JsonException(name);

    public static JsonElement[]? OptionalElements(this JsonElement from, string name) => from.OptionalArray(name, static value => value);

    private static JsonElement? Member(this JsonElement from, string name)
    {
        if (from.ValueKind != JsonValueKind.Object)
            throw new JsonException(name);
        return from.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
