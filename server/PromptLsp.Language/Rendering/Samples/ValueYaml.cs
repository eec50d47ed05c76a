using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>Writes values as YAML that reads back as the same values.</summary>
public static class ValueYaml
{
    /// <summary>On one line: <c>{ name: Ada, tags: [a, "b, c"] }</c>.</summary>
    public static string Flow(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Text(text),
        IReadOnlyDictionary<string, object?> { Count: 0 } => "{}",
        IReadOnlyDictionary<string, object?> map => $"{{ {string.Join(", ", map.Select(e => $"{Text(e.Key)}: {Flow(e.Value)}"))} }}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Flow))}]",
        double number when double.IsNaN(number) => ".nan",
        double number when double.IsInfinity(number) => number > 0 ? ".inf" : "-.inf",
        // A fraction without a point would come back as a whole number.
        double number when Math.Floor(number) == number && Math.Abs(number) < 1e15 => number.ToString("F1", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };

    /// <summary>Behind a key of a block: texts of several lines as such, all else on the key's line.</summary>
    /// <param name="indent">Of the key.</param>
    /// <param name="newLine">The file's own line end.</param>
    public static string Block(object? value, string indent, string newLine)
    {
        if (value is not string text || !CanStandInBlock(text))
            return Flow(value);
        string[] lines = text.Split('\n');
        bool endsLine = lines[^1].Length == 0;
        var block = new StringBuilder(endsLine ? "|" : "|-");
        foreach (string line in endsLine ? lines[..^1] : lines)
            block.Append(newLine).Append(line.Length == 0 ? "" : indent + "  " + line);
        return block.ToString();
    }

    // Blanks at the edges, and characters that YAML does not show as they are, need quotes.
    private static bool CanStandInBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !char.IsWhiteSpace(text[0]) && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.Contains(" \n", StringComparison.Ordinal) && text.All(c => c == '\n' || IsPlain(c));

    private static string Text(string text)
    {
        // Signs and digits can begin something else; other tools' YAML has more words for true and false than ours.
        if (
            text.Length > 0
            && char.IsLetter(text[0])
            && !OldTruths.Contains(text)
            && YamlScalars.IsWord(text)
            && new YamlScalar(default, text, IsPlain: true).Meaning() is string
        )
            return text;
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ when IsPlain(c) => c.ToString(),
                    _ => $"\\u{(int)c:x4}",
                }
            );
        }
        return quoted.Append('"').ToString();
    }

    private static readonly FrozenSet<string> OldTruths = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "y", "n", "yes", "no", "on", "off");

    private static bool IsPlain(char c) => !char.IsControl(c) && c is not ('\u0085' or '\u2028' or '\u2029' or '\uFEFF');
}
