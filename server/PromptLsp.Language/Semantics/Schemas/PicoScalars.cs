using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>The words that Picoschema knows for types, and what other languages' words for them mean.</summary>
public static class PicoScalars
{
    public static ImmutableArray<(string Name, PromptType Type, string Meaning)> All { get; } =
    [
        ("string", PromptType.String, "Text."),
        ("number", PromptType.Number, "A number, with or without a fraction."),
        ("integer", PromptType.Integer, "A whole number."),
        ("boolean", PromptType.Boolean, "`true` or `false`."),
        ("null", PromptType.Null, "Nothing but `null`."),
        ("any", PromptType.Any, "Any value at all."),
    ];

    public static PromptType? Find(string name) => name switch
    {
        "string" => PromptType.String,
        "number" => PromptType.Number,
        "integer" => PromptType.Integer,
        "boolean" => PromptType.Boolean,
        "null" => PromptType.Null,
        "any" => PromptType.Any,
        _ => null,
    };

    /// <summary>The scalar that a wrong word stands for: another language's word, another case, or a slip.</summary>
    public static string? Meant(string word)
    {
        if (Foreign.TryGetValue(word, out string? meant))
            return meant;
        if (word.Length > 0 && char.IsAsciiLetterUpper(word[0]))
            return Find(word.ToLowerInvariant()) is null ? null : word.ToLowerInvariant();
        // A slip in `any` or `null` would be too many other words.
        return Spelling.Nearest(word, ["string", "number", "integer", "boolean"]);
    }

    private static readonly Dictionary<string, string> Foreign = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["str"] = "string",
        ["text"] = "string",
        ["int"] = "integer",
        ["long"] = "integer",
        ["float"] = "number",
        ["double"] = "number",
        ["decimal"] = "number",
        ["num"] = "number",
        ["bool"] = "boolean",
        ["object"] = "object",
        ["dict"] = "object",
        ["map"] = "object",
        ["array"] = "array",
        ["list"] = "array",
        ["enum"] = "enum",
        ["none"] = "null",
        ["nil"] = "null",
        ["unknown"] = "any",
    };
}
