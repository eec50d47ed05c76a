using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects;

/// <summary>How things are written in a dialect: all text that a fix, a completion or a refactoring puts into a body comes from here.</summary>
public abstract class Notation
{
    /// <summary>An expression between the dialect's braces.</summary>
    public abstract string Island(string code);

    /// <summary>A comment for a line of its own, of which the model sees nothing, not even an empty line; null where the dialect has no such thing.</summary>
    public abstract string? CommentLine(string words);

    /// <summary>The edits that space the code of a body evenly. Islands with a problem stay as they are.</summary>
    /// <param name="problems">All that is known to be wrong with the body.</param>
    internal virtual ImmutableArray<TextEdit> Spacing(PromptDocument document, ImmutableArray<Problem> problems) => [];

    /// <summary>True where two bodies are made of the same tokens, with nothing but blanks between them that may differ.</summary>
    internal virtual bool SpellsTheSame(PromptDocument one, PromptDocument other) => one.Text.Slice(one.Body.Span).SequenceEqual(other.Text.Slice(other.Body.Span));
}
