using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Which symbol a name means at an offset, and which names can be used there.</summary>
public sealed class Scopes
{
    private readonly Dictionary<string, List<Symbol>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Symbol>>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal Scopes() => _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    // The parts of the file where members of something unknown are names too.
    internal List<TextSpan> Open { get; } = [];

    /// <summary>True where a name that is declared nowhere may still be a member of what a <c>with</c> or <c>import</c> brought in.</summary>
    public bool MayBeMember(int offset) => Open.Exists(span => span.Contains(offset));

    /// <summary>Every symbol of the file, a name's in the order of their declaration.</summary>
    public IEnumerable<Symbol> All => _byName.Values.SelectMany(s => s);

    /// <summary>The innermost symbol of this name at the offset; null where the name means nothing there.</summary>
    public Symbol? Find(ReadOnlySpan<char> name, int offset)
    {
        if (!_lookup.TryGetValue(name, out List<Symbol>? symbols))
            return null;
        for (int i = symbols.Count - 1; i >= 0; i--)
        {
            if (symbols[i].Scope.Touches(offset))
                return symbols[i];
        }
        return null;
    }

    /// <summary>Every symbol of this name, in the order of their declaration.</summary>
    public IReadOnlyList<Symbol> Named(string name) => _byName.TryGetValue(name, out List<Symbol>? symbols) ? symbols : [];

    /// <summary>What the name means anywhere: for a use before its assignment, which a loop can make right.</summary>
    public Symbol? FindAnywhere(string name) => _byName.TryGetValue(name, out List<Symbol>? symbols) ? symbols[^1] : null;

    /// <summary>The symbol that a name declares where it stands.</summary>
    public Symbol? FindDeclared(string name, TextSpan at) =>
        _byName.TryGetValue(name, out List<Symbol>? symbols) ? symbols.Find(s => s.Declaration == at && s.DeclaredIn is null) : null;

    /// <summary>The names that can be used at the offset, each with what it means there.</summary>
    public IEnumerable<Symbol> VisibleAt(int offset)
    {
        foreach (string name in _byName.Keys)
        {
            if (Find(name, offset) is { } symbol)
                yield return symbol;
        }
    }

    internal void Add(Symbol symbol)
    {
        if (_byName.TryGetValue(symbol.Name, out List<Symbol>? same))
            same.Add(symbol);
        else
            _byName.Add(symbol.Name, [symbol]);
    }
}
