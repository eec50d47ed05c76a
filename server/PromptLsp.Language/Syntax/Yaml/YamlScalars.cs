using System.Buffers;
using System.Globalization;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>What a plain scalar means by the core schema of YAML 1.2: null, a boolean, a number, else its text.</summary>
public static class YamlScalars
{
    /// <summary><c>null</c>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</summary>
    public static object? Meaning(this YamlScalar scalar)
    {
        if (!scalar.IsPlain)
            return scalar.Value;
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
            "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
            _ => Number(scalar.Value) ?? scalar.Value,
        };
    }

    /// <summary>A text that means itself without quotes, wherever a value can stand.</summary>
    public static bool IsWord(string text)
    {
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && text.AsSpan().IndexOfAnyExcept(WordCharacters) < 0)
            return true;
        var alone = new SourceText("[" + text + "]");
        return YamlTree.Parse(alone, new(0, alone.Length)) is { Problems.IsEmpty: true, Root: YamlSequence { Items: [YamlScalar { IsPlain: true } only] } }
            && string.Equals(only.Value, text, StringComparison.Ordinal);
    }

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./");

    /// <summary>True for a text that another program fills in: <c>${HOME}</c>, <c>{{ name }}</c>.</summary>
    public static bool IsFilledIn(this YamlNode node) =>
        node is YamlScalar scalar && (scalar.Value.Contains("${", StringComparison.Ordinal) || scalar.Value.Contains("{{", StringComparison.Ordinal));

    public static bool IsNull(this YamlNode node) => node is YamlScalar scalar && scalar.Meaning() is null;

    /// <summary>The node itself, or what an alias stands for.</summary>
    public static YamlNode? Resolved(this YamlNode node) => node is YamlAlias alias ? alias.Target?.Resolved() : node;

    private static object? Number(string text)
    {
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+' or '.'))
            return null;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) ? hex : null;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Octal(text.AsSpan(2));
        ReadOnlySpan<char> digits = text[0] is '-' or '+' ? text.AsSpan(1) : text;
        if (!IsNumber(digits, out bool isWhole))
            return null;
        if (isWhole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
    }

    // [0-9]+ ( . [0-9]* )? | . [0-9]+, and ( [eE] [-+]? [0-9]+ )?
    private static bool IsNumber(ReadOnlySpan<char> text, out bool isWhole)
    {
        int whole = Digits(text, 0);
        int at = whole;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            int fraction = Digits(text, at);
            at += fraction;
            whole += fraction;
        }
        isWhole = at == whole;
        if (whole == 0)
            return false;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            isWhole = false;
            at++;
            if (at < text.Length && text[at] is '-' or '+')
                at++;
            int exponent = Digits(text, at);
            return exponent > 0 && at + exponent == text.Length;
        }
        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at - start;
    }

    private static object? Octal(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.Length > 20)
            return null;
        long value = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7')
                return null;
            value = value * 8 + (digit - '0');
        }
        return value;
    }
}
