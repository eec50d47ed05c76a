using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>What a hover shows, as Markdown in which nothing of a file's is live, and the span it is about.</summary>
public sealed record HoverText(TextSpan Span, string Markdown);
