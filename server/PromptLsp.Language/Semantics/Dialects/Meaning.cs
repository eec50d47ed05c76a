using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>What the neutral tree means in a dialect: all that a feature would otherwise have to know of a language is asked of it.</summary>
public abstract class Meaning
{
    /// <summary>The builtin functions; null where they are not known.</summary>
    public abstract FunctionCatalog? Functions { get; }

    /// <summary>The statements; null where they are not known.</summary>
    public abstract StatementCatalog? Statements { get; }

    /// <summary>What can stand behind the list of a loop.</summary>
    public abstract ImmutableArray<LoopOption> LoopOptions { get; }

    /// <summary>The members of what describes a loop inside it, by that name.</summary>
    public abstract ImmutableArray<CatalogMember> LoopMembers(string loopObject);

    /// <summary>The members that any value of a shape has of itself, without a schema.</summary>
    public abstract ImmutableArray<CatalogMember> OwnMembers(ValueShape shape);

    /// <summary>
    /// The name of what bare names are members of, where blocks bring such a subject and hide what is around it; null where names are found outwards.
    /// </summary>
    public virtual string? SubjectName => null;

    /// <summary>What stands before the names of context variables.</summary>
    public virtual string ContextSign => "";

    /// <summary>What there is under names of the dialect's own, anywhere, behind the sign of context variables.</summary>
    public virtual ImmutableArray<CatalogMember> OwnNames => [];

    /// <summary>What a loop that has no object for it tells of itself, behind the sign of context variables.</summary>
    public virtual ImmutableArray<CatalogMember> LoopNames => [];

    /// <summary>The name behind that sign for what the whole template is given; null where there is none.</summary>
    public virtual string? RootName => null;

    /// <summary>A partial is found by the name of its file alone, in whichever folder it is.</summary>
    public virtual bool FindsPartialsByName => false;

    /// <summary>A loop over a text goes through its letters, and does not pass it over.</summary>
    public virtual bool LoopsThroughText => true;

    /// <summary>What an object prints as, whatever it holds; null where its members can be seen in the print.</summary>
    public virtual string? PrintOfObject => null;

    /// <summary>What stands before an output, which writes a number, writes numbers alone, and the engine adds them up.</summary>
    internal virtual bool AddsUp(PromptModel prompt, OutputNode output) => false;

    /// <summary>A message of this role is one to the engine, whoever takes it.</summary>
    public virtual bool TakesRole(string name) => false;

    /// <summary>A body can give values to names.</summary>
    public virtual bool Assigns => true;

    /// <summary>An application may give functions of its own to templates.</summary>
    public virtual bool TakesHelpers => false;

    /// <summary>A function is called by its name even where a variable has that name too.</summary>
    public virtual bool FunctionsHideNames => false;

    /// <summary>True for the name by which a partial renders the block that its include is given.</summary>
    public virtual bool IsBlockOfInclude(string name) => false;

    /// <summary>True where the engine takes a partial's front matter for text.</summary>
    public virtual bool WritesFrontMatterOfPartials => false;

    /// <summary>A partial sees what its include stands in as its own inputs.</summary>
    public virtual bool IncludesSeeSubject => false;

    /// <summary>What a loop over a type gives its variable.</summary>
    public virtual PromptType ItemOf(PromptType source) => source switch
    {
        ArrayType array => array.Item,
        ScalarType { Kind: ScalarKind.String } or EnumType => PromptType.String,
        ObjectType type => new ObjectType([new("key", PromptType.String), new("value", type.Others ?? PromptType.Any)], null),
        _ => PromptType.Any,
    };

    /// <summary>The type of a member that any value of a type has of itself; null where it has no such one.</summary>
    public abstract PromptType? OwnMember(PromptType target, string name);

    /// <summary>The member that counts the items of a list and the characters of a text; null where there is none.</summary>
    public abstract string? CountMember { get; }

    /// <summary>True for a function that counts so.</summary>
    public abstract bool IsCount(CatalogFunction function);

    /// <summary>A member that asks of any value whether there is nothing in it.</summary>
    public abstract bool AsksForNothing(string member);

    /// <summary>A member or an item of what is not there stops the rendering, and is not merely nothing itself.</summary>
    public abstract bool MissingStops { get; }

    /// <summary>True for a function that gives nothing for nothing, or fails on it.</summary>
    public abstract bool IsEmptyOfNull(CatalogFunction function);

    /// <summary>True for a function that stops the rendering where it is given nothing.</summary>
    public abstract bool StopsOnNull(CatalogFunction function);

    /// <summary>Why every value of a type but null counts as true; null where not every one does.</summary>
    /// <param name="isCount">It is a number that counts something, and never below zero.</param>
    internal abstract AlwaysTrue? AlwaysTrue(PromptType type, bool isCount);

    /// <summary>The shapes that a parameter never takes.</summary>
    internal abstract ValueShape Refuses(CatalogFunction function, FunctionParameter parameter);

    /// <summary>The namespace of the functions that are made for a shape; empty where there is none.</summary>
    public abstract string NamespaceOf(ValueShape shape);

    /// <summary>True for a function that gives another value for what is not there.</summary>
    public abstract bool IsFallback(CatalogFunction function);

    /// <summary>True for a word that is a value of its own, and so can be no name.</summary>
    public abstract bool IsLiteral(string word);

    /// <summary>The functions that do what another language's does under a name, the likeliest first; empty where there is none.</summary>
    public abstract ImmutableArray<string> FunctionsFor(string foreignName);

    /// <summary>The word that stands for an operator or a statement of another language; null for a word of nobody's.</summary>
    public abstract string? WordFor(string foreignWord);

    /// <summary>How the same is said, where no one word stands for it.</summary>
    public abstract string? AdviceOn(string foreignWord);

    /// <summary>The function that writes any value as JSON; null where there is none.</summary>
    public abstract string? ToJson { get; }

    /// <summary>The function that cuts a text into a list at a text; null where there is none, or a loop does not go through a text's letters.</summary>
    public abstract string? ToList { get; }

    /// <summary>The function that makes a value of a shape of a text; null where there is none.</summary>
    public abstract string? Parser(ValueShape wanted);

    /// <summary>Of a plain text, the first placeholder that is none of the dialect's; null where there is none, or the text is no plain one.</summary>
    internal virtual TextSpan? ForeignPlaceholder(PromptModel prompt) => null;
}

/// <summary>Why a value always counts as true, although it may hold nothing worth the name.</summary>
/// <param name="Though">Which such value counts as true too: <c>empty text</c>.</param>
/// <param name="Test">What asks for more, behind the value; null where nothing does, as it always holds something.</param>
/// <param name="Negated">What asks for the opposite.</param>
internal sealed record AlwaysTrue(string Though, string? Test, string? Negated);
