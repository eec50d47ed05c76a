using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Completing;

/// <summary>
/// What a shell's script asks the program when somebody presses Tab: <c>promptlsp "[complete:SHELL]" LINE</c>, where the line ends at the cursor.
/// The answer has a word on each line, as the shell is to put it in, quoted where it needs to be; a shell's own script looks into none of them.
/// No word is told that holds a control character.
/// </summary>
internal static class Completions
{
    private const string Asked = "[complete:";

    /// <param name="parse">Reads a line without the command's name and without the word that is begun, which comes second.</param>
    /// <returns>False where a shell asks nothing.</returns>
    public static bool Answer(string[] arguments, Func<string, string, ParseResult> parse, Terminal terminal)
    {
        if (arguments is not [var asked, var line, .. var more] || !asked.StartsWith(Asked, StringComparison.Ordinal) || !asked.EndsWith(']'))
            return false;
        var typed = TypedLine.Of(line);
        ImmutableArray<string> words = [.. Fitting(typed, parse).Where(PlainText.Is)];
        IEnumerable<string> quoted = asked[Asked.Length..^1] switch
        {
            "bash" => InBash(words, typed, more is [var replaced, ..] ? replaced : typed.Raw),
            "powershell" => words.Select(ShellQuotes.PowerShell),
            // The others quote what they put in by themselves.
            _ => words,
        };
        foreach (string word in quoted)
            terminal.Out.Write(word + "\n");
        terminal.Out.Flush();
        return true;
    }

    private static IEnumerable<string> Fitting(TypedLine typed, Func<string, string, ParseResult> parse)
    {
        int value = typed.Word.StartsWith("--", StringComparison.Ordinal) ? typed.Word.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        string option = typed.Word[..value];
        // What the words before it allow, whatever its beginning.
        string before = string.Concat(typed.Before.Skip(1).Concat(value > 0 ? [option[..^1]] : []).Select(InQuotes));
        return parse(before, typed.Word).GetCompletions(before.Length)
            .Select(c => c.InsertText ?? c.Label)
            .Where(w => w is not ("True" or "False" or "-?" or ['/', ..]) && (w is not ['-', ..] || (value == 0 && typed.Word is ['-', ..])))
            .Select(w => option + w)
            .Where(w => w.StartsWith(typed.Word, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    // The library knows no other quotes, and none within them.
    private static string InQuotes(string word) => $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\" ";

    // Readline begins a word anew behind characters such as @ and =, and replaces only from there.
    private static IEnumerable<string> InBash(ImmutableArray<string> words, TypedLine typed, string replaced)
    {
        string kept = typed.Raw.EndsWith(replaced, StringComparison.Ordinal) ? typed.Raw[..^replaced.Length] : "";
        var start = TypedLine.Of(kept);
        return words.Where(w => w.StartsWith(start.Word, StringComparison.Ordinal)).Select(w => ShellQuotes.Bash(w[start.Word.Length..], start.Quote));
    }
}
