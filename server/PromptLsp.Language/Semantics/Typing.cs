using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>The type of an expression, by what its names mean where they stand. <see cref="PromptType.Any"/> where it cannot be told.</summary>
internal sealed class Typing(Scopes scopes, PromptModel prompt)
{
    private readonly FunctionCatalog? _functions = prompt.Functions;
    private readonly Meaning _meaning = prompt.Meaning;

    public PromptType Of(Expression expression) => expression switch
    {
        LiteralExpression literal => ValueTypes.Of(literal.Value),
        NameExpression name => OfName(name, SymbolOf(name)),
        MemberExpression member => OfMember(member),
        IndexExpression index => OfIndex(index, Of(index.Target)),
        CallExpression call => OfCall(call),
        BinaryExpression binary => OfBinary(binary.Operator, Of(binary.Left), Of(binary.Right)),
        UnaryExpression unary => OfUnary(unary.Operator, Of(unary.Operand)),
        ConditionalExpression conditional => ValueTypes.Join(Of(conditional.Then), Of(conditional.Else)),
        GroupExpression group => Of(group.Inner),
        ArrayExpression array => new ArrayType(array.Items.IsEmpty ? PromptType.Any : array.Items.Select(Of).Aggregate(ValueTypes.Join)),
        ObjectExpression made => new ObjectType([.. made.Entries.Select(e => new Field(e.Name!, Of(e.Value), NameSpan: e.NameSpan))], PromptType.Any),
        InterpolatedExpression => PromptType.String,
        _ => PromptType.Any,
    };

    /// <summary>The function of the dialect that an expression names, if it does: no variable hides it.</summary>
    public CatalogFunction? FunctionOf(Expression callee) => FunctionOf(callee, callee is NameExpression name ? SymbolOf(name) : null);

    /// <param name="symbol">What the expression means as a variable, where it is a name and means one.</param>
    public CatalogFunction? FunctionOf(Expression callee, Symbol? symbol) =>
        callee switch
        {
            NameExpression { Kind: NameKind.Variable or NameKind.Private, Up: 0 } name
                when symbol is null || (_meaning.FunctionsHideNames && symbol.Kind != SymbolKind.LoopVariable) => _functions?.Find(name.Name),
            MemberExpression { Target: NameExpression space } member when IsNamespace(space) => FunctionIn(space, member),
            _ => null,
        };

    /// <summary>The function of a namespace.</summary>
    public CatalogFunction? FunctionIn(NameExpression space, MemberExpression member) => _functions?.Find(space.Name + "." + member.Name);

    /// <summary>True for the name of a namespace (<c>string</c>) that no variable hides.</summary>
    public bool IsNamespace(Expression expression) => expression is NameExpression name && IsNamespace(name, SymbolOf(name));

    /// <param name="symbol">What the name means as a variable.</param>
    public bool IsNamespace(NameExpression name, Symbol? symbol) =>
        symbol is null && name.Kind == NameKind.Variable && _functions?.FindNamespace(name.Name) is not null;

    /// <param name="symbol">What the name means as a variable.</param>
    public PromptType OfName(NameExpression name, Symbol? symbol) => name.Kind switch
    {
        NameKind.Variable or NameKind.Private when name.Up == 0 => symbol?.Type ?? _functions?.Find(name.Name)?.TypeOf([]) ?? PromptType.Any,
        _ => symbol?.Type ?? PromptType.Any,
    };

    public static PromptType OfIndex(IndexExpression index, PromptType target) => target switch
    {
        ArrayType array => array.Item,
        ObjectType type when index.Index is LiteralExpression { Value: string name } => MemberLookup.Of(type, name).Type,
        ScalarType { Kind: ScalarKind.String } => PromptType.String,
        _ => PromptType.Any,
    };

    /// <param name="arguments">The arguments' types, the piped one first.</param>
    public static PromptType OfCall(CallExpression call, CatalogFunction? function, ImmutableArray<PromptType> arguments) =>
        function?.TypeOf(arguments, MemberName(call)) ?? PromptType.Any;

    public static PromptType OfUnary(UnaryOperator operation, PromptType operand) => operation switch
    {
        UnaryOperator.Not => PromptType.Boolean,
        UnaryOperator.Minus or UnaryOperator.Plus => operand,
        _ => PromptType.Any,
    };

    public static PromptType OfBinary(BinaryOperator operation, PromptType left, PromptType right)
    {
        switch (operation)
        {
            case BinaryOperator.Equal
            or BinaryOperator.NotEqual
            or BinaryOperator.Less
            or BinaryOperator.Greater
            or BinaryOperator.LessOrEqual
            or BinaryOperator.GreaterOrEqual
            or BinaryOperator.And
            or BinaryOperator.Or:
                return PromptType.Boolean;
            case BinaryOperator.Range or BinaryOperator.RangeBelow:
                return new ArrayType(PromptType.Integer);
            case BinaryOperator.Coalesce or BinaryOperator.IfPresent:
                return ValueTypes.Join(left, right);
            case BinaryOperator.Subtract
            or BinaryOperator.Multiply
            or BinaryOperator.Divide
            or BinaryOperator.DivideWhole
            or BinaryOperator.Remainder
            or BinaryOperator.Add:
                if (left.Equals(PromptType.String) || (right.Equals(PromptType.String) && operation == BinaryOperator.Add))
                    return PromptType.String;
                return left is ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } ? ValueTypes.Join(left, right) : PromptType.Any;
            default:
                return PromptType.Any;
        }
    }

    private Symbol? SymbolOf(NameExpression name) => scopes.Find(name);

    private PromptType OfMember(MemberExpression member) =>
        member.Target is NameExpression space && IsNamespace(space)
            ? FunctionIn(space, member)?.TypeOf([]) ?? PromptType.Any
            : MemberLookup.Of(Of(member.Target), member.Name, _meaning).Type;

    private PromptType OfCall(CallExpression call)
    {
        if (FunctionOf(call.Callee) is not { } function)
            return PromptType.Any;
        var arguments = ImmutableArray.CreateBuilder<PromptType>(call.Arguments.Length + 1);
        if (call.Piped is not null)
            arguments.Add(Of(call.Piped));
        foreach (Argument argument in call.Arguments)
            arguments.Add(Of(argument.Value));
        return OfCall(call, function, arguments.ToImmutable());
    }

    // The second argument of array.map and its like, where it is written out.
    private static string? MemberName(CallExpression call)
    {
        int second = call.Piped is null ? 1 : 0;
        return call.Arguments.Length > second && call.Arguments[second].Value is LiteralExpression { Value: string name } ? name : null;
    }
}
