using System.Globalization;

namespace PromptLsp.History.Store;

/// <summary>
/// What people write for a version, taken apart: <c>v12</c>, <c>v-3</c>, <c>head</c>, <c>head~2</c>, <c>latest</c>, a fingerprint's beginning, a tag.
/// </summary>
internal abstract record Reference
{
    /// <summary>Hexadecimal digits a fingerprint is accepted from.</summary>
    public const int FewestDigits = 6;

    public sealed record ByNumber(int Number) : Reference;

    public sealed record BeforeHead(int Steps) : Reference;

    public sealed record ByFingerprint(string Prefix) : Reference;

    public sealed record ByTag(string Name) : Reference;

    public static Reference Parse(string text) => text switch
    {
        "head" or "latest" => new BeforeHead(0),
        ['h', 'e', 'a', 'd', '~', .. var steps] when IsNumber(steps, out int count) => new BeforeHead(count),
        ['v', .. var digits] when IsNumber(digits, out int number) => new ByNumber(number),
        ['v', '-', .. var digits] when IsNumber(digits, out int number) => new ByNumber(-number),
        _ when IsFingerprint(text) => new ByFingerprint(text.ToLowerInvariant()),
        _ => new ByTag(text),
    };

    public static bool IsFingerprint(string text) => text.Length is >= FewestDigits and <= 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>The least and the greatest 32 bytes that begin with the digits.</summary>
    public static (byte[] From, byte[] To) Range(string prefix) =>
        (Convert.FromHexString(prefix.PadRight(64, '0')), Convert.FromHexString(prefix.PadRight(64, 'f')));

    private static bool IsNumber(string digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
