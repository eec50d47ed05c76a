using System.Collections.Immutable;
using PromptLsp.Language.Catalog.HandlebarsFunctions;
using PromptLsp.Language.Catalog.ScribanFunctions;

namespace PromptLsp.Language.Catalog;

/// <summary>The builtin functions of each template language. A catalog is made when it is first asked for.</summary>
public static class Functions
{
    public static FunctionCatalog Scriban =>
        field ??= new(
            [
                new("array", "Lists: their items, order and size.")
                {
                    Usual = ["join", "size", "first", "map", "limit", "sort", "last", "contains", "uniq", "filter", "reverse", "compact"],
                },
                new("date", "Points in time.") { Usual = ["now", "to_string", "parse", "add_days", "utc_now"] },
                new("html", "Text for and from HTML.") { Usual = ["escape", "strip"] },
                new("math", "Numbers and reckoning.") { Usual = ["round", "format", "plus", "minus", "times", "ceil", "floor"] },
                new("object", "Objects, and what any value is.") { Usual = ["default", "to_json", "size", "keys", "has_key", "values"] },
                new("regex", "Text by regular expressions.") { Usual = ["replace", "match", "split"] },
                new("string", "Text and its parts.")
                {
                    Usual =
                    [
                        "truncate",
                        "strip",
                        "upcase",
                        "downcase",
                        "replace",
                        "capitalize",
                        "split",
                        "size",
                        "contains",
                        "append",
                        "truncatewords",
                        "starts_with",
                        "prepend",
                    ],
                },
                new("timespan", "Lengths of time.") { Usual = ["from_days", "from_hours"] },
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
            ]
        );

    public static FunctionCatalog Handlebars => field ??= new([], HelperFunctions.All);
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
public sealed record FunctionNamespace(string Name, string Summary)
{
    /// <summary>Those of its functions that prompts mostly use, the most usual first.</summary>
    public ImmutableArray<string> Usual { get; init; } = [];
}
