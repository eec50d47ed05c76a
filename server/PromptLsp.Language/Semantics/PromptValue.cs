using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Values as plain objects, so that every layer can make them: <c>null</c>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="string"/>, <c>IReadOnlyList&lt;object?&gt;</c> and <c>IReadOnlyDictionary&lt;string, object?&gt;</c>, nothing else.
/// </summary>
public static class PromptValue
{
    public static IReadOnlyDictionary<string, object?> EmptyObject { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    public static IReadOnlyList<object?> EmptyList { get; } = [];

    /// <summary>The value that a node of YAML stands for. The tree bounds what aliases unfold into, and how deep.</summary>
    public static object? Of(YamlNode? node) => node switch
    {
        YamlScalar scalar => scalar.Meaning(),
        YamlMapping mapping => Of(mapping),
        YamlSequence sequence => ListOf(sequence),
        YamlAlias alias => Of(alias.Target),
        _ => null,
    };

    public static IReadOnlyDictionary<string, object?> Of(YamlMapping mapping)
    {
        var values = new Dictionary<string, object?>(mapping.Entries.Length, StringComparer.Ordinal);
        foreach (YamlEntry entry in mapping.Entries)
            values.TryAdd(entry.Key.Value, Of(entry.Value));
        return values;
    }

    private static object?[] ListOf(YamlSequence sequence)
    {
        var items = new object?[sequence.Items.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = Of(sequence.Items[i]);
        return items;
    }
}
