using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Reads <c>promptlsp-disable-next-line RULE…</c> and <c>promptlsp-disable RULE…</c> … <c>promptlsp-enable</c> from the body's comments and
/// the front matter's <c>#</c> comments. Without a rule they mean every rule.
/// </summary>
internal static class SuppressionComments
{
    private const string Mark = "promptlsp-";

    public static Suppressions Read(PromptModel prompt)
    {
        SourceText text = prompt.Document.Text;
        if (!text.Content.Contains(Mark, StringComparison.Ordinal))
            return Suppressions.None;
        var covered = new List<Suppressed>();
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TextSpan comment in Comments(prompt))
            Read(text, comment, covered, open);
        foreach ((string rule, int from) in open)
            covered.Add(new(rule, TextSpan.FromBounds(from, text.Length)));
        return new(covered);
    }

    /// <summary>The words behind those marks, which name rules or say why.</summary>
    public static IEnumerable<TextSpan> Words(PromptModel prompt)
    {
        // The text has been searched for the marks already.
        if (prompt.Suppressions == Suppressions.None)
            yield break;
        SourceText text = prompt.Document.Text;
        foreach (TextSpan comment in Comments(prompt))
        {
            int mark = text.Slice(comment).IndexOf(Mark, StringComparison.Ordinal);
            foreach (TextSpan word in mark < 0 ? [] : Split(text, TextSpan.FromBounds(comment.Start + mark, comment.End)))
                yield return word;
        }
    }

    private static IEnumerable<TextSpan> Split(SourceText text, TextSpan words)
    {
        for (int at = words.Start, end; at < words.End; at = end + 1)
        {
            int length = text.Slice(TextSpan.FromBounds(at, words.End)).IndexOfAny(Between);
            end = length < 0 ? words.End : at + length;
            if (length != 0)
                yield return TextSpan.FromBounds(at, end);
        }
    }

    private static readonly char[] Between = [' ', '\t', ',', '\r', '\n', '#'];

    private static IEnumerable<TextSpan> Comments(PromptModel prompt) =>
        FrontMatterComments(prompt.Document.Text, prompt.Document.FrontMatter).Concat(BodyComments(prompt.Document.Body.Nodes));

    private static void Read(SourceText text, TextSpan comment, List<Suppressed> covered, Dictionary<string, int> open)
    {
        string[] words = [.. Split(text, comment).Select(word => text[word])];
        int at = Array.FindIndex(words, w => w.StartsWith(Mark, StringComparison.Ordinal));
        if (at < 0)
            return;
        string[] rules = words.Length > at + 1 ? words[(at + 1)..] : [Suppressions.EveryRule];
        switch (words[at])
        {
            case "promptlsp-disable-next-line":
                int line = text.LineAt(comment.End) + 1;
                if (line < text.LineCount)
                    covered.AddRange(rules.Select(r => new Suppressed(r, text.LineSpan(line))));
                break;
            case "promptlsp-disable":
                foreach (string rule in rules)
                    open.TryAdd(rule, comment.Start);
                break;
            case "promptlsp-enable":
                foreach (string rule in rules is [Suppressions.EveryRule] ? [.. open.Keys] : rules)
                {
                    if (open.Remove(rule, out int from))
                        covered.Add(new(rule, TextSpan.FromBounds(from, comment.Start)));
                }
                break;
        }
    }

    // Those above the opening fence, too.
    private static IEnumerable<TextSpan> FrontMatterComments(SourceText text, FrontMatter frontMatter)
    {
        for (int line = 0; frontMatter.Exists && line < text.LineCount && text.LineStart(line) < frontMatter.Content.End; line++)
        {
            TextSpan span = text.LineSpan(line);
            int hash = text.Slice(span).IndexOf('#');
            if (hash >= 0)
                yield return TextSpan.FromBounds(span.Start + hash, span.End);
        }
    }

    private static IEnumerable<TextSpan> BodyComments(IEnumerable<SyntaxNode> nodes)
    {
        foreach (SyntaxNode node in nodes)
        {
            if (node is CommentNode comment)
                yield return comment.Content;
            else if (node is BlockNode or Branch)
            {
                foreach (TextSpan inner in BodyComments(node.Children))
                    yield return inner;
            }
        }
    }
}
