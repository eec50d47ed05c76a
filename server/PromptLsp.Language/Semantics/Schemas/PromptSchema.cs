using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>A schema as it is written, Picoschema or JSON Schema, and the type that it means.</summary>
public sealed record PromptSchema(YamlNode Node, PromptType Type, ImmutableArray<Problem> Problems)
{
    /// <summary>False where the schema is a name that only the application knows, or cannot be read at all.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Behind the type's name, where the schema is one word.</summary>
    public string? Description { get; init; }

    /// <summary>Reads a schema. What is broken reads as <c>any</c>, with a problem on record. Never throws.</summary>
    /// <param name="schemas">The workspace's named schemas; empty where it lists none, and any other name is then the application's.</param>
    public static PromptSchema Read(SourceText text, YamlNode node, IReadOnlyDictionary<string, PromptType> schemas)
    {
        YamlNode? resolved = node.Resolved();
        if (resolved is YamlMapping mapping && JsonSchemaReader.IsJsonSchema(mapping))
        {
            var reader = new JsonSchemaReader(mapping);
            PromptType type = reader.Read(mapping);
            return new(node, type, reader.Problems) { Description = (mapping.Find("description")?.Value as YamlScalar)?.Value };
        }
        return new PicoschemaReader(text, schemas).ReadWhole(node);
    }

    /// <summary>The schema as JSON Schema, in plain values. A name that is not known allows anything.</summary>
    /// <param name="named">The workspace's schemas, as JSON Schema; null for a name it does not list.</param>
    public IReadOnlyDictionary<string, object?> ToJsonSchema(Func<string, IReadOnlyDictionary<string, object?>?> named) => JsonSchema.Of(Node, named);
}
