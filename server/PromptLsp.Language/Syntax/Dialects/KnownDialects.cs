using PromptLsp.Language.Syntax.Dialects.Scriban;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>The dialects there are.</summary>
public static class KnownDialects
{
    public static Dialect Scriban { get; } = new ScribanDialect();

    public static Dialect Handlebars { get; } = new HandlebarsDialect();

    public static Dialect Liquid { get; } = new OpaqueDialect("liquid");

    /// <summary>By the name that <c>template:</c> takes.</summary>
    public static Dialect? Find(string name) => name switch
    {
        "scriban" => Scriban,
        "handlebars" => Handlebars,
        "liquid" => Liquid,
        _ => null,
    };
}
