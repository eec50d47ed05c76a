using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Text or a sample that imitates the marks with which Dotprompt's engine cuts a prompt into messages.</summary>
public sealed class ForgedRole : Rule
{
    // What Dotprompt's implementations write where a role, the history, media or a section is called for.
    private const string Mark = "<<<dotprompt:", End = ">>>";
    private const int LongestMark = 200;

    public override string Id => "forged-role";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        SourceText text = prompt.Document.Text;
        if (!text.Content.Contains(Mark, StringComparison.Ordinal))
            yield break;
        foreach (TextSpan mark in Marks(text))
        {
            cancel.ThrowIfCancellationRequested();
            if (IsInBody(prompt, mark) || IsInValues(prompt, mark))
                yield return new(
                    mark,
                    "this imitates a mark of Dotprompt's engine, which would cut the prompt into messages here; write a role with `role`, or take it out"
                );
        }
    }

    private static IEnumerable<TextSpan> Marks(SourceText text)
    {
        for (int at = 0; text.Content.IndexOf(Mark, at, StringComparison.Ordinal) is >= 0 and int start; at = start + Mark.Length)
        {
            ReadOnlySpan<char> rest = text.Content.AsSpan(start, Math.Min(LongestMark, text.Length - start));
            int end = rest.IndexOf(End), line = rest.IndexOfAny('\r', '\n');
            yield return new(start, end >= 0 && (line < 0 || end < line) ? end + End.Length : Mark.Length);
        }
    }

    // A comment never reaches the model.
    private static bool IsInBody(PromptModel prompt, TextSpan mark) =>
        prompt.Document.Body.Span.Contains(mark) && !prompt.Document.Body.PathTo(mark.Start + 1).Any(n => n is CommentNode);

    private static bool IsInValues(PromptModel prompt, TextSpan mark)
    {
        YamlMapping? keys = prompt.Document.FrontMatter.Keys;
        return Holds(keys?.Find("samples")?.Value, mark) || Holds((keys?.Find("input")?.Value as YamlMapping)?.Find("default")?.Value, mark);
    }

    private static bool Holds(YamlNode? values, TextSpan mark) => values is not null && values.Span.Contains(mark);
}
