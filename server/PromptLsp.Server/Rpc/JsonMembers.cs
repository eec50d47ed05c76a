using System.Text.Json;

namespace PromptLsp.Server.Rpc;

/// <summary>Takes the members of an object that is being written. What is null is left out.</summary>
internal readonly struct JsonMembers(Utf8JsonWriter json)
{
    public JsonMembers Add(string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
        return this;
    }

    public JsonMembers Add(string name, bool? value)
    {
        if (value is { } given)
            json.WriteBoolean(name, given);
        return this;
    }

    public JsonMembers Add(string name, double? value)
    {
        if (value is { } given)
            json.WriteNumber(name, given);
        return this;
    }

    public JsonMembers Add(string name, long? value)
    {
        if (value is { } given)
            json.WriteNumber(name, given);
        return this;
    }

    public JsonMembers Add<T>(string name, T? value)
        where T : struct, ISent
    {
        if (value is { } given)
            Object(name, given);
        return this;
    }

    public JsonMembers Add<T>(string name, T value)
        where T : struct, ISent
    {
        Object(name, value);
        return this;
    }

    public JsonMembers Add(string name, ISent? value)
    {
        if (value is not null)
            Object(name, value);
        return this;
    }

    public JsonMembers Add(string name, IEnumerable<string>? values) => Array(name, values, static (json, value) => json.WriteStringValue(value));

    public JsonMembers Add(string name, IEnumerable<int>? values) => Array(name, values, static (json, value) => json.WriteNumberValue(value));

    public JsonMembers Add(string name, IEnumerable<ISent>? values) => Array(name, values, Write);

    public JsonMembers Add(string name, IEnumerable<IEnumerable<ISent>>? rows) => Array(name, rows, Write);

    /// <summary>An object with a member for every key.</summary>
    public JsonMembers Add<T>(string name, IReadOnlyDictionary<string, T[]>? values)
        where T : ISent
    {
        if (values is null)
            return this;
        json.WriteStartObject(name);
        foreach ((string key, T[] value) in values)
            Add(key, value.Cast<ISent>());
        json.WriteEndObject();
        return this;
    }

    /// <summary>A member that is there when it has no value, too.</summary>
    public JsonMembers AddOrNull(string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        return Add(name, value);
    }

    /// <inheritdoc cref="AddOrNull(string, string?)"/>
    public JsonMembers AddOrNull(string name, int? value)
    {
        if (value is null)
            json.WriteNull(name);
        return Add(name, value);
    }

    /// <inheritdoc cref="AddOrNull(string, string?)"/>
    public JsonMembers AddOrNull(string name, ISent? value)
    {
        if (value is null)
            json.WriteNull(name);
        return Add(name, value);
    }

    /// <summary>Writes an answer or a parameter: whatever a handler may give.</summary>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case ISent sent:
                Write(json, sent);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case IEnumerable<ISent> many:
                Write(json, many);
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (string text in texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"A {value.GetType().Name} cannot be sent.");
        }
    }

    private static void Write(Utf8JsonWriter json, ISent value)
    {
        json.WriteStartObject();
        value.Write(new(json));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<ISent> values)
    {
        json.WriteStartArray();
        foreach (ISent value in values)
            Write(json, value);
        json.WriteEndArray();
    }

    private void Object<T>(string name, T value)
        where T : ISent
    {
        json.WriteStartObject(name);
        value.Write(this);
        json.WriteEndObject();
    }

    private JsonMembers Array<T>(string name, IEnumerable<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
            return this;
        json.WriteStartArray(name);
        foreach (T value in values)
            write(json, value);
        json.WriteEndArray();
        return this;
    }
}
