using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>Tells of each output of a template which names it reads, and whether what it writes comes from outside.</summary>
internal sealed class Origins(TemplateScope scope)
{
    private readonly Dictionary<TextSpan, Origin> _known = [];
    private Reference[]? _references;

    public Origin Of(TextSpan expression)
    {
        if (!_known.TryGetValue(expression, out Origin? origin))
            _known.Add(expression, origin = new(scope.Path, expression, Inputs(expression), IsUntrusted(expression)));
        return origin;
    }

    /// <summary>True where an expression reads something that comes from outside.</summary>
    public bool IsUntrusted(TextSpan expression)
    {
        foreach (Reference reference in ReadIn(expression))
        {
            if (reference.Symbol is { IsUntrusted: true } || scope.Untrusted.Contains(reference.Node.Name))
                return true;
        }
        return false;
    }

    private ImmutableArray<string> Inputs(TextSpan expression) =>
    [
        .. ReadIn(expression)
            .Where(r => !r.IsCallee && r.Symbol is null or { Kind: SymbolKind.Input or SymbolKind.Context or SymbolKind.Given })
            .Select(r => r.Node.Name)
            .Distinct(StringComparer.Ordinal),
    ];

    private IEnumerable<Reference> ReadIn(TextSpan expression)
    {
        _references ??= [.. scope.Template.Facts.References.Where(r => !r.IsWrite).OrderBy(r => r.Span.Start)];
        int first = Halving.CountBefore<Reference, ByStart>(_references, expression.Start);
        for (int i = first; i < _references.Length && _references[i].Span.Start < expression.End; i++)
            yield return _references[i];
    }

    private readonly struct ByStart : IOrder<Reference>
    {
        public static int Of(Reference item) => item.Span.Start;
    }
}
