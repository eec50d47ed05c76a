using PromptLsp.Language.Catalog.Dialects.Scriban;
using PromptLsp.Language.Syntax.Dialects;

namespace PromptLsp.Language.Catalog.Dialects;

/// <summary>How each dialect is written.</summary>
internal static class KnownNotations
{
    private static readonly Notation Scriban = new ScribanNotation(), Opaque = new OpaqueNotation();

    public static Notation Of(Dialect dialect) => dialect == KnownDialects.Scriban ? Scriban : Opaque;
}
