using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Words that the workspace's voice avoids, and those that it requires, in the text that goes to the model as it stands.</summary>
public sealed class BrandVoice : Rule
{
    private const int MostWords = 500;

    public override string Id => "brand-voice";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Off;

    // A long list over a long text takes its time.
    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (!prompt.Environment.Context.Any(v => Words(v, "avoid").Concat(Words(v, "require")).Any()))
            yield break;
        List<TextSpan> texts = [];
        foreach (BodyNode node in prompt.Document.Body.Nodes)
            Collect(node, texts);
        foreach (ContextVariable voice in prompt.Environment.Context)
        {
            foreach (string word in Words(voice, "avoid"))
            {
                cancel.ThrowIfCancellationRequested();
                foreach (TextSpan place in texts.SelectMany(t => Places(prompt.Document.Text, t, word)))
                    yield return new(place, $"`{voice.Name}` avoids `{word}`; say it in other words") { Related = Listed(voice, word) };
            }
            // What a partial leaves out, the prompt around it may say.
            foreach (string word in prompt.Environment.IsPartial ? [] : Words(voice, "require"))
            {
                cancel.ThrowIfCancellationRequested();
                if (IncludeGraph.Files(prompt).Any(f => Says(f, word)))
                    continue;
                string message = $"`{voice.Name}` requires `{word}`, which neither this prompt nor what it includes says";
                yield return new(Beginning(prompt), message) { Related = Listed(voice, word) };
            }
        }
    }

    private static IEnumerable<string> Words(ContextVariable voice, string list) =>
        voice is { IsConstant: true, Sample: IReadOnlyDictionary<string, object?> values } && values.GetValueOrDefault(list) is IReadOnlyList<object?> words
            ? words.OfType<string>().Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)
            : [];

    private static void Collect(SyntaxNode node, List<TextSpan> texts)
    {
        if (node is TextNode text)
        {
            texts.Add(text.Written);
            return;
        }
        if (node is Expression)
            return;
        foreach (SyntaxNode child in node.Children)
            Collect(child, texts);
    }

    // Whole words, in capitals or not.
    private static IEnumerable<TextSpan> Places(SourceText text, TextSpan within, string word)
    {
        string content = text.Content;
        for (int at = within.Start; (at = content.IndexOf(word, at, within.End - at, StringComparison.OrdinalIgnoreCase)) >= 0; at += word.Length)
        {
            int end = at + word.Length;
            if (!Continues(content, at - 1, word[0]) && !Continues(content, end, word[^1]))
                yield return new(at, word.Length);
            if (end >= within.End)
                yield break;
        }
    }

    private static bool Continues(string content, int at, char beside) =>
        char.IsLetterOrDigit(beside) && at >= 0 && at < content.Length && char.IsLetterOrDigit(content[at]);

    // In its own text, or a value of a context file that it prints.
    private static bool Says(PromptModel prompt, string word)
    {
        List<TextSpan> texts = [];
        foreach (BodyNode node in prompt.Document.Body.Nodes)
            Collect(node, texts);
        return texts.Any(t => Places(prompt.Document.Text, t, word).Any())
            || prompt.Facts.Outputs.Any(o => ValueOf(prompt, o.Node.Value) is string value && value.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static object? ValueOf(PromptModel prompt, Expression expression) => expression switch
    {
        NameExpression name => prompt.Environment.Context.FirstOrDefault(v => v.IsConstant && v.Name == name.Name)?.Sample,
        MemberExpression member => ValueOf(prompt, member.Target) is IReadOnlyDictionary<string, object?> values ? values.GetValueOrDefault(member.Name) : null,
        _ => null,
    };

    private static TextSpan Beginning(PromptModel prompt)
    {
        SourceText text = prompt.Document.Text;
        int start = Math.Min(prompt.Document.Body.Span.Start, Math.Max(0, text.Length - 1));
        return text.LineSpan(text.LineAt(start));
    }

    private static System.Collections.Immutable.ImmutableArray<RelatedPlace> Listed(ContextVariable voice, string word) =>
        voice is { Source: { } source, NameSpan: { } span } ? [new(source, span, $"`{word}` is listed there")] : [];
}
