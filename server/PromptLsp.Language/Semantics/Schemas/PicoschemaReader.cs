using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>Reads Picoschema, Dotprompt's short way to write a schema.</summary>
internal sealed class PicoschemaReader(SourceText text, IReadOnlyDictionary<string, PromptType> schemas)
{
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();

    public PromptSchema ReadWhole(YamlNode node)
    {
        switch (node.Resolved())
        {
            case YamlMapping mapping:
                return new(node, Object(mapping), _problems.ToImmutable());
            case YamlScalar { Value: "", IsPlain: true }:
                return new(node, PromptType.Any, []) { IsKnown = false };
            case YamlScalar scalar:
                PromptType? type = Named(scalar, null);
                return new(node, type ?? PromptType.Any, _problems.ToImmutable())
                {
                    IsKnown = type is not null,
                    Description = PicoKey.Words(scalar.Value).Description,
                };
            case YamlSequence list:
                Report(text.FirstLineOf(list.Span), "a schema is a map of names to types, not a list; write `name: string` lines");
                break;
        }
        return new(node, PromptType.Any, _problems.ToImmutable()) { IsKnown = false };
    }

    private ObjectType Object(YamlMapping mapping)
    {
        var fields = ImmutableArray.CreateBuilder<Field>(mapping.Entries.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        PromptType? others = null;
        for (int i = 0; i < mapping.Entries.Length; i++)
        {
            YamlEntry entry = mapping.Entries[i];
            if (i > 0 && SplitDescription(mapping.Entries, i) is { } end)
            {
                i = end;
                continue;
            }
            if (SplitKey(mapping.Entries, i) is { } rest)
            {
                entry = new(new(TextSpan.FromBounds(entry.Key.Span.Start, rest.Key.Span.End), entry.Key.Value + ", " + rest.Key.Value, true), rest.Value);
                i++;
            }
            if (entry.Key.Value == PicoKey.Wildcard)
            {
                others = Value(entry, PicoKey.Wildcard);
                continue;
            }
            PicoKey key = PicoKey.Of(entry.Key.Value);
            TextSpan name = key.NameSpan(text, entry.Key);
            if (key.Name.Length == 0)
                Report(entry.Key.Span, "a name is missing here; write `name: type`, or `(*): type` for any other key");
            else if (!names.Add(key.Name))
                Report(name, $"`{key.Name}` is declared twice; keep one");
            else
                fields.Add(new(key.Name, Typed(entry, key), key.IsOptional, Description(entry, key), name));
        }
        return new(fields.ToImmutable(), others);
    }

    private PromptType Typed(YamlEntry entry, PicoKey key)
    {
        if (!key.IsClosed)
        {
            Report(entry.Key.Span, $"`{Excerpt.Of(entry.Key.Value)}` lacks its closing `)`");
            return PromptType.Any;
        }
        return key.Kind switch
        {
            null => Value(entry, key.Name),
            "array" => new ArrayType(Value(entry, key.Name)),
            "object" => Value(entry, key.Name),
            "enum" => Enum(entry, key),
            _ => WrongKind(entry, key),
        };
    }

    private PromptType WrongKind(YamlEntry entry, PicoKey key)
    {
        TextSpan span = SpanOf(entry.Key, key.Kind!);
        string? meant = PicoScalars.Meant(key.Kind!) is "array" or "object" ? PicoScalars.Meant(key.Kind!) : Spelling.Nearest(key.Kind!, Kinds);
        Report(span, PicoScalars.Find(key.Kind!) is not null
            ? $"`{key.Kind}` goes behind the colon: `{key.Name}: {key.Kind}`; in parentheses stand `array`, `object` or `enum`"
            : $"`{key.Kind}` cannot stand in parentheses; " + (meant is null ? "write `array`, `object` or `enum`" : $"did you mean `{meant}`?"),
            Repair.ChangeToMeant(meant, span));
        return PromptType.Any;
    }

    private static readonly string[] Kinds = ["array", "object", "enum"];

    private PromptType Enum(YamlEntry entry, PicoKey key)
    {
        if (entry.Value.Resolved() is not YamlSequence { Items.IsEmpty: false } list)
        {
            Report(BlamedSpan(entry), $"an enum needs its values as a list: `{key.Name}(enum): [first, second]`");
            return PromptType.Any;
        }
        return EnumOf(list, Report);
    }

    internal static PromptType EnumOf(YamlSequence list, Action<TextSpan, string> report)
    {
        var values = ImmutableArray.CreateBuilder<string>(list.Items.Length);
        foreach (YamlNode item in list.Items)
        {
            if (item.Resolved() is YamlScalar scalar)
                values.Add(scalar.IsNull() ? "null" : scalar.Value);
            else
                report(item.Span, "an enum's values are single words or numbers, not lists or maps");
        }
        return new EnumType(values.ToImmutable());
    }

    private void Report(TextSpan span, string message) => Report(span, message, null);

    private PromptType Value(YamlEntry entry, string name)
    {
        switch (entry.Value.Resolved())
        {
            case YamlMapping mapping when JsonSchemaReader.IsSurely(mapping):
                Report(
                    text.FirstLineOf(mapping.Span),
                    $"JSON Schema cannot stand inside Picoschema; write `{name}: type, description`, or all of the schema as JSON Schema"
                );
                return new JsonSchemaReader(mapping).Read(mapping);
            case YamlMapping mapping:
                return Object(mapping);
            case YamlSequence list:
                string item = list.Items is [YamlScalar { Value: var word }] && PicoScalars.Find(word) is not null ? word : "string";
                Report(
                    text.FirstLineOf(entry.Value.Span),
                    $"a list is written `{name}(array): {item}`" + (list.Items.Length > 1 ? $", a choice `{name}(enum): [first, second]`" : "")
                );
                return PromptType.Any;
            case YamlScalar { IsPlain: true, Value: "" }:
                // What holds a `:` lacks the blank behind it.
                if (entry.Key.Value.AsSpan().IndexOfAny('(', ':') < 0)
                    Report(entry.Key.Span, $"`{Excerpt.Of(name)}` has no type yet; write `{Excerpt.Of(name)}: string`");
                return PromptType.Any;
            case YamlScalar scalar:
                return Named(scalar, entry) ?? PromptType.Any;
            default:
                return PromptType.Any;
        }
    }

    // A scalar type or a schema's name; null for a name that nobody here knows.
    private PromptType? Named(YamlScalar scalar, YamlEntry? entry)
    {
        if (scalar.IsPlain && scalar.Meaning() is bool or long or double)
        {
            Report(
                scalar.Span,
                $"`{Excerpt.Of(scalar.Value)}` is a value, not a type; write `string`, `number`, `integer` or `boolean`; values go under `default` or `samples`"
            );
            return null;
        }
        string word = PicoKey.Words(scalar.Value).Type;
        if (PicoScalars.Find(word) is { } known)
            return known;
        if (schemas.TryGetValue(word, out PromptType? schema))
            return schema;
        ReportUnknown(scalar, entry, word);
        return null;
    }

    private void ReportUnknown(YamlScalar scalar, YamlEntry? entry, string word)
    {
        TextSpan span = SpanOf(scalar, word);
        string key = entry?.Key.Value ?? "name";
        bool isPlainKey = entry is not null && !key.Contains('(') && !key.EndsWith('?');
        if (word.EndsWith("[]", StringComparison.Ordinal))
        {
            string item = word[..^2].Trim();
            Report(
                span,
                $"Picoschema has no `{Excerpt.Of(word)}`; a list is written `{(isPlainKey ? key : "name")}(array): {item}`",
                isPlainKey ? new("Write it as an array", new(TextSpan.FromBounds(entry!.Key.Span.End, span.End), "(array): " + item)) { IsSafe = true } : null
            );
        }
        else if (word.EndsWith('?') && (PicoScalars.Find(word[..^1]) is not null || schemas.ContainsKey(word[..^1])))
        {
            Report(
                span,
                $"the `?` of an optional value stands behind its name: `{(isPlainKey ? key : "name")}?: {word[..^1]}`",
                isPlainKey
                    ? new("Move the `?` to the name", new(TextSpan.FromBounds(entry!.Key.Span.End, span.End), "?: " + word[..^1])) { IsSafe = true }
                    : null
            );
        }
        else if (word.Contains('|', StringComparison.Ordinal))
        {
            Report(
                span,
                $"Picoschema has no `|`; write `any`, a choice as `{(isPlainKey ? key : "name")}(enum): [first, second]`, or JSON Schema with `anyOf`"
            );
        }
        else if (word.AsSpan().IndexOfAny("<>[]()") >= 0)
        {
            Report(span, $"Picoschema has no `{Excerpt.Of(word)}`; a list is written `{(isPlainKey ? key : "name")}(array): string`");
        }
        else if (PicoScalars.Meant(word) is { } meant)
        {
            Report(span, meant switch
            {
                "array" => $"`{word}` is no type by itself; a list is written `{(isPlainKey ? key : "name")}(array): string`",
                "object" => $"`{word}` is no type by itself; give the object's members in a map below its name, or write `any`",
                "enum" => $"`{word}` is no type by itself; a choice is written `{(isPlainKey ? key : "name")}(enum): [first, second]`",
                _ => $"there is no type `{word}`; did you mean `{meant}`?",
            }, PicoScalars.Find(meant) is null ? null : Repair.ChangeTo(meant, span));
        }
        else if (word.Contains(' ', StringComparison.Ordinal))
        {
            Report(span, $"`{Excerpt.Of(word)}` is no type; the type comes first, then a comma and the description: `string, {Excerpt.Of(word)}`");
        }
        else if (schemas.Count > 0)
        {
            string? near = Spelling.Nearest(word, schemas.Keys);
            Report(span, near is null
                ? $"there is no type `{Excerpt.Of(word)}`, and `promptlsp.yaml` lists no schema of that name"
                : $"there is no type `{Excerpt.Of(word)}`; did you mean `{near}`?", Repair.ChangeToMeant(near, span));
        }
    }

    // In { name: string, full name } YAML takes the part behind the comma for a key of its own. Gives the last such entry.
    private int? SplitDescription(ImmutableArray<YamlEntry> entries, int index)
    {
        if (!IsBare(entries[index]) || entries[index].Key.Value.Contains('(') || entries[index - 1].Value is not YamlScalar { Value.Length: > 0 } type)
            return null;
        int last = index;
        while (last + 1 < entries.Length && IsBare(entries[last + 1]))
            last++;
        TextSpan bare = TextSpan.FromBounds(entries[index].Key.Span.Start, entries[last].Key.Span.End);
        TextSpan whole = TextSpan.FromBounds(type.Span.Start, bare.End);
        Report(bare, $"inside `{{ }}` a `,` ends the value; put `{Excerpt.Of(text[whole])}` in quotes", Quoted("Put type and description in quotes", whole));
        return last;
    }

    // In { tags(array, all tags): string } YAML cuts the key in two. Gives the second half.
    private YamlEntry? SplitKey(ImmutableArray<YamlEntry> entries, int index)
    {
        YamlEntry entry = entries[index];
        if (!IsBare(entry) || PicoKey.Of(entry.Key.Value).IsClosed || index + 1 >= entries.Length || !entries[index + 1].Key.Value.EndsWith(')'))
            return null;
        TextSpan whole = TextSpan.FromBounds(entry.Key.Span.Start, entries[index + 1].Key.Span.End);
        Report(whole, $"inside `{{ }}` a `,` ends the key; put `{Excerpt.Of(text[whole])}` in quotes", Quoted("Put the key in quotes", whole));
        return entries[index + 1];
    }

    private Repair? Quoted(string title, TextSpan whole) =>
        text.Slice(whole).IndexOfAny("\"\\\r\n") >= 0 ? null : new(title, new(whole, $"\"{text[whole]}\"")) { IsSafe = true };

    // A word between commas, without a colon.
    private bool IsBare(YamlEntry entry) =>
        entry.Value is YamlScalar { IsPlain: true, Value: "" } && text.Content.AsSpan(entry.Key.Span.End).TrimStart() is [',' or '}', ..];

    private string? Description(YamlEntry entry, PicoKey key) =>
        key.Description ?? (entry.Value.Resolved() is YamlScalar scalar && key.Kind is null ? PicoKey.Words(scalar.Value).Description : null);

    private TextSpan SpanOf(YamlScalar scalar, string word)
    {
        int at = text.Slice(scalar.Span).IndexOf(word, StringComparison.Ordinal);
        return at < 0 || word.Length == 0 ? scalar.Span : new(scalar.Span.Start + at, word.Length);
    }

    private static TextSpan BlamedSpan(YamlEntry entry) => entry.Value.Span.IsEmpty ? entry.Key.Span : entry.Value.Span;

    private void Report(TextSpan span, string message, Repair? repair)
    {
        if (_problems.Count < 100)
            _problems.Add(new(span, message) { Repair = repair });
    }
}
