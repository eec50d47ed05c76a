using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Yaml;

/// <summary>Completes inside a schema: types, the words in parentheses, names that the body uses, the words of JSON Schema.</summary>
/// <param name="depth">How far the cursor's path leads to the schema itself.</param>
internal sealed class SchemaCompletion(YamlCursor cursor, KeyFacts facts, int depth)
{
    private static readonly (string Name, string Meaning)[] Kinds =
    [
        ("array", "A list; the type of its items stands behind the colon."),
        ("object", "A map; its members stand below."),
        ("enum", "One of some values, listed behind the colon."),
    ];

    private static readonly (string Name, string Meaning)[] Keywords =
    [
        ("type", "What kind of value it is."),
        ("description", "What it holds, in a sentence."),
        ("properties", "An object's members, each with a schema."),
        ("required", "The members that must be given."),
        ("items", "The schema of a list's items."),
        ("enum", "The values it can have."),
        ("default", "The value where none is given."),
        ("additionalProperties", "Whether other members may be given, or their schema."),
        ("anyOf", "Several schemas, of which one must fit."),
        ("$ref", "A definition of this schema: `#/$defs/name`."),
    ];

    private const int MostScalars = 19;

    private static readonly string[] JsonTypes = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public IEnumerable<CompletionItem> Offers()
    {
        if (IsJsonSchema())
            return JsonSchemaOffers();
        // On a line of its own a name is likelier than the type of all.
        return cursor.IsKey ? Keys() : cursor.IsBelowKey ? Keys().Concat(Types().Select(t => t with { Rank = t.Rank + BelowKeys })) : Types();
    }

    private const int BelowKeys = 100;

    private bool IsJsonSchema()
    {
        YamlNode? node = cursor.Root;
        for (int i = 0; i < depth && node is not null; i++)
            node = cursor.Path[i] is { } name ? (node as YamlMapping)?.Entries.LastOrDefault(e => e.Key.Value == name)?.Value : (node as YamlSequence)?.Items.LastOrDefault();
        return node is YamlMapping schema && JsonSchemaReader.IsJsonSchema(schema);
    }

    private IEnumerable<CompletionItem> JsonSchemaOffers()
    {
        string? owner = cursor.Path.Length > depth ? cursor.Path[^1] : null;
        if (cursor.IsKey || (cursor.IsBelowKey && owner is not "type"))
            return owner is "properties" or "$defs" or "definitions" or "default" or "enum" ? [] : Keywords.Where(k => cursor.Map?.Find(k.Name) is null).Select((k, i) => Key(k.Name, CompletionKind.Key, null, k.Meaning, i));
        return owner switch
        {
            "type" => JsonTypes.Select((t, i) => Type(t, null, i)),
            "additionalProperties" => new[] { "false", "true" }.Select((t, i) => Type(t, null, i)),
            _ => [],
        };
    }

    private IEnumerable<CompletionItem> Keys()
    {
        int open = cursor.Typed.IndexOf('(');
        if (open >= 0)
            return cursor.Typed.Contains(',') ? [] : Parenthesised(open);
        return facts.Undeclared.Where(name => facts.Inputs.Find(name) is null && cursor.Path.Length == depth && cursor.Path is ["input", ..])
            .Select((name, i) => Key(name, CompletionKind.Input, "used in the body", null, i))
            .Concat(cursor.Path.Length == depth && cursor.Map is null or { Entries: [] or [_] } ? [Key("type", CompletionKind.Key, "JSON Schema", "Begins a schema in the words of JSON Schema: `type: object`, `properties`, `required`.", BelowKeys - 1)] : []);
    }

    private IEnumerable<CompletionItem> Parenthesised(int open)
    {
        TextSpan word = TextSpan.FromBounds(cursor.Replace.Start + open + 1, Math.Max(cursor.Replace.Start + open + 1, cursor.Replace.End));
        return Kinds.Select((k, i) => new CompletionItem(k.Name, CompletionKind.Type, word)
        {
            InsertText = cursor.HasColon ? k.Name : k.Name + "): ",
            Documentation = () => k.Meaning,
            Rank = 10 + i,
        });
    }

    private IEnumerable<CompletionItem> Types()
    {
        if (cursor.Typed.Contains(',') || (cursor.Path.Length > 0 && cursor.Path[^1] is null) || (cursor.Path is [.., { } key] && key.Contains("(enum", StringComparison.Ordinal)))
            return [];
        return PicoScalars.All.Select((s, i) => Type(s.Name, s.Meaning, i))
            .Concat(cursor.Path is [.., "type"] && cursor.Path.Length == depth + 1 ? [Type("object", "An object, in the words of JSON Schema; its members stand under `properties`.", MostScalars)] : [])
            .Concat(facts.Schemas.OrderBy(s => s.Key, StringComparer.Ordinal).Select((s, i) => Type(s.Key, null, 20 + i) with { Detail = s.Value.Display }));
    }

    private CompletionItem Type(string name, string? meaning, int rank) => new(name, CompletionKind.Type, cursor.Replace)
    {
        InsertText = cursor.NeedsBlank ? " " + name : name,
        CommitCharacters = ",",
        Documentation = meaning is null ? null : () => meaning,
        Rank = 10 + rank,
    };

    private CompletionItem Key(string name, CompletionKind kind, string? detail, string? meaning, int rank) => new(name, kind, cursor.Replace)
    {
        Detail = detail,
        InsertText = cursor.HasColon ? name : name + ": ",
        ThenComplete = !cursor.HasColon,
        Documentation = meaning is null ? null : () => meaning,
        Rank = 10 + rank,
    };
}
