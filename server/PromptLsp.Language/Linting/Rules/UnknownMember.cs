using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A member that a closed object of the schema does not have.</summary>
public sealed class UnknownMember : Rule
{
    public const string Name = "unknown-member";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (MemberUse use in prompt.Facts.Members)
        {
            if (DashedMember.Of(prompt, use) is { } dashed)
                yield return Dashed(prompt, use, dashed);
            else if (use.Status == MemberStatus.Unknown && use.Node.Name.Length > 0 && !prompt.Facts.AssignedMembers.Contains(use.Node.Name))
                yield return Report(
                    prompt,
                    use.Node.Target,
                    use.TargetType,
                    use.Node.Name,
                    use.Node.NameSpan,
                    meant => Fix.ChangeTo(meant, use.Node, prompt.Notation),
                    Declare(prompt, use.Node.Target, use.TargetType, prompt.TypesByUse.Member(use.Node))
                );
        }
        foreach (KeyUse use in prompt.Facts.Keys)
        {
            if (
                use is { TargetType: ObjectType { IsClosed: true } type, Key: { Value: string { Length: > 0 } name, IsUnclosed: false } }
                && type.Find(name) is null
                && !prompt.Facts.AssignedMembers.Contains(name)
            )
                yield return Report(
                    prompt,
                    use.Node.Target,
                    type,
                    name,
                    use.Key.Content,
                    meant => Fix.ChangeTo(meant, use.Key.Content),
                    Declare(prompt, use.Node.Target, type, new(name, PromptType.String))
                );
        }
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (Named(prompt, call) is { } finding)
                yield return finding;
        }
    }

    private static Finding Dashed(PromptModel prompt, MemberUse use, string name)
    {
        string owner = prompt.Document.Text[use.Node.Target.Span], better = prompt.Notation.Member(name);
        TextSpan span = new(use.Node.NameSpan.Start, name.Length);
        return new(span, $"`{name}` reads as a subtraction; write `{owner}{better}`")
        {
            Fixes = [new($"Change to `{owner}{better}`", new TextEdit(TextSpan.FromBounds(use.Node.Target.Span.End, span.End), better))],
        };
    }

    private static Fix? Declare(PromptModel prompt, Expression target, PromptType targetType, Field member)
    {
        if (targetType is not ObjectType owner || !FittingValue.IsPlain(member.Name))
            return null;
        string title = $"Add `{member.Name}` to the schema of `{prompt.Document.Text[target.Span]}`";
        if (SchemaEdits.DeclareMember(prompt, target, owner, member) is { IsEmpty: false } edits)
            return new(title, edits);
        return SchemaEdits.DeclareNamedMember(prompt, owner, member) is { } named ? new(title, []) { OtherFile = named } : null;
    }

    // `orders | array.map "pirce"`
    private static Finding? Named(PromptModel prompt, CallUse call)
    {
        if (
            call.Function is not { Parameters: [_, { Content: ParameterContent.MemberOfItem }, ..] }
            || call.Arguments
                is not [
                    { Type: ArrayType { Item: ObjectType { IsClosed: true } item }, Value: var list },
                    { Value: LiteralExpression { Value: string name, IsUnclosed: false } literal },
                    ..,
                ]
            || name.Length == 0
            || item.Fields.IsEmpty
            || item.Find(name) is not null
        )
            return null;
        string? meant = Spelling.Nearest(name, item.Fields.Select(f => f.Name));
        return new(
            literal.Span,
            meant is null
                ? $"the items have no member `{name}`{Listed(item.Fields.Select(f => f.Name))}"
                : $"the items have no member `{name}`; did you mean `{meant}`?"
        )
        {
            Fixes =
            [
                .. Fix.ChangeToMeant(name, meant, item.Fields.Select(f => f.Name), literal.Content),
                .. Declare(prompt, list, item, new(name, PromptType.String)) is { } declare ? [declare] : Array.Empty<Fix>(),
            ],
        };
    }

    private static Finding Report(
        PromptModel prompt,
        Expression target,
        PromptType targetType,
        string name,
        TextSpan at,
        Func<string, Fix> change,
        Fix? declare
    )
    {
        string owner = prompt.Document.Text[target.Span];
        IEnumerable<string> fields = targetType is ObjectType type ? type.Fields.Select(f => f.Name) : [];
        string? meant = Spelling.Nearest(name, fields);
        var fixes = new List<Fix>(meant is null ? [] : [change(meant) with { IsSafe = Spelling.IsSure(name, meant, fields) }]);
        if (declare is not null)
            fixes.Add(declare);
        return new(at, meant is not null
            ? $"`{owner}` has no member `{name}`; did you mean `{meant}`?"
            : $"`{owner}` has no member `{name}`{Listed(fields)}") { Fixes = [.. fixes] };
    }

    private static string Listed(IEnumerable<string> fields) =>
        fields.Take(6).ToList() is { Count: > 0 } some ? "; it has " + string.Join(", ", some.Select(f => $"`{f}`")) : "";
}
