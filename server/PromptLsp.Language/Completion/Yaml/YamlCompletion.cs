using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Yaml;

/// <summary>Completes keys and values of YAML whose keys the catalog knows.</summary>
internal sealed class YamlCompletion
{
    private readonly YamlCursor _cursor;
    private readonly KeyFacts _facts;
    private readonly YamlNode? _whole;

    // The keys that stand beside the cursor, before and behind it.
    private readonly HashSet<string> _beside;

    private YamlCompletion(YamlCursor cursor, KeyFacts facts, YamlNode? whole)
    {
        _cursor = cursor;
        _facts = facts;
        _whole = whole;
        _beside = [.. Beside(whole), .. Beside(cursor.Root)];
    }

    /// <param name="root">The catalog's keys for this YAML.</param>
    /// <param name="whole">The tree of the text without the cursor's line, for what stands behind it.</param>
    public static CompletionList At(YamlCursor cursor, CatalogKey root, KeyFacts facts, YamlNode? whole)
    {
        var completion = new YamlCompletion(cursor, facts, whole);
        CompletionItem[] items = [.. completion.Offers(root, 0)];
        return items.Length == 0 ? CompletionList.Empty : new([.. items]);
    }

    private IEnumerable<CompletionItem> Offers(CatalogKey key, int depth)
    {
        for (; depth < _cursor.Path.Length; depth++)
        {
            if (OfSchema(key, depth) is { } offers)
                return offers;
            if (key.Content == KeyContent.InputValues)
                return InputValues(_facts.Inputs, depth);
            if ((_cursor.Path[depth] is { } name ? key.Under(name) : key.Each) is not { } under)
                return [];
            key = under;
        }
        if (OfSchema(key, depth) is { } last)
            return last;
        if (_cursor.IsKey)
            return KeysOf(key);
        // An item between brackets needs braces of its own.
        return Values(key)
            .Concat(
                _cursor.IsBelowKey ? KeysOf(key)
                : _cursor is { IsInBrackets: true, Path: [.., null], Quote: null } ? KeysOf(key).Select(InBraces)
                : []
            );
    }

    // A schema, or a value of the one beside it, whose keys no catalogue knows.
    private IEnumerable<CompletionItem>? OfSchema(CatalogKey key, int depth) => key.Content switch
    {
        KeyContent.Schema => new SchemaCompletion(_cursor, _facts, _whole, depth).Offers(),
        KeyContent.ValueOfSchema => InputValues(SchemaBeside(depth), depth),
        _ => null,
    };

    private PromptType SchemaBeside(int depth)
    {
        YamlNode? node = _whole;
        for (int i = 0; i < depth - 1 && node is not null; i++)
            node = _cursor.Path[i] is { } name ? (node as YamlMapping)?.Find(name)?.Value.Resolved() : null;
        return (node as YamlMapping)?.Find("schema") is { } schema ? _facts.TypeOf(schema.Value) : PromptType.Any;
    }

    private IEnumerable<CompletionItem> KeysOf(CatalogKey key) =>
        key.Content switch
        {
            KeyContent.InputValues => InputValues(_facts.Inputs, _cursor.Path.Length),
            KeyContent.Rule when key.Takes(KeyShape.Map) => Rules
                .All.Where(r => !_beside.Contains(r.Id))
                .Select(r => Key(r.Id, null, () => RulePage.Of(r)?.Summary)),
            _ when key.Takes(KeyShape.Map) => key
                .Members.Select((m, i) => (Key: m, Place: i))
                .Where(m => !_beside.Contains(m.Key.Name))
                .Select(m => Key(m.Key, Likelihood(key, m.Key, m.Place))),
            _ => [],
        };

    // Keys are mostly written in the catalog's order: those that follow what stands above come before those that one went past.
    private int Likelihood(CatalogKey map, CatalogKey key, int place)
    {
        string? above = _cursor.Map?.Entries.LastOrDefault(e => e.Key.Span.End < _cursor.Replace.Start)?.Key.Value;
        int last = above is not null && map.Find(above) is { } known ? map.Members.IndexOf(known) : -1;
        return key.IsRare ? place + Rare : place > last ? place : place + Past;
    }

    private const int Past = 100, Rare = 1000;

    private CompletionItem Key(CatalogKey key, int rank)
    {
        // What goes on below its key, or takes several values, opens no list: Enter would choose from it instead of ending the line.
        bool takesMany = (key.Shape & (KeyShape.Map | KeyShape.List)) != KeyShape.None;
        bool isBelow = key.Value is null && takesMany && (key.Takes(KeyShape.Map) || !key.Takes(KeyShape.Text)) && !_cursor.IsInBrackets;
        CompletionItem item = Key(key.Name, key.ShapeText, () => KeyText.Of(key)) with { Rank = 10 + rank };
        return _cursor.HasColon || _cursor.Quote is not null ? item
            : key.Value is { } value ? item with { InsertText = $"{key.Name}: {Snippet(value)}", IsSnippet = true, ThenComplete = !takesMany }
            : isBelow ? item with { InsertText = key.Name + ":", ThenComplete = false }
            : item with { ThenComplete = item.ThenComplete && !takesMany };
    }

    private static CompletionItem InBraces(CompletionItem item) => item with
    {
        InsertText = $"{{ {item.InsertText}{(item.IsSnippet ? "" : "$0")} \\}}",
        IsSnippet = true,
    };

    private static string Snippet(string value) => value.Replace("}", "\\}", StringComparison.Ordinal);

    private CompletionItem Key(string name, string? detail, Func<string?> documentation) => new(name, CompletionKind.Key, _cursor.Replace)
    {
        Detail = detail,
        InsertText = _cursor.WrittenKey(name),
        ThenComplete = !_cursor.HasColon,
        Documentation = documentation,
        Rank = 10,
    };

    private IEnumerable<CompletionItem> Values(CatalogKey key) =>
        key.Content switch
        {
            // Right behind the colon Enter begins a line below.
            _ when _cursor.NeedsBlank && (key.Shape & (KeyShape.Map | KeyShape.List)) != KeyShape.None => [],
            KeyContent.Model => _facts.Models.Select((m, i) => Value(m.Name, CompletionKind.Model, ModelText.Short(m)) with { Rank = 10 + i }),
            KeyContent.Prompt => _facts.Prompts.Select((p, i) => Value(p, CompletionKind.Include, null) with { Rank = 10 + i }),
            KeyContent.SampleName => _facts.Samples.Select((s, i) => Value(s.Name, CompletionKind.Sample, ValueText.Of(s.Values, 60)) with { Rank = 10 + i }),
            KeyContent.InputName => _facts
                .Inputs.Fields.Where(f => !_beside.Contains(f.Name))
                .Select((f, i) => Value(f.Name, CompletionKind.Input, f.Type.Display) with { Rank = 10 + i, Documentation = () => SymbolText.Of(f, "input") }),
            KeyContent.Rule when key.Takes(KeyShape.Text) => Rules
                .All.Where(r => !_beside.Contains(r.Id))
                .Select(r => Value(r.Id, CompletionKind.Value, null) with { Documentation = () => RulePage.Of(r)?.Summary }),
            KeyContent.Role => Roles.All.Select((r, i) => Value(r.Name, CompletionKind.Role, null) with { Rank = 10 + i, Documentation = () => r.Summary }),
            _ => key.Words.Select((w, i) => Value(w.Name, CompletionKind.Value, null) with { Rank = 10 + i, Documentation = () => w.Meaning }),
        };

    private CompletionItem Value(string word, CompletionKind kind, string? detail) => new(word, kind, _cursor.Replace)
    {
        Detail = detail,
        InsertText = (_cursor.NeedsBlank ? " " : "") + _cursor.Written(word),
    };

    // Inside a sample or default: the inputs' names, their members' names, and the values that their types allow.
    private IEnumerable<CompletionItem> InputValues(PromptType type, int depth)
    {
        bool isInput = depth == _cursor.Path.Length && type == _facts.Inputs;
        for (; depth < _cursor.Path.Length; depth++)
        {
            type = (type, _cursor.Path[depth]) switch
            {
                (ObjectType o, { } name) => o.Find(name)?.Type ?? o.Others ?? PromptType.Any,
                (ArrayType array, null) => array.Item,
                _ => PromptType.Any,
            };
        }
        if (type is ObjectType fields && (_cursor.IsKey || _cursor.IsBelowKey))
        {
            return fields.Fields.Where(f => !_beside.Contains(f.Name)).Select((f, i) => Key(f.Name, f.Type.Display, () => SymbolText.Of(f, "input")) with
            {
                Kind = isInput ? CompletionKind.Input : CompletionKind.Field,
                Rank = 10 + i,
            });
        }
        return _cursor.IsKey ? [] : type switch
        {
            EnumType choice => choice.Values.Select((v, i) => Value(v, CompletionKind.EnumValue, null) with { Rank = 10 + i }),
            ScalarType { Kind: ScalarKind.Boolean } => new[] { "true", "false" }.Select((v, i) => Value(v, CompletionKind.Value, null) with { Rank = 10 + i }),
            _ => [],
        };
    }

    // The map or list at the cursor's path, in the tree of everything but the cursor's line.
    private IEnumerable<string> Beside(YamlNode? node)
    {
        for (int i = 0; i < _cursor.Path.Length; i++)
        {
            bool isLast = i == _cursor.Path.Length - 1;
            switch (node?.Resolved(), _cursor.Path[i])
            {
                case (YamlMapping map, { } name):
                    node = map.Find(name)?.Value;
                    break;
                case (YamlSequence list, null) when isLast && !_cursor.IsKey:
                    return list.Items.OfType<YamlScalar>().Select(s => s.Value);
                case (YamlSequence list, null):
                    node = ItemAt(list);
                    break;
                default:
                    return [];
            }
        }
        return node?.Resolved() is YamlMapping found && (_cursor.IsKey || _cursor.IsBelowKey) ? found.Entries.Select(e => e.Key.Value) : [];
    }

    // The item that the cursor's line belongs to: the last one that starts before it.
    private YamlNode? ItemAt(YamlSequence list) => list.Items.LastOrDefault(i => i.Span.Start <= _cursor.Replace.Start);
}
