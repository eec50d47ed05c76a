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
        PromptSchema read = PromptSchema.Read(text, schema, prompt?.Environment.Schemas ?? (IReadOnlyDictionary<string, PromptType>)new Dictionary<string, PromptType>(StringComparer.Ordinal));
        return Declared(read.Type, isTop: prompt?.Header.InputSchema?.Node == schema, "") ?? TypeWord(schema);
    }

    /// <summary>An input, with its sample and what else is known of it.</summary>
    public static string? Input(PromptModel prompt, string name) =>
        prompt.Facts.Scopes.All.FirstOrDefault(s => s.Kind == SymbolKind.Input && string.Equals(s.Name, name, StringComparison.Ordinal)) is { } symbol ? SymbolText.Of(symbol) : null;

    private HoverText? Declared(PromptType type, bool isTop, string owner)
    {
        switch (type)
        {
            case ObjectType o:
                foreach (Field field in o.Fields)
                {
                    if (field.NameSpan is { } span && span.Touches(offset))
                        return new(span, (isTop ? Input(prompt!, field.Name) : null) ?? SymbolText.Of(field, owner.Length == 0 ? "the schema" : owner));
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
                return prompt?.Environment.Schemas.TryGetValue(word, out PromptType? type) == true ? new(span, SymbolText.Of(new Field(word, type), "promptlsp.yaml")) : null;
            default:
                return null;
        }
    }
}
