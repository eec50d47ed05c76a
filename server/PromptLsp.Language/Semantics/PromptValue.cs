namespace PromptLsp.Language.Semantics;

/// <summary>
/// Values as plain objects, so that every layer can make them: <c>null</c>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="string"/>, <c>IReadOnlyList&lt;object?&gt;</c> and <c>IReadOnlyDictionary&lt;string, object?&gt;</c>, nothing else.
/// </summary>
public static class PromptValue
{
    public static IReadOnlyDictionary<string, object?> EmptyObject { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    public static IReadOnlyList<object?> EmptyList { get; } = [];
}
