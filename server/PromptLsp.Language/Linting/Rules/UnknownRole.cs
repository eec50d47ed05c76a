using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A message of a role that does not exist.</summary>
public sealed class UnknownRole : Rule
{
    public override string Id => "unknown-role";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (MessageStart message in prompt.Facts.Messages)
        {
            if (message.Role is not { Value: string name, IsUnclosed: false } literal || Roles.Find(name) is not null)
                continue;
            string? meant = Spelling.Nearest(name, Roles.All.Select(r => r.Name).Append("assistant"));
            yield return new(literal.Span, meant is null
                ? $"there is no role `{name}`; the roles are {string.Join(", ", Roles.All.Select(r => $"`{r.Name}`"))}"
                : $"there is no role `{name}`; did you mean `{meant}`?")
            {
                Fixes = meant is null ? [] : [Fix.ChangeTo(meant, literal.Content) with { IsSafe = true }],
            };
        }
    }
}
