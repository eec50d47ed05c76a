using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>What the neutral tree means in a dialect: all that a feature would otherwise have to know of a language is asked of it.</summary>
public abstract class Meaning
{
    /// <summary>The builtin functions; null where they are not known.</summary>
    public abstract FunctionCatalog? Functions { get; }

    /// <summary>The statements; null where they are not known.</summary>
    public abstract StatementCatalog? Statements { get; }

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

    /// <summary>The function that makes a value of a shape of a text; null where there is none.</summary>
    public abstract string? Parser(ValueShape wanted);

    /// <summary>Of a plain text, the first placeholder that is none of the dialect's; null where there is none, or the text is no plain one.</summary>
    internal virtual TextSpan? ForeignPlaceholder(PromptModel prompt) => null;
}
