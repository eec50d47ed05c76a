using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Formatting;

/// <summary>
/// One way to space what has no bearing on what the model gets: blanks inside of a template's braces, and the plain lines of front matter. Text,
/// strings, comments and blocks of text are never touched; code or front matter with an error in it stays as it is.
/// </summary>
public static class Formatter
{
    /// <summary>The edits that format a prompt, in order; none where it is formatted already.</summary>
    public static ImmutableArray<TextEdit> Edits(PromptDocument document) => document.OtherFormat is null
        ? [.. FrontMatterSpacing.Edits(document.Text, document.FrontMatter), .. BodySpacing.Edits(document)]
        : [];

    /// <summary>The formatted text.</summary>
    public static string Text(PromptDocument document) => document.Text.With(Edits(document)).Content;
}
