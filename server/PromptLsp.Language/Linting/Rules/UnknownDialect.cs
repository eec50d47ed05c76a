using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A file that is plainly in another tool's format, or has placeholders of one; the linter says nothing else of it.</summary>
public sealed class UnknownDialect : Rule
{
    public const string Name = "unknown-dialect";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Syntax;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Document.OtherFormat is { } format)
            yield return new(
                FirstLine(prompt.Document.Text),
                $"this file is written in {format}, which PromptLsp neither checks nor renders; a `template:` key in front matter says otherwise"
            );
        else if (prompt.ForeignPlaceholder is { } placeholder)
            yield return new(placeholder, "this reads like a placeholder of another language in a plain text; it would be run as code");
    }

    private static TextSpan FirstLine(SourceText text)
    {
        for (int line = 0; line < text.LineCount; line++)
        {
            TextSpan span = text.LineSpan(line);
            if (!text.Slice(span).IsWhiteSpace())
                return span;
        }
        return default;
    }
}
