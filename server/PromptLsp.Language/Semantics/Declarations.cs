using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
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
    private TextSpan? _block;

    // The block that is walked.
    private TextSpan _around = Everywhere;

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
        {
            Header(prompt, names.Scopes);
            Subject(prompt, names.Scopes);
            LoopNames(prompt.Meaning, names.Scopes);
        }
        var declarations = new Declarations(names.Scopes, names.Typing, prompt.Document.Body.Span);
        ImmutableArray<BodyNode> nodes = prompt.Document.Body.Understood;
        for (int i = from; i < nodes.Length; i++)
        {
            if (i % Checkpoint.Every == 0)
                names.Checkpoints.Add((names.Scopes.All.Count, names.Scopes.Open.Count));
            declarations.Walk(nodes[i], declarations._body);
        }
        Taint.Spread(names.Scopes.From(known), names.Scopes);
    }

    private static void Header(PromptModel prompt, Scopes scopes)
    {
        foreach (ContextVariable variable in prompt.Environment.Context)
            scopes.Add(FromContext(variable, prompt.Meaning.ContextSign));
        foreach (Field input in prompt.Header.Inputs.Fields)
            scopes.Add(FromInput(input, prompt.Header));
        foreach ((string name, object? value) in prompt.Header.Defaults)
        {
            if (prompt.Header.Inputs.Find(name) is null)
                scopes.Add(
                    new(name, SymbolKind.Input, Everywhere, () => ValueTypes.Of(value))
                    {
                        HasDefault = true,
                        Sample = value,
                        IsUntrusted = prompt.Header.Untrusted.Contains(name),
                    }
                );
        }
    }

    // What the bare names of the prompt are members of, and what the dialect calls by names of its own.
    private static void Subject(PromptModel prompt, Scopes scopes)
    {
        if (prompt.Meaning.SubjectName is not { } subject)
            return;
        PromptHeader header = prompt.Header;
        var root = new ObjectType(
            [.. header.Inputs.Fields, .. header.Defaults.Where(d => header.Inputs.Find(d.Key) is null).Select(d => new Field(d.Key, ValueTypes.Of(d.Value)))],
            header.Inputs.Others
        );
        bool isUntrusted = header.Untrusted.Any();
        scopes.Add(new(subject, SymbolKind.Subject, Everywhere, () => root) { Description = "what the prompt is given", IsUntrusted = isUntrusted });
        foreach (CatalogMember own in prompt.Meaning.OwnNames)
        {
            bool isRoot = own.Name == prompt.Meaning.RootName;
            // A partial may be included anywhere.
            scopes.Add(
                new(own.Name, isRoot ? SymbolKind.Subject : SymbolKind.LoopObject, Everywhere, () => isRoot && !prompt.Environment.IsPartial ? root : own.Type)
                {
                    Sign = prompt.Meaning.ContextSign,
                    Description = own.Summary,
                    IsUntrusted = isRoot && isUntrusted,
                }
            );
        }
    }

    // One for all loops: a body can have thousands of them.
    private static void LoopNames(Meaning meaning, Scopes scopes)
    {
        foreach (CatalogMember name in meaning.LoopNames)
            scopes.Add(
                new(name.Name, SymbolKind.LoopObject, Everywhere, () => name.Type)
                {
                    Sign = meaning.ContextSign,
                    Description = name.Summary,
                    IsOfLoop = true,
                }
            );
    }

    private static Symbol FromContext(ContextVariable variable, string sign) => new(variable.Name, SymbolKind.Context, Everywhere, () => variable.Type)
    {
        Sign = sign,
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
        TextSpan? around = _block;
        if (!nodes.IsEmpty)
            _block = TextSpan.FromBounds(nodes[0].Span.Start, nodes[^1].Span.End);
        foreach (BodyNode node in nodes)
            Walk(node, visible);
        _block = around;
    }

    private void Walk(BodyNode node, TextSpan visible)
    {
        TextSpan around = _around;
        if (node is BlockNode)
            _around = node.Span;
        Declare(node, visible, around);
        _around = around;
    }

    private void Declare(BodyNode node, TextSpan visible, TextSpan around)
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
            case SectionNode section:
                Section(section);
                Walk(section.Body, visible);
                Walk(section.Else, visible);
                break;
            case CallBlockNode call:
                Unknown(call.Parameters, Inside(call.Call, call.Span.End));
                Walk(call.Body, visible);
                Walk(call.Else, visible);
                break;
            case IncludeBlockNode include:
                OpenScopes.Add(Inside(include.Call, include.Span.End));
                Walk(include.Body, visible);
                break;
            case InlinePartialNode partial:
                Inline(partial, around);
                Walk(partial.Body, visible);
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
        else if (Owner(assign.Target) is { } owner)
        {
            _scopes.MemberWrites.Add((owner, assign.Value));
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

    // Of `reply.text = 1`, `reply["text"] = 1`, `replies[0].text = 1`
    private static NameExpression? Owner(Expression target) => target switch
    {
        NameExpression name => name,
        MemberExpression member => Owner(member.Target),
        IndexExpression index => Owner(index.Target),
        _ => null,
    };

    private void Local(
        (string Name, TextSpan Span) name,
        Expression? value,
        bool isPlain,
        TextSpan visible,
        Func<PromptType>? type,
        CaptureNode? captured = null
    )
    {
        if (!_assigned.TryGetValue(name.Name, out Assignments? assigned))
            _assigned.Add(name.Name, assigned = new());
        assigned.Add(value, isPlain);
        if (captured is not null)
            assigned.Values.AddRange(Written(captured.Body));
        int from = visible.Start == _body.Start ? Math.Max(name.Span.Start, value?.Span.End ?? name.Span.End) : visible.Start;
        _scopes.Add(
            new(name.Name, SymbolKind.Local, TextSpan.FromBounds(from, EndOfFile), () => TypeOfLocal(assigned, value, type))
            {
                Declaration = name.Span,
                MadeOf = assigned.Values,
                Value = (SyntaxNode?)value ?? captured,
                IsPlain = isPlain,
                Block = _block,
            }
        );
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
        if (Then(loop.Source, loop.Else, loop.IsInverted, loop.Span) is not { } body)
            return;
        SyntaxNode[] source = [loop.Source];
        PromptType Item() => _scopes.Meaning.ItemOf(_typing.Of(loop.Source));
        if (loop.Variable is { } variable)
            _scopes.Add(
                new(variable.Name, SymbolKind.LoopVariable, body, Item)
                {
                    Declaration = variable.Span,
                    MadeOf = source,
                    IsOfLoop = true,
                    Description = ItemDescription(loop.Source),
                }
            );
        if (loop.IndexVariable is { } index)
            _scopes.Add(new(index.Name, SymbolKind.LoopVariable, body, Anything) { Declaration = index.Span });
        if (loop.LoopObject is { } facts)
            _scopes.Add(new(facts, SymbolKind.LoopObject, body, () => LoopType(facts)));
        if (loop.BringsMembers)
            Brings(Item(), body, source, loop, isLoop: true);
    }

    // The part of a block that is rendered where there is something.
    private static TextSpan? Then(Expression header, Branch? otherwise, bool isInverted, TextSpan block) =>
        !isInverted ? Inside(header, otherwise?.Span.Start ?? block.End)
        : otherwise is not null ? TextSpan.FromBounds(otherwise.KeywordSpan.End + 1, Math.Max(otherwise.KeywordSpan.End + 1, otherwise.Span.End))
        : null;

    // A block whose value decides what it does.
    private void Section(SectionNode section)
    {
        if (Then(section.Subject, section.Else, section.IsInverted, section.Span) is not { } body)
            return;
        PromptType type = _typing.Of(section.Subject);
        SyntaxNode[] source = [section.Subject];
        if (type is ArrayType)
        {
            if (section.Parameters is [var item, ..])
                _scopes.Add(
                    new(item.Name, SymbolKind.LoopVariable, body, () => _scopes.Meaning.ItemOf(type))
                    {
                        Declaration = item.Span,
                        MadeOf = source,
                        IsOfLoop = true,
                        Description = ItemDescription(section.Subject),
                    }
                );
            Named(section.Parameters.Skip(1), body);
            Brings(_scopes.Meaning.ItemOf(type), body, source, section, isLoop: true);
        }
        else if (type is ObjectType or EnumType or ScalarType { Kind: ScalarKind.String or ScalarKind.Integer or ScalarKind.Number })
        {
            Named(section.Parameters, body);
            Brings(type, body, source, section, isLoop: false);
        }
        else if (type.Equals(PromptType.Boolean))
        {
            Named(section.Parameters, body);
        }
        else
        {
            Unknown(section.Parameters, body);
        }
    }

    // A block of which nobody knows what it brings.
    private void Unknown(ImmutableArray<NameExpression> parameters, TextSpan body)
    {
        Named(parameters, body);
        OpenScopes.Add(body);
    }

    private void Named(IEnumerable<NameExpression> parameters, TextSpan body)
    {
        foreach (NameExpression parameter in parameters)
            _scopes.Add(new(parameter.Name, SymbolKind.LoopVariable, body, Anything) { Declaration = parameter.Span });
    }

    // A partial that the body defines is there in all of the block that it stands in. Whoever includes it decides what it sees.
    private void Inline(InlinePartialNode partial, TextSpan around)
    {
        if (partial.Call.First is LiteralExpression { Value: string name } literal)
            _scopes.Add(new(name, SymbolKind.Partial, around, Anything) { Sign = Scopes.SignOfPartials, Declaration = literal.Content, Value = partial });
        Unknown(partial.Parameters, Inside(partial.Call, partial.Span.End));
    }

    private static PromptType Anything() => PromptType.Any;

    private ObjectType LoopType(string word) =>
        LoopTypes.GetOrAdd(
            (_scopes.Meaning, word),
            static known => new([.. known.Meaning.LoopMembers(known.Word).Select(m => new Field(m.Name, m.Type, Description: m.Summary))], null)
        );

    private static readonly ConcurrentDictionary<(Meaning Meaning, string Word), ObjectType> LoopTypes = [];

    private static string? ItemDescription(Expression source) => source is NameExpression or MemberExpression ? "one item of the list" : null;

    private void With(WithNode with)
    {
        if (Then(with.Subject, with.Else, with.IsInverted, with.Span) is not { } body)
            return;
        SyntaxNode[] source = [with.Subject];
        if (with.Variable is { } variable)
            _scopes.Add(new(variable.Name, SymbolKind.LoopVariable, body, () => _typing.Of(with.Subject)) { Declaration = variable.Span, MadeOf = source });
        Brings(_typing.Of(with.Subject), body, source, with, isLoop: false);
    }

    // A subject, where the dialect has them, and its members as names.
    private void Brings(PromptType subject, TextSpan scope, SyntaxNode[] source, BlockNode block, bool isLoop)
    {
        if (_scopes.Meaning.SubjectName is { } name)
            _scopes.Add(new(name, SymbolKind.Subject, scope, () => subject) { MadeOf = source, Value = block, IsOfLoop = isLoop });
        MembersOf(subject, scope, source);
    }

    // Behind what a block opens with: a cursor at its very end still types there, not inside.
    private static TextSpan Inside(Expression header, int end) => TextSpan.FromBounds(header.Span.End + 1, Math.Max(header.Span.End + 1, end));

    private void Members(Expression subject, TextSpan scope) => MembersOf(_typing.Of(subject), scope, [subject]);

    private void MembersOf(PromptType subject, TextSpan scope, SyntaxNode[] source)
    {
        if (_scopes.Meaning.SubjectName is not null && subject is ArrayType or EnumType or ScalarType { Kind: not (ScalarKind.Any or ScalarKind.Null) })
        {
            foreach (CatalogMember own in _scopes.Meaning.OwnMembers(ValueShapes.Of(subject)))
                _scopes.Add(new(own.Name, SymbolKind.Member, scope, () => own.Type) { Description = own.Summary });
            return;
        }
        if (subject is not ObjectType type)
        {
            OpenScopes.Add(scope);
            return;
        }
        if (!type.IsClosed)
            OpenScopes.Add(scope);
        foreach (Field field in type.Fields)
            _scopes.Add(
                new(field.Name, SymbolKind.Member, scope, () => field.Type)
                {
                    Field = field,
                    Description = field.Description,
                    Declaration = field.NameSpan,
                    DeclaredIn = field.Origin?.File,
                    MadeOf = source,
                }
            );
    }

    private List<TextSpan> OpenScopes => _scopes.Open;

    private void Function(FunctionNode function)
    {
        if (function.Name is { } name)
            _scopes.Add(
                new(name.Name, SymbolKind.Function, _body, Anything)
                {
                    Declaration = name.Span,
                    MadeOf = Written(function.Body),
                    Value = function,
                }
            );
        foreach (Parameter parameter in function.Parameters)
            _scopes.Add(
                new(parameter.Name, SymbolKind.Parameter, function.Span, Anything) { Declaration = new TextSpan(parameter.Span.Start, parameter.Name.Length) }
            );
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
