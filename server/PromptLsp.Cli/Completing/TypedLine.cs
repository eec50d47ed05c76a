using System.Collections.Immutable;
using System.Text;

namespace PromptLsp.Cli.Completing;

/// <summary>A command line as far as it is typed, cut into words as shells do. Nothing in it is looked up, run or replaced: `$HOME` is five letters.</summary>
/// <param name="Before">The words in front of the cursor's, the command's name among them; without their quotes.</param>
/// <param name="Word">The one at the cursor, without its quotes; empty behind a blank.</param>
/// <param name="Raw">The same as it was typed.</param>
/// <param name="Quote">The quote that is still open; null outside of one.</param>
internal sealed record TypedLine(ImmutableArray<string> Before, string Word, string Raw, char? Quote)
{
    public static TypedLine Of(string line)
    {
        var before = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        char? quote = null;
        int from = 0;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            bool isEscape = c == '\\' && quote != '\'' && i + 1 < line.Length && (quote is null || line[i + 1] is '"' or '\\' or '$' or '`');
            if (isEscape)
                word.Append(line[++i]);
            else if (c == quote)
                quote = null;
            else if (quote is null && c is ('"' or '\''))
                quote = c;
            else if (quote is null && c is (' ' or '\t'))
                from = End(i);
            else if (c != '\\' || quote is not null)
                word.Append(c);
        }
        return new(before.ToImmutable(), word.ToString(), line[from..], quote);

        int End(int blank)
        {
            if (blank > from)
                before.Add(word.ToString());
            word.Clear();
            return blank + 1;
        }
    }
}
