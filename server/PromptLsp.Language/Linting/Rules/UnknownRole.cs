using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
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
        foreach (
            (LiteralExpression? literal, bool isOwn) in prompt
                .Facts.Messages.Select(m => (Literal: m.Role ?? OfLocal(prompt, m), IsOwn: m.Role is not null))
                .DistinctBy(m => m.Literal?.Span)
        )
        {
            if (literal is not { Value: string name, IsUnclosed: false } || Roles.Find(name) is not null)
                continue;
            string? meant = Foreign(name) ?? Spelling.Nearest(name, Roles.All.Select(r => r.Name).Append("assistant"));
            yield return new(
                literal.Span,
                meant is null
                    ? $"there is no role `{name}`; the roles are {string.Join(", ", Roles.All.Select(r => $"`{r.Name}`"))}"
                    : $"there is no role `{name}`; did you mean `{meant}`?"
            )
            {
                Severity = prompt.Meaning.TakesRole(name) ? Severity.Warning : Severity.Off,
                // A local may be used elsewhere, too.
                Fixes = meant is null ? [] : [Fix.ChangeTo(meant, literal.Content) with { IsSafe = isOwn }],
            };
        }
    }

    private static string? Foreign(string name) => name.ToLowerInvariant() switch
    {
        "human" => "user",
        "ai" or "bot" => "model",
        "sys" => "system",
        _ => null,
    };

    // `speaker = "sytem"`, where nothing else is assigned to it: `role speaker`.
    private static LiteralExpression? OfLocal(PromptModel prompt, MessageStart message) =>
        message.Node.First is NameExpression name
        && prompt.Facts.Scopes.Find(name) is { Kind: SymbolKind.Local, MadeOf: [LiteralExpression { Value: string } literal] }
            ? literal
            : null;
}
