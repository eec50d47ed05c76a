using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A member that a closed object of the schema does not have.</summary>
public sealed class UnknownMember : Rule
{
    public override string Id => "unknown-member";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (MemberUse use in prompt.Facts.Members)
        {
            if (use.Status == MemberStatus.Unknown && use.Node.Name.Length > 0 && !prompt.Facts.AssignedMembers.Contains(use.Node.Name))
                yield return Report(prompt, use.Node.Target, use.TargetType, use.Node.Name, use.Node.NameSpan, SchemaEdits.DeclareMember(prompt, use, use.Node.Name));
        }
        foreach (KeyUse use in prompt.Facts.Keys)
        {
            if (use is { TargetType: ObjectType { IsClosed: true } type, Key: { Value: string { Length: > 0 } name, IsUnclosed: false } } && type.Find(name) is null && !prompt.Facts.AssignedMembers.Contains(name))
                yield return Report(prompt, use.Node.Target, type, name, use.Key.Content, null);
        }
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (Named(call) is { } finding)
                yield return finding;
        }
    }

    // `orders | array.map "pirce"`
    private static Finding? Named(CallUse call)
    {
        if (call.Function?.Name is not ("array.map" or "array.sort") || call.Arguments is not [{ Type: ArrayType { Item: ObjectType { IsClosed: true } item } }, { Value: LiteralExpression { Value: string name, IsUnclosed: false } literal }, ..]
            || name.Length == 0 || item.Fields.IsEmpty || item.Find(name) is not null)
            return null;
        string? meant = Spelling.Nearest(name, item.Fields.Select(f => f.Name));
        return new(literal.Span, meant is null ? $"the items have no member `{name}`{Listed(item.Fields.Select(f => f.Name))}" : $"the items have no member `{name}`; did you mean `{meant}`?")
        {
            Fixes = Fix.ChangeToMeant(name, meant, item.Fields.Select(f => f.Name), literal.Content),
        };
    }

    private static Finding Report(PromptModel prompt, Expression target, PromptType targetType, string name, TextSpan at, TextEdit? declare)
    {
        string owner = prompt.Document.Text[target.Span];
        IEnumerable<string> fields = targetType is ObjectType type ? type.Fields.Select(f => f.Name) : [];
        string? meant = Spelling.Nearest(name, fields);
        var fixes = new List<Fix>(Fix.ChangeToMeant(name, meant, fields, at));
        if (declare is { } edit)
            fixes.Add(new($"Add `{name}` to the schema of `{owner}`", edit));
        return new(at, meant is not null
            ? $"`{owner}` has no member `{name}`; did you mean `{meant}`?"
            : $"`{owner}` has no member `{name}`{Listed(fields)}") { Fixes = [.. fixes] };
    }

    private static string Listed(IEnumerable<string> fields) =>
        fields.Take(6).ToList() is { Count: > 0 } some ? "; it has " + string.Join(", ", some.Select(f => $"`{f}`")) : "";
}
