using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What names and members that nobody declares must hold, by what the body does with them.</summary>
public sealed class TypesByUse
{
    private readonly PromptModel _prompt;
    private readonly TextSpan? _except;
    private readonly Dictionary<(string Name, Symbol? Means), Use> _names = [];

    private TypesByUse(PromptModel prompt, TextSpan? except)
    {
        _prompt = prompt;
        _except = except;
        Read(prompt.Facts);
    }

    internal static TypesByUse Of(PromptModel prompt) => new(prompt, null);

    /// <summary>The same without the word that is being typed, which says nothing of itself yet.</summary>
    internal static TypesByUse Without(PromptModel prompt, TextSpan? typed) => new(prompt, typed);

    /// <summary>The names that mean nothing anywhere in the prompt: what it must be given.</summary>
    internal IEnumerable<(string Name, PromptType Type)> Undeclared =>
        _names.Where(n => n.Key.Means is null && _prompt.Facts.Scopes.FindAnywhere(n.Key.Name) is null).Select(n => (n.Key.Name, n.Value.Type));

    /// <summary>How an undeclared name would be declared as an input. What a sample does without is optional.</summary>
    public Field Input(string name) => Declared(name, _names.GetValueOrDefault((name, null)), _prompt.Header.IsLeftOut(name));

    /// <summary>How a member that its owner's schema does not have would be declared there.</summary>
    public Field Member(MemberExpression member) => Declared(member.Name, UseOf(member), IsLeftOut(member));

    // Words that it is compared with are some that it may be, not all; and of members nothing says that there are others.
    private static Field Declared(string name, Use? use, bool isOptional)
    {
        PromptType type = use?.Type ?? PromptType.String;
        return new(name, Closed(type), isOptional || type.Equals(PromptType.Boolean));
    }

    private static PromptType Closed(PromptType type) => type switch
    {
        ObjectType made => new ObjectType([.. made.Fields.Select(f => f with { Type = Closed(f.Type), IsOptional = f.Type.Equals(PromptType.Boolean) })], null),
        ArrayType list => new ArrayType(Closed(list.Item)),
        EnumType => PromptType.String,
        _ => type,
    };

    // Values that are given already, and do without it or may.
    private bool IsLeftOut(MemberExpression member)
    {
        PromptHeader header = _prompt.Header;
        IEnumerable<IReadOnlyDictionary<string, object?>> given = header
            .Samples.Select(s => s.Values)
            .Concat(header.Tests.Select(t => t.Input).OfType<IReadOnlyDictionary<string, object?>>())
            .Append(header.Defaults);
        return member.Target is NameExpression owner && header.Inputs.Find(owner.Name) is not null
            ? given.Any(values =>
                values.TryGetValue(owner.Name, out object? value) && value is IReadOnlyDictionary<string, object?> made && !made.ContainsKey(member.Name)
            )
            : given.Any(values => values.Count > 0);
    }

    private void Read(BodyFacts facts)
    {
        foreach (Reference reference in facts.References)
        {
            if (reference is { IsWrite: false, IsCallee: false, Symbol: null, Node.Kind: NameKind.Variable or NameKind.Context })
                UseOf(reference.Node);
        }
        foreach (LoopUse loop in facts.Loops)
        {
            if (UseOf(loop.Node.Source) is { } list)
                list.Item ??= new();
        }
        foreach (MemberUse member in facts.Members)
            UseOf(member.Node);
        foreach (ComparisonUse comparison in facts.Comparisons)
        {
            if (comparison.Right is LiteralExpression { Value: string value } literal && !IsExcepted(literal.Span) && UseOf(comparison.Left) is { } compared)
                compared.Choices.Add(value);
        }
        foreach (ConditionUse condition in facts.Conditions)
        {
            if (UseOf(condition.Node) is { } asked)
                asked.IsCondition = true;
        }
        foreach (OutputUse output in facts.Outputs)
        {
            if (UseOf(output.Node.Value) is { } written)
                written.IsWritten = true;
        }
    }

    private bool IsExcepted(TextSpan span) => _except is { } except && span.Start <= except.End && except.Start <= span.End;

    // Null for what is no name, nor a part of what one holds.
    private Use? UseOf(Expression expression) => expression switch
    {
        NameExpression name => OfName(name),
        MemberExpression { Name.Length: > 0 } member when member.Name != _prompt.Meaning.CountMember && !_prompt.Facts.IsNamespace(member.Target) =>
            OfMember(member),
        GroupExpression group => UseOf(group.Inner),
        _ => null,
    };

    private Use? OfMember(MemberExpression member) =>
        IsExcepted(member.NameSpan) ? UseOf(member.Target)
        : _prompt.Facts.Scopes.AsInput(member) is { } input ? OfName(input)
        : UseOf(member.Target)?.Member(member.Name);

    private Use? OfName(NameExpression name)
    {
        if (IsExcepted(name.Span))
            return null;
        Scopes scopes = _prompt.Facts.Scopes;
        if (scopes.Find(name) is { } symbol)
            return OfSymbol(symbol);
        if (name.Kind is not (NameKind.Variable or NameKind.Context) || _prompt.Facts.FunctionOf(name) is not null || _prompt.Facts.IsNamespace(name))
            return null;
        return scopes.SubjectOf(name) is { Scope.Start: > 0 } subject ? OfSymbol(subject)?.Member(name.Name) : Named(name.Name, null);
    }

    // An item of a list, and what a block makes its subject, are parts of what they are made of.
    private Use? OfSymbol(Symbol symbol) => symbol switch
    {
        { IsOfLoop: true, MadeOf: [Expression source] } => UseOf(source) is { } list ? list.Item ??= new() : null,
        { Kind: SymbolKind.Subject or SymbolKind.LoopVariable } => symbol.MadeOf is [Expression source] ? UseOf(source) : null,
        _ => Named(symbol.Name, symbol),
    };

    private Use Named(string name, Symbol? means)
    {
        if (!_names.TryGetValue((name, means), out Use? use))
            _names.Add((name, means), use = new());
        return use;
    }

    /// <summary>What is done with a name or a part of what it holds.</summary>
    private sealed class Use
    {
        private readonly Dictionary<string, Use> _members = new(StringComparer.Ordinal);

        public Use? Item { get; set; }

        public bool IsCondition { get; set; }

        public bool IsWritten { get; set; }

        public SortedSet<string> Choices { get; } = new(StringComparer.Ordinal);

        public PromptType Type =>
            Item is not null ? new ArrayType(Item.Type)
            : _members.Count > 0 ? new ObjectType([.. _members.Select(m => new Field(m.Key, m.Value.Type))], PromptType.Any)
            : Choices.Count > 0 ? new EnumType([.. Choices])
            : IsCondition && !IsWritten ? PromptType.Boolean
            : PromptType.String;

        public Use Member(string name)
        {
            if (!_members.TryGetValue(name, out Use? member))
                _members.Add(name, member = new());
            return member;
        }
    }
}
