using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Completion.Yaml;

/// <summary>The names that a YAML file's keys and values can refer to.</summary>
internal sealed record KeyFacts
{
    public ObjectType Inputs { get; init; } = ObjectType.Open;

    /// <summary>Names that the body reads and nobody declares.</summary>
    public ImmutableArray<string> Undeclared { get; init; } = [];

    public ImmutableArray<Sample> Samples { get; init; } = [];

    public ImmutableArray<ModelInfo> Models { get; init; } = [];

    /// <summary>The workspace's prompts, by their paths from its root.</summary>
    public ImmutableArray<string> Prompts { get; init; } = [];

    /// <summary>Reads a schema of this file.</summary>
    public Func<YamlNode, PromptType> TypeOf { get; init; } = _ => PromptType.Any;

    public IReadOnlyDictionary<string, PromptType> Schemas { get; init; } = new Dictionary<string, PromptType>(StringComparer.Ordinal);
}
