using System.Globalization;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>What JavaScript has beside <c>null</c> for a value that is not there.</summary>
internal sealed class JavaScriptUndefined
{
    public static JavaScriptUndefined Value { get; } = new();

    public override string ToString() => "undefined";
}

/// <summary>Numbers as JavaScript spells them.</summary>
internal static class JavaScriptNumbers
{
    public static string TextOf(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0)
            return "0";
        if (Math.Abs(number) < 1e15 && number == Math.Floor(number))
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        // The shortest digits that give the number back: `d.ddddE+dd`.
        string shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        for (int precision = 0; precision < 17; precision++)
        {
            string tried = number.ToString("E" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(tried, CultureInfo.InvariantCulture) != number)
                continue;
            shortest = tried;
            break;
        }
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        string sign = number < 0 ? "-" : "",
            digits = shortest[..mark].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        int point = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        return sign + Written(digits, point);
    }

    // ECMA-262, Number::toString.
    private static string Written(string digits, int point)
    {
        if (point is > 0 and <= 21)
            return digits.Length <= point ? digits + new string('0', point - digits.Length) : digits[..point] + "." + digits[point..];
        if (point is > -6 and <= 0)
            return "0." + new string('0', -point) + digits;
        string exponent = (point - 1 < 0 ? "-" : "+") + Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture);
        return (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + exponent;
    }
}
