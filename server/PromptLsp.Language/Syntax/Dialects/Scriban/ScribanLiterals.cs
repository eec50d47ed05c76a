using System.Buffers;
using System.Globalization;
using System.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>The values of numbers and strings as they are written.</summary>
internal static class ScribanLiterals
{
    /// <summary>A whole number as a <see cref="long"/>, any other as a <see cref="double"/>; zero where it is too large to be either.</summary>
    public static object Number(string digits)
    {
        string plain = digits.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
            return whole;
        if (plain.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(plain.AsSpan(2).TrimEnd("uU"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hexadecimal)
                ? hexadecimal
                : 0L;
        return double.TryParse(plain.TrimEnd('f', 'F', 'd', 'D', 'm', 'M'), NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : 0L;
    }

    /// <summary>What stands between the quotes, with its escapes resolved.</summary>
    public static string Unescaped(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
            return raw;
        var result = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                result.Append(raw[i]);
                continue;
            }
            i++;
            int digits = raw[i] switch
            {
                'u' => 4,
                'x' => 2,
                _ => 0,
            };
            if (
                digits > 0
                && i + digits < raw.Length
                && ushort.TryParse(raw.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)
            )
            {
                result.Append((char)code);
                i += digits;
                continue;
            }
            result.Append(raw[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', 'v' => '\v', '0' => '\0', var other => other });
        }
        return result.ToString();
    }

    /// <summary>The backslashes that begin something between quotes, and whether that is an escape.</summary>
    public static IEnumerable<(int Offset, bool IsKnown)> Escapes(string raw)
    {
        for (int i = raw.IndexOf('\\', StringComparison.Ordinal); i >= 0 && i + 1 < raw.Length; i = raw.IndexOf('\\', i + 2))
            yield return (i, Escaping.Contains(raw[i + 1]));
    }

    private static readonly SearchValues<char> Escaping = SearchValues.Create("nrtbfv0xu\\\"'\n\r");

    /// <summary>With every backslash doubled that begins no escape.</summary>
    public static string Escaped(string raw)
    {
        var result = new StringBuilder(raw.Length + 1);
        int from = 0;
        foreach ((int offset, _) in Escapes(raw).Where(e => !e.IsKnown))
        {
            result.Append(raw, from, offset - from).Append('\\');
            from = offset;
        }
        return result.Append(raw, from, raw.Length - from).ToString();
    }
}
