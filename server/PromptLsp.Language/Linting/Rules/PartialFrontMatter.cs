using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Front matter of a partial, in a dialect whose engine takes it for text.</summary>
public sealed class PartialFrontMatter : Rule
{
    public override string Id => "partial-front-matter";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        FrontMatter head = prompt.Document.FrontMatter;
        if (!prompt.Environment.IsPartial || !prompt.Meaning.WritesFrontMatterOfPartials || head is not { OpenFence: { } open, CloseFence: not null })
            yield break;
        yield return new(open, "Dotprompt takes the front matter of a partial for text, and the model reads it; put what it says into a comment")
        {
            Fixes = [.. AsComment(prompt, head), new("Remove the front matter", new TextEdit(head.Span, ""))],
        };
    }

    private static IEnumerable<Fix> AsComment(PromptModel prompt, FrontMatter head)
    {
        string words = prompt.Document.Text[head.Content].Trim();
        if (!words.Contains(prompt.Notation.EndOfIsland.Trim(), StringComparison.Ordinal) && prompt.Notation.CommentLine(words) is { } comment)
            yield return new("Make a comment of it", new TextEdit(head.Span, comment + "\n"));
    }
}
