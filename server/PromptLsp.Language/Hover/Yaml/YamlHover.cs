using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover.Yaml;

/// <summary>What there is to say of a key or value of YAML whose keys the catalog knows.</summary>
/// <param name="prompt">The prompt around it; null in <c>promptlsp.yaml</c>.</param>
internal sealed class YamlHover(SourceText text, PromptModel? prompt, int offset)
{
    public HoverText? At(YamlNode node, CatalogKey key)
    {
        if (key.Content == KeyContent.Schema)
            return new SchemaHover(text, prompt, offset).At(node);
        switch (node)
        {
            case YamlMapping map when EntryAt(map) is { } entry:
                if (entry.Key.Span.Touches(offset))
                    return Key(entry, key);
                return key.Content == KeyContent.InputValues && prompt?.Header.Inputs.Find(entry.Key.Value) is { } field
                        ? Input(entry.Value, field.Type, field.Name)
                    : key.Under(entry.Key.Value) is { } under ? At(entry.Value, under)
                    : null;
            case YamlSequence list when key.Each is { } each && list.Items.FirstOrDefault(i => i.Span.Touches(offset)) is { } item:
                return At(item, each);
            case YamlScalar { Value.Length: > 0 } scalar when scalar.Span.Touches(offset):
                return new(scalar.Span, Value(scalar.Value, key));
            default:
                return null;
        }
    }

    private HoverText? Key(YamlEntry entry, CatalogKey key)
    {
        string name = entry.Key.Value;
        string? said = key.Content switch
        {
            KeyContent.InputValues => InputText(name),
            KeyContent.Rule => RuleHover.PageOf(name),
            _ => key.Under(name) is { } under ? KeyText.Of(under) : null,
        };
        return said is null ? null : new(entry.Key.Span, said);
    }

    private string Value(string word, CatalogKey key) =>
        key.Content switch
        {
            KeyContent.Model => prompt?.Environment.FindModel(word) is { } model ? ModelText.Of(model) : null,
            KeyContent.SampleName => prompt?.Header.Samples.FirstOrDefault(s => string.Equals(s.Name, word, StringComparison.Ordinal)) is { } sample
                ? Markdown.Block(ValueText.Of(sample.Values, 400), "yaml")
                : null,
            KeyContent.InputName => InputText(word),
            KeyContent.Rule => RuleHover.PageOf(word),
            KeyContent.Role => Roles.Find(word) is { } role ? $"**{role.Name}**\n\n{role.Summary}" : null,
            _ => key.Words.FirstOrDefault(w => string.Equals(w.Name, word, StringComparison.Ordinal)) is { } known
                ? $"**{known.Name}**\n\n{known.Meaning}"
                : null,
        } ?? KeyText.Of(key);

    // Inside the values of an input: the member that a key names.
    private HoverText? Input(YamlNode node, PromptType type, string owner) => (node, type) switch
    {
        (YamlMapping map, ObjectType o) when EntryAt(map) is { } entry && o.Find(entry.Key.Value) is { } field =>
            entry.Key.Span.Touches(offset) ? new(entry.Key.Span, SymbolText.Of(field, owner)) : Input(entry.Value, field.Type, owner + "." + field.Name),
        (YamlSequence list, ArrayType array) when list.Items.FirstOrDefault(i => i.Span.Touches(offset)) is { } item => Input(item, array.Item, owner),
        _ => null,
    };

    private string? InputText(string name) => prompt is null ? null : SchemaHover.Input(prompt, name);

    private YamlEntry? EntryAt(YamlMapping map) =>
        map.Entries.FirstOrDefault(e => e.Key.Span.Touches(offset)) ?? map.Entries.FirstOrDefault(e => e.Value.Span.Touches(offset));
}
