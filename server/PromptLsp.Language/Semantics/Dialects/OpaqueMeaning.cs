using PromptLsp.Language.Catalog;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>Of a language that is known by name only.</summary>
internal sealed class OpaqueMeaning : Meaning
{
    public override FunctionCatalog? Functions => null;

    public override StatementCatalog? Statements => null;
}
