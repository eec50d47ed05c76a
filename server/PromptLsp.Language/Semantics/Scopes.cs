using System.Runtime.InteropServices;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Which symbol a name means at an offset, and which names can be used there.</summary>
public sealed class Scopes
{
    internal Scopes(Meaning meaning) => Meaning = meaning;

    private readonly Dictionary<string, Homonyms> _byName = new(StringComparer.Ordinal);
    private readonly List<Symbol> _all = [];

    // How many of the first of them are settled.
    private int _settled;

    // The parts of the file where members of something unknown are names too.
    internal List<TextSpan> Open { get; } = [];

    /// <summary>What is put into a local by one of its members (<c>reply.text = question</c>), in the order of the text.</summary>
    internal List<(NameExpression Into, Expression Value)> MemberWrites { get; } = [];

    private SpanSet? _open;

    /// <summary>True where a name that is declared nowhere may still be a member of what a <c>with</c> or <c>import</c> brought in.</summary>
    public bool MayBeMember(int offset) => (_open ??= new(Open)).Contains(offset);

    /// <summary>Every symbol of the file, in the order of their declaration.</summary>
    public IReadOnlyList<Symbol> All => _all;

    /// <summary>What the body's dialect means.</summary>
    internal Meaning Meaning { get; }

    /// <summary>True where any input comes from outside.</summary>
    internal bool HasUntrusted { get; private set; }

    /// <summary>What a name means where it stands; null where it means nothing there.</summary>
    public Symbol? Find(NameExpression name) =>
        name.Kind switch
        {
            NameKind.This or NameKind.Parent => Meaning.SubjectName is { } subject
                ? Outwards(subject, name.Span.Start, name.Up)
                : Find(name.Name, name.Span.Start),
            NameKind.Loop => IsInLoop(name.Span.Start, name.Up) ? Find(Meaning.ContextSign + name.Name, name.Span.Start) : null,
            NameKind.Context => Outwards(Meaning.ContextSign + name.Name, name.Span.Start, name.Up),
            NameKind.Partial => Find(SignOfPartials + name.Name, name.Span.Start),
            _ when name.Up > 0 => Meaning.SubjectName is { } subject && Outwards(subject, name.Span.Start, name.Up) is { } around
                ? MemberOf(around, name.Name)
                : null,
            _ => Find(name.Name, name.Span.Start),
        };

    /// <summary>The innermost symbol of this name at the offset; null where the name means nothing there.</summary>
    public Symbol? Find(string name, int offset) =>
        _byName.TryGetValue(name, out Homonyms? symbols) ? symbols.At(offset, SubjectAt(offset)?.Scope.Start ?? 0) : null;

    /// <summary>Whose members the bare names at an offset are; null in dialects that look names up outwards.</summary>
    public Symbol? SubjectAt(int offset) =>
        Meaning.SubjectName is { } name && _byName.TryGetValue(name, out Homonyms? subjects) ? subjects.At(offset, 0) : null;

    /// <summary>Whose member a bare name is.</summary>
    public Symbol? SubjectOf(NameExpression name)
    {
        Symbol? subject = name.Kind == NameKind.Variable ? SubjectAt(name.Span.Start) : null;
        for (int up = name.Up; up > 0 && subject is not null; up--)
            subject = SubjectAround(subject);
        return subject;
    }

    /// <summary>The subject around another one.</summary>
    public Symbol? SubjectAround(Symbol subject) => subject.Scope.Start > 0 ? SubjectAt(subject.Scope.Start - 1) : null;

    /// <summary>The member of a subject that blocks bring, or the input that one of the prompt is.</summary>
    public Symbol? MemberOf(Symbol subject, string name) =>
        _byName.TryGetValue(name, out Homonyms? symbols)
        && symbols.At(subject.Scope.Start, subject.Scope.Start) is { Kind: not (SymbolKind.LoopVariable or SymbolKind.Parameter) } member
            ? member
            : null;

    /// <summary>
    /// The input that a member of what the prompt is given is (<c>this.name</c>, <c>@root.name</c>), as a name of its own; null for any other member.
    /// </summary>
    public NameExpression? AsInput(MemberExpression member)
    {
        if (
            Meaning.SubjectName is null
            || member.Target is not NameExpression { Kind: NameKind.This or NameKind.Parent or NameKind.Context } target
            || Find(target) is not { Kind: SymbolKind.Subject, Scope.Start: 0 }
        )
            return null;
        int up = 0;
        for (Symbol? subject = SubjectAt(target.Span.Start); subject is { Scope.Start: > 0 }; subject = SubjectAround(subject))
            up++;
        return new(member.NameSpan, member.Name) { Up = up };
    }

    /// <summary>What a name would mean outside of the blocks whose subjects hide it, and how many they are; null where it means nothing there either.</summary>
    public (Symbol Symbol, int Up)? Outside(NameExpression name)
    {
        int up = 0;
        for (Symbol? subject = name is { Kind: NameKind.Variable, Up: 0 } ? SubjectAt(name.Span.Start) : null; subject is { Scope.Start: > 0 };)
        {
            subject = SubjectAround(subject);
            up++;
            if (subject is not null && MemberOf(subject, name.Name) is { } symbol)
                return (symbol, up);
        }
        return null;
    }

    /// <summary>
    /// False for an outer subject that another one may be instead: where a block is given the subject that there is already, it brings none.
    /// </summary>
    public bool IsSure(NameExpression outer)
    {
        if (MayBeMember(outer.Span.Start))
            return false;
        Symbol? subject = SubjectAt(outer.Span.Start);
        for (int up = outer.Up; up > 0 && subject is { Scope.Start: > 0 }; up--)
        {
            Symbol? around = SubjectAround(subject);
            if (around is not { Type: ObjectType } || subject.MadeOf is not [NameExpression { Kind: NameKind.Variable } or MemberExpression or IndexExpression])
                return false;
            subject = around;
        }
        return true;
    }

    /// <summary>What stands before the names of partials that the body defines.</summary>
    internal const string SignOfPartials = "> ";

    // Within more than so many loops.
    private bool IsInLoop(int offset, int loops)
    {
        for (Symbol? subject = SubjectAt(offset); subject is { Scope.Start: > 0 }; subject = SubjectAround(subject))
        {
            if (subject.IsOfLoop && loops-- == 0)
                return true;
        }
        return false;
    }

    private Symbol? Outwards(string name, int offset, int up)
    {
        if (!_byName.TryGetValue(name, out Homonyms? symbols))
            return null;
        Symbol? found = symbols.At(offset, 0);
        for (; up > 0 && found is { Scope.Start: > 0 and var start }; up--)
            found = symbols.At(start - 1, 0);
        return up > 0 ? null : found;
    }

    /// <summary>Every symbol of this name, in the order of their declaration.</summary>
    public IReadOnlyList<Symbol> Named(string name) => _byName.TryGetValue(name, out Homonyms? symbols) ? symbols.InOrder : [];

    /// <summary>What the name means anywhere: for a use before its assignment, which a loop can make right.</summary>
    public Symbol? FindAnywhere(string name) => _byName.TryGetValue(name, out Homonyms? symbols) ? symbols.InOrder[^1] : null;

    /// <summary>The symbol that a name declares where it stands.</summary>
    public Symbol? FindDeclared(string name, TextSpan at) =>
        _byName.TryGetValue(name, out Homonyms? symbols) ? symbols.DeclaredAt(at) : null;

    /// <summary>The names that can be used at the offset, each with what it means there.</summary>
    public IEnumerable<Symbol> VisibleAt(int offset)
    {
        foreach (string name in _byName.Keys)
        {
            if (
                Find(name, offset) is { Kind: not SymbolKind.Partial } symbol
                && !(symbol is { Kind: SymbolKind.LoopObject, IsOfLoop: true } && !IsInLoop(offset, 0))
            )
                yield return symbol;
        }
    }

    internal void Add(Symbol symbol)
    {
        symbol.Order = _all.Count;
        _all.Add(symbol);
        HasUntrusted |= symbol.IsUntrusted;
        if (!_byName.TryGetValue(symbol.Written, out Homonyms? same))
            _byName.Add(symbol.Written, same = new());
        same.Add(symbol);
    }

    /// <summary>The first symbols and open parts alone, where no scope of a later one begins before theirs.</summary>
    internal Scopes First(int symbols, int open, int end)
    {
        var first = new Scopes(Meaning) { HasUntrusted = HasUntrusted, _settled = symbols };
        first._all.EnsureCapacity(_all.Count);
        first._all.AddRange(CollectionsMarshal.AsSpan(_all)[..symbols]);
        first.Open.AddRange(CollectionsMarshal.AsSpan(Open)[..open]);
        first.MemberWrites.AddRange(MemberWrites.TakeWhile(w => w.Into.Span.Start < end));
        foreach ((string name, Homonyms same) in _byName)
        {
            if (same.First(symbols) is { } kept)
                first._byName.Add(name, kept);
        }
        return first;
    }

    /// <summary>Works out what is left to do of every symbol.</summary>
    internal void Settle()
    {
        foreach (Symbol symbol in From(_settled))
            symbol.Settle();
        _settled = _all.Count;
    }

    /// <summary>The symbols from one on.</summary>
    internal ReadOnlySpan<Symbol> From(int symbol) => CollectionsMarshal.AsSpan(_all)[symbol..];

    /// <summary>
    /// The symbols of one name, ordered by where their scopes start, each with the last one before it whose scope reaches further: behind a
    /// thousand loops that are closed, what goes on around them is one step away.
    /// </summary>
    private sealed class Homonyms
    {
        private readonly List<(Symbol Symbol, int Wider)> _byStart = [];

        public List<Symbol> InOrder { get; } = [];

        public void Add(Symbol symbol)
        {
            InOrder.Add(symbol);
            int at = _byStart.Count;
            while (at > 0 && _byStart[at - 1].Symbol.Scope.Start > symbol.Scope.Start)
                at--;
            _byStart.Insert(at, (symbol, 0));
            for (; at < _byStart.Count; at++)
                _byStart[at] = (_byStart[at].Symbol, WiderThan(at));
        }

        // -1 where there is none.
        private int WiderThan(int at)
        {
            int end = _byStart[at].Symbol.Scope.End, before = at - 1;
            while (before >= 0 && _byStart[before].Symbol.Scope.End <= end)
                before = _byStart[before].Wider;
            return before;
        }

        public Homonyms? First(int symbols)
        {
            int count = BinarySearch.CountBefore<Symbol, ByOrder>(CollectionsMarshal.AsSpan(InOrder), symbols);
            if (count == 0)
                return null;
            var first = new Homonyms();
            first.InOrder.AddRange(CollectionsMarshal.AsSpan(InOrder)[..count]);
            first._byStart.AddRange(CollectionsMarshal.AsSpan(_byStart)[..count]);
            return first;
        }

        /// <param name="hidden">What a subject brings that begins before this is out of sight; names that blocks give are not.</param>
        public Symbol? At(int offset, int hidden)
        {
            Symbol? member = null;
            for (int i = LastStarting(offset); i >= 0;)
            {
                (Symbol symbol, int wider) = _byStart[i];
                // It ends before the offset, and so does all that reaches no further.
                bool touches = symbol.Scope.Touches(offset);
                i = touches ? i - 1 : wider;
                if (!touches)
                    continue;
                if (hidden == 0 || symbol.Kind is not (SymbolKind.Input or SymbolKind.Member))
                    return symbol;
                if (symbol.Scope.Start >= hidden)
                    member ??= symbol;
            }
            return member;
        }

        // Where a symbol is declared its scope starts soon after, and those in between are few.
        public Symbol? DeclaredAt(TextSpan span)
        {
            for (int i = InOrder.Count > LinearSearch ? Math.Max(0, FirstDeclaredFrom(span.Start)) : 0; i < InOrder.Count; i++)
            {
                Symbol symbol = InOrder[i];
                if (symbol.Declaration == span && symbol.DeclaredIn is null)
                    return symbol;
            }
            return null;
        }

        private const int LinearSearch = 8;

        // Locals are collected in the order of the text; inputs and context variables stand before them and are few.
        private int FirstDeclaredFrom(int offset) => BinarySearch.CountBefore<Symbol, ByDeclaration>(CollectionsMarshal.AsSpan(InOrder), offset);

        private int LastStarting(int offset) =>
            BinarySearch.CountBefore<(Symbol Symbol, int Wider), ByScope>(CollectionsMarshal.AsSpan(_byStart), offset + 1) - 1;

        private readonly struct ByOrder : IOrder<Symbol>
        {
            public static int Of(Symbol item) => item.Order;
        }

        private readonly struct ByDeclaration : IOrder<Symbol>
        {
            public static int Of(Symbol item) => item is { DeclaredIn: null, Declaration: { } declared } ? declared.Start : int.MinValue;
        }

        private readonly struct ByScope : IOrder<(Symbol Symbol, int Wider)>
        {
            public static int Of((Symbol Symbol, int Wider) item) => item.Symbol.Scope.Start;
        }
    }
}
