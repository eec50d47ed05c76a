using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>The names in a prompt's body.</summary>
internal sealed class BodyMentions(PromptModel prompt)
{
    private readonly InputNames _names = new(prompt);
    private readonly Dictionary<Symbol, Subject> _symbols = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<Mention> All() =>
        Helpers().Concat(Variables()).Concat(Parameters()).Concat(NamedArguments()).Concat(Members()).Concat(Literals()).Concat(Includes()).Concat(Keys());

    private IEnumerable<Mention> Helpers()
    {
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (
                call is { Function: { IsOfApplication: true } helper, Callee: NameExpression name }
                && YamlNames.Bare(prompt.Document.Text, name.Span, helper.Name) is { } bare
            )
                yield return new(bare, MentionKind.Read, new(SubjectKind.Helper, "", [helper.Name]));
        }
    }

    private IEnumerable<Mention> Variables()
    {
        foreach (Reference reference in prompt.Facts.References)
        {
            if (SubjectOf(reference) is { } subject && BareName(reference) is { } bare)
                yield return new(bare, KindOf(reference), subject);
        }
    }

    // Without the sign, the quotes or the brackets around it; null where it is spelt otherwise.
    private TextSpan? BareName(Reference reference)
    {
        ReadOnlySpan<char> written = prompt.Document.Text.Slice(reference.Span);
        int at = written.LastIndexOf(reference.Node.Name);
        return at < 0 || reference.Node.Name.Length == 0 || written.Length > reference.Node.Name.Length + 2
            ? null
            : new(reference.Span.Start + at, reference.Node.Name.Length);
    }

    private static MentionKind KindOf(Reference reference) =>
        !reference.IsWrite ? MentionKind.Read
        : reference.Symbol is { DeclaredIn: null, Declaration: { } declared } && declared == reference.Span ? MentionKind.Declaration
        : MentionKind.Write;

    private Subject? SubjectOf(Reference reference)
    {
        if ((reference.Symbol ?? prompt.Scopes.FindAnywhere(reference.Node.Name)) is { } symbol)
            return Of(symbol);
        // Whoever declares nothing takes what it is given.
        return !prompt.Header.DeclaresInputs && !prompt.Document.Body.IsOpaque && prompt.IsUndefined(reference) ? _names.Input([reference.Node.Name]) : null;
    }

    private Subject Of(Symbol symbol)
    {
        if (!_symbols.TryGetValue(symbol, out Subject? subject))
            _symbols.Add(symbol, subject = Find(symbol));
        return subject;
    }

    private Subject Find(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Input => _names.Of(symbol.Field) ?? _names.Input([symbol.Name]),
        SymbolKind.Context => new(SubjectKind.Context, "", [symbol.Name]),
        SymbolKind.Member when _names.Of(symbol.Field) is { } member => member,
        SymbolKind.Function or SymbolKind.Partial => Own(SubjectKind.Function, symbol, symbol.Declaration),
        // An assigned name is one variable however often it is assigned; loops and functions have their own.
        SymbolKind.Local => Own(SubjectKind.Variable, symbol, null),
        SymbolKind.LoopObject or SymbolKind.Member or SymbolKind.Subject => Own(SubjectKind.Builtin, symbol, symbol.Scope),
        _ => Own(SubjectKind.Variable, symbol, symbol.Declaration),
    };

    private static Subject Own(SubjectKind kind, Symbol symbol, TextSpan? declared) => new(kind, "", [symbol.Name]) { Declared = declared ?? default };

    // A parameter where it is declared, which no reference marks.
    private IEnumerable<Mention> Parameters()
    {
        foreach (Symbol symbol in prompt.Scopes.All)
        {
            if (symbol is { DeclaredIn: null, Declaration: { } declaration, Kind: SymbolKind.Parameter })
                yield return new(declaration, MentionKind.Declaration, Of(symbol));
        }
    }

    // `greet name: x`, where the body defines `greet`.
    private IEnumerable<Mention> NamedArguments()
    {
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (call is not { Node: { } node, OwnFunction: { Kind: SymbolKind.Function, Declaration: { } declared } })
                continue;
            foreach (Argument argument in node.Arguments)
            {
                if (argument.Name is { } name && ParameterOf(declared, name) is { } parameter)
                    yield return new(argument.NameSpan, MentionKind.Value, Of(parameter));
            }
        }
    }

    // The first of that name behind the function's own: its parameters stand there.
    private Symbol? ParameterOf(TextSpan function, string name) =>
        prompt
            .Scopes.Named(name)
            .FirstOrDefault(s =>
                s is { Kind: SymbolKind.Parameter, DeclaredIn: null, Declaration: { } parameter }
                && parameter.Start > function.End
                && s.Scope.Contains(function.Start)
            );

    private IEnumerable<Mention> Members()
    {
        foreach (MemberUse use in prompt.Facts.Members)
        {
            if (use.Status == MemberStatus.Known && _names.Of(use.Field) is { } member)
                yield return new(use.Node.NameSpan, MentionKind.Read, member);
        }
    }

    // `array.map "title"`, `object.has_key "title"`.
    private IEnumerable<Mention> Literals()
    {
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (
                call is { Function: { } function, Arguments: [var of, { Value: LiteralExpression { Value: string } member }, ..] }
                && NamesMember(function)
                && InLiteral(of.Type is ArrayType list ? list.Item : of.Type, member) is { } mention
            )
                yield return mention;
        }
    }

    private static bool NamesMember(CatalogFunction function) =>
        function.Parameters is [_, { Content: ParameterContent.MemberOfItem or ParameterContent.MemberOfFirst }, ..];

    // `x["title"]`, `this.title`, and the members of objects that are made here.
    private IEnumerable<Mention> Keys()
    {
        foreach (
            SyntaxNode node in prompt.Document.Body.Islands.Any(i => prompt.Document.Text.Slice(i).ContainsAny(prompt.Notation.MarksOfMembers))
                ? Below(prompt.Document.Body.Understood)
                : []
        )
        {
            if (OfThis(node) is { } variable)
                yield return variable;
            if (
                node is IndexExpression { Index: LiteralExpression { Value: string } member } index
                && InLiteral(prompt.Typing.Of(index.Target), member) is { } mention
            )
                yield return mention;
            foreach (Argument entry in node is ObjectExpression made ? made.Entries : [])
            {
                if (entry.Name is { } name && YamlNames.Bare(prompt.Document.Text, entry.NameSpan, name) is { } bare)
                    yield return new(bare, MentionKind.Declaration, new(SubjectKind.OwnMember, "", [name]) { Declared = bare });
            }
        }
    }

    // What is read of `this` is a variable.
    private Mention? OfThis(SyntaxNode node)
    {
        (TextSpan span, string name)? read = node switch
        {
            MemberExpression { Target: NameExpression { Kind: NameKind.This } } member => (member.NameSpan, member.Name),
            IndexExpression { Target: NameExpression { Kind: NameKind.This }, Index: LiteralExpression { Value: string key } literal } => (
                literal.Content,
                key
            ),
            _ => null,
        };
        if (read is not var (at, variable) || !prompt.Document.Text.Slice(at).SequenceEqual(variable))
            return null;
        if (prompt.Scopes.FindDeclared(variable, at) is { } declared)
            return new(at, MentionKind.Declaration, Of(declared));
        return prompt.Scopes.Find(variable, at.Start) is { } symbol ? new(at, MentionKind.Read, Of(symbol)) : null;
    }

    private static IEnumerable<SyntaxNode> Below(IEnumerable<SyntaxNode> nodes)
    {
        var open = new Stack<SyntaxNode>(nodes);
        while (open.TryPop(out SyntaxNode? node))
        {
            yield return node;
            foreach (SyntaxNode child in node.Children)
                open.Push(child);
        }
    }

    private Mention? InLiteral(PromptType type, LiteralExpression member) =>
        MemberLookup.Of(type, (string)member.Value!) is { Field: { } field }
        && _names.Of(field) is { } subject
        && prompt.Document.Text.Slice(member.Content).SequenceEqual(field.Name)
            ? new(member.Content, MentionKind.Read, subject)
            : null;

    private IEnumerable<Mention> Includes()
    {
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (include.Partial is not { } partial)
                continue;
            yield return new(include.Use.Path!.Content, MentionKind.Read, Subject.Prompt(partial.Path));
            var names = new InputNames(partial.Model);
            foreach (Mention given in include.Use.Node.Arguments.SelectMany(a => Given(a, partial.Model.Header.Inputs, names, [])))
                yield return given;
        }
    }

    // An argument, and the keys of an object that is written out for it.
    private IEnumerable<Mention> Given(Argument argument, PromptType type, InputNames names, ImmutableArray<string> path)
    {
        if (argument.Name is not { } name)
            yield break;
        MemberLookup found = MemberLookup.Of(type, name);
        if (YamlNames.Bare(prompt.Document.Text, argument.NameSpan, name) is { } bare)
            yield return new(bare, MentionKind.Value, names.Of(found.Field) ?? names.Input(path.Add(name)));
        foreach (Mention inner in Objects(argument.Value, found.Type).SelectMany(o => o.Made.Entries.SelectMany(e => Given(e, o.Type, names, path.Add(name)))))
            yield return inner;
    }

    private static IEnumerable<(ObjectExpression Made, PromptType Type)> Objects(Expression value, PromptType type) => value switch
    {
        ObjectExpression made => [(made, type)],
        ArrayExpression list => list.Items.SelectMany(i => Objects(i, YamlNames.ItemOf(type))),
        GroupExpression group => Objects(group.Inner, type),
        _ => [],
    };
}
