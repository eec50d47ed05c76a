namespace PromptLsp.Language.Catalog;

/// <summary>A tree of keys as JSON Schema (draft 7, which editors read best), in plain values.</summary>
public static class KeySchema
{
    public static IReadOnlyDictionary<string, object?> Of(CatalogKey root)
    {
        Dictionary<string, object?> schema = new(StringComparer.Ordinal)
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = root.Name,
        };
        foreach ((string key, object? value) in Key(root))
            schema[key] = value;
        return schema;
    }

    private static Dictionary<string, object?> Key(CatalogKey key)
    {
        var schema = new Dictionary<string, object?>(StringComparer.Ordinal) { ["description"] = key.Meaning };
        object?[] types = [.. Types(key)];
        if (types.Length > 0)
            schema["type"] = types.Length == 1 ? types[0] : types;
        if (key.Words.Length > 0 && !key.TakesOtherWords && !key.Takes(KeyShape.Boolean))
            schema["enum"] = key.Words.Select(w => (object?)w.Name).ToArray();
        if (key.Least is { } least)
            schema["minimum"] = least;
        if (key.Most is { } most)
            schema["maximum"] = most;
        if (key.Members.Length > 0)
            schema["properties"] = key.Members.ToDictionary(m => m.Name, m => (object?)Key(m), StringComparer.Ordinal);
        // Of a map with keys of its own, `Each` is what the items of a list are.
        bool isNamed = key.Takes(KeyShape.Map) && key.Members.IsEmpty;
        if (key.Each is { } each && isNamed)
            schema["additionalProperties"] = Key(each);
        if (key.Each is { } item && key.Takes(KeyShape.List))
            schema["items"] = isNamed ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "string" } : Key(item);
        return schema;
    }

    private static IEnumerable<string> Types(CatalogKey key)
    {
        if (key.Takes(KeyShape.Text))
            yield return "string";
        if (key.Takes(KeyShape.Number))
            yield return "number";
        if (key.Takes(KeyShape.Integer))
            yield return "integer";
        if (key.Takes(KeyShape.Boolean))
            yield return "boolean";
        if (key.Takes(KeyShape.List))
            yield return "array";
        if (key.Takes(KeyShape.Map))
            yield return "object";
    }
}
