using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>Completes the beginning of a file that has no front matter yet: front matter with the keys that every prompt should have.</summary>
internal static class BeginningCompletion
{
    private const string Fence = "---";

    private const string Word = "prompt";

    /// <summary>True on the first line of a file without front matter, as long as nothing but a fence is begun there, or <c>prompt</c> alone.</summary>
    public static bool Covers(PromptModel prompt, int offset) =>
        prompt.Document.FrontMatter.OpenFence is null
        && prompt.Document.Text[new TextSpan(0, Math.Min(offset, Word.Length + 1))] is var typed
        && (
            Fence.StartsWith(typed, StringComparison.Ordinal)
            || (Word.StartsWith(typed, StringComparison.Ordinal) && prompt.Document.Text.Content.AsSpan(offset).IsWhiteSpace())
        );

    public static CompletionList At(PromptModel prompt, int offset)
    {
        SourceText text = prompt.Document.Text;
        TextSpan line = text.LineSpan(0);
        bool isWord = offset > 0 && text.Content[0] != '-',
            isAlone = isWord || text[line].Trim('-').Length == 0;
        TextSpan replace = isAlone ? line : new(0, offset);
        string behind = isAlone ? "" : "\n",
            name = Name(prompt.Environment.FileName);
        bool hasBody = text.Content.AsSpan(replace.End).Trim().Length > 0;
        string keys = $"{Fence}\nname: ${{1:{name}}}\ndescription: ${{2:what it is for}}\n";
        Notation written = prompt.Notation;
        string inputs = "input:\n  schema:\n    ${3:question}: ${4:string}, ${5:what it holds}\n";
        return new([
            new(isWord ? Word : "--- with inputs", CompletionKind.Statement, replace)
            {
                InsertText =
                    keys
                    + inputs
                    + Fence
                    + behind
                    + (hasBody ? "" : $"\n{written.Role("system")}\n$6\n{written.Role("user")}\n{written.Island("${3:question}")}$0"),
                IsSnippet = true,
                Detail = "front matter",
                FilterText = isWord ? Word : Fence,
                Rank = 10,
                Documentation = () => "What the prompt is called, what it is for, and what it is given, before its text.",
            },
            new("---", CompletionKind.Statement, replace)
            {
                InsertText = keys + "$0\n" + Fence + behind,
                IsSnippet = true,
                Detail = "front matter",
                FilterText = Fence,
                Rank = 11,
                Documentation = () => "What the prompt is called and what it is for, before its text.",
            },
        ]);
    }

    // reply.short.prompt → reply; a variant and a partial's underscore are no part of the name.
    private static string Name(string file)
    {
        file = file.TrimStart('_');
        int dot = file.IndexOf('.', StringComparison.Ordinal);
        string name = dot < 0 ? file : file[..dot];
        return name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') ? name : "name";
    }
}
