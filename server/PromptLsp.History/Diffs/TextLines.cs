namespace PromptLsp.History.Diffs;

/// <summary>Cuts texts into lines, which end at <c>\n</c>, <c>\r\n</c> or <c>\r</c>.</summary>
internal static class TextLines
{
    /// <summary>Lines with their line ends as they are. Together they are the text; the last one may lack an end, and none is empty.</summary>
    public static string[] Of(ReadOnlySpan<char> text)
    {
        var lines = new List<string>();
        while (!text.IsEmpty)
        {
            int length = LengthOfFirst(text);
            lines.Add(text[..length].ToString());
            text = text[length..];
        }
        return [.. lines];
    }

    /// <summary>A line without its line end.</summary>
    public static string WithoutEnd(string line) => line.TrimEnd('\r', '\n');

    private static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('\r', '\n');
        if (end < 0)
            return text.Length;
        return text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
