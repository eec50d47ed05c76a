using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>How the bodies of a template language are read.</summary>
public abstract class Grammar
{
    /// <summary>Reads a body into the neutral tree. Never throws; linear in the body's length.</summary>
    /// <param name="earlier">The body before an edit, of the same dialect and beginning at the same offset; taking parts of it over is allowed.</param>
    internal abstract TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier);

    /// <summary>How many characters open an island and close it; none close one that is not closed.</summary>
    internal virtual (int Open, int Close) Braces(ReadOnlySpan<char> island) => (2, island.Length >= 4 && island.EndsWith("}}") ? 2 : 0);

    /// <summary>What an island is read behind where it is read alone, so that a branch that begins it is a part of the tree.</summary>
    internal virtual string BeforeIsland => "";

    /// <summary>What opens an island.</summary>
    internal virtual string Opening => "{{ ";

    /// <summary>True for a character that names are made of.</summary>
    internal virtual bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c);

    /// <summary>True for a mark that is a part of the name behind it.</summary>
    internal virtual bool IsMarkOfName(ReadOnlySpan<char> text, int at) => false;

    /// <summary>True for the mark with which a block ends, where its end names it.</summary>
    internal virtual bool IsMarkOfEnd(char c) => false;

    /// <summary>True for the mark with which a block begins, where one does.</summary>
    internal virtual bool IsMarkOfBlock(char c) => false;

    /// <summary>True where a statement can begin behind a character of an island.</summary>
    /// <param name="isFirst">It stands right behind the braces.</param>
    internal virtual bool CanBeginBehind(char c, bool isFirst) => false;

    /// <summary>True where the statement ends before a text.</summary>
    internal virtual bool EndsBefore(ReadOnlySpan<char> text) => text.StartsWith("}}");

    /// <summary>True for a place in text that is marked as text, so that its braces reach the model.</summary>
    /// <param name="from">Where the body begins.</param>
    internal virtual bool IsEscaped(string content, int from, int offset) => false;
}
