using System.Collections.Immutable;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>The words of schemas besides the names of types: those in Picoschema's parentheses, and the keys of JSON Schema.</summary>
public static class SchemaWords
{
    public static ImmutableArray<(string Name, string Meaning)> Kinds { get; } =
    [
        ("array", "A list; the type of its items stands behind the colon."),
        ("object", "A map; its members stand below."),
        ("enum", "One of some values, listed behind the colon."),
    ];

    public static ImmutableArray<SchemaKey> Keys { get; } =
    [
        new("type", "What kind of value it is."),
        new("description", "What it holds, in a sentence."),
        new("properties", "An object's members, each with a schema.") { Of = "object", Value = "{ $0 }", IsTall = true },
        new("required", "The members that must be given.") { Of = "object", Value = "[$0]" },
        new("items", "The schema of a list's items.") { Of = "array", Value = "{ $0 }", IsTall = true },
        new("enum", "The values it can have.") { Value = "[$0]" },
        new("default", "The value where none is given."),
        new("additionalProperties", "Whether other members may be given, or their schema.") { Of = "object" },
        new("anyOf", "Several schemas, of which one must fit.") { Value = "[$0]", IsTall = true },
        new("$ref", "A definition of this schema: `#/$defs/name`."),
        new("$defs", "Schemas with names, for `$ref`.") { Value = "{ $0 }", IsTall = true, IsOfWhole = true },
    ];
}

/// <summary>A key of JSON Schema.</summary>
public sealed record SchemaKey(string Name, string Meaning)
{
    /// <summary>The one type that it says something of; null for any.</summary>
    public string? Of { get; init; }

    /// <summary>What stands behind its colon when it is completed, on one line.</summary>
    public string? Value { get; init; }

    /// <summary>Its value mostly stands on lines of its own.</summary>
    public bool IsTall { get; init; }

    /// <summary>It stands at the top of a schema.</summary>
    public bool IsOfWhole { get; init; }
}
