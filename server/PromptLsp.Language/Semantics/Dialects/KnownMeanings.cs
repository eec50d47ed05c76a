using PromptLsp.Language.Semantics.Dialects.Handlebars;
using PromptLsp.Language.Semantics.Dialects.Scriban;
using PromptLsp.Language.Syntax.Dialects;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>What each dialect means.</summary>
internal static class KnownMeanings
{
    private static readonly Meaning Scriban = new ScribanMeaning(), Handlebars = new HandlebarsMeaning(), Opaque = new OpaqueMeaning();

    /// <summary>Of files that say no dialect.</summary>
    public static Meaning Usual => Scriban;

    public static Meaning Of(Dialect dialect) => dialect == KnownDialects.Scriban ? Scriban : dialect == KnownDialects.Handlebars ? Handlebars : Opaque;
}
