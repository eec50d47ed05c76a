using PromptLsp.Language.Catalog.Dialects.Handlebars;
using PromptLsp.Language.Catalog.Dialects.Scriban;
using PromptLsp.Language.Syntax.Dialects;

namespace PromptLsp.Language.Catalog.Dialects;

/// <summary>How each dialect is written.</summary>
internal static class KnownNotations
{
    private static readonly Notation Scriban = new ScribanNotation(), Handlebars = new HandlebarsNotation(), Unknown = new UnknownNotation();

    public static Notation Of(Dialect dialect) => dialect == KnownDialects.Handlebars ? Handlebars : dialect == KnownDialects.Scriban ? Scriban : Unknown;

    /// <summary>Of a dialect that is known by name only: how outputs are written in all that there are, as Scriban does.</summary>
    private sealed class UnknownNotation : ScribanNotation
    {
        public override LineComment? LineComment => null;
    }
}
