using System.Globalization;
using System.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>A value as one line of JSON-like text, cut where it grows long: for hovers and completion details.</summary>
public static class ValueText
{
    public static string Of(object? value, int longest = 120)
    {
        var text = new StringBuilder();
        Append(text, value, longest, 0);
        return text.Length <= longest ? text.ToString() : text.ToString(0, longest - 1) + "…";
    }

    private static void Append(StringBuilder text, object? value, int longest, int depth)
    {
        if (text.Length > longest || depth > DeepestShown)
            return;
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case string s:
                text.Append('"').Append(s.Length > longest ? s[..longest] : s).Append('"');
                break;
            case IReadOnlyDictionary<string, object?> map:
                Join(text, "{ ", " }", map, (t, e) => Append(t.Append(e.Key).Append(": "), e.Value, longest, depth + 1), longest);
                break;
            case IReadOnlyList<object?> list:
                Join(text, "[", "]", list, (t, item) => Append(t, item, longest, depth + 1), longest);
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private const int DeepestShown = 4;

    private static void Join<T>(StringBuilder text, string open, string close, IEnumerable<T> items, Action<StringBuilder, T> append, int longest)
    {
        text.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
                text.Append(", ");
            isFirst = false;
            append(text, item);
            if (text.Length > longest)
                return;
        }
        text.Append(close);
    }
}
