using PromptLsp.Language.Catalog;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>What the neutral tree means in a dialect: all that a feature would otherwise have to know of a language is asked of it.</summary>
public abstract class Meaning
{
    /// <summary>The builtin functions; null where they are not known.</summary>
    public abstract FunctionCatalog? Functions { get; }

    /// <summary>The statements; null where they are not known.</summary>
    public abstract StatementCatalog? Statements { get; }
}
