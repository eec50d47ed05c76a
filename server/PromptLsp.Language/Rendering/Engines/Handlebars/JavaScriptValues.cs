using System.Collections;
using System.Globalization;
using PromptLsp.Language.Syntax.Dialects.Handlebars;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Values as JavaScript has them, in which the engine of Handlebars is written.</summary>
internal sealed class JavaScriptValues
{
    public static JavaScriptValues Instance { get; } = new();

    /// <summary>What is found where nothing is.</summary>
    public object? Missing => JavaScriptUndefined.Value;

    /// <summary>A value as JavaScript has it.</summary>
    public object? Of(object? value) => value switch
    {
        null or string or bool or double => value,
        long number => (double)number,
        IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> => value,
        int or float or decimal or short or byte or uint or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        // Objects of another engine.
        IEnumerable<KeyValuePair<string, object?>> map => new Dictionary<string, object?>(map, StringComparer.Ordinal),
        IEnumerable items => items.Cast<object?>().ToArray(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>What counts as true.</summary>
    public bool IsTrue(object? value) => value switch
    {
        null or JavaScriptUndefined => false,
        bool truth => truth,
        double number => number != 0 && !double.IsNaN(number),
        string text => text.Length > 0,
        _ => true,
    };

    /// <summary>What `if` and `with` take for nothing, zero apart.</summary>
    public bool IsEmpty(object? value) => (!IsTrue(value) && value is not 0.0) || value is IReadOnlyList<object?> { Count: 0 };

    public static bool IsMissing(object? value) => value is null or JavaScriptUndefined;

    /// <summary>A value as it is written out.</summary>
    public string TextOf(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => JavaScriptNumbers.TextOf(number),
        SafeText safe => safe.ToString(),
        IReadOnlyList<object?> items => string.Join(',', items.Select(i => Of(i)).Select(i => IsMissing(i) ? "" : TextOf(i))),
        JavaScriptUndefined => "undefined",
        _ => "[object Object]",
    };

    /// <summary>A member of a value by its name, of its own; <see cref="Missing"/> where it has none.</summary>
    public object? Member(object? value, string name)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                return map.TryGetValue(name, out object? member) ? Of(member) : Missing;
            case IReadOnlyList<object?> items:
                return name == "length" ? (double)items.Count : IndexOf(name) is { } index && index < items.Count ? Of(items[index]) : Missing;
            case string text:
                return name == "length" ? (double)text.Length : IndexOf(name) is { } at && at < text.Length ? text[at].ToString() : Missing;
            case SafeText safe:
                return name == "string" ? safe.Text ?? Missing : Missing;
            default:
                return Missing;
        }
    }

    /// <summary>The position that a member's name means in a list; null where it means none.</summary>
    private static int? IndexOf(string name) =>
        name.Length is > 0 and < 10 && name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && (name[0] != '0' || name.Length == 1)
            ? int.Parse(name, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The names of an object's members: those that are numbers first, in their order.</summary>
    public IEnumerable<string> Keys(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.Keys.Any(k => Number(k) is not null)
            ? [.. map.Keys.Where(k => Number(k) is not null).OrderBy(k => Number(k)), .. map.Keys.Where(k => Number(k) is null)]
            : map.Keys,
        SafeText => ["string"],
        _ => [],
    };

    private static uint? Number(string key) =>
        key.Length is > 0 and <= 10
        && (key[0] != '0' || key.Length == 1)
        && uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
        && number != uint.MaxValue
            ? number
            : null;

    /// <summary><c>===</c>.</summary>
    public static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (double a, double b) => a == b,
        (bool a, bool b) => a == b,
        _ => ReferenceEquals(left, right),
    };

    /// <summary><c>==</c>, by which the engine tells whether a subject is another than the one around it.</summary>
    public bool AreAlike(object? left, object? right)
    {
        if (IsMissing(left) || IsMissing(right))
            return IsMissing(left) && IsMissing(right);
        bool leftIsObject = IsObject(left), rightIsObject = IsObject(right);
        if (leftIsObject && rightIsObject)
            return ReferenceEquals(left, right);
        object? a = leftIsObject ? TextOf(left) : left, b = rightIsObject ? TextOf(right) : right;
        return a is string one && b is string other ? string.Equals(one, other, StringComparison.Ordinal) : NumberOf(a) == NumberOf(b);
    }

    private static bool IsObject(object? value) => value is not (null or JavaScriptUndefined or string or double or bool);

    private static double NumberOf(object? value) => value switch
    {
        double number => number,
        bool truth => truth ? 1 : 0,
        string text => NumberIn(text),
        _ => double.NaN,
    };

    private static double NumberIn(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan();
        while (!trimmed.IsEmpty && HandlebarsLexer.IsBlank(trimmed[0]))
            trimmed = trimmed[1..];
        while (!trimmed.IsEmpty && HandlebarsLexer.IsBlank(trimmed[^1]))
            trimmed = trimmed[..^1];
        if (trimmed.IsEmpty)
            return 0;
        if (trimmed is "Infinity" or "+Infinity" or "-Infinity")
            return trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(trimmed[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex) ? hex : double.NaN;
        return trimmed.IndexOfAnyExcept("0123456789.eE+-") < 0 && double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : double.NaN;
    }

    /// <summary><c>+</c> of two numbers or truth values.</summary>
    public static double Sum(object left, object right) => NumberOf(left) + NumberOf(right);
}

/// <summary>What a helper of Dotprompt gives back: a text that is an object.</summary>
internal sealed class SafeText(string? text)
{
    public string? Text { get; } = text;

    public override string ToString() => Text ?? "undefined";
}
