using System.Buffers;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Completion.Yaml;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>Completes front matter: keys, values, the names of inputs and samples, rules in comments that turn them off.</summary>
internal static class FrontMatterCompletion
{
    /// <summary>True where an offset lies between the fences, also while the closing one is missing.</summary>
    public static bool Covers(PromptModel prompt, int offset) => ContentStart(prompt, offset) is not null;

    public static CompletionList At(PromptModel prompt, int offset)
    {
        if (ContentStart(prompt, offset) is not { } start)
            return CompletionList.Empty;
        SourceText text = prompt.Document.Text;
        if (Suppression(text, offset) is { } rules)
            return new([.. rules]);
        if (YamlCursor.At(text, start, offset) is not { } cursor)
            return CompletionList.Empty;
        // What the other lines say: the cursor's own is half typed.
        FrontMatter frontMatter = FrontMatter.Parse(WithoutLine(text, offset));
        return YamlCompletion.At(cursor, Keys.FrontMatter, Facts(prompt, frontMatter), frontMatter.Keys);
    }

    private static KeyFacts Facts(PromptModel prompt, FrontMatter others)
    {
        PromptHeader header = prompt.Document.FrontMatter.Yaml.IsValid ? prompt.Header : PromptHeader.Read(prompt.Document.Text, others, prompt.Environment);
        return new()
        {
            Inputs = header.Inputs,
            Undeclared =
            [
                .. prompt
                    .FreeNames.Where(n =>
                        n.Length > 0 && char.IsLetter(n[0]) && header.Inputs.Find(n) is null && !prompt.Environment.Context.Any(c => c.Name == n)
                    )
                    .Order(StringComparer.Ordinal)
                    .Take(50),
            ],
            Samples = header.Samples,
            Models = prompt.Environment.Models,
            Schemas = prompt.Environment.Schemas,
        };
    }

    private static int? ContentStart(PromptModel prompt, int offset)
    {
        FrontMatter frontMatter = prompt.Document.FrontMatter;
        SourceText text = prompt.Document.Text;
        if (frontMatter.OpenFence is { } open)
            return
                offset > open.End
                && text.LineAt(offset) > text.LineAt(open.End)
                && (frontMatter.CloseFence is null || offset < frontMatter.CloseFence.Value.Start)
                ? frontMatter.Content.Start
                : null;
        // A file that is only begun: a fence, and nothing but the line of the cursor behind it.
        return
            text.LineCount > 1
            && text.Line(0).TrimEnd() is "---"
            && text.LineAt(offset) > 0
            && offset <= LongestBeginning
            && (IsBlankAfter(text, offset) || ReadsAsKeys(text, offset))
            ? text.LineStart(1)
            : null;
    }

    private const int LongestBeginning = 4096;

    private static bool IsBlankAfter(SourceText text, int offset) => text.Content.AsSpan(text.LineSpan(text.LineAt(offset)).End).IsWhiteSpace();

    // Before a text that was there first: keys, and a line on which one begins.
    private static bool ReadsAsKeys(SourceText text, int offset)
    {
        int last = text.LineAt(offset);
        if (text.Line(last).AsSpan().Trim(" \t").IndexOfAnyExcept(KeyCharacters) >= 0)
            return false;
        for (int line = 1; line < last; line++)
        {
            string before = text.Line(line);
            if (!(before.Contains(':', StringComparison.Ordinal) || before.AsSpan().TrimStart() is "" or ['#' or '-', ..]))
                return false;
        }
        return true;
    }

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static SourceText WithoutLine(SourceText text, int offset)
    {
        TextSpan line = text.LineSpan(text.LineAt(offset));
        return text.With(new TextEdit(line, new string(' ', line.Length)));
    }

    // # promptlsp-disable-next-line RULE
    private static IEnumerable<CompletionItem>? Suppression(SourceText text, int offset)
    {
        var line = TextSpan.FromBounds(text.LineSpan(text.LineAt(offset)).Start, offset);
        int hash = text.Slice(line).IndexOf("# p");
        return hash < 0 ? null : SuppressionCompletion.At(text, line.Start + hash + 1, offset);
    }
}
