using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>On a rule's name, wherever it stands: the rule's page.</summary>
internal static class RuleHover
{
    /// <summary>In a comment that turns rules off or on.</summary>
    public static HoverText? At(PromptModel prompt, int offset)
    {
        foreach (TextSpan word in SuppressionComments.Words(prompt))
        {
            if (word.Touches(offset) && PageOf(prompt.Document.Text[word]) is { } page)
                return new(word, page);
        }
        return null;
    }

    /// <summary>The page with its headings as bold lines: in a hover the large ones of a document shout.</summary>
    public static string? PageOf(string id) => Rules.Find(id) is { } rule && RulePage.Of(rule) is { } page
        ? string.Join('\n', page.Markdown.TrimEnd().Split('\n').Select(line => line.StartsWith('#') ? $"**{line.TrimStart('#').Trim()}**" : line))
        : null;
}
