using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>A template's own <c>input.default</c>, under what it is given.</summary>
internal static class Defaults
{
    public static IReadOnlyDictionary<string, object?> Under(PromptModel template, IReadOnlyDictionary<string, object?> given)
    {
        IReadOnlyDictionary<string, object?> defaults = template.Header.Defaults;
        if (defaults.Count == 0)
            return given;
        var values = new Dictionary<string, object?>(defaults, StringComparer.Ordinal);
        foreach ((string name, object? value) in given)
            values[name] = value;
        return values;
    }
}
