using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>Guesses from its uses in the body how an undeclared name would be declared.</summary>
public static class TypeGuess
{
    /// <summary>An input: a text, a list, an object of what is read of it, or true and false.</summary>
    /// <param name="uses">Where it is read.</param>
    public static Field Of(PromptModel prompt, string name, IReadOnlyList<Reference> uses)
    {
        // What a sample does without is optional.
        bool isOptional = prompt.Header.IsLeftOut(name);
        if (MembersOf(prompt, uses) is { Count: > 0 } members)
            return new(name, Shape(members), isOptional);
        if (prompt.Facts.Loops.Find(l => IsName(l.Node.Source, name)) is { Node: var loop })
            return new(name, new ArrayType(ItemOf(prompt, loop)), isOptional);
        if (prompt.Facts.Conditions.Exists(c => IsName(c.Node, name)) && !prompt.Facts.Outputs.Exists(o => IsName(o.Node.Value, name)))
            return new(name, PromptType.Boolean, IsOptional: true);
        return new(name, PromptType.String, isOptional);
    }

    /// <summary>A member, by what is read of it.</summary>
    public static Field OfMember(PromptModel prompt, MemberExpression member)
    {
        string path = prompt.Document.Text[member.Span];
        bool isOptional = IsLeftOut(prompt, member);
        if (prompt.Facts.Loops.Find(l => prompt.Document.Text.Slice(l.Node.Source.Span).SequenceEqual(path)) is { Node: var loop })
            return new(member.Name, new ArrayType(ItemOf(prompt, loop)), isOptional);
        var below = prompt.Facts.Members.FindAll(m =>
            m.Node.Name.Length > 0 && m.Node.Name != prompt.Meaning.CountMember && prompt.Document.Text.Slice(m.Node.Target.Span).SequenceEqual(path)
        );
        return new(member.Name, below.Count == 0 ? PromptType.String : Made(below.ConvertAll(m => m.Node.Name)), isOptional);
    }

    // Values that are given already, and do without it or may.
    private static bool IsLeftOut(PromptModel prompt, MemberExpression member)
    {
        IEnumerable<IReadOnlyDictionary<string, object?>> given = prompt
            .Header.Samples.Select(s => s.Values)
            .Concat(prompt.Header.Tests.Select(t => t.Input).OfType<IReadOnlyDictionary<string, object?>>())
            .Append(prompt.Header.Defaults);
        return member.Target is NameExpression owner && prompt.Header.Inputs.Find(owner.Name) is not null
            ? given.Any(values =>
                values.TryGetValue(owner.Name, out object? value) && value is IReadOnlyDictionary<string, object?> made && !made.ContainsKey(member.Name)
            )
            : given.Any(values => values.Count > 0);
    }

    // Members and their members: the use of a member follows that of what it is read of.
    private static Dictionary<string, HashSet<string>> MembersOf(PromptModel prompt, IReadOnlyList<Reference> uses)
    {
        var members = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (Reference use in uses)
        {
            if (prompt.Facts.MemberOf(use) is not { Name.Length: > 0 } member || member.Name == prompt.Meaning.CountMember)
                continue;
            if (!members.TryGetValue(member.Name, out HashSet<string>? below))
                members.Add(member.Name, below = new(StringComparer.Ordinal));
            if (
                use.Members + 1 < prompt.Facts.Members.Count
                && prompt.Facts.Members[use.Members + 1].Node is { Name.Length: > 0 } next
                && next.Name != prompt.Meaning.CountMember
                && next.Target == member
            )
                below.Add(next.Name);
        }
        return members;
    }

    private static ObjectType Shape(Dictionary<string, HashSet<string>> members) =>
        new([.. members.Select(m => new Field(m.Key, m.Value.Count == 0 ? PromptType.String : Made(m.Value)))], null);

    private static PromptType ItemOf(PromptModel prompt, LoopNode loop)
    {
        if (loop.Variable?.Name is not { } item)
            return OfSubject(prompt, loop);
        List<string> members = prompt.Facts.Members
            .FindAll(m => IsName(m.Node.Target, item) && m.Node.Name.Length > 0 && loop.Span.Contains(m.Node.Span))
            .ConvertAll(m => m.Node.Name);
        return members.Count == 0 ? PromptType.String : Made(members);
    }

    // What is read of the item by bare names.
    private static PromptType OfSubject(PromptModel prompt, LoopNode loop)
    {
        List<string> members = prompt
            .Facts.References.FindAll(r =>
                r is { Symbol: null, Node: { Kind: NameKind.Variable, Up: 0 } }
                && loop.Span.Contains(r.Span)
                && prompt.Facts.FunctionOf(r.Node) is null
                && prompt.Facts.Scopes.SubjectAt(r.Span.Start)?.Value == loop
            )
            .ConvertAll(r => r.Node.Name);
        return members.Count == 0 ? PromptType.String : Made(members);
    }

    private static ObjectType Made(IEnumerable<string> members) =>
        new([.. members.Distinct(StringComparer.Ordinal).Select(m => new Field(m, PromptType.String))], null);

    private static bool IsName(Expression expression, string name) =>
        expression is NameExpression { Kind: NameKind.Variable } plain && string.Equals(plain.Name, name, StringComparison.Ordinal);
}
