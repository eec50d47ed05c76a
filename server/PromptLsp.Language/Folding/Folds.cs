using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Folding;

/// <summary>Lines that can be folded away under their first one.</summary>
public sealed record Fold(int StartLine, int EndLine, FoldKind Kind);

public enum FoldKind
{
    Region,
    Comment,
}

/// <summary>What can be folded: the front matter and its keys, messages, blocks and their branches, comments.</summary>
public static class Folds
{
    private const int Most = 5000;

    public static IEnumerable<Fold> Of(PromptModel prompt) =>
        FrontMatter(prompt).Concat(Messages(prompt)).Concat(Blocks(prompt.Document.Text, prompt.Document.Body.Nodes))
            .Where(f => f.EndLine > f.StartLine)
            .DistinctBy(f => f.StartLine)
            .Take(Most);

    private static IEnumerable<Fold> FrontMatter(PromptModel prompt)
    {
        SourceText text = prompt.Document.Text;
        if (prompt.Document.FrontMatter is not { OpenFence: { } open } frontMatter)
            return [];
        int last = frontMatter.CloseFence is { } close ? text.LineAt(close.Start) : text.LineAt(frontMatter.Span.End);
        return Entries(text, frontMatter.Keys, 8).Prepend(new Fold(text.LineAt(open.Start), last, FoldKind.Region));
    }

    private static IEnumerable<Fold> Entries(SourceText text, YamlNode? node, int depth)
    {
        foreach (YamlEntry entry in depth > 0 && node is YamlMapping mapping ? mapping.Entries : [])
        {
            yield return new(text.LineAt(entry.Span.Start), LastLine(text, entry.Span), FoldKind.Region);
            foreach (Fold fold in Entries(text, entry.Value, depth - 1))
                yield return fold;
        }
    }

    // A message ends on the line before the next one's role.
    private static IEnumerable<Fold> Messages(PromptModel prompt)
    {
        SourceText text = prompt.Document.Text;
        int[] starts = [.. prompt.Facts.Messages.Where(m => !m.IsConditional).Select(m => text.LineAt(m.Node.Span.Start))];
        for (int i = 0; i < starts.Length; i++)
        {
            int last = i + 1 < starts.Length ? starts[i + 1] - 1 : LastLine(text, prompt.Document.Body.Span);
            yield return new(starts[i], last, FoldKind.Region);
        }
    }

    private static IEnumerable<Fold> Blocks(SourceText text, IEnumerable<SyntaxNode> nodes)
    {
        foreach (SyntaxNode node in nodes)
        {
            if (node is CommentNode)
                yield return new(text.LineAt(node.Span.Start), LastLine(text, node.Span), FoldKind.Comment);
            if (node is not (BlockNode or Branch))
                continue;
            // The closing word stays in sight.
            int last = text.LineAt(node.Span.End);
            if (node is BlockNode { CloseSpan: { } close })
                yield return new(text.LineAt(node.Span.Start), text.LineAt(close.Start) - 1, FoldKind.Region);
            else if (node is Branch)
                yield return new(text.LineAt(node.Span.Start), last - 1, FoldKind.Region);
            foreach (Fold fold in Blocks(text, node.Children))
                yield return fold;
        }
    }

    // A span that ends with a line end has ended on the line before.
    private static int LastLine(SourceText text, TextSpan span)
    {
        int end = span.End;
        while (end > span.Start && text.Content[end - 1] is '\n' or '\r' or ' ')
            end--;
        return text.LineAt(end);
    }
}
