using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Walks the body once and writes down what every name means, what is read, called, compared and written out, and in which message.</summary>
internal sealed class Binder
{
    private readonly PromptModel _prompt;
    private readonly BodyFacts _facts;
    private readonly Typing _typing;
    private readonly Guards _guards;
    private string? _role;

    // What may have begun the message.
    private ImmutableArray<CallExpression> _starts = [];

    // What an output reads is written out.
    private bool _isWritten;
    private int _blocks;

    // Loops, and functions, which may be called in one.
    private int _loops;

    // Of the name or member that was read last: something optional is on the way to it.
    private bool _mayBeMissing;

    private Binder(PromptModel prompt, BodyFacts facts)
    {
        _prompt = prompt;
        _facts = facts;
        _typing = facts.Typing;
        _guards = new(facts);
    }

    /// <summary>The facts of the body; null where they have been worked out already.</summary>
    public static BodyFacts? Bind(PromptModel prompt, DeclaredNames names)
    {
        TemplateBody body = prompt.Document.Body;
        ImmutableArray<BodyNode> nodes = body.Understood;
        if (names.Begin(body.Islands.Length) is not { } facts)
            return null;
        int from = names.From.Nodes;
        var binder = new Binder(prompt, facts) { _role = names.From.Role, _starts = names.From.Starts };
        for (int i = from; i < nodes.Length; i++)
        {
            if (i % Checkpoint.Every == 0)
                facts.Checkpoints.Add(facts.CheckpointHere(i, binder._role, binder._starts, names.Checkpoints[(i - from) / Checkpoint.Every]));
            binder.Walk(nodes[i]);
        }
        return facts;
    }

    private void Walk(ImmutableArray<BodyNode> nodes)
    {
        foreach (BodyNode node in nodes)
            Walk(node);
    }

    private void Walk(BodyNode node)
    {
        switch (node)
        {
            case TextNode:
                break;
            case OutputNode output:
                Output(output);
                break;
            case AssignNode assign:
                Read(assign.Value);
                Written(assign.Target, assign.ReadsTarget);
                break;
            case IfNode conditional:
                Branches(conditional.Branches, null, default);
                break;
            case CaseNode chosen:
                PromptType subject = Read(chosen.Subject);
                Walk(chosen.Before);
                Branches(chosen.Branches, chosen.Subject, subject);
                break;
            case LoopNode loop:
                Loop(loop);
                break;
            case WhileNode repeated:
                Condition(repeated.Condition);
                Perhaps(() => Repeated(repeated.Body, repeated.Condition));
                break;
            case WithNode with:
                Read(with.Subject);
                foreach (Argument argument in with.Arguments)
                    Read(argument.Value);
                if (with.Variable is { } subjectName)
                    Written(subjectName);
                Parts(with.Body, with.Else, with.Subject, with.IsInverted);
                break;
            case CaptureNode capture:
                Written(capture.Target);
                Aside(capture.Body);
                break;
            case FunctionNode function:
                _loops++;
                if (function.Name is { } name)
                    Written(name);
                foreach (Parameter parameter in function.Parameters)
                {
                    if (parameter.Default is { } standard)
                        Read(standard);
                }
                Aside(function.Body);
                _loops--;
                break;
            case WrapNode wrap:
                if (wrap.Call is { } call)
                    Read(call);
                Aside(wrap.Body);
                break;
            case StatementNode { Kind: StatementKind.Break or StatementKind.Continue } jump:
                if (_loops == 0)
                    _facts.LoneJumps.Add(jump);
                break;
            case StatementNode { Value: { } value }:
                Read(value);
                break;
            case SectionNode section:
                Read(section.Subject);
                Names(section.Parameters);
                Parts(section.Body, section.Else, section.Subject, section.IsInverted);
                break;
            case CallBlockNode called:
                Call(called.Call);
                // What stands in it is lost, and what follows is of the role.
                if (called.Call.Kind == CallKind.Role)
                    Role(called.Call);
                Names(called.Parameters);
                Parts(called.Body, called.Else, null, called.IsInverted);
                break;
            case IncludeBlockNode include:
                Call(include.Call);
                Perhaps(() => Block(include.Body, null));
                break;
            case InlinePartialNode partial:
                Inline(partial);
                break;
            case RawNode { Opening: var opening }:
                Read(opening);
                break;
        }
    }

    private void Names(ImmutableArray<NameExpression> declared)
    {
        foreach (NameExpression name in declared)
            Written(name);
    }

    private void Parts(ImmutableArray<BodyNode> body, Branch? otherwise, Expression? guard, bool isInverted)
    {
        Perhaps(() => Block(body, isInverted ? null : guard));
        if (otherwise is not null)
            Perhaps(() => Block(otherwise.Body, isInverted ? guard : null));
    }

    // What it renders goes to a message where it is included.
    private void Inline(InlinePartialNode partial)
    {
        if (partial.Call.First is LiteralExpression { Value: string name } literal)
            _facts.References.Add(
                new(
                    new(literal.Content, name, NameKind.Partial),
                    _facts.Scopes.FindDeclared(Scopes.SignOfPartials + name, literal.Content),
                    IsWrite: true,
                    IsCallee: false,
                    _facts.Members.Count
                )
            );
        foreach (Argument argument in partial.Call.Arguments)
            Read(argument.Value);
        Names(partial.Parameters);
        Aside(partial.Body);
    }

    private void Output(OutputNode output)
    {
        Expression value = output.Value;
        int members = _facts.Members.Count;
        _isWritten = true;
        PromptType type = Read(value);
        _isWritten = false;
        // A function alone is called.
        if (value is NameExpression name)
            CalledAlone(name, SymbolOf(name));
        if (value is CallExpression { Kind: CallKind.Role } role)
            Role(role);
        else if (value is not CallExpression { Kind: CallKind.History or CallKind.Section or CallKind.Include })
            _facts.Outputs.Add(new(output, type, _role, _starts, _guards.Unasked(value, members)));
    }

    private void CalledAlone(NameExpression name, Symbol? symbol)
    {
        CatalogFunction? function = _typing.FunctionOf(name, symbol);
        if (function is not null || symbol is { Kind: SymbolKind.Function })
            _facts.Calls.Add(new(name, function, symbol, [], null));
    }

    private void Role(CallExpression call)
    {
        LiteralExpression? named = call.First is LiteralExpression { Value: string } literal ? literal : null;
        _facts.Messages.Add(new(call, named, _blocks > 0));
        _role = named?.Value as string;
        _starts = [call];
    }

    // What may be passed over, or run again: the message may be the one from before, too.
    private void Perhaps(Action block)
    {
        (string? role, ImmutableArray<CallExpression> starts) = (_role, _starts);
        block();
        if (!string.Equals(role, _role, StringComparison.Ordinal))
            _role = null;
        _starts = Union(starts, _starts);
    }

    private static ImmutableArray<CallExpression> Union(ImmutableArray<CallExpression> one, ImmutableArray<CallExpression> other) =>
        one == other || other.IsEmpty ? one : one.IsEmpty ? other : [.. one.Union(other)];

    // A function of the body's own that is called, or a captured text that is written out, begins the messages that stand in it.
    private void Begins(SyntaxNode block)
    {
        ImmutableArray<CallExpression> starts = [.. RoleCallsIn(block)];
        if (starts.IsEmpty)
            return;
        _role = null;
        _starts = Union(_starts, starts);
    }

    private static IEnumerable<CallExpression> RoleCallsIn(SyntaxNode node) =>
        node.Children.SelectMany(RoleCallsIn).Concat(node is CallExpression { Kind: CallKind.Role } call ? [call] : []);

    private void Branches(ImmutableArray<Branch> branches, Expression? subject, PromptType? subjectType)
    {
        (string? before, ImmutableArray<CallExpression> startsBefore) = (_role, _starts);
        bool isFirst = true;
        string? after = null;
        ImmutableArray<CallExpression> startsAfter = [];
        int guards = _guards.Count;
        foreach (Branch branch in branches)
        {
            Expression? absent = subject is null && branch.Conditions is [var only] ? Guards.AbsentWhere(only, branch.IsNegated, _prompt.Meaning) : null;
            List<Expression> open = subject is null && !branch.IsNegated && branch.Conditions is [var one] ? _guards.LeftOpen(one) : [];
            if (subject is not null)
                _guards.Add(subject);
            foreach (Expression condition in branch.Conditions)
            {
                if (subject is null)
                {
                    Condition(condition);
                }
                else
                {
                    _facts.Comparisons.Add(new(subject, subjectType!, condition, Read(condition), condition.Span));
                }
                if (absent is null)
                    _guards.Add(condition);
            }
            foreach (Argument argument in branch.Arguments)
                Read(argument.Value);
            int askedBefore = _guards.Count;
            (_role, _starts) = (before, startsBefore);
            if (absent is not null)
                _guards.BeginAbsent(absent);
            _guards.BeginOpen(open, askedBefore);
            Block(branch.Body, null);
            _guards.EndOpen(open);
            if (absent is not null)
            {
                _guards.EndAbsent(absent);
                if (branch.Body.Any(n => n is StatementNode { Kind: StatementKind.Return or StatementKind.Break or StatementKind.Continue }))
                    _facts.Asked.Add(absent);
            }
            after = isFirst || string.Equals(after, _role, StringComparison.Ordinal) ? _role : null;
            startsAfter = Union(startsAfter, _starts);
            isFirst = false;
        }
        _guards.BackTo(guards);
        bool isExhaustive = !branches.IsEmpty && branches[^1].Conditions.IsEmpty;
        _role = isExhaustive || string.Equals(after, before, StringComparison.Ordinal) || branches.IsEmpty ? (branches.IsEmpty ? before : after) : null;
        _starts = isExhaustive ? startsAfter : Union(startsBefore, startsAfter);
    }

    private void Loop(LoopNode loop)
    {
        _facts.Loops.Add(new(loop, Read(loop.Source)));
        foreach (Argument argument in loop.Arguments)
            Read(argument.Value);
        if (loop.Variable is { } variable)
            Written(variable);
        if (loop.IndexVariable is { } index)
            Written(index);
        if (!loop.IsInverted)
        {
            Perhaps(() => Repeated(loop.Body, loop.Source));
            if (loop.Else is { } otherwise)
                Block(otherwise.Body, null);
            return;
        }
        Parts(loop.Body, loop.Else, loop.Source, isInverted: true);
    }

    private void Repeated(ImmutableArray<BodyNode> body, Expression? guard)
    {
        _loops++;
        Block(body, guard);
        _loops--;
    }

    private void Block(ImmutableArray<BodyNode> body, Expression? guard)
    {
        int before = _guards.Count;
        if (guard is not null)
            _guards.Add(guard);
        _blocks++;
        Walk(body);
        _blocks--;
        _guards.BackTo(before);
    }

    // What is captured or wrapped goes to a message later, and nobody knows to which.
    private void Aside(ImmutableArray<BodyNode> body)
    {
        (string? role, ImmutableArray<CallExpression> starts) = (_role, _starts);
        (_role, _starts) = (null, []);
        Block(body, null);
        (_role, _starts) = (role, starts);
    }

    // The operands of `&&`, `||` and `!` are conditions, each for itself.
    private PromptType Condition(Expression condition, Expression? around = null)
    {
        switch (condition)
        {
            case BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } both:
                Condition(both.Left, both);
                // The right side is read only where the left one leaves it open.
                int before = _guards.Count;
                _guards.Add(both.Left);
                Condition(both.Right, both);
                _guards.BackTo(before);
                return PromptType.Boolean;
            case UnaryExpression { Operator: UnaryOperator.Not } not:
                Condition(not.Operand, not);
                return PromptType.Boolean;
            case GroupExpression group:
                return Condition(group.Inner);
            default:
                PromptType type = Read(condition);
                _facts.Conditions.Add(new(condition, type, around));
                return type;
        }
    }

    private void Written(Expression target, bool readsTarget = false)
    {
        switch (target)
        {
            case NameExpression name:
                Symbol? declared = _facts.Scopes.FindDeclared(name.Name, name.Span) ?? _facts.Scopes.Find(name);
                if (readsTarget && declared?.Declaration == name.Span && _facts.Scopes.Find(name) is { } old)
                    _facts.References.Add(new(name, old, IsWrite: false, IsCallee: false, _facts.Members.Count));
                _facts.References.Add(new(name, declared, IsWrite: true, IsCallee: false, _facts.Members.Count));
                break;
            case CallExpression { Callee: NameExpression function }:
                _facts.References.Add(
                    new(function, _facts.Scopes.FindDeclared(function.Name, function.Span), IsWrite: true, IsCallee: false, _facts.Members.Count)
                );
                break;
            case MemberExpression member:
                _facts.AssignedMembers.Add(member.Name);
                if (member.Target is not NameExpression { Kind: NameKind.This })
                    Read(member.Target);
                break;
            case IndexExpression { Target: NameExpression { Kind: NameKind.This }, Index: LiteralExpression { Value: string } }:
                break;
            case IndexExpression { Index: LiteralExpression { Value: string key } }:
                _facts.AssignedMembers.Add(key);
                Read(target);
                break;
            default:
                Read(target);
                break;
        }
    }

    // Notes what an expression reads, and tells its type: what stands inside is looked at once for both.
    private PromptType Read(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression:
                return _typing.Of(expression);
            case NameExpression name:
                return _typing.OfName(name, Name(name, isCallee: false));
            case MemberExpression member:
                return Member(member, isCallee: false);
            case CallExpression call:
                return Call(call);
            case GroupExpression group:
                return Read(group.Inner);
            case BinaryExpression binary:
                PromptType left = Read(binary.Left), right = Read(binary.Right);
                if (binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual)
                    _facts.Comparisons.Add(new(binary.Left, left, binary.Right, right, binary.Span));
                return Typing.OfBinary(binary.Operator, left, right);
            case ConditionalExpression conditional:
                return Conditional(conditional);
            case UnaryExpression { Operator: UnaryOperator.FunctionItself, Operand: NameExpression or MemberExpression } alias:
                if (Callee(alias.Operand) is null && _typing.FunctionOf(alias.Operand) is null)
                    _facts.Calls.Add(new(alias.Operand, null, null, [], null));
                return PromptType.Any;
            case UnaryExpression unary:
                return Typing.OfUnary(unary.Operator, Read(unary.Operand));
            case IndexExpression index:
                PromptType target = Read(index.Target);
                Read(index.Index);
                if (index.Index is LiteralExpression { Value: string } key)
                    _facts.Keys.Add(new(index, key, target));
                return Typing.OfIndex(index, target);
            default:
                foreach (SyntaxNode child in expression.Children)
                {
                    if ((child is Argument argument ? argument.Value : child) is Expression inner)
                        Read(inner);
                }
                return _typing.Of(expression);
        }
    }

    private PromptType Conditional(ConditionalExpression conditional)
    {
        Condition(conditional.Condition);
        int before = _guards.Count;
        List<Expression> open = _guards.LeftOpen(conditional.Condition);
        _guards.Add(conditional.Condition);
        _guards.BeginOpen(open, _guards.Count);
        PromptType then = Read(conditional.Then), otherwise = Read(conditional.Else);
        _guards.EndOpen(open);
        _guards.BackTo(before);
        return ValueTypes.Join(then, otherwise);
    }

    private Symbol? SymbolOf(NameExpression name) => _guards.SymbolOf(name);

    private Symbol? Name(NameExpression name, bool isCallee)
    {
        Symbol? symbol = SymbolOf(name);
        // The whole of what the prompt is given: any name may be read of it.
        if (symbol is { Kind: SymbolKind.Subject, Scope.Start: 0 } || (name.Kind == NameKind.This && symbol is not { Kind: SymbolKind.Subject }))
            _facts.ReadsUnknownNames = true;
        if (symbol is { Value: FunctionNode } or { Value: CaptureNode } && (_isWritten || symbol.Kind == SymbolKind.Function))
            Begins(symbol.Value);
        _mayBeMissing = symbol is { IsOptional: true, HasDefault: false } || _guards.PathOf(name) is not null;
        if (isCallee && _typing.FunctionOf(name, symbol) is not null)
            symbol = null;
        if (name.Kind is NameKind.Variable or NameKind.Context or NameKind.Loop)
            _facts.References.Add(new(name, symbol, IsWrite: false, isCallee, _facts.Members.Count));
        return symbol;
    }

    private PromptType Member(MemberExpression member, bool isCallee)
    {
        if (member.Target is NameExpression space && _typing.IsNamespace(space, SymbolOf(space)))
        {
            Name(space, isCallee: true);
            CatalogFunction? function = _typing.FunctionIn(space, member);
            if (!isCallee)
                _facts.Calls.Add(new(member, function, null, [], null));
            return function?.TypeOf([]) ?? PromptType.Any;
        }
        if (_facts.Scopes.AsInput(member) is { } input)
            return _typing.OfName(input, Name(input, isCallee: false));
        int members = _facts.Members.Count;
        PromptType target = Read(member.Target);
        if (member.Target is NameExpression { Kind: NameKind.This } && _prompt.Meaning.SubjectName is null)
            return PromptType.Any;
        // How far `../` goes may depend on the values.
        if (member.Target is NameExpression { Kind: NameKind.Parent } parent && !_facts.Scopes.IsSure(parent))
            target = PromptType.Any;
        bool mayBeMissing = _mayBeMissing || member.Target is not (NameExpression or MemberExpression);
        if (mayBeMissing && _prompt.Meaning.MissingStops && !member.IsNullSafe && _guards.Unasked(member.Target, members) is { } missing)
            _facts.Stops.Add(missing);
        MemberLookup found = MemberLookup.Of(target, member.Name, _prompt.Meaning);
        // `items.empty?` asks the value itself.
        if (_prompt.Meaning.AsksForNothing(member.Name))
        {
            _mayBeMissing = false;
            return found.Type;
        }
        _mayBeMissing = mayBeMissing || found.Field is { IsOptional: true };
        _facts.Members.Add(new(member, target, found.Status));
        return found.Type;
    }

    private Symbol? Callee(Expression callee)
    {
        if (callee is NameExpression name)
            return Name(name, isCallee: true);
        if (callee is MemberExpression member)
            Member(member, isCallee: true);
        else
            Read(callee);
        return null;
    }

    private PromptType Call(CallExpression call)
    {
        var given = new GivenArgument[call.Arguments.Length + (call.Piped is null ? 0 : 1)];
        int count = 0;
        if (call.Piped is { } piped)
            given[count++] = new(null, piped, Read(piped), IsPiped: true);
        Symbol? own = Callee(call.Callee);
        foreach (Argument argument in call.Arguments)
            given[count++] = new(argument.Name, argument.Value, Read(argument.Value), IsPiped: false);
        CatalogFunction? function = _typing.FunctionOf(call.Callee, own);
        _facts.Calls.Add(new(call.Callee, function, own, given, call));
        // As a part of something else it may be passed over.
        if (call.Kind == CallKind.Role)
            (_role, _starts) = (null, Union(_starts, [call]));
        if (call.Kind == CallKind.Include)
            Include(call);
        if (function is { RunsItsArgument: true })
            _facts.ReadsUnknownNames = true;
        return Typing.OfCall(call, function, [.. given.Select(g => g.Type)]);
    }

    // The body defines it, or is given it by whoever includes it.
    private bool IsOwnPartial(LiteralExpression written, string path)
    {
        var name = new NameExpression(written.Content, path, NameKind.Partial);
        if (SymbolOf(name) is not { } symbol)
            return _prompt.Meaning.IsBlockOfInclude(path);
        _facts.References.Add(new(name, symbol, IsWrite: false, IsCallee: true, _facts.Members.Count));
        Begins(symbol.Value!);
        return true;
    }

    private void Include(CallExpression call)
    {
        LiteralExpression? written = call.First as LiteralExpression;
        if (written?.Value is string own && IsOwnPartial(written, own))
            return;
        if (written?.Value is not string)
        {
            written = null;
            _facts.ReadsUnknownNames = true;
        }
        string? after = MessageFlow.After(_prompt, written?.Value as string, _role);
        _facts.Includes.Add(new(call, written, _role, after, _blocks > 0));
        _role = after;
        if (after is null)
            _starts = Union(_starts, [call]);
    }
}
