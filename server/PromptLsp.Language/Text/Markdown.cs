using System.Globalization;
using System.Text;

namespace PromptLsp.Language.Text;

/// <summary>
/// Puts a file's own text into Markdown so that nothing of it is live: no link, image, HTML or heading, and no character that hides or
/// turns round what is shown.
/// </summary>
public static class Markdown
{
    /// <summary>Running text: every ASCII punctuation escaped, line ends made blanks.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (char c in Visible(text))
        {
            if (c is '\r' or '\n' or '\t')
                result.Append(' ');
            else if (char.IsAsciiLetterOrDigit(c) || c > '\u007F' || c == ' ')
                result.Append(c);
            else
                result.Append('\\').Append(c);
        }
        return result.ToString();
    }

    /// <summary>A short piece of code in its line.</summary>
    public static string Code(string text)
    {
        string visible = Visible(text).Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ');
        string fence = new('`', LongestRun(visible) + 1);
        return visible.Length == 0 ? "" : visible[0] == '`' || visible[^1] == '`' ? $"{fence} {visible} {fence}" : fence + visible + fence;
    }

    /// <summary>A block of code between fences that nothing in it can close.</summary>
    public static string Block(string text, string language = "")
    {
        string visible = Visible(text);
        string fence = new('`', Math.Max(3, LongestRun(visible) + 1));
        return $"{fence}{language}\n{visible}{(visible.EndsWith('\n') ? "" : "\n")}{fence}";
    }

    /// <summary>The same without its marks, for who cannot show them. It reads the Markdown that this program writes, not all there is.</summary>
    public static string Plain(string markdown)
    {
        var result = new StringBuilder(markdown.Length);
        string? fence = null;
        foreach (string line in markdown.Split('\n'))
        {
            // With more of them behind, they are the marks of code in its line.
            if (fence is null && line.StartsWith("```", StringComparison.Ordinal) && !line.AsSpan(RunAt(line, 0)).Contains('`'))
                fence = new('`', RunAt(line, 0));
            else if (fence is not null && string.Equals(line, fence, StringComparison.Ordinal))
                fence = null;
            else if (fence is not null)
                result.Append(line).Append('\n');
            else
                AppendPlain(result, line);
        }
        return result.ToString().TrimEnd('\n');
    }

    private static void AppendPlain(StringBuilder result, string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                result.Append(line[++i]);
            }
            else if (line[i] == '`')
            {
                string ticks = line.Substring(i, RunAt(line, i));
                int start = i + ticks.Length, end = line.IndexOf(ticks, start, StringComparison.Ordinal);
                string code = end < 0 ? line[start..] : line[start..(end + RunAt(line, end) - ticks.Length)];
                result.Append(code.Contains('`', StringComparison.Ordinal) ? code.Trim(' ') : code);
                i = start + code.Length + ticks.Length - 1;
            }
            else if (line[i] != '*')
            {
                result.Append(line[i]);
            }
        }
        result.Append('\n');
    }

    private static int RunAt(string line, int start) => line.AsSpan(start).IndexOfAnyExcept('`') is >= 0 and var length ? length : line.Length - start;

    /// <summary>Control and direction characters shown by name, everything else as it is.</summary>
    public static string Visible(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        StringBuilder? result = null;
        for (int i = 0; i < text.Length; i++)
        {
            string? name = Named(text[i]);
            if (name is not null)
                (result ??= new StringBuilder(text.Length + 16).Append(text, 0, i)).Append('\u2039').Append(name).Append('\u203A');
            else
                result?.Append(text[i]);
        }
        return result?.ToString() ?? text;
    }

    private static string? Named(char c) => c switch
    {
        '\t' or '\n' or '\r' => null,
        '\u00AD' => "soft hyphen",
        '\u061C' => "Arabic letter mark",
        '\u200B' => "zero width space",
        '\u200E' => "left-to-right mark",
        '\u200F' => "right-to-left mark",
        '\u2028' => "line separator",
        '\u2029' => "paragraph separator",
        '\u202A' => "left-to-right embedding",
        '\u202B' => "right-to-left embedding",
        '\u202C' => "pop directional formatting",
        '\u202D' => "left-to-right override",
        '\u202E' => "right-to-left override",
        '\u2060' => "word joiner",
        '\u2066' => "left-to-right isolate",
        '\u2067' => "right-to-left isolate",
        '\u2068' => "first strong isolate",
        '\u2069' => "pop directional isolate",
        '\uFEFF' => "byte order mark",
        _ => char.IsControl(c) ? "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) : null,
    };

    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
