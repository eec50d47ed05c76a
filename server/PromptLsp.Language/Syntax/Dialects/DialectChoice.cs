using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>Which dialect a body is in: what the file says, else what its workspace says, else what the body shows.</summary>
public readonly record struct DialectChoice(Dialect Dialect, string? OtherFormat)
{
    public static DialectChoice Of(SourceText text, FrontMatter frontMatter, TextSpan body, Dialect? fallback) =>
        throw new NotImplementedException();
}
