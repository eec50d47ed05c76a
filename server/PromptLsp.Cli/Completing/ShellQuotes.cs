namespace PromptLsp.Cli.Completing;

/// <summary>A word as a shell has to be given it, so that it is that one word and nothing else.</summary>
internal static class ShellQuotes
{
    /// <summary>For bash, outside of quotes, or behind one that is open.</summary>
    public static string Bash(string word, char? quote) => quote switch
    {
        '\'' => word.Replace("'", "'\\''", StringComparison.Ordinal),
        // An exclamation mark is looked up in the shell's own history, behind a stroke too.
        '"' => string.Concat(word.Select(c => c is '!' ? "\"'!'\"" : c is '"' or '\\' or '$' or '`' ? "\\" + c : c.ToString())),
        _ => string.Concat(word.Select(c => IsPlain(c) ? c.ToString() : "\\" + c)),
    };

    public static string PowerShell(string word) => word.All(IsPlain) && word is not ['@' or ',', ..] && !word.Contains(',', StringComparison.Ordinal)
        ? word
        : "'" + string.Concat(word.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{c}{c}" : c.ToString())) + "'";

    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c)
        || c is '_' or '@' or '%' or '+' or '=' or ':' or ',' or '.' or '/' or '-'
        || (c > '\u007f' && (char.IsLetterOrDigit(c) || char.IsSurrogate(c)));
}
