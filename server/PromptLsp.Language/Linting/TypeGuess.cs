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
        List<string> members = [.. MembersOf(prompt, uses).Distinct(StringComparer.Ordinal)];
        if (members.Count > 0)
            return $"{name}: {{ {string.Join(", ", members.Select(m => m + ": string"))} }}";
        if (prompt.Facts.Loops.Find(l => IsName(l.Node.Source, name)) is { Node: var loop })
            return $"{name}(array): {ItemOf(prompt, loop)}";
        if (prompt.Facts.Conditions.Exists(c => IsName(c.Node, name)) && !prompt.Facts.Outputs.Exists(o => IsName(o.Node.Value, name)))
            return $"{name}?: boolean";
        return $"{name}: string";
    }

    private static IEnumerable<string> MembersOf(PromptModel prompt, IReadOnlyList<Reference> uses) =>
        uses.Select(u => prompt.Facts.MemberOf(u)?.Name).OfType<string>().Where(m => m is { Length: > 0 } and not "size");

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
