using PromptLsp.Language.Catalog;

namespace PromptLsp.Language.Semantics.Dialects.Scriban;

/// <summary>What Scriban means.</summary>
internal sealed class ScribanMeaning : Meaning
{
    public override FunctionCatalog Functions => Catalog.Functions.Scriban;

    public override StatementCatalog Statements => Catalog.Statements.Scriban;
}
