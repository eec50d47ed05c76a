using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>
/// Completes the first word on a line of text with the code that lines begin with: <c>for</c>, <c>role</c>. Only there, and only where it stands
/// alone: a list that opens over prose takes the Enter at its end.
/// </summary>
internal static class TextCompletion
{
    private static readonly ControlWord[] Blocks = [ControlWord.If, ControlWord.Loop, ControlWord.Case, ControlWord.Capture];

    public static CompletionList At(PromptModel prompt, int offset)
    {
        SourceText text = prompt.Document.Text;
        TextSpan line = text.LineSpan(text.LineAt(offset));
        int start = line.Start + Indentation(text.Slice(line));
        if (
            prompt.Meaning is not { Statements: { } statements, Functions: { } functions }
            || offset < prompt.Document.Body.Span.Start
            || offset < start
            || (offset == start && line.Start < offset)
            || offset > line.End
            || !text.Content.AsSpan(offset, line.End - offset).IsWhiteSpace()
        )
            return CompletionList.Empty;
        var word = TextSpan.FromBounds(start, offset);
        string typed = text[word];
        var items = Blocks
            .Select(block => statements.Find(block))
            .OfType<CatalogStatement>()
            .Select(s => new CompletionItem(s.Keyword, CompletionKind.Statement, word)
            {
                InsertText = Lines(prompt.Notation, s.Snippet, start > line.Start),
                Documentation = () => s.Summary,
            })
            .Concat(
                functions
                    .InNamespace("")
                    .Where(BeginsLines)
                    .Select(f => new CompletionItem(f.Name, CompletionKind.Statement, word)
                    {
                        InsertText = Call(prompt.Notation, f),
                        Documentation = () => f.Summary,
                    })
            );
        return new([.. items.Where(i => i.Label.StartsWith(typed, StringComparison.Ordinal)).Select(i => i with { IsSnippet = true, Detail = "code" })]);
    }

    private static int Indentation(ReadOnlySpan<char> line) => line.Length - line.TrimStart(" \t").Length;

    private static bool BeginsLines(CatalogFunction function) => (function.IsMessageFunction && function.Parameters.Length < 2) || function.TakesOtherNames;

    // A block of text stands on lines of its own, of which those with its code leave nothing.
    private static string Lines(Notation notation, string snippet, bool isIndented) =>
        string.Join("\n$0\n", notation.Island(snippet).Split("$0").Select(islands => notation.WithoutLine(islands, isIndented)));

    private static string Call(Notation notation, CatalogFunction function) => function.Parameters switch
    {
        [] => notation.Island(function.Name) + "$0",
        [{ Content: ParameterContent.Role }] => notation.Role($"${{1|{string.Join(',', Roles.All.Select(r => r.Name))}|}}") + "\n$0",
        _ => notation.Island($"{function.Name} {notation.Quoted("$1")}") + "$0",
    };
}
