using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover.Yaml;

/// <summary>What there is to say of a place in a schema: the input or member that is declared there, the type that is named.</summary>
internal sealed class SchemaHover(SourceText text, PromptModel? prompt, int offset)
{
    public HoverText? At(YamlNode schema)
    {
        PromptSchema read = PromptSchema.Read(
            text,
            schema,
            prompt?.Environment.Schemas ?? (IReadOnlyDictionary<string, PromptType>)new Dictionary<string, PromptType>(StringComparer.Ordinal)
        );
        return Declared(read.Type, isTop: prompt?.Header.InputSchema?.Node == schema, "")
            ?? (schema.Resolved() is YamlMapping map && JsonSchemaReader.IsJsonSchema(map) ? Keyword(map) : KindWord(schema))
            ?? TypeWord(schema);
    }

    /// <summary>An input, with its sample and what else is known of it.</summary>
    public static string? Input(PromptModel prompt, string name) =>
        prompt.Scopes.All.FirstOrDefault(s => s.Kind == SymbolKind.Input && string.Equals(s.Name, name, StringComparison.Ordinal)) is { } symbol
            ? SymbolText.Of(symbol)
            : null;

    private HoverText? Declared(PromptType type, bool isTop, string owner)
    {
        switch (type)
        {
            case ObjectType o:
                foreach (Field field in o.Fields)
                {
                    if (field.NameSpan is { } span && span.Touches(offset))
                        return new(span, (isTop ? Input(prompt!, field.Name) : null) ?? SymbolText.Of(field, owner.Length == 0 ? null : owner));
                    if (Declared(field.Type, false, owner.Length == 0 ? field.Name : owner + "." + field.Name) is { } inner)
                        return inner;
                }
                return o.Others is null ? null : Declared(o.Others, false, owner);
            case ArrayType array:
                return Declared(array.Item, false, owner);
            case UnionType union:
                return union.Options.Select(option => Declared(option, false, owner)).FirstOrDefault(h => h is not null);
            default:
                return null;
        }
    }

    // The keys of JSON Schema, wherever a name is not a member's own.
    private HoverText? Keyword(YamlNode node) =>
        node switch
        {
            YamlMapping map when map.Entries.FirstOrDefault(e => e.Key.Span.Touches(offset)) is { } entry => SchemaWords.Keys.FirstOrDefault(k =>
                k.Name == entry.Key.Value
            )
                is { } key
                ? new(entry.Key.Span, $"**{key.Name}**\n\n{key.Meaning}")
                : null,
            YamlMapping map when map.Entries.FirstOrDefault(e => e.Value.Span.Touches(offset)) is { } entry => Keyword(entry.Value),
            YamlSequence list when list.Items.FirstOrDefault(i => i.Span.Touches(offset)) is { } item => Keyword(item),
            _ => null,
        };

    // name(array, …)
    private HoverText? KindWord(YamlNode node)
    {
        if (node.Resolved() is not YamlMapping map)
            return null;
        if (map.Entries.FirstOrDefault(e => e.Key.Span.Touches(offset)) is not { } entry)
            return map.Entries.FirstOrDefault(e => e.Value.Span.Touches(offset)) is { } around ? KindWord(around.Value) : null;
        if (PicoKey.Of(entry.Key.Value).Kind is not { } kind || SchemaWords.Kinds.FirstOrDefault(k => k.Name == kind) is not { Name: not null } known)
            return null;
        int at = text.Slice(entry.Key.Span).IndexOf("(" + kind, StringComparison.Ordinal);
        var span = new TextSpan(entry.Key.Span.Start + at + 1, kind.Length);
        return at >= 0 && span.Touches(offset) ? new(span, $"**{known.Name}**\n\n{known.Meaning}") : null;
    }

    private HoverText? TypeWord(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping map:
                return map.Entries.Where(e => e.Value.Span.Touches(offset)).Select(e => TypeWord(e.Value)).FirstOrDefault(h => h is not null);
            case YamlSequence list:
                return list.Items.Where(i => i.Span.Touches(offset)).Select(TypeWord).FirstOrDefault(h => h is not null);
            case YamlScalar scalar:
                string word = PicoKey.Words(scalar.Value).Type;
                int at = text.Slice(scalar.Span).IndexOf(word, StringComparison.Ordinal);
                var span = new TextSpan(scalar.Span.Start + Math.Max(at, 0), word.Length);
                if (at < 0 || word.Length == 0 || !span.Touches(offset))
                    return null;
                if (PicoScalars.All.FirstOrDefault(s => s.Name == word) is { Name: not null } known)
                    return new(span, $"**{known.Name}**\n\n{known.Meaning}");
                return prompt?.Environment.Schemas.TryGetValue(word, out PromptType? type) == true
                    ? new(span, SymbolText.Of(new Field(word, type), "promptlsp.yaml"))
                    : null;
            default:
                return null;
        }
    }
}
