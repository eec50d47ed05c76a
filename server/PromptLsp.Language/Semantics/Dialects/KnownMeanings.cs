using PromptLsp.Language.Semantics.Dialects.Scriban;
using PromptLsp.Language.Syntax.Dialects;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>What each dialect means.</summary>
internal static class KnownMeanings
{
    private static readonly Meaning Scriban = new ScribanMeaning(), Opaque = new OpaqueMeaning();

    public static Meaning Of(Dialect dialect) => dialect == KnownDialects.Scriban ? Scriban : Opaque;
}
