using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Walks the body once and writes down what every name means, what is read, called, compared and written out, and in which message.</summary>
internal sealed class Binder
{
    private const string DefaultRole = "user";

    private readonly PromptModel _prompt;
    private readonly BodyFacts _facts;
    private readonly Typing _typing;
    private readonly List<Expression> _guarded = [];
    private string? _role = DefaultRole;
    private int _blocks;

    private Binder(PromptModel prompt, BodyFacts facts)
    {
        _prompt = prompt;
        _facts = facts;
        _typing = facts.Typing;
    }

    public static BodyFacts Bind(PromptModel prompt)
    {
        var scopes = new Scopes();
        var typing = new Typing(scopes, prompt.Document.Dialect.Functions);
        Declarations.Collect(prompt, scopes, typing);
        var facts = new BodyFacts(scopes, typing);
        new Binder(prompt, facts).Walk(prompt.Document.Body.Nodes);
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
            case OutputNode output:
                Output(output);
                break;
            case AssignNode assign:
                Read(assign.Value);
                Written(assign.Target, assign.Operator);
                break;
            case IfNode conditional:
                Branches(conditional.Branches, null, default);
                break;
            case CaseNode chosen:
                Read(chosen.Subject);
                Walk(chosen.Before);
                Branches(chosen.Branches, chosen.Subject, _typing.Of(chosen.Subject));
                break;
            case LoopNode loop:
                Loop(loop);
                break;
            case WhileNode repeated:
                Condition(repeated.Condition);
                Block(repeated.Body, repeated.Condition);
                break;
            case WithNode with:
                Read(with.Subject);
                Block(with.Body, with.Subject);
                if (with.Else is { } otherwise)
                    Block(otherwise.Body, null);
                break;
            case CaptureNode capture:
                Written(capture.Target, "=");
                Aside(capture.Body);
                break;
            case FunctionNode function:
                if (function.Name is { } name)
                    Written(name, "=");
                foreach (Parameter parameter in function.Parameters)
                {
                    if (parameter.Default is { } standard)
                        Read(standard);
                }
                Aside(function.Body);
                break;
            case WrapNode wrap:
                if (wrap.Call is { } call)
                    Read(call);
                Aside(wrap.Body);
                break;
            case StatementNode { Value: { } value }:
                Read(value);
                break;
        }
    }

    private void Output(OutputNode output)
    {
        Expression value = output.Value;
        int calls = _facts.Calls.Count;
        Read(value);
        if (value is NameExpression or MemberExpression && _typing.FunctionOf(value) is { } function && _facts.Calls.Count == calls)
            _facts.Calls.Add(new(value, function, null, [], null));
        if (value is CallExpression { Kind: CallKind.Role } role)
            Role(role);
        else if (value is not CallExpression { Kind: CallKind.History or CallKind.Section or CallKind.Include })
            _facts.Outputs.Add(new(output, _typing.Of(value), _role, IsGuarded(value)));
    }

    private void Role(CallExpression call)
    {
        LiteralExpression? named = call.Arguments is [{ Value: LiteralExpression { Value: string } literal }, ..] ? literal : null;
        _facts.Messages.Add(new(call, named, _blocks > 0));
        _role = named?.Value as string;
    }

    private void Branches(ImmutableArray<Branch> branches, Expression? subject, PromptType? subjectType)
    {
        string? before = _role;
        bool isFirst = true;
        string? after = null;
        int guards = _guarded.Count;
        foreach (Branch branch in branches)
        {
            foreach (Expression condition in branch.Conditions)
            {
                if (subject is null)
                {
                    Condition(condition);
                }
                else
                {
                    Read(condition);
                    _facts.Comparisons.Add(new(subject, subjectType!, condition, _typing.Of(condition), condition.Span));
                }
                Guard(condition);
            }
            _role = before;
            Block(branch.Body, null);
            after = isFirst || string.Equals(after, _role, StringComparison.Ordinal) ? _role : null;
            isFirst = false;
        }
        _guarded.RemoveRange(guards, _guarded.Count - guards);
        bool isExhaustive = !branches.IsEmpty && branches[^1].Conditions.IsEmpty;
        _role = isExhaustive || string.Equals(after, before, StringComparison.Ordinal) || branches.IsEmpty ? (branches.IsEmpty ? before : after) : null;
    }

    private void Loop(LoopNode loop)
    {
        Read(loop.Source);
        foreach (Argument argument in loop.Arguments)
            Read(argument.Value);
        _facts.Loops.Add(new(loop, _typing.Of(loop.Source)));
        if (loop.Variable is { } variable)
            Written(variable, "=");
        if (loop.IndexVariable is { } index)
            Written(index, "=");
        string? before = _role;
        Block(loop.Body, loop.Source);
        if (!string.Equals(before, _role, StringComparison.Ordinal))
            _role = null;
        if (loop.Else is { } otherwise)
            Block(otherwise.Body, null);
    }

    private void Block(ImmutableArray<BodyNode> body, Expression? guard)
    {
        int before = _guarded.Count;
        if (guard is not null)
            Guard(guard);
        _blocks++;
        Walk(body);
        _blocks--;
        _guarded.RemoveRange(before, _guarded.Count - before);
    }

    // What is captured or wrapped goes to a message later, and nobody knows to which.
    private void Aside(ImmutableArray<BodyNode> body)
    {
        string? before = _role;
        _role = null;
        Block(body, null);
        _role = before;
    }

    // Every path that a condition mentions counts as looked at before its use.
    private void Guard(SyntaxNode condition)
    {
        switch (condition)
        {
            case LiteralExpression:
                return;
            case NameExpression name:
                _guarded.Add(name);
                return;
            case MemberExpression member:
                _guarded.Add(member);
                Guard(member.Target);
                return;
        }
        foreach (SyntaxNode child in condition.Children)
            Guard(child);
    }

    private bool IsGuarded(Expression value)
    {
        foreach (Expression guard in _guarded)
        {
            if (IsSamePath(guard, value))
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

    private void Condition(Expression condition)
    {
        Read(condition);
        Conditions(condition);
    }

    private void Conditions(Expression condition)
    {
        switch (condition)
        {
            case BinaryExpression { Operator: "&&" or "||" } both:
                Conditions(both.Left);
                Conditions(both.Right);
                break;
            case UnaryExpression { Operator: "!" } not:
                Conditions(not.Operand);
                break;
            case GroupExpression group:
                Conditions(group.Inner);
                break;
            default:
                _facts.Conditions.Add(new(condition, _typing.Of(condition)));
                break;
        }
    }

    private void Written(Expression target, string operation)
    {
        switch (target)
        {
            case NameExpression name:
                Symbol? declared = _facts.Scopes.FindDeclared(name.Name, name.Span) ?? _facts.Scopes.Find(name.Name, name.Span.Start);
                if (operation != "=" && declared?.Declaration == name.Span && _facts.Scopes.Find(name.Name, name.Span.Start) is { } old)
                    _facts.References.Add(new(name, old, IsWrite: false, IsCallee: false));
                _facts.References.Add(new(name, declared, IsWrite: true, IsCallee: false));
                break;
            case CallExpression { Callee: NameExpression function }:
                _facts.References.Add(new(function, _facts.Scopes.FindDeclared(function.Name, function.Span), IsWrite: true, IsCallee: false));
                break;
            case MemberExpression member:
                Read(member.Target);
                break;
            default:
                Read(target);
                break;
        }
    }

    private void Read(Expression expression)
    {
        switch (expression)
        {
            case NameExpression name:
                Name(name, isCallee: false);
                break;
            case MemberExpression member:
                Member(member, isCallee: false);
                break;
            case CallExpression call:
                Call(call);
                break;
            case BinaryExpression binary:
                Read(binary.Left);
                Read(binary.Right);
                if (binary.Operator is "==" or "!=")
                    _facts.Comparisons.Add(new(binary.Left, _typing.Of(binary.Left), binary.Right, _typing.Of(binary.Right), binary.Span));
                break;
            case ConditionalExpression conditional:
                Condition(conditional.Condition);
                int before = _guarded.Count;
                Guard(conditional.Condition);
                Read(conditional.Then);
                Read(conditional.Else);
                _guarded.RemoveRange(before, _guarded.Count - before);
                break;
            case UnaryExpression { Operator: "@" } alias when alias.Operand is NameExpression or MemberExpression:
                Callee(alias.Operand);
                break;
            case IndexExpression { Target: NameExpression { Kind: NameKind.This } } index:
                _facts.ReadsUnknownNames = true;
                Read(index.Index);
                break;
            default:
                foreach (SyntaxNode child in expression.Children)
                {
                    if ((child is Argument argument ? argument.Value : child) is Expression inner)
                        Read(inner);
                }
                break;
        }
    }

    private void Name(NameExpression name, bool isCallee)
    {
        if (name.Kind is NameKind.Variable or NameKind.Context)
            _facts.References.Add(new(name, _facts.Scopes.Find(name.Name, name.Span.Start), IsWrite: false, isCallee));
        else if (name.Kind == NameKind.This)
            _facts.ReadsUnknownNames = true;
    }

    private void Member(MemberExpression member, bool isCallee)
    {
        if (_typing.IsNamespace(member.Target))
        {
            Name((NameExpression)member.Target, isCallee: true);
            if (!isCallee && _typing.FunctionOf(member) is { } constant)
                _facts.Calls.Add(new(member, constant, null, [], null));
            return;
        }
        if (member.Target is NameExpression { Kind: NameKind.This })
        {
            _facts.ReadsUnknownNames = true;
            return;
        }
        Read(member.Target);
        PromptType target = _typing.Of(member.Target);
        _facts.Members.Add(new(member, target, MemberLookup.Of(target, member.Name)));
    }

    private void Callee(Expression callee)
    {
        if (callee is NameExpression name)
            Name(name, isCallee: true);
        else if (callee is MemberExpression member)
            Member(member, isCallee: true);
        else
            Read(callee);
    }

    private void Call(CallExpression call)
    {
        if (call.Piped is { } piped)
            Read(piped);
        Callee(call.Callee);
        var given = new List<GivenArgument>(call.Arguments.Length + 1);
        if (call.Piped is { } first)
            given.Add(new(null, first, _typing.Of(first), IsPiped: true));
        foreach (Argument argument in call.Arguments)
        {
            Read(argument.Value);
            given.Add(new(argument.Name, argument.Value, _typing.Of(argument.Value), IsPiped: false));
        }
        CatalogFunction? function = _typing.FunctionOf(call.Callee);
        Symbol? own = function is null && call.Callee is NameExpression name ? _facts.Scopes.Find(name.Name, name.Span.Start) : null;
        _facts.Calls.Add(new(call.Callee, function, own, given, call));
        if (call.Kind == CallKind.Include)
            Include(call);
        if (function is { RunsItsArgument: true })
            _facts.ReadsUnknownNames = true;
    }

    private void Include(CallExpression call)
    {
        Expression? path = call.Piped ?? (call.Arguments is [{ Name: null } first, ..] ? first.Value : null);
        LiteralExpression? written = path as LiteralExpression;
        if (written?.Value is not string)
        {
            written = null;
            _facts.ReadsUnknownNames = true;
        }
        _facts.Includes.Add(new(call, written, _role, _blocks > 0));
        _role = MessageFlow.After(_prompt, written?.Value as string, _role);
    }
}
