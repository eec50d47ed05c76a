using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Yaml;

/// <summary>Completes inside a schema: types, the words in parentheses, names that the body uses, the words of JSON Schema.</summary>
/// <param name="whole">The tree of the text without the cursor's line.</param>
/// <param name="depth">How far the cursor's path leads to the schema itself.</param>
internal sealed class SchemaCompletion(YamlCursor cursor, KeyFacts facts, YamlNode? whole, int depth)
{
    private const int MostScalars = 19;

    private static readonly string[] JsonTypes = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public IEnumerable<CompletionItem> Offers()
    {
        // Right behind the colon Enter begins the members of an object.
        if (cursor.NeedsBlank)
            return [];
        if (IsJsonSchema())
            return JsonSchemaOffers();
        // On a line of its own a name is likelier than the type of all.
        return cursor.IsKey ? Keys() : cursor.IsBelowKey ? Keys().Concat(Types().Select(t => t with { Rank = t.Rank + BelowKeys })) : Types();
    }

    private const int BelowKeys = 100;

    private bool IsJsonSchema() => At(cursor.Root, depth) is YamlMapping schema && JsonSchemaReader.IsJsonSchema(schema);

    // Where the path leads so far, in what stands before the cursor or in all the other lines.
    private YamlNode? At(YamlNode? node, int length)
    {
        for (int i = 0; i < length && node is not null; i++)
            node = cursor.Path[i] is { } name
                ? (node as YamlMapping)?.Entries.LastOrDefault(e => e.Key.Value == name)?.Value
                : (node as YamlSequence)?.Items.LastOrDefault(n => n.Span.Start <= cursor.Replace.Start);
        return node?.Resolved();
    }

    private IEnumerable<YamlMapping> MapsAt(int length) => new[] { At(cursor.Root, length), At(whole, length) }.OfType<YamlMapping>();

    private IEnumerable<CompletionItem> JsonSchemaOffers()
    {
        bool areNames = false;
        for (int i = depth; i < cursor.Path.Length; i++)
        {
            string? key = cursor.Path[i];
            if (!areNames && key is "properties" or "$defs" or "definitions")
                areNames = true;
            else if (
                areNames
                || key is null or "items" or "anyOf" or "oneOf" or "allOf"
                || (key == "additionalProperties" && (cursor.IsKey || i < cursor.Path.Length - 1))
            )
                areNames = false;
            else
                return JsonSchemaValues(key, i);
        }
        return areNames ? Names()
            : cursor.IsKey || cursor.IsBelowKey ? SchemaWords.Keys.Where(Fits).Select(Key)
            : [];
    }

    // type: …, required: […], $ref: …
    private IEnumerable<CompletionItem> JsonSchemaValues(string key, int at) =>
        key switch
        {
            _ when cursor.IsKey || cursor.Path.Length > at + 2 => [],
            "type" => JsonTypes.Select((t, i) => Type(t, null, i)),
            "additionalProperties" => new[] { "false", "true" }.Select((t, i) => Type(t, null, i)),
            "required" when cursor.Path[^1] is null => Entries(at, "properties").Except(Given(at + 1)).Select((name, i) => Type(name, null, i)),
            "$ref" => new[] { "$defs", "definitions" }
                .SelectMany(defs => Entries(depth, defs).Select(name => $"#/{defs}/{name}"))
                .Select((name, i) => Type(name, null, i)),
            _ => [],
        };

    private IEnumerable<string> Entries(int length, string key) =>
        MapsAt(length).Select(m => m.Find(key)?.Value.Resolved()).OfType<YamlMapping>().SelectMany(m => m.Entries).Select(e => e.Key.Value).Distinct();

    private IEnumerable<string> Given(int length) =>
        new[] { At(cursor.Root, length), At(whole, length) }.OfType<YamlSequence>().SelectMany(s => s.Items).OfType<YamlScalar>().Select(i => i.Value);

    private bool Fits(SchemaKey key) =>
        !MapsAt(cursor.Path.Length).Any(m => m.Find(key.Name) is not null)
        && (!key.IsOfWhole || cursor.Path.Length == depth)
        && (key.Of is null || !MapsAt(cursor.Path.Length).Any(m => m.Find("type")?.Value is YamlScalar type && type.Value != key.Of));

    private CompletionItem Key(SchemaKey key, int rank)
    {
        CompletionItem item = Key(key.Name, CompletionKind.Key, null, key.Meaning, rank);
        return cursor.HasColon || key.Value is not { } value ? item
            : key.IsTall && !cursor.IsInBrackets ? item with { InsertText = key.Name + ":", ThenComplete = false }
            : item with
            {
                InsertText = $"{key.Name.Replace("$", "\\$", StringComparison.Ordinal)}: {value.Replace("}", "\\}", StringComparison.Ordinal)}",
                IsSnippet = true,
            };
    }

    private IEnumerable<CompletionItem> Keys()
    {
        int open = cursor.Typed.IndexOf('(');
        if (open >= 0)
            return cursor.Typed.Contains(',') ? [] : Parenthesised(open);
        return Names()
            .Concat(
                cursor.Path.Length == depth && cursor.Map is null or { Entries: [] or [_] }
                    ?
                    [
                        Key(
                            "type",
                            CompletionKind.Key,
                            "JSON Schema",
                            "Begins a schema in the words of JSON Schema: `type: object`, `properties`, `required`.",
                            BelowKeys - 1
                        ),
                    ]
                    : []
            );
    }

    // What the body reads and nobody declares, at the top of what the prompt is given.
    private IEnumerable<CompletionItem> Names() =>
        cursor.Path is ["input", ..] && (cursor.Path.Length == depth || (cursor.Path.Length == depth + 1 && cursor.Path[^1] == "properties"))
            ? facts.Undeclared.Where(name => facts.Inputs.Find(name) is null).Select((name, i) => Key(name, CompletionKind.Input, "used in the body", null, i))
            : [];

    private IEnumerable<CompletionItem> Parenthesised(int open)
    {
        TextSpan word = TextSpan.FromBounds(cursor.Replace.Start + open + 1, Math.Max(cursor.Replace.Start + open + 1, cursor.Replace.End));
        return SchemaWords.Kinds.Select((k, i) => new CompletionItem(k.Name, CompletionKind.Type, word)
        {
            InsertText = cursor.IsParenthesised ? k.Name : cursor.HasColon ? k.Name + ")" : k.Name + "):" + Behind(k.Name),
            IsSnippet = !cursor.IsParenthesised && !cursor.HasColon && Behind(k.Name).Contains('$', StringComparison.Ordinal),
            ThenComplete = !cursor.IsParenthesised && !cursor.HasColon && k.Name == "array",
            Documentation = () => k.Meaning,
            Rank = 10 + i,
        });
    }

    private string Behind(string kind) => kind switch
    {
        "enum" => " [$0]",
        "object" => cursor.IsInBrackets ? " { $0 \\}" : "",
        _ => " ",
    };

    private IEnumerable<CompletionItem> Types()
    {
        if (
            cursor.Typed.AsSpan().IndexOfAny(',', '(') >= 0
            || cursor.Path is [.., { } mapping] && mapping.Contains("(object", StringComparison.Ordinal)
            || (cursor.Path.Length > 0 && cursor.Path[^1] is null)
            || (cursor.Path is [.., { } key] && key.Contains("(enum", StringComparison.Ordinal))
        )
            return [];
        return PicoScalars
            .All.Select((s, i) => Type(s.Name, s.Meaning, i))
            .Concat(
                cursor.Path is [.., "type"] && cursor.Path.Length == depth + 1
                    ? [Type("object", "An object, in the words of JSON Schema; its members stand under `properties`.", MostScalars)]
                    : []
            )
            .Concat(facts.Schemas.OrderBy(s => s.Key, StringComparer.Ordinal).Select((s, i) => Type(s.Key, null, 20 + i) with { Detail = s.Value.Display }));
    }

    private CompletionItem Type(string name, string? meaning, int rank) => new(name, CompletionKind.Type, cursor.Replace)
    {
        InsertText = (cursor.NeedsBlank ? " " : "") + cursor.Written(name),
        // Behind a list comes its items' type, or the line end and the items' members: nothing stands in the way of the Enter.
        OnlyAsked = cursor.Typed.Length == 0 && cursor.Path is [.., { } key] && key.Contains("(array", StringComparison.Ordinal),
        Documentation = meaning is null ? null : () => meaning,
        Rank = 10 + rank,
    };

    private CompletionItem Key(string name, CompletionKind kind, string? detail, string? meaning, int rank) => new(name, kind, cursor.Replace)
    {
        Detail = detail,
        InsertText = cursor.WrittenKey(name),
        ThenComplete = !cursor.HasColon,
        Documentation = meaning is null ? null : () => meaning,
        Rank = 10 + rank,
    };
}
