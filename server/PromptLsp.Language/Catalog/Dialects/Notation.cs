using System.Buffers;
using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects;

/// <summary>How things are written in a dialect: all text that a fix, a completion or a refactoring puts into a body comes from here.</summary>
public abstract class Notation
{
    /// <summary>What a fenced block of Markdown calls the language.</summary>
    public abstract string Fence { get; }

    /// <summary>An expression between the dialect's braces.</summary>
    public abstract string Island(string code);

    /// <summary>What closes an island that has been opened, with the blank before it.</summary>
    public abstract string EndOfIsland { get; }

    /// <summary>The code of an island: without its braces, what trims white space, and the blanks around.</summary>
    public abstract ReadOnlySpan<char> CodeOf(ReadOnlySpan<char> island);

    /// <summary>True for the end of an island with no code in it.</summary>
    public abstract bool IsEndOfIsland(ReadOnlySpan<char> text);

    /// <summary>An island that is rendered only if a condition holds. What trims the blanks around it still does, whether or not it is rendered.</summary>
    public abstract string Guarded(string island, string condition);

    /// <summary>The word of a condition, as a sentence names it.</summary>
    public abstract string If { get; }

    /// <summary>A member that is nothing where its owner is; null where every member is, or none can be.</summary>
    public abstract string? NullSafe(string owner, string member);

    /// <summary>What begins a message.</summary>
    public abstract string Role(string name);

    /// <summary>A text as a value.</summary>
    public string Quoted(string text) => $"\"{Escaped(text, '"')}\"";

    /// <summary>A text as it stands between two of these quotes.</summary>
    public abstract string Escaped(string text, char quote);

    /// <summary>An argument that is given by its name; with an empty value what stands before one.</summary>
    public abstract string Argument(string name, string value);

    /// <summary>What an argument's name and its sign look like in a list: <c>tone:</c>, <c>tone=</c>.</summary>
    public abstract string ArgumentLabel(string name);

    /// <summary>What is written behind a value to give it to a function; null where the dialect has no pipes.</summary>
    public abstract string? Piped(string function);

    /// <summary>What a function makes of a value.</summary>
    public string Applied(string function, string value) => Piped(function) is { } pipe ? value + pipe : $"{function} {value}";

    /// <summary>A function as a value, where its name alone would call it.</summary>
    public abstract string FunctionItself(string name);

    /// <summary>A variable whose name is no word of the dialect: <c>this["due-date"]</c>.</summary>
    public abstract string Variable(string name);

    /// <summary>A name as a member of what bare names are members of; null where the dialect has no word for that.</summary>
    public virtual string? OfSubject(string name) => null;

    /// <summary>What reads a member behind its owner.</summary>
    public abstract string Member(string name);

    /// <summary>A partial's name where one is included.</summary>
    public virtual string Partial(string name) => Quoted(name);

    /// <summary>What includes a partial, without braces and without what the partial is given.</summary>
    public abstract string Include(string name);

    /// <summary>A call inside another one, or in a block's head, stands in parentheses even where it is given nothing.</summary>
    public virtual bool EnclosesCalls => false;

    /// <summary>What closes a block, where that names it; null where all blocks end alike.</summary>
    public virtual string? EndOf(BlockNode block) => null;

    /// <summary>A name outside of so many blocks whose subjects hide it.</summary>
    public virtual string Outside(string name, int blocks) => name;

    /// <summary>One of these stands in every island that names a member otherwise than behind its owner and a dot.</summary>
    internal abstract SearchValues<string> MarksOfMembers { get; }

    /// <summary>The sign of an operator; null where the dialect has none.</summary>
    public abstract string? Sign(BinaryOperator operation);

    /// <summary>A value, or another where it is not there; null where the dialect cannot write that in one expression.</summary>
    public abstract string? Otherwise(string value, string standard);

    /// <summary>One of two values, by a condition; null where the dialect cannot write that in one expression.</summary>
    public abstract string? Choice(string condition, string then, string otherwise);

    /// <summary>What a loop is opened with behind its word: <c>item in items</c>; null where the item has no name of its own.</summary>
    public abstract string? LoopHead(string item, string list);

    /// <summary>What stands between a loop's variable and its list, with the blank that follows; null where nothing does.</summary>
    public abstract string? BeforeList { get; }

    /// <summary>
    /// A block that a value decides and that brings it as its subject, from behind its braces up to those of its end; null where there is no such
    /// block.
    /// </summary>
    public virtual string? Section(string name) => null;

    /// <summary>A comment for a line of its own, of which the model sees nothing, not even an empty line; null where the dialect has no such thing.</summary>
    public abstract string? CommentLine(string words);

    /// <summary>How a whole line becomes a comment; null where the dialect's comments are not known.</summary>
    public virtual LineComment? LineComment => null;

    /// <summary>The edits that space the code of a body evenly. Islands with a problem stay as they are.</summary>
    /// <param name="problems">All that is known to be wrong with the body.</param>
    internal virtual ImmutableArray<TextEdit> Spacing(PromptDocument document, ImmutableArray<Problem> problems) => [];

    /// <summary>True where two bodies are made of the same tokens, with nothing but blanks between them that may differ.</summary>
    internal virtual bool SpellsTheSame(PromptDocument one, PromptDocument other) =>
        one.Text.Slice(one.Body.Span).SequenceEqual(other.Text.Slice(other.Body.Span));

    /// <summary>The line end behind code goes to the model, where the code does not say otherwise.</summary>
    internal virtual bool KeepsLineEnds => false;

    /// <summary>Islands that take their line with them: its end and, where there are some, the blanks before.</summary>
    public virtual string WithoutLine(string islands, bool isIndented) => islands;

    /// <summary>What is written of the text between two islands, each empty at the ends of the body: what their marks take is gone.</summary>
    internal virtual ReadOnlySpan<char> Between(ReadOnlySpan<char> before, ReadOnlySpan<char> text, ReadOnlySpan<char> behind) => text;

    /// <summary>The edits by which a line of islands takes its blanks and its line end with it.</summary>
    internal virtual ImmutableArray<TextEdit> Trim(SourceText text, ImmutableArray<TextSpan> line) => [];
}
