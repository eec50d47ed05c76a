using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>Completes comments that turn rules off: <c># promptlsp-disable-next-line RULE…</c>, in the body as in front matter.</summary>
internal static class SuppressionCompletion
{
    private static readonly (string Word, string Meaning)[] Directives =
    [
        ("promptlsp-disable-next-line", "Turns rules off for the next line; without a rule's name, all of them."),
        ("promptlsp-disable", "Turns rules off from here on; without a rule's name, all of them."),
        ("promptlsp-enable", "Turns rules on again."),
    ];

    /// <param name="start">Behind the comment's mark.</param>
    public static IEnumerable<CompletionItem> At(SourceText text, int start, int offset)
    {
        start = Math.Max(start, text.LineSpan(text.LineAt(offset)).Start);
        if (offset < start)
            return [];
        string before = text[TextSpan.FromBounds(start, offset)].TrimStart('#', ' ', '\t');
        string[] words = before.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        TextSpan word = WordAt(text.Content, start, offset);
        if (words.Length == 0 || (words.Length == 1 && word.Start < offset))
        {
            // A comment is for people: the words come once they are begun.
            return words is [var begun] && Directives[0].Word.StartsWith(begun[..Math.Min(begun.Length, Common)], StringComparison.Ordinal)
                ? Directives.Select(
                    (d, i) =>
                        new CompletionItem(d.Word, CompletionKind.Statement, word)
                        {
                            InsertText = d.Word + " ",
                            ThenComplete = true,
                            Rank = 10 + i,
                            Documentation = () => d.Meaning,
                        }
                )
                : [];
        }
        return Directives.Any(d => d.Word == words[0])
            ? Rules
                .All.Where(r => !words.Contains(r.Id) || text[word] == r.Id)
                .Select(r => new CompletionItem(r.Id, CompletionKind.Value, word) { Documentation = () => RulePage.Of(r)?.Summary })
            : [];
    }

    // What all of them begin with.
    private const int Common = 10;

    private static TextSpan WordAt(string text, int from, int offset)
    {
        int start = offset, end = offset;
        while (start > from && IsWord(text[start - 1]))
            start--;
        while (end < text.Length && IsWord(text[end]))
            end++;
        return TextSpan.FromBounds(start, end);
    }

    private static bool IsWord(char c) => c == '-' || char.IsAsciiLetterOrDigit(c);
}
