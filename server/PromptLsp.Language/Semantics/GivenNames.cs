using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>The names that a prompt without a schema is given all the same: what its samples hold, and what its body reads.</summary>
internal sealed class GivenNames
{
    // A name that is made of a name, and so on.
    private const int MostNames = 8;

    private readonly PromptModel _prompt;
    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);

    private GivenNames(PromptModel prompt, Func<TypesByUse> uses)
    {
        _prompt = prompt;
        if (prompt.Header.DeclaresInputs)
            return;
        foreach ((string name, object? value) in prompt.Header.Samples.SelectMany(s => s.Values))
            Add(name, ValueTypes.Of(value), ValueTypes.Join, value);
        foreach ((string name, PromptType type) in uses().Undeclared)
            Add(name, Known(type), Both, null);
    }

    public static GivenNames Of(PromptModel prompt) => new(prompt, () => prompt.TypesByUse);

    /// <summary>The same without the word that is being typed, which says nothing of itself yet.</summary>
    public static GivenNames Without(PromptModel prompt, TextSpan typed) => new(prompt, () => TypesByUse.Without(prompt, typed));

    public IEnumerable<Symbol> All => _symbols.Values;

    public Symbol? Find(string name) => _symbols.GetValueOrDefault(name);

    /// <summary>What is known of an expression: its type, else what the samples and its other uses show.</summary>
    public PromptType TypeOf(Expression expression) => TypeOf(expression, 0);

    private PromptType TypeOf(Expression expression, int names)
    {
        if (_prompt.Typing.Of(expression) is { IsAny: false } type)
            return type;
        if (names > MostNames)
            return PromptType.Any;
        return expression switch
        {
            NameExpression name => _prompt.Scopes.Find(name) is { } symbol ? Made(symbol, names + 1) : Find(name.Name)?.Type ?? PromptType.Any,
            MemberExpression member => (TypeOf(member.Target, names) as ObjectType)?.Find(member.Name)?.Type ?? PromptType.Any,
            IndexExpression index => TypeOf(index.Target, names) is ArrayType list ? list.Item : PromptType.Any,
            GroupExpression group => TypeOf(group.Inner, names),
            _ => PromptType.Any,
        };
    }

    private PromptType Made(Symbol symbol, int names) => symbol switch
    {
        { Kind: SymbolKind.LoopVariable, MadeOf: [Expression source] } => TypeOf(source, names) is ArrayType list ? list.Item : PromptType.Any,
        { Kind: SymbolKind.Local, MadeOf: [Expression value] } => TypeOf(value, names),
        _ => PromptType.Any,
    };

    private void Add(string name, PromptType type, Func<PromptType, PromptType, PromptType> join, object? sample)
    {
        if (_prompt.Scopes.FindAnywhere(name) is not null)
            return;
        Symbol? before = Find(name);
        PromptType joined = before is null ? type : join(before.Type, type);
        _symbols[name] = new(name, SymbolKind.Given, default, () => joined) { Sample = before?.Sample ?? sample };
    }

    // What the samples show, and what is read besides.
    private static PromptType Both(PromptType shown, PromptType read) =>
        (shown, read) switch
        {
            (ObjectType a, ObjectType b) => new ObjectType(
                [
                    .. a.Fields.Select(f => b.Find(f.Name) is { } same ? f with { Type = Both(f.Type, same.Type) } : f),
                    .. b.Fields.Where(f => a.Find(f.Name) is null),
                ],
                PromptType.Any
            ),
            (ArrayType a, ArrayType b) => new ArrayType(Both(a.Item, b.Item)),
            _ => shown.IsAny ? read : shown,
        };

    // That something is written says nothing of its kind.
    private static PromptType Known(PromptType type) => type switch
    {
        ObjectType made => new ObjectType([.. made.Fields.Select(f => f with { Type = Known(f.Type) })], made.Others),
        ArrayType list => new ArrayType(Known(list.Item)),
        EnumType => type,
        _ => PromptType.Any,
    };
}
