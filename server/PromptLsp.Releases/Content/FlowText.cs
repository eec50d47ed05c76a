using System.Globalization;
using System.Text;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Releases.Content;

/// <summary>
/// Plain values, as <see cref="PromptValue"/> describes them, on one line that is JSON and YAML alike: the same value is always the same text.
/// </summary>
internal static class FlowText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case long whole:
                text.Append(whole.ToString(CultureInfo.InvariantCulture));
                break;
            // So that it is read as what it is: 2.0 is no whole number.
            case double real:
                text.Append(
                    double.IsFinite(real) ? real.ToString(real == Math.Truncate(real) && Math.Abs(real) < 1e15 ? "0.0" : "R", CultureInfo.InvariantCulture)
                    : double.IsNaN(real) ? ".nan"
                    : real > 0 ? ".inf"
                    : "-.inf"
                );
                break;
            case string said:
                Quote(text, said);
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteMap(text, map);
                break;
            case IEnumerable<object?> list:
                text.Append('[').AppendJoin(", ", list.Select(Of)).Append(']');
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteMap(StringBuilder text, IReadOnlyDictionary<string, object?> map)
    {
        text.Append('{');
        string between = "";
        foreach ((string name, object? member) in map)
        {
            text.Append(between);
            Quote(text, name);
            text.Append(": ");
            Write(text, member);
            between = ", ";
        }
        text.Append('}');
    }

    private static void Quote(StringBuilder text, string said)
    {
        text.Append('"');
        foreach (char c in said)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => text.Append("\\u")
                    .Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
