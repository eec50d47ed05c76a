using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Semantics;

/// <summary>The type that a value shows.</summary>
public static class ValueTypes
{
    // The first items tell what a list holds.
    private const int SampledItems = 20;

    public static PromptType Of(object? value) => value switch
    {
        string => PromptType.String,
        bool => PromptType.Boolean,
        long or int => PromptType.Integer,
        double or float or decimal => PromptType.Number,
        IReadOnlyDictionary<string, object?> map => new ObjectType([.. map.Select(e => new Field(e.Key, Of(e.Value)))], null),
        IReadOnlyList<object?> list => new ArrayType(list.Count == 0 ? PromptType.Any : list.Take(SampledItems).Select(Of).Aggregate(Join)),
        _ => PromptType.Any,
    };

    /// <summary>The type of a YAML value, its fields declared where their keys stand.</summary>
    public static PromptType OfNode(YamlNode node) => node.Resolved() switch
    {
        YamlScalar scalar => Of(scalar.Meaning()),
        YamlMapping map => new ObjectType([.. map.Entries.Select(e => new Field(e.Key.Value, OfNode(e.Value), NameSpan: e.Key.Span))], null),
        YamlSequence list => new ArrayType(list.Items.IsEmpty ? PromptType.Any : list.Items.Take(SampledItems).Select(OfNode).Aggregate(Join)),
        _ => PromptType.Any,
    };

    /// <summary>What holds values of both types.</summary>
    public static PromptType Join(PromptType a, PromptType b) =>
        a.Equals(b) ? a
        : a is ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } && b is ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number }
            ? PromptType.Number
        : a is ObjectType one && b is ObjectType other ? Merge(one, other)
        : a is ArrayType list && b is ArrayType another ? new ArrayType(Join(list.Item, another.Item))
        : PromptType.Any;

    // What only one of them has may be missing.
    private static ObjectType Merge(ObjectType a, ObjectType b) =>
        new(
            [
                .. a.Fields.Select(f =>
                    b.Find(f.Name) is { } same
                        ? f with
                        {
                            Type = Join(f.Type, same.Type),
                            IsOptional = f.IsOptional || same.IsOptional,
                        }
                        : f with
                        {
                            IsOptional = true,
                        }
                ),
                .. b.Fields.Where(f => a.Find(f.Name) is null).Select(f => f with { IsOptional = true }),
            ],
            a.Others is null && b.Others is null ? null : PromptType.Any
        );
}
