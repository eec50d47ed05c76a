using System.Text;

namespace PromptLsp.History.Store;

/// <summary>The lines that an effective fingerprint is made of, kept so that a version can be rendered as it was.</summary>
internal static class PulledInList
{
    public static byte[] Write(string own, IEnumerable<(string Path, string Fingerprint)> files)
    {
        var lines = new StringBuilder(own).Append(" .\n");
        foreach ((string path, string fingerprint) in files)
            lines.Append(fingerprint).Append(' ').Append(path).Append('\n');
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>Without the prompt's own line; null for what is no such list.</summary>
    public static IReadOnlyList<(string Path, string Fingerprint)>? Parse(byte[] list)
    {
        string[] lines = Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        bool isList = lines.All(line => line.Length > 65 && line[..64].All(char.IsAsciiHexDigitLower));
        return isList ? [.. lines.Skip(1).Select(line => (line[65..], line[..64]))] : null;
    }
}
