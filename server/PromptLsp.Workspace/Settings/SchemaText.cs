using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Workspace.Settings;

/// <summary>Reads a schema of the settings.</summary>
internal static class SchemaText
{
    public static (PromptType, ImmutableArray<Problem>) Read(YamlNode node, IReadOnlyDictionary<string, PromptType> named) =>
        node is YamlScalar { Value: var name } && named.TryGetValue(name, out PromptType? type) ? (type, []) : (PromptType.Any, []);
}
