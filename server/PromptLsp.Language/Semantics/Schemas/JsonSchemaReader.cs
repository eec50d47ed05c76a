using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>Reads the part of JSON Schema that says what a value is; what only narrows it (lengths, patterns) is left alone.</summary>
internal sealed class JsonSchemaReader(YamlMapping root)
{
    // References may multiply one another; beyond this many nodes everything is `any`.
    private const int MostNodes = 10_000;

    private const int MostProblems = 100;

    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly HashSet<string> _reading = new(StringComparer.Ordinal);
    private int _nodes;

    public ImmutableArray<Problem> Problems => [.. _problems.DistinctBy(p => p.Span)];

    private static readonly string[] TypeNames = ["string", "number", "integer", "boolean", "null", "object", "array"];

    /// <summary>
    /// A schema with <c>type:</c> or <c>properties:</c> at its top is JSON Schema; <c>type: string, …</c> is an input of the name <c>type</c>.
    /// </summary>
    public static bool IsJsonSchema(YamlMapping schema) =>
        schema.Find("type")?.Value.Resolved()
            is YamlScalar { Value: "string" or "number" or "integer" or "boolean" or "null" or "any" or "object" or "array" }
                or YamlSequence
        || schema.Find("properties")?.Value.Resolved() is YamlMapping
        || schema.Find("$ref")?.Value is YamlScalar { Value: ['#', ..] }
        || (schema.Find("anyOf") ?? schema.Find("oneOf") ?? schema.Find("allOf"))?.Value.Resolved() is YamlSequence;

    /// <summary>A map that can be nothing else: beside its <c>type</c> stands what Picoschema would take for a broken member.</summary>
    public static bool IsSurely(YamlMapping map) =>
        map.Find("type")?.Value.Resolved() is YamlScalar { Value: var word }
        && TypeNames.Contains(word, StringComparer.Ordinal)
        && map.Entries.All(e => Keywords.Contains(e.Key.Value))
        && map.Entries.Any(e =>
            e.Value.Resolved() is YamlSequence
            || (e.Value.Resolved() is YamlScalar { Value: var value } && PicoScalars.Find(PicoKey.Words(value).Type) is null && e.Key.Value != "type")
        );

    private static readonly HashSet<string> Keywords = new(
        [
            "type",
            "description",
            "title",
            "enum",
            "const",
            "default",
            "examples",
            "format",
            "pattern",
            "items",
            "properties",
            "required",
            "additionalProperties",
            "nullable",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
        ],
        StringComparer.Ordinal
    );

    public PromptType Read(YamlNode? node)
    {
        if (++_nodes > MostNodes)
            return PromptType.Any;
        switch (node?.Resolved())
        {
            case YamlMapping schema:
                return Schema(schema);
            case YamlScalar { Value: "true" or "false" or "" } or null:
                return PromptType.Any;
            case YamlScalar scalar:
                Report(
                    scalar.Span,
                    $"JSON Schema needs a map here: `{{ type: "
                        + $"{(PicoScalars.Find(PicoKey.Words(scalar.Value).Type) is null ? "string" : PicoKey.Words(scalar.Value).Type)} }}`; "
                        + "Picoschema's short form cannot stand inside it"
                );
                return PromptType.Any;
            case { } other:
                Report(other.Span, "JSON Schema needs a map here, such as `{ type: string }`");
                return PromptType.Any;
        }
    }

    private PromptType Schema(YamlMapping schema)
    {
        ReportMisspelt(schema);
        if (schema.Find("$ref")?.Value is YamlScalar reference)
            return Referenced(reference);
        if (Value(schema, "enum") is { } allowed)
        {
            if (allowed is YamlSequence { Items.IsEmpty: false } list)
                return PicoschemaReader.EnumOf(list, Report);
            Report(allowed.Span, "`enum` needs a list of values: `[first, second]`");
            return PromptType.Any;
        }
        if (Value(schema, "const") is YamlScalar constant)
            return new EnumType([constant.IsNull() ? "null" : constant.Value]);
        if ((Value(schema, "anyOf") ?? Value(schema, "oneOf")) is YamlSequence options)
            return Union(options.Items.Select(o => Read(o)));
        if (Value(schema, "allOf") is YamlSequence { Items: [var only] })
            return Read(only);
        PromptType type = Value(schema, "type") switch
        {
            null => Value(schema, "properties") is not null || Value(schema, "additionalProperties") is not null ? Object(schema)
            : Value(schema, "items") is not null ? Array(schema)
            : PromptType.Any,
            YamlSequence names => Union(names.Items.Select(n => Typed(schema, n))),
            var name => Typed(schema, name),
        };
        return Value(schema, "nullable") is YamlScalar { Value: "true" } && !type.IsAny ? Union([type, PromptType.Null]) : type;
    }

    // `typ: string`, `requierd: [name]`. What is near none of these words, or holds something else, may be of a vocabulary of its own.
    private void ReportMisspelt(YamlMapping schema)
    {
        foreach (YamlEntry entry in schema.Entries)
        {
            if (Keywords.Contains(entry.Key.Value))
                continue;
            if (Spelling.Nearest(entry.Key.Value, Shaping.Where(k => schema.Find(k) is null && CanHold(k, entry.Value.Resolved()))) is { } meant)
                Report(entry.Key.Span, $"JSON Schema has no `{entry.Key.Value}`; did you mean `{meant}`?", Repair.ChangeTo(meant, entry.Key.Span));
        }
    }

    private static readonly string[] Shaping = ["type", "properties", "required", "items", "enum"];

    private static bool CanHold(string keyword, YamlNode? value) => keyword switch
    {
        "type" => value is YamlScalar { Value: var word } && TypeNames.Contains(word, StringComparer.Ordinal),
        "required" or "enum" => value is YamlSequence,
        _ => value is YamlMapping,
    };

    private PromptType Typed(YamlMapping schema, YamlNode name)
    {
        if (name is not YamlScalar { Value: var word } scalar)
        {
            Report(name.Span, "`type` needs a word such as `string` or `object`");
            return PromptType.Any;
        }
        switch (word)
        {
            case "object":
                return Object(schema);
            case "array":
                return Array(schema);
            case "any":
                return PromptType.Any;
        }
        if (PicoScalars.Find(word) is { } type)
            return type;
        string? meant = PicoScalars.Meant(word) is { } known && TypeNames.Contains(known) ? known : Spelling.Nearest(word, TypeNames);
        Report(
            scalar.Span,
            meant is null
                ? $"there is no JSON Schema type `{word}`; there are {string.Join(", ", TypeNames)}"
                : $"there is no JSON Schema type `{word}`; did you mean `{meant}`?",
            Repair.ChangeToMeant(meant, scalar.Span)
        );
        return PromptType.Any;
    }

    private ArrayType Array(YamlMapping schema) => new(Value(schema, "items") is { } items ? Read(items) : PromptType.Any);

    private ObjectType Object(YamlMapping schema)
    {
        var fields = ImmutableArray.CreateBuilder<Field>();
        HashSet<string> required = Required(schema);
        switch (Value(schema, "properties"))
        {
            case YamlMapping properties:
                foreach (YamlEntry entry in properties.Entries)
                    fields.Add(new(entry.Key.Value, Read(entry.Value), !required.Contains(entry.Key.Value), Description(entry.Value), entry.Key.Span));
                break;
            case { } other:
                Report(other.Span, "`properties` needs a map of names to schemas");
                break;
        }
        ReportUnknownRequired(schema, fields);
        PromptType? others = Value(schema, "additionalProperties") switch
        {
            _ when Value(schema, "patternProperties") is not null || Value(schema, "allOf") is not null || Value(schema, "if") is not null => PromptType.Any,
            YamlScalar { Value: "true" } => PromptType.Any,
            YamlMapping more => Read(more),
            null when fields.Count == 0 => PromptType.Any,
            _ => null,
        };
        return new(fields.ToImmutable(), others) { ToleratesOthers = Value(schema, "additionalProperties") is null };
    }

    private HashSet<string> Required(YamlMapping schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        switch (Value(schema, "required"))
        {
            case YamlSequence list:
                names.UnionWith(list.Items.OfType<YamlScalar>().Select(i => i.Value));
                break;
            case YamlScalar { Value: "true" or "false" or "" } or null:
                break;
            case { } other:
                Report(other.Span, "`required` needs a list of property names");
                break;
        }
        return names;
    }

    private void ReportUnknownRequired(YamlMapping schema, ImmutableArray<Field>.Builder fields)
    {
        if (Value(schema, "required") is not YamlSequence list || fields.Count == 0)
            return;
        HashSet<string> names = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (YamlScalar name in list.Items.OfType<YamlScalar>())
        {
            if (_problems.Count >= MostProblems)
                return;
            if (names.Contains(name.Value))
                continue;
            if (Spelling.Nearest(name.Value, names) is { } near)
                Report(
                    name.Span,
                    $"`required` names `{name.Value}`, which `properties` does not have; did you mean `{near}`?",
                    Repair.ChangeTo(near, name.Span)
                );
        }
    }

    // Only references into the schema itself are followed; a schema inside itself is `any`.
    private PromptType Referenced(YamlScalar reference)
    {
        if (!reference.Value.StartsWith('#'))
            return PromptType.Any;
        YamlNode? target = root;
        foreach (string part in reference.Value[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            target = (target?.Resolved() as YamlMapping)?.Find(name)?.Value;
        }
        if (target is null)
        {
            string? near = Spelling.Nearest(reference.Value, Definitions());
            Report(reference.Span, $"`{reference.Value}` leads to no definition of this schema" + (near is null ? "" : $"; did you mean `{near}`?"));
            return PromptType.Any;
        }
        if (!_reading.Add(reference.Value))
            return PromptType.Any;
        PromptType type = Read(target);
        _reading.Remove(reference.Value);
        return type;
    }

    private IEnumerable<string> Definitions() =>
        from key in new[] { "$defs", "definitions" }
        let definitions = root.Find(key)?.Value.Resolved() as YamlMapping
        where definitions is not null
        from entry in definitions.Entries
        select $"#/{key}/{entry.Key.Value}";

    private static PromptType Union(IEnumerable<PromptType> options)
    {
        ImmutableArray<PromptType> all = [.. options.SelectMany(o => o is UnionType inner ? inner.Options : [o]).Distinct()];
        return all.IsEmpty || all.Any(o => o.IsAny) ? PromptType.Any : all is [var only] ? only : new UnionType(all);
    }

    private static string? Description(YamlNode node) => ((node.Resolved() as YamlMapping)?.Find("description")?.Value as YamlScalar)?.Value;

    private static YamlNode? Value(YamlMapping schema, string key) => schema.Find(key)?.Value.Resolved();

    private void Report(TextSpan span, string message) => Report(span, message, null);

    private void Report(TextSpan span, string message, Repair? repair)
    {
        if (_problems.Count < MostProblems)
            // Who reads the prompt passes JSON Schema on as it stands.
            _problems.Add(new(span, message) { IsAccepted = true, Repair = repair });
    }
}
