using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>Schemas as JSON Schema, in plain values: what programs that load a prompt expect.</summary>
public static class JsonSchema
{
    /// <summary>A type as JSON Schema.</summary>
    public static IReadOnlyDictionary<string, object?> Of(PromptType type)
    {
        switch (type)
        {
            case ScalarType { Kind: ScalarKind.Any }:
                return New();
            case ScalarType scalar:
                return New(("type", scalar.Display));
            case EnumType choice:
                return New(("enum", choice.Values.Select(v => v == "null" ? null : (object?)v).ToArray()));
            case ArrayType array:
                return array.Item.IsAny ? New(("type", "array")) : New(("type", "array"), ("items", Of(array.Item)));
            case UnionType union:
                return New(("anyOf", union.Options.Select(o => (object?)Of(o)).ToArray()));
            case ObjectType o:
                var schema = New(("type", "object"), ("properties", o.Fields.ToDictionary(f => f.Name, f => (object?)Of(f), StringComparer.Ordinal)));
                if (o.Fields.Where(f => !f.IsOptional).Select(f => (object?)f.Name).ToArray() is { Length: > 0 } required)
                    schema["required"] = required;
                if (!o.ToleratesOthers)
                    schema["additionalProperties"] = o.Others is null ? false : Of(o.Others);
                return schema;
            default:
                return New();
        }
    }

    /// <summary>A schema as it is written: JSON Schema stays as it is, Picoschema is written out.</summary>
    internal static IReadOnlyDictionary<string, object?> Of(YamlNode node, Func<string, IReadOnlyDictionary<string, object?>?> named) =>
        node.Resolved() is YamlMapping mapping && JsonSchemaReader.IsJsonSchema(mapping) ? Whole(mapping) : Picoschema(node, named);

    private static Dictionary<string, object?> Whole(YamlMapping mapping)
    {
        var whole = new Dictionary<string, object?>(PromptValue.Of(mapping), StringComparer.Ordinal);
        if (!whole.ContainsKey("type") && whole.ContainsKey("properties"))
            whole["type"] = "object";
        return whole;
    }

    // Inside Picoschema, `type` and `properties` are names like others, unless a map can be nothing but JSON Schema.
    private static Dictionary<string, object?> Picoschema(YamlNode node, Func<string, IReadOnlyDictionary<string, object?>?> named)
    {
        switch (node.Resolved())
        {
            case YamlMapping mapping:
                return JsonSchemaReader.IsSurely(mapping) ? Whole(mapping) : Object(mapping, named);
            case YamlScalar { Value.Length: > 0 } scalar:
                var (word, description) = PicoKey.Words(scalar.Value);
                Dictionary<string, object?> schema = PicoScalars.Find(word) is { } type ? new(Of(type), StringComparer.Ordinal)
                    : named(word) is { } known ? new(known, StringComparer.Ordinal)
                    : [];
                return Described(schema, description);
            default:
                return New();
        }
    }

    private static Dictionary<string, object?> Object(YamlMapping mapping, Func<string, IReadOnlyDictionary<string, object?>?> named)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        var required = new List<object?>();
        object? others = false;
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.Key.Value == PicoKey.Wildcard)
            {
                others = Picoschema(entry.Value, named);
                continue;
            }
            PicoKey key = PicoKey.Of(entry.Key.Value);
            if (!key.IsOptional)
                required.Add(key.Name);
            properties[key.Name] = Property(entry, key, named);
        }
        var schema = New(("type", "object"), ("properties", properties), ("additionalProperties", others));
        if (required.Count > 0)
            schema["required"] = required.ToArray();
        return schema;
    }

    private static Dictionary<string, object?> Property(YamlEntry entry, PicoKey key, Func<string, IReadOnlyDictionary<string, object?>?> named)
    {
        Dictionary<string, object?> schema = key.Kind switch
        {
            "array" => New(("type", "array"), ("items", Picoschema(entry.Value, named))),
            "enum" => New(("enum", PromptValue.Of(entry.Value))),
            _ => Picoschema(entry.Value, named),
        };
        Described(schema, key.Description);
        return key.IsOptional ? Nullable(schema) : schema;
    }

    private static Dictionary<string, object?> Of(Field field)
    {
        Dictionary<string, object?> schema = Described(new(Of(field.Type), StringComparer.Ordinal), field.Description);
        return field.IsOptional ? Nullable(schema) : schema;
    }

    // What may be left out may also be null.
    private static Dictionary<string, object?> Nullable(Dictionary<string, object?> schema)
    {
        if (schema.GetValueOrDefault("type") is string type && type != "null")
            schema["type"] = new object?[] { type, "null" };
        else if (schema.GetValueOrDefault("type") is IReadOnlyList<object?> types && !types.Contains("null"))
            schema["type"] = types.Append("null").ToArray();
        if (schema.GetValueOrDefault("enum") is IReadOnlyList<object?> values && !values.Contains(null))
            schema["enum"] = values.Append(null).ToArray();
        if (schema.GetValueOrDefault("anyOf") is IReadOnlyList<object?> options)
            schema["anyOf"] = options.Append(New(("type", "null"))).ToArray();
        return schema;
    }

    private static Dictionary<string, object?> Described(Dictionary<string, object?> schema, string? description)
    {
        if (description is not null)
            schema["description"] = description;
        return schema;
    }

    private static Dictionary<string, object?> New(params (string Key, object? Value)[] members) =>
        members.ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
}
