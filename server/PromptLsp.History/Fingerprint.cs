using System.Text;

namespace PromptLsp.History;

/// <summary>
/// Names for contents: the same text has the same fingerprint on every platform, whatever was done to its line ends. Written as 64
/// hexadecimal digits in small letters.
/// </summary>
public static class Fingerprint
{
    /// <summary>How many digits are shown to people.</summary>
    public const int ShownDigits = 8;

    /// <summary>Stands for the fingerprint of a file that is not there.</summary>
    public static string Missing { get; } = new('0', 64);

    /// <summary>SHA-256 over the text's UTF-8, with <c>\r\n</c> and a lone <c>\r</c> made <c>\n</c>, without a byte order mark.</summary>
    /// <param name="text">Decoded; a byte order mark at its start is no part of it.</param>
    public static string Of(string text) => Sha256.Hex(Canonical(text));

    /// <summary>The text in the form that is hashed.</summary>
    public static string Canonical(string text)
    {
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text;
    }

    /// <summary>
    /// SHA-256 over lines of fingerprint, blank, path: the prompt's own first, with the path <c>.</c>, then those of the files it pulls in,
    /// each once, ordered by their paths' bytes. It changes whenever what reaches the model can.
    /// </summary>
    /// <param name="own">The prompt's own fingerprint.</param>
    /// <param name="pulledIn">Path from the root with <c>/</c>, and fingerprint; <see cref="Missing"/> for a file that is not there.</param>
    public static string Effective(string own, IEnumerable<(string Path, string Fingerprint)> pulledIn)
    {
        var lines = new StringBuilder(own).Append(" .\n");
        foreach ((string path, string fingerprint) in pulledIn.DistinctBy(p => p.Path, StringComparer.Ordinal).OrderBy(p => p.Path, ByBytes))
            lines.Append(fingerprint).Append(' ').Append(path).Append('\n');
        return Sha256.Hex(lines.ToString());
    }

    // UTF-16 sorts surrogates before the last of the characters that need none; bytes do not.
    private static readonly Comparer<string> ByBytes = Comparer<string>.Create(
        static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))
    );
}
