using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Dialects.Scriban;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>The dialects there are.</summary>
public static class KnownDialects
{
    public static Dialect Scriban { get; } = new("scriban", new ScribanGrammar());

    public static Dialect Handlebars { get; } = new("handlebars", new HandlebarsGrammar());

    public static Dialect Liquid { get; } = new("liquid", new OpaqueGrammar());

    public static ImmutableArray<Dialect> All { get; } = [Scriban, Handlebars, Liquid];

    /// <summary>By the name that <c>template:</c> takes.</summary>
    public static Dialect? Find(string name) => All.FirstOrDefault(d => d.Name == name);
}
