using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Collects what can be named in a prompt: context variables, inputs, and what the body declares, each over its scope.</summary>
internal sealed class Declarations
{
    // Names reach to the end of the file, wherever that is: a cursor right behind the last character still sees them.
    private const int EndOfFile = int.MaxValue;

    private static readonly TextSpan Everywhere = TextSpan.FromBounds(0, EndOfFile);

    private readonly Scopes _scopes;
    private readonly Typing _typing;
    private readonly TextSpan _body;
    private readonly Dictionary<string, Assignments> _assigned = new(StringComparer.Ordinal);
    private int _blocks;

    private Declarations(Scopes scopes, Typing typing, TextSpan body)
    {
        _scopes = scopes;
        _typing = typing;
        _body = TextSpan.FromBounds(body.Start, EndOfFile);
    }

    /// <summary>Adds to the names what is declared from where their walk begins on.</summary>
    public static void Collect(PromptModel prompt, DeclaredNames names)
    {
        int known = names.Scopes.All.Count, from = names.From.Nodes;
        if (from == 0)
            Header(prompt, names.Scopes);
        var declarations = new Declarations(names.Scopes, names.Typing, prompt.Document.Body.Span);
        ImmutableArray<BodyNode> nodes = prompt.Document.Body.Understood;
        for (int i = from; i < nodes.Length; i++)
        {
            if (i % Mark.Every == 0)
                names.Marks.Add((names.Scopes.All.Count, names.Scopes.Open.Count));
            declarations.Walk(nodes[i], declarations._body);
        }
        Taint.Spread(names.Scopes.From(known), names.Scopes);
    }

    private static void Header(PromptModel prompt, Scopes scopes)
    {
        foreach (ContextVariable variable in prompt.Environment.Context)
            scopes.Add(FromContext(variable));
        foreach (Field input in prompt.Header.Inputs.Fields)
            scopes.Add(FromInput(input, prompt.Header));
        foreach ((string name, object? value) in prompt.Header.Defaults)
        {
            if (prompt.Header.Inputs.Find(name) is null)
                scopes.Add(new(name, SymbolKind.Input, Everywhere, () => ValueTypes.Of(value)) { HasDefault = true, Sample = value, IsUntrusted = prompt.Header.Untrusted.Contains(name) });
        }
    }

    private static Symbol FromContext(ContextVariable variable) => new(variable.Name, SymbolKind.Context, Everywhere, () => variable.Type)
    {
        Description = variable.Description,
        Declaration = variable.NameSpan,
        DeclaredIn = variable.Source,
        Sample = variable.Sample,
    };

    private static Symbol FromInput(Field input, PromptHeader header) => new(input.Name, SymbolKind.Input, Everywhere, () => input.Type)
    {
        Field = input,
        Description = input.Description,
        Declaration = input.NameSpan,
        DeclaredIn = input.Origin?.File,
        HasDefault = header.Defaults.ContainsKey(input.Name),
        Sample = SampleOf(input.Name, header),
        IsUntrusted = header.Untrusted.Contains(input.Name),
    };

    private static object? SampleOf(string name, PromptHeader header)
    {
        foreach (Sample sample in header.Samples)
        {
            if (sample.Values.TryGetValue(name, out object? value))
                return value;
        }
        return header.Defaults.GetValueOrDefault(name);
    }

    // `visible` is the part of the file that can see what is declared here: the whole rest, or all of the outermost loop or function.
    // Expressions declare nothing, so only the nodes of the body are visited, without an enumerator for each.
    private void Walk(ImmutableArray<BodyNode> nodes, TextSpan visible)
    {
        _blocks++;
        foreach (BodyNode node in nodes)
            Walk(node, visible);
        _blocks--;
    }

    private void Walk(BodyNode node, TextSpan visible)
    {
        switch (node)
        {
            // Nearly all of a body, and it declares nothing.
            case TextNode or OutputNode:
                break;
            case AssignNode assign:
                Assigned(assign, visible);
                break;
            case IfNode conditional:
                Walk(conditional.Branches, visible);
                break;
            case CaseNode chosen:
                Walk(chosen.Before, visible);
                Walk(chosen.Branches, visible);
                break;
            case LoopNode loop:
                Loop(loop);
                Walk(loop.Body, Repeats(loop, visible));
                Walk(loop.Else, visible);
                break;
            case WhileNode repeated:
                _scopes.Add(new(repeated.Keyword, SymbolKind.LoopObject, repeated.Span, () => LoopType(repeated.Keyword)));
                Walk(repeated.Body, Repeats(repeated, visible));
                break;
            case WithNode with:
                With(with);
                Walk(with.Body, visible);
                Walk(with.Else, visible);
                break;
            case CaptureNode capture:
                if (Named(capture.Target) is { } name)
                    Local(name, null, isPlain: true, visible, () => PromptType.String, capture);
                Walk(capture.Body, visible);
                break;
            case FunctionNode function:
                Function(function);
                Walk(function.Body, Repeats(function, visible));
                break;
            case WrapNode wrap:
                Walk(wrap.Body, visible);
                break;
            case StatementNode { Kind: StatementKind.Import, Value: { } value }:
                Members(value, TextSpan.FromBounds(node.Span.End, EndOfFile));
                break;
        }
    }

    private void Walk(ImmutableArray<Branch> branches, TextSpan visible)
    {
        foreach (Branch branch in branches)
            Walk(branch.Body, visible);
    }

    private void Walk(Branch? branch, TextSpan visible)
    {
        if (branch is not null)
            Walk(branch.Body, visible);
    }

    // What a loop or a function assigns is there from its beginning, the next time round.
    private TextSpan Repeats(BlockNode block, TextSpan visible) =>
        visible.Start == _body.Start ? TextSpan.FromBounds(block.Span.Start, EndOfFile) : visible;

    private void Assigned(AssignNode assign, TextSpan visible)
    {
        if (Named(assign.Target) is { } name)
        {
            Local(name, assign.Value, isPlain: !assign.ReadsTarget, visible, null);
        }
        else if (assign.Target is IndexExpression { Target: NameExpression { Kind: NameKind.This } })
        {
            // Which name that is, nobody can tell.
            OpenScopes.Add(TextSpan.FromBounds(visible.Start == _body.Start ? assign.Span.End : visible.Start, EndOfFile));
        }
        else if (assign.Target is CallExpression { Callee: NameExpression called } short_)
        {
            _scopes.Add(new(called.Name, SymbolKind.Function, _body, Anything) { Declaration = called.Span, Value = assign.Value });
            foreach (Argument parameter in short_.Arguments)
            {
                if (parameter.Value is NameExpression own)
                    _scopes.Add(new(own.Name, SymbolKind.Parameter, assign.Span, Anything) { Declaration = own.Span });
            }
        }
    }

    // `x = 1`, `this.x = 1`, `this["x"] = 1`
    private static (string Name, TextSpan Span)? Named(Expression target) => target switch
    {
        NameExpression { Kind: not NameKind.This } name => (name.Name, name.Span),
        MemberExpression { Target: NameExpression { Kind: NameKind.This } } member => (member.Name, member.NameSpan),
        IndexExpression { Target: NameExpression { Kind: NameKind.This }, Index: LiteralExpression { Value: string key } literal } => (key, literal.Content),
        _ => null,
    };

    private void Local((string Name, TextSpan Span) name, Expression? value, bool isPlain, TextSpan visible, Func<PromptType>? type, CaptureNode? captured = null)
    {
        if (!_assigned.TryGetValue(name.Name, out Assignments? assigned))
            _assigned.Add(name.Name, assigned = new());
        assigned.Add(value, isPlain);
        if (captured is not null)
            assigned.Values.AddRange(Written(captured.Body));
        int from = visible.Start == _body.Start ? Math.Max(name.Span.Start, value?.Span.End ?? name.Span.End) : visible.Start;
        _scopes.Add(new(name.Name, SymbolKind.Local, TextSpan.FromBounds(from, EndOfFile), () => TypeOfLocal(assigned, value, type)) { Declaration = name.Span, MadeOf = assigned.Values, Value = (SyntaxNode?)value ?? captured, IsPlain = isPlain, IsInBlock = _blocks > 0 });
    }

    // What a captured block or a function writes out and gives back. A block inside that captures keeps what it writes for itself.
    private static IReadOnlyList<SyntaxNode> Written(ImmutableArray<BodyNode> body)
    {
        var values = new List<SyntaxNode>();
        var open = new Stack<SyntaxNode>(body);
        while (open.TryPop(out SyntaxNode? node))
        {
            if (node is OutputNode output)
                values.Add(output);
            else if (node is StatementNode { Kind: StatementKind.Return, Value: { } value })
                values.Add(value);
            else if (node is Branch or BlockNode and not (CaptureNode or FunctionNode))
            {
                foreach (SyntaxNode inner in node.Children)
                    open.Push(inner);
            }
        }
        return values;
    }

    // A name that is assigned twice may hold either.
    private PromptType TypeOfLocal(Assignments assigned, Expression? value, Func<PromptType>? type) =>
        !assigned.IsPlainOnce ? PromptType.Any : type?.Invoke() ?? (value is null ? PromptType.Any : _typing.Of(value));

    private void Loop(LoopNode loop)
    {
        TextSpan body = Inside(loop.Source, loop.Else?.Span.Start ?? loop.Span.End);
        SyntaxNode[] source = [loop.Source];
        if (loop.Variable is { } variable)
            _scopes.Add(new(variable.Name, SymbolKind.LoopVariable, body, () => Typing.ItemOf(_typing.Of(loop.Source))) { Declaration = variable.Span, MadeOf = source, Description = ItemDescription(loop.Source) });
        if (loop.IndexVariable is { } index)
            _scopes.Add(new(index.Name, SymbolKind.LoopVariable, body, Anything) { Declaration = index.Span });
        if (loop.LoopObject is { } facts)
            _scopes.Add(new(facts, SymbolKind.LoopObject, body, () => LoopType(facts)));
        if (loop.BringsMembers)
            MembersOf(Typing.ItemOf(_typing.Of(loop.Source)), body, source);
    }

    private static PromptType Anything() => PromptType.Any;

    private ObjectType LoopType(string word) =>
        LoopTypes.GetOrAdd((_scopes.Meaning, word), static known => new([.. known.Meaning.LoopMembers(known.Word).Select(m => new Field(m.Name, m.Type, Description: m.Summary))], null));

    private static readonly ConcurrentDictionary<(Meaning Meaning, string Word), ObjectType> LoopTypes = [];

    private static string? ItemDescription(Expression source) => source is NameExpression or MemberExpression ? "one item of the list" : null;

    private void With(WithNode with) =>
        Members(with.Subject, Inside(with.Subject, with.Else?.Span.Start ?? with.Span.End));

    // Behind what a block opens with: a cursor at its very end still types there, not inside.
    private static TextSpan Inside(Expression header, int end) => TextSpan.FromBounds(header.Span.End + 1, Math.Max(header.Span.End + 1, end));

    private void Members(Expression subject, TextSpan scope) => MembersOf(_typing.Of(subject), scope, [subject]);

    private void MembersOf(PromptType subject, TextSpan scope, SyntaxNode[] source)
    {
        if (subject is not ObjectType type)
        {
            OpenScopes.Add(scope);
            return;
        }
        if (!type.IsClosed)
            OpenScopes.Add(scope);
        foreach (Field field in type.Fields)
            _scopes.Add(new(field.Name, SymbolKind.Member, scope, () => field.Type) { Field = field, Description = field.Description, Declaration = field.NameSpan, DeclaredIn = field.Origin?.File, MadeOf = source });
    }

    private List<TextSpan> OpenScopes => _scopes.Open;

    private void Function(FunctionNode function)
    {
        if (function.Name is { } name)
            _scopes.Add(new(name.Name, SymbolKind.Function, _body, Anything) { Declaration = name.Span, MadeOf = Written(function.Body), Value = function });
        foreach (Parameter parameter in function.Parameters)
            _scopes.Add(new(parameter.Name, SymbolKind.Parameter, function.Span, Anything) { Declaration = new TextSpan(parameter.Span.Start, parameter.Name.Length) });
    }

    /// <summary>What is assigned to one name.</summary>
    private sealed class Assignments
    {
        private int _count;
        private bool _isPlain;

        public List<SyntaxNode> Values { get; } = [];

        public bool IsPlainOnce => _count == 1 && _isPlain;

        public void Add(Expression? value, bool isPlain)
        {
            _count++;
            _isPlain = isPlain;
            if (value is not null)
                Values.Add(value);
        }
    }
}
