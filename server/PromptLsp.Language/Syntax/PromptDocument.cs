using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax;

/// <summary>One version of a prompt file, parsed: front matter and body. Parsing never fails; problems are on record.</summary>
public sealed class PromptDocument
{
    private readonly DialectChoice _choice;

    private PromptDocument(SourceText text, FrontMatter frontMatter, DialectChoice choice, TemplateBody body)
    {
        _choice = choice;
        Text = text;
        FrontMatter = frontMatter;
        Body = body;
    }

    public SourceText Text { get; }

    public FrontMatter FrontMatter { get; }

    public Dialect Dialect => _choice.Dialect;

    public TemplateBody Body { get; }

    /// <summary>The format that the file is plainly in, where it is another tool's; nothing else is then said of it.</summary>
    public string? OtherFormat => _choice.OtherFormat;

    /// <param name="fallback">The dialect of the workspace for files that do not say theirs; null decides by what the body shows.</param>
    /// <param name="before">The file before an edit: what stands in front of the edit and cannot mean anything else now is taken over.</param>
    public static PromptDocument Parse(SourceText text, Dialect? fallback = null, PromptDocument? before = null)
    {
        // What is missing at a file's end is mended with its own line end: another one is another file.
        if (before?.Text.NewLine != text.NewLine)
            before = null;
        Difference difference = before is null ? default : Difference.Between(before.Text.Content, text.Content);
        FrontMatter frontMatter = before is not null && before.FrontMatter.EndsWithin(text, difference.Start) ? before.FrontMatter : FrontMatter.Parse(text);
        TextSpan body = TextSpan.FromBounds(frontMatter.Span.End, text.Length);
        if (before?.Body.Span.Start != body.Start)
            before = null;
        DialectChoice choice = DialectChoice.Of(text, frontMatter, body, fallback, before?._choice, difference);
        EarlierBody? earlier = before?.Dialect == choice.Dialect ? new(before.Body, difference) : null;
        return new(text, frontMatter, choice, choice.Dialect.Grammar.Parse(text, body, earlier));
    }
}
