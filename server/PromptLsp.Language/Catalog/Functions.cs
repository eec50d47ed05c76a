using System.Collections.Immutable;
using PromptLsp.Language.Catalog.ScribanFunctions;

namespace PromptLsp.Language.Catalog;

/// <summary>The builtin functions of each template language. A catalog is made when it is first asked for.</summary>
public static class Functions
{
    public static FunctionCatalog Scriban => field ??= new(
        [
            new("array", "Lists: their items, order and size."),
            new("date", "Points in time."),
            new("html", "Text for and from HTML."),
            new("math", "Numbers and reckoning."),
            new("object", "Objects, and what any value is."),
            new("regex", "Text by regular expressions."),
            new("string", "Text and its parts."),
            new("timespan", "Lengths of time."),
        ],
        [
            .. MessageFunctions.All,
            .. TopLevelFunctions.All,
            .. ArrayFunctions.All,
            .. DateFunctions.All,
            .. HtmlFunctions.All,
            .. MathFunctions.All,
            .. ObjectFunctions.All,
            .. RegexFunctions.All,
            .. StringFunctions.All,
            .. TimeSpanFunctions.All,
        ]);
}

/// <summary>The functions of one template language, by name and by namespace.</summary>
public sealed class FunctionCatalog
{
    private readonly Dictionary<string, CatalogFunction> _byName;
    private readonly Dictionary<string, FunctionNamespace> _namespaces;
    private readonly ILookup<string, CatalogFunction> _byNamespace;

    internal FunctionCatalog(ImmutableArray<FunctionNamespace> namespaces, ImmutableArray<CatalogFunction> all)
    {
        Namespaces = namespaces;
        All = all;
        _byName = all.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _namespaces = namespaces.ToDictionary(n => n.Name, StringComparer.Ordinal);
        _byNamespace = all.ToLookup(f => f.Namespace, StringComparer.Ordinal);
    }

    public ImmutableArray<FunctionNamespace> Namespaces { get; }

    public ImmutableArray<CatalogFunction> All { get; }

    /// <summary>A function by its full name (<c>string.upcase</c>, <c>role</c>).</summary>
    public CatalogFunction? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The functions behind <c>string.</c>; those at the top for an empty name.</summary>
    public IEnumerable<CatalogFunction> InNamespace(string name) => _byNamespace[name];

    public FunctionNamespace? FindNamespace(string name) => _namespaces.GetValueOrDefault(name);
}

/// <summary>A name that functions stand behind (<c>string</c>), and what they are about.</summary>
public sealed record FunctionNamespace(string Name, string Summary);
