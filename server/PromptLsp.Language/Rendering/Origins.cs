using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
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

    private ImmutableArray<string> Inputs(TextSpan expression)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<Symbol>();
        var made = new Stack<Symbol>();
        foreach (Reference read in ReadIn(expression))
        {
            if (!read.IsCallee)
                Add(read.Node.Name, read.Symbol);
        }
        // An item of a loop, or what was assigned, is of the inputs that it was made of.
        while (made.TryPop(out Symbol? symbol))
        {
            foreach (NameExpression source in symbol.MadeOf.SelectMany(value => Taint.SourcesOf(value, scope.Template.Scopes)))
            {
                if (scope.Template.Facts.FunctionOf(source) is null && !scope.Template.Facts.IsNamespace(source))
                    Add(source.Name, scope.Template.Scopes.Find(source));
            }
        }
        return names.DrainToImmutable();

        void Add(string name, Symbol? symbol)
        {
            if (symbol is null or { Kind: SymbolKind.Input or SymbolKind.Context or SymbolKind.Given })
            {
                if (!names.Contains(name))
                    names.Add(name);
            }
            else if (seen.Add(symbol))
                made.Push(symbol);
        }
    }

    private ReadOnlySpan<Reference> ReadIn(TextSpan expression)
    {
        _references ??= ReadInOrder();
        int first = BinarySearch.CountBefore<Reference, ByStart>(_references, expression.Start);
        return _references.AsSpan(first..BinarySearch.CountBefore<Reference, ByStart>(_references, expression.End));
    }

    private Reference[] ReadInOrder()
    {
        List<Reference> read = scope.Template.Facts.References.FindAll(r => !r.IsWrite);
        read.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return [.. read];
    }

    private readonly struct ByStart : IOrder<Reference>
    {
        public static int Of(Reference item) => item.Span.Start;
    }
}
