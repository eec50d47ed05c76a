using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What the inputs of a prompt that does not declare them must be like, by what its body does with them.</summary>
internal sealed class TypesByUse
{
    private readonly Dictionary<string, Use> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<TextSpan, LoopNode> _loops = [];

    private readonly TextSpan? _except;

    private TypesByUse(TextSpan? except) => _except = except;

    /// <param name="except">A word that does not count.</param>
    public static IEnumerable<(string Name, PromptType Type)> Of(PromptModel prompt, TextSpan? except = null)
    {
        var types = new TypesByUse(except);
        types.Read(prompt.Facts);
        return types._inputs.Select(u => (u.Key, u.Value.Type));
    }

    private void Read(BodyFacts facts)
    {
        foreach (Reference reference in facts.References)
        {
            if (reference is { IsWrite: false, IsCallee: false, Symbol: null, Node.Kind: NameKind.Variable or NameKind.Context })
                UseOf(reference.Node, facts);
        }
        foreach (LoopUse loop in facts.Loops)
        {
            if (loop.Node.Variable is { } variable)
                _loops[variable.Span] = loop.Node;
            if (UseOf(loop.Node.Source, facts) is { } list)
                list.Item ??= new();
        }
        foreach (MemberUse member in facts.Members)
            UseOf(member.Node, facts);
        foreach (ComparisonUse comparison in facts.Comparisons)
        {
            if (
                comparison.Right is LiteralExpression { Value: string value } literal
                && !IsExcepted(literal.Span)
                && UseOf(comparison.Left, facts) is { } compared
            )
                compared.Choices.Add(value);
        }
        foreach (ConditionUse condition in facts.Conditions)
        {
            if (UseOf(condition.Node, facts) is { } asked)
                asked.IsCondition = true;
        }
        foreach (OutputUse output in facts.Outputs)
        {
            if (UseOf(output.Node.Value, facts) is { } written)
                written.IsWritten = true;
        }
    }

    private bool IsExcepted(TextSpan span) => _except is { } except && span.Start <= except.End && except.Start <= span.End;

    // Null for what is no input, nor a part of one.
    private Use? UseOf(Expression expression, BodyFacts facts) =>
        expression switch
        {
            NameExpression name => OfName(name, facts),
            MemberExpression { Name.Length: > 0 } member when member.Name != facts.Scopes.Meaning.CountMember && !facts.IsNamespace(member.Target) =>
                IsExcepted(member.NameSpan) ? UseOf(member.Target, facts) : UseOf(member.Target, facts)?.Member(member.Name),
            GroupExpression group => UseOf(group.Inner, facts),
            _ => null,
        };

    private Use? OfName(NameExpression name, BodyFacts facts)
    {
        if (name.Kind is not (NameKind.Variable or NameKind.Context) || IsExcepted(name.Span))
            return null;
        Symbol? symbol = facts.Scopes.Find(name);
        if (symbol is { Kind: SymbolKind.LoopVariable, Declaration: { } declared } && _loops.TryGetValue(declared, out LoopNode? loop))
            return UseOf(loop.Source, facts)?.Item;
        if (symbol is not null || facts.FunctionOf(name) is not null || facts.IsNamespace(name) || facts.Scopes.FindAnywhere(name.Name) is not null)
            return null;
        if (!_inputs.TryGetValue(name.Name, out Use? use))
            _inputs.Add(name.Name, use = new());
        return use;
    }

    /// <summary>What is done with an input or a part of it.</summary>
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
