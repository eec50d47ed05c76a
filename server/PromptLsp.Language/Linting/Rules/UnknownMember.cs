using PromptLsp.Language.Semantics;
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
            if (use.Status == MemberStatus.Unknown && use.Node.Name.Length > 0)
                yield return Report(prompt, use);
        }
    }

    private static Finding Report(PromptModel prompt, MemberUse use)
    {
        string owner = prompt.Document.Text[use.Node.Target.Span];
        string name = use.Node.Name;
        IEnumerable<string> fields = use.TargetType is ObjectType type ? type.Fields.Select(f => f.Name) : [];
        string? meant = Spelling.Nearest(name, fields);
        var fixes = new List<Fix>();
        if (meant is not null)
            fixes.Add(new($"Change to `{meant}`", new TextEdit(use.Node.NameSpan, meant)));
        if (SchemaEdits.DeclareMember(prompt, use, name) is { } declare)
            fixes.Add(new($"Add `{name}` to the schema of `{owner}`", declare));
        return new(use.Node.NameSpan, meant is not null
            ? $"`{owner}` has no member `{name}`; did you mean `{meant}`?"
            : $"`{owner}` has no member `{name}`{Listed(fields)}") { Fixes = [.. fixes] };
    }

    private static string Listed(IEnumerable<string> fields) =>
        fields.Take(6).ToList() is { Count: > 0 } some ? "; it has " + string.Join(", ", some.Select(f => $"`{f}`")) : "";
}
