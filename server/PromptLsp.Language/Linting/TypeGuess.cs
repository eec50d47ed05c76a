using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>Guesses from its uses in the body how an undeclared name would be declared.</summary>
public static class TypeGuess
{
    /// <summary>A line of Picoschema: <c>name: string</c>, <c>items(array): string</c>, <c>user: { name: string }</c>.</summary>
    /// <param name="uses">Where it is read.</param>
    public static string Of(PromptModel prompt, string name, IReadOnlyList<Reference> uses)
    {
        // What a sample does without is optional.
        string declared = prompt.Header.IsLeftOut(name) ? name + "?" : name;
        if (MembersOf(prompt, uses) is { Count: > 0 } members)
            return $"{declared}: {Shape(members)}";
        if (prompt.Facts.Loops.Find(l => IsName(l.Node.Source, name)) is { Node: var loop })
            return $"{declared}(array): {ItemOf(prompt, loop)}";
        if (prompt.Facts.Conditions.Exists(c => IsName(c.Node, name)) && !prompt.Facts.Outputs.Exists(o => IsName(o.Node.Value, name)))
            return $"{name}?: boolean";
        return $"{declared}: string";
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
            if (use.Members + 1 < prompt.Facts.Members.Count && prompt.Facts.Members[use.Members + 1].Node is { Name.Length: > 0 } next && next.Name != prompt.Meaning.CountMember && next.Target == member)
                below.Add(next.Name);
        }
        return members;
    }

    private static string Shape(Dictionary<string, HashSet<string>> members) =>
        $"{{ {string.Join(", ", members.Select(m => m.Value.Count == 0 ? m.Key + ": string" : $"{m.Key}: {{ {string.Join(", ", m.Value.Select(b => b + ": string"))} }}"))} }}";

    private static string ItemOf(PromptModel prompt, LoopNode loop)
    {
        if (loop.Variable?.Name is not { } item)
            return "string";
        List<string> members = [.. prompt.Facts.Members
            .FindAll(m => IsName(m.Node.Target, item) && m.Node.Name.Length > 0 && loop.Span.Contains(m.Node.Span))
            .ConvertAll(m => m.Node.Name).Distinct(StringComparer.Ordinal)];
        return members.Count == 0 ? "string" : $"{{ {string.Join(", ", members.Select(m => m + ": string"))} }}";
    }

    private static bool IsName(Expression expression, string name) =>
        expression is NameExpression { Kind: NameKind.Variable } plain && string.Equals(plain.Name, name, StringComparison.Ordinal);
}
