using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>A function that the application gives to templates, as <c>promptlsp.yaml</c> declares it.</summary>
/// <param name="Output">What it gives in previews.</param>
/// <param name="NameSpan">Where it is declared.</param>
public sealed record DeclaredHelper(CatalogFunction Function, object? Output, TextSpan NameSpan)
{
    public string Name => Function.Name;
}

/// <summary>All that a workspace declares.</summary>
public sealed class DeclaredHelpers(ImmutableArray<DeclaredHelper> all)
{
    private readonly ConditionalWeakTable<FunctionCatalog, FunctionCatalog> _beside = [];

    public static DeclaredHelpers None { get; } = new([]);

    public ImmutableArray<DeclaredHelper> All { get; } = all;

    public DeclaredHelper? Find(string name)
    {
        foreach (DeclaredHelper helper in All)
        {
            if (string.Equals(helper.Name, name, StringComparison.Ordinal))
                return helper;
        }
        return null;
    }

    /// <summary>The functions of a dialect and these beside them; what the dialect has itself stays as it is.</summary>
    internal FunctionCatalog Beside(FunctionCatalog builtin) =>
        All.IsEmpty
            ? builtin
            : _beside.GetValue(builtin, b => new(b.Namespaces, [.. b.All, .. All.Select(h => h.Function).Where(f => b.Find(f.Name) is null)]));
}
