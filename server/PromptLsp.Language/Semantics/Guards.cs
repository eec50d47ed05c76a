using System.Runtime.InteropServices;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>What the conditions around a place ask for: it can be used there although it is optional.</summary>
internal sealed class Guards(BodyFacts facts)
{
    private readonly List<Expression> _asked = [];

    // What is not there, as the conditions around say.
    private readonly List<Expression> _absent = [];

    // What one of the conditions around asks for beside something else (`ok || note`), and how much was asked before.
    private readonly List<(Expression Path, int Asked)> _open = [];

    private (NameExpression? Name, Symbol? Symbol) _latest;

    public int Count => _asked.Count;

    /// <summary>What a condition leaves open although it mentions it, because something else may make it true; where nothing around has asked for it.</summary>
    public List<Expression> LeftOpen(Expression condition)
    {
        var operands = new List<Expression>();
        Operands(condition, operands);
        return operands.Count < 2
            ? []
            : operands.FindAll(o => o is NameExpression or MemberExpression && !IsAsked(o) && !operands.Exists(other => other != o && Mentions(other, o)));
    }

    private static void Operands(Expression condition, List<Expression> operands)
    {
        switch (condition)
        {
            case GroupExpression group:
                Operands(group.Inner, operands);
                break;
            case BinaryExpression { Operator: BinaryOperator.Or } either:
                Operands(either.Left, operands);
                Operands(either.Right, operands);
                break;
            default:
                operands.Add(condition);
                break;
        }
    }

    private static bool Mentions(SyntaxNode node, Expression path) =>
        (node is Expression one && IsSamePath(one, path)) || node.Children.Any(c => Mentions(c, path));

    public void BeginOpen(List<Expression> paths, int asked) => _open.AddRange(paths.Select(p => (p, asked)));

    public void EndOpen(List<Expression> paths) => _open.RemoveRange(_open.Count - paths.Count, paths.Count);

    /// <summary>
    /// Every path that a condition mentions counts as asked for, until <see cref="BackTo"/>, also through a name that was given to the
    /// question: <c>has_note = note != null</c>.
    /// </summary>
    public void Add(SyntaxNode condition) => Add(condition, NamesBetween);

    private const int NamesBetween = 2;

    private void Add(SyntaxNode condition, int namesLeft)
    {
        switch (condition)
        {
            case LiteralExpression:
                return;
            case NameExpression name:
                _asked.Add(name);
                if (namesLeft > 0 && SymbolOf(name) is { Kind: SymbolKind.Local, MadeOf: [Expression made] })
                    Add(made, namesLeft - 1);
                return;
            case MemberExpression member:
                _asked.Add(member);
                Add(member.Target, namesLeft);
                return;
            case CallExpression call:
                _asked.Add(call);
                break;
            // `note != ""` holds where there is no note.
            case BinaryExpression differs when HoldsOfNothing(differs) is { } path:
                if (path is MemberExpression { Target: var owner })
                    Add(owner, namesLeft);
                return;
        }
        foreach (SyntaxNode child in condition.Children)
            Add(child, namesLeft);
    }

    /// <summary>What is compared where a condition holds of what is missing, too: it is another than a text or a number.</summary>
    public static Expression? HoldsOfNothing(Expression condition) =>
        condition switch
        {
            BinaryExpression
            {
                Operator: BinaryOperator.NotEqual,
                Left: NameExpression or MemberExpression,
                Right: LiteralExpression { Value: not null }
            } differs => differs.Left,
            BinaryExpression
            {
                Operator: BinaryOperator.NotEqual,
                Right: NameExpression or MemberExpression,
                Left: LiteralExpression { Value: not null }
            } differs => differs.Right,
            _ => null,
        };

    /// <summary>Forgets what was added since <see cref="Count"/> was this.</summary>
    public void BackTo(int count) => _asked.RemoveRange(count, _asked.Count - count);

    /// <summary>What a condition asks for where it says that it is not there: <c>!x</c>, <c>x == null</c>; null where it says no such thing.</summary>
    public static Expression? AbsentWhere(Expression condition, bool isNegated, Meaning meaning) =>
        condition switch
        {
            GroupExpression group => AbsentWhere(group.Inner, isNegated, meaning),
            UnaryExpression { Operator: UnaryOperator.Not } not => AbsentWhere(not.Operand, !isNegated, meaning),
            MemberExpression asked when meaning.AsksForNothing(asked.Name) => !isNegated && asked.Target is NameExpression or MemberExpression
                ? asked.Target
                : null,
            NameExpression or MemberExpression => isNegated ? condition : null,
            BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right: LiteralExpression { Value: null } } binary
                when binary.Operator == BinaryOperator.Equal != isNegated => binary.Left is NameExpression or MemberExpression ? binary.Left : null,
            _ => null,
        };

    public void BeginAbsent(Expression path) => _absent.Add(path);

    /// <summary>Where the branch for what is not there ends: what follows runs only where it is.</summary>
    public void EndAbsent(Expression path)
    {
        _absent.RemoveAt(_absent.Count - 1);
        Add(path);
    }

    /// <summary>The optional input or member in what is written out that nothing has asked for: it leaves a hole, or stops the rendering.</summary>
    /// <param name="members">How many member uses there were before this value was read.</param>
    public Expression? Unasked(Expression value, int members)
    {
        switch (value)
        {
            case NameExpression { Kind: NameKind.Variable } name when PathOf(name) is { } path:
                return Unasked(path, members) == path && !IsAsked(name) ? name : null;
            case NameExpression { Kind: NameKind.Variable } name:
                return SymbolOf(name) is { IsOptional: true, HasDefault: false, Kind: SymbolKind.Input or SymbolKind.Member } && !IsAsked(name) ? name : null;
            case MemberExpression { IsNullSafe: false } member:
                return Unasked(member.Target, members) ?? (IsOptional(member, members) && !IsAsked(member) ? member : null);
            case GroupExpression group:
                return Unasked(group.Inner, members);
            case IndexExpression index:
                return Unasked(index.Target, members);
            case BinaryExpression { Operator: BinaryOperator.Add } sum:
                return Unasked(sum.Left, members) ?? Unasked(sum.Right, members);
            case CallExpression call
                when facts.Typing.FunctionOf(call.Callee) is { } function && facts.Scopes.Meaning.IsEmptyOfNull(function) && call.First is { } given:
                return Unasked(given, members);
            default:
                return null;
        }
    }

    /// <summary>What a local stands for that is given a name or a member, once and for all; null for any other.</summary>
    public Expression? PathOf(NameExpression name) =>
        SymbolOf(name) is { Kind: SymbolKind.Local, IsPlain: true, Value: NameExpression or MemberExpression, MadeOf.Count: 1 } local
            && local.Block?.Contains(name.Span.Start) != false && !IsItself(name, local.Value)
            ? (Expression)local.Value : null;

    // `note = note`: what it was before has the same name.
    private bool IsItself(NameExpression name, SyntaxNode value) =>
        RootOf((Expression)value) is not { } root || root.Name == name.Name || SymbolOf(root)?.Kind == SymbolKind.Local;

    private bool IsOptional(MemberExpression member, int from)
    {
        for (int i = facts.Members.Count - 1; i >= from; i--)
        {
            MemberUse use = facts.Members[i];
            if (use.Node == member)
                return use.Field is { IsOptional: true } && !(RootOf(member) is { } root && SymbolOf(root) is { HasDefault: true });
        }
        // What a local stands for was read further up.
        return MemberLookup.Of(facts.TypeOf(member.Target), member.Name).Field is { IsOptional: true }
            && !(RootOf(member) is { } owner && SymbolOf(owner) is { HasDefault: true });
    }

    private static NameExpression? RootOf(Expression path) => path switch
    {
        NameExpression name => name,
        MemberExpression member => RootOf(member.Target),
        _ => null,
    };

    private bool IsAsked(Expression path)
    {
        if (_absent.Exists(a => IsSamePath(a, path)))
            return false;
        int from = _open.FindLast(o => IsSamePath(o.Path, path)) is { Path: not null, Asked: var before } ? before : 0;
        return Mentions(CollectionsMarshal.AsSpan(_asked)[from..], path) || Mentions(facts.Asked.Span, path);
    }

    // `if customer | object.has_value "name"` asks for members of the customer.
    private static bool Mentions(ReadOnlySpan<Expression> asked, Expression path)
    {
        foreach (Expression one in asked)
        {
            if (IsSamePath(one, path) || (one is CallExpression { Piped: { } piped } && path is MemberExpression member && IsSamePath(piped, member.Target)))
                return true;
        }
        return false;
    }

    private static bool IsSamePath(Expression a, Expression b) => (a, b) switch
    {
        (NameExpression one, NameExpression other) => string.Equals(one.Name, other.Name, StringComparison.Ordinal),
        (MemberExpression one, MemberExpression other) => string.Equals(one.Name, other.Name, StringComparison.Ordinal) && IsSamePath(one.Target, other.Target),
        _ => false,
    };

    /// <summary>What a name means. All is declared before the walk, which asks for the same name several times in a row.</summary>
    public Symbol? SymbolOf(NameExpression name)
    {
        if (!ReferenceEquals(name, _latest.Name))
            _latest = (name, facts.Scopes.Find(name));
        return _latest.Symbol;
    }
}
