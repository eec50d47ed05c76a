using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>Where an expression is due and nothing stands yet: an empty span at the place to type.</summary>
public sealed class MissingExpression(int offset) : Expression(new TextSpan(offset, 0))
{
    public override IEnumerable<SyntaxNode> Children => [];

    internal override MissingExpression Moved(int by) => new(Span.Start + by);
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class LiteralExpression(TextSpan span, object? value, TextSpan content) : Expression(span)
{
    /// <summary><c>null</c>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</summary>
    public object? Value { get; } = value;

    /// <summary>A string's characters without its quotes; else the span.</summary>
    public TextSpan Content { get; } = content;

    /// <summary>A string whose closing quote is missing.</summary>
    public bool IsUnclosed { get; init; }

    public override IEnumerable<SyntaxNode> Children => [];

    internal override LiteralExpression Moved(int by) => new(Span.Shift(by), Value, Content.Shift(by)) { IsUnclosed = IsUnclosed };
}

/// <summary>A name that stands alone or begins a path.</summary>
public sealed class NameExpression(TextSpan span, string name, NameKind kind = NameKind.Variable) : Expression(span)
{
    public string Name { get; } = name;

    public NameKind Kind { get; } = kind;

    /// <summary>How many subjects, or loops, outwards it is looked up (<c>../</c>).</summary>
    public int Up { get; init; }

    public override IEnumerable<SyntaxNode> Children => [];

    internal override NameExpression Moved(int by) => new(Span.Shift(by), Name, Kind) { Up = Up };
}

/// <summary>Where a name is looked up.</summary>
public enum NameKind
{
    Variable,

    /// <summary>A variable of the surrounding function or template alone (<c>$x</c>), its arguments too (<c>$0</c>, <c>$</c>).</summary>
    Private,

    /// <summary>A context variable, said to be one (<c>@brand</c>).</summary>
    Context,

    /// <summary>A fact of the surrounding loop (<c>@index</c>, <c>@first</c>).</summary>
    Loop,

    /// <summary>The subject of the surrounding block (<c>this</c>, <c>.</c>).</summary>
    This,

    /// <summary>The subject outside the surrounding block (<c>../</c>).</summary>
    Parent,

    /// <summary>A partial that the body defines.</summary>
    Partial,
}

/// <summary><c>target.name</c>. Behind a dot with nothing typed yet the name is empty, its span at the place to type.</summary>
public sealed class MemberExpression(Expression target, TextSpan nameSpan, string name) : Expression(TextSpan.FromBounds(target.Span.Start, nameSpan.End))
{
    public Expression Target { get; } = target;

    public TextSpan NameSpan { get; } = nameSpan;

    public string Name { get; } = name;

    /// <summary><c>target?.name</c>: null where the target is.</summary>
    public bool IsNullSafe { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Target];

    internal override MemberExpression Moved(int by) => new(Target.Moved(by), NameSpan.Shift(by), Name) { IsNullSafe = IsNullSafe };
}

/// <summary><c>target[index]</c>.</summary>
public sealed class IndexExpression(TextSpan span, Expression target, Expression index) : Expression(span)
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public override IEnumerable<SyntaxNode> Children => [Target, Index];

    internal override IndexExpression Moved(int by) => new(Span.Shift(by), Target.Moved(by), Index.Moved(by));
}

/// <summary><c>f x y: 1</c>, <c>a | f x</c>, <c>f(x)</c>, <c>{{> partial x=1}}</c>.</summary>
public sealed class CallExpression(TextSpan span, Expression callee, Expression? piped, ImmutableArray<Argument> arguments, CallKind kind) : Expression(span)
{
    /// <summary>A name or a path: <c>role</c>, <c>string.upcase</c>. A missing one stands behind a pipe with nothing typed yet.</summary>
    public Expression Callee { get; } = callee;

    /// <summary>What is piped in, the function's first argument then.</summary>
    public Expression? Piped { get; } = piped;

    public ImmutableArray<Argument> Arguments { get; } = arguments;

    /// <summary>What the function gets first: what is piped in, else the first argument, if that has no name.</summary>
    public Expression? First => Piped ?? (Arguments is [{ Name: null, Value: var value }, ..] ? value : null);

    public CallKind Kind { get; } = kind;

    public override IEnumerable<SyntaxNode> Children => Piped is null ? [Callee, .. Arguments] : [Piped, Callee, .. Arguments];

    internal override CallExpression Moved(int by) => new(Span.Shift(by), Callee.Moved(by), Piped?.Moved(by), Arguments.Moved(by), Kind);
}

/// <summary>What a call does to a prompt.</summary>
public enum CallKind
{
    Function,
    Role,
    History,
    Media,
    Section,
    Include,
}

/// <summary>An argument of a call, with its name where it is given one.</summary>
public sealed class Argument(TextSpan span, string? name, TextSpan nameSpan, Expression value) : SyntaxNode(span)
{
    public string? Name { get; } = name;

    public TextSpan NameSpan { get; } = nameSpan;

    public Expression Value { get; } = value;

    public override IEnumerable<SyntaxNode> Children => [Value];

    internal override Argument Moved(int by) => new(Span.Shift(by), Name, Name is null ? NameSpan : NameSpan.Shift(by), Value.Moved(by));
}

/// <summary><c>left op right</c>; ranges (<c>1..5</c>) and <c>??</c> too.</summary>
public sealed class BinaryExpression(Expression left, BinaryOperator operation, TextSpan operatorSpan, Expression right)
    : Expression(TextSpan.FromBounds(left.Span.Start, Math.Max(operatorSpan.End, right.Span.End)))
{
    public Expression Left { get; } = left;

    public BinaryOperator Operator { get; } = operation;

    /// <summary>True or false comes of it, whatever its sides are.</summary>
    public bool IsTruth =>
        Operator
            is BinaryOperator.Equal
                or BinaryOperator.NotEqual
                or BinaryOperator.Less
                or BinaryOperator.LessOrEqual
                or BinaryOperator.Greater
                or BinaryOperator.GreaterOrEqual
                or BinaryOperator.And
                or BinaryOperator.Or;

    /// <summary>One of its sides comes of it: the other one where the first is missing.</summary>
    public bool IsFallback => Operator is BinaryOperator.Coalesce or BinaryOperator.IfPresent;

    public TextSpan OperatorSpan { get; } = operatorSpan;

    public Expression Right { get; } = right;

    public override IEnumerable<SyntaxNode> Children => [Left, Right];

    internal override BinaryExpression Moved(int by) => new(Left.Moved(by), Operator, OperatorSpan.Shift(by), Right.Moved(by));
}

/// <summary><c>!x</c>, <c>-x</c>, <c>@f</c> (the function itself), <c>^x</c>.</summary>
public sealed class UnaryExpression(UnaryOperator operation, TextSpan operatorSpan, Expression operand)
    : Expression(TextSpan.FromBounds(operatorSpan.Start, Math.Max(operatorSpan.End, operand.Span.End)))
{
    public UnaryOperator Operator { get; } = operation;

    public TextSpan OperatorSpan { get; } = operatorSpan;

    public Expression Operand { get; } = operand;

    public override IEnumerable<SyntaxNode> Children => [Operand];

    internal override UnaryExpression Moved(int by) => new(Operator, OperatorSpan.Shift(by), Operand.Moved(by));
}

/// <summary><c>condition ? then : else</c>.</summary>
public sealed class ConditionalExpression(TextSpan span, Expression condition, Expression then, Expression @else) : Expression(span)
{
    public Expression Condition { get; } = condition;

    public Expression Then { get; } = then;

    public Expression Else { get; } = @else;

    public override IEnumerable<SyntaxNode> Children => [Condition, Then, Else];

    internal override ConditionalExpression Moved(int by) => new(Span.Shift(by), Condition.Moved(by), Then.Moved(by), Else.Moved(by));
}

/// <summary><c>(inner)</c>.</summary>
public sealed class GroupExpression(TextSpan span, Expression inner) : Expression(span)
{
    public Expression Inner { get; } = inner;

    public override IEnumerable<SyntaxNode> Children => [Inner];

    internal override GroupExpression Moved(int by) => new(Span.Shift(by), Inner.Moved(by));
}

/// <summary><c>[a, b]</c>.</summary>
public sealed class ArrayExpression(TextSpan span, ImmutableArray<Expression> items) : Expression(span)
{
    public ImmutableArray<Expression> Items { get; } = items;

    public override IEnumerable<SyntaxNode> Children => Items;

    internal override ArrayExpression Moved(int by) => new(Span.Shift(by), Items.Moved(by));
}

/// <summary><c>{ a: 1, "b": 2 }</c>: each entry is an argument with a name.</summary>
public sealed class ObjectExpression(TextSpan span, ImmutableArray<Argument> entries) : Expression(span)
{
    public ImmutableArray<Argument> Entries { get; } = entries;

    public override IEnumerable<SyntaxNode> Children => Entries;

    internal override ObjectExpression Moved(int by) => new(Span.Shift(by), Entries.Moved(by));
}

/// <summary>A string with expressions in it (<c>$"Hi {name}"</c>).</summary>
public sealed class InterpolatedExpression(TextSpan span, ImmutableArray<Expression> parts) : Expression(span)
{
    public ImmutableArray<Expression> Parts { get; } = parts;

    public override IEnumerable<SyntaxNode> Children => Parts;

    internal override InterpolatedExpression Moved(int by) => new(Span.Shift(by), Parts.Moved(by));
}
