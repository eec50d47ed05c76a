using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>Makes Scriban's values of plain ones: copies, so that what a template changes is its own.</summary>
internal static class ScribanValues
{
    // Values of files and of JSON are less deep by far.
    private const int Deepest = 200;

    public static ScriptObject ObjectOf(IReadOnlyDictionary<string, object?> values) => ObjectOf(values, 0);

    /// <summary>What is none of the plain values is Scriban's own already.</summary>
    public static object? Of(object? value) => Of(value, 0);

    private static object? Of(object? value, int depth) => value switch
    {
        ScriptObject or ScriptArray => value,
        IReadOnlyDictionary<string, object?> map => depth < Deepest ? ObjectOf(map, depth) : null,
        IReadOnlyList<object?> list => depth < Deepest ? ListOf(list, depth) : null,
        // Scriban's own whole numbers are ints where they fit.
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        _ => value,
    };

    private static ScriptObject ObjectOf(IReadOnlyDictionary<string, object?> values, int depth)
    {
        var result = new ScriptObject(values.Count);
        foreach ((string name, object? value) in values)
            result[name] = Of(value, depth + 1);
        return result;
    }

    private static ScriptArray ListOf(IReadOnlyList<object?> items, int depth)
    {
        var result = new ScriptArray(items.Count);
        foreach (object? item in items)
            result.Add(Of(item, depth + 1));
        return result;
    }
}

/// <summary>Variables that are looked up, and made Scriban's own, when they are first asked for.</summary>
internal sealed class LazyVariables(Func<string, object?> find) : ScriptObject
{
    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (base.TryGetValue(context, span, member, out value))
            return true;
        if (ScribanValues.Of(find(member)) is not { } found)
            return false;
        SetValue(member, value = found, readOnly: false);
        return true;
    }
}
