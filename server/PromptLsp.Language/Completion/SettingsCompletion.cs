using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Completion.Yaml;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>Completes <c>promptlsp.yaml</c>.</summary>
internal static class SettingsCompletion
{
    public static CompletionList At(SourceText text, int offset)
    {
        if (YamlCursor.At(text, 0, offset) is not { } cursor)
            return CompletionList.Empty;
        TextSpan line = text.LineSpan(text.LineAt(offset));
        SourceText others = text.With(new TextEdit(line, new string(' ', line.Length)));
        YamlNode? whole = YamlTree.Parse(others, new(0, others.Length)).Root;
        Dictionary<string, PromptType> schemas = Schemas(others, whole);
        return YamlCompletion.At(
            cursor,
            Keys.Workspace,
            new KeyFacts { Schemas = schemas, TypeOf = schema => PromptSchema.Read(others, schema, schemas).Type },
            whole
        );
    }

    private static Dictionary<string, PromptType> Schemas(SourceText text, YamlNode? root)
    {
        var schemas = new Dictionary<string, PromptType>(StringComparer.Ordinal);
        if ((root as YamlMapping)?.Find("schemas")?.Value.Resolved() is YamlMapping named)
        {
            foreach (YamlEntry entry in named.Entries)
                schemas.TryAdd(entry.Key.Value, PromptSchema.Read(text, entry.Value, schemas).Type);
        }
        return schemas;
    }
}
