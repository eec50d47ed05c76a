using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>A role that an untrusted input chooses.</summary>
public sealed class UntrustedRole : Rule
{
    public override string Id => "untrusted-role";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Header.Untrusted.Count == 0)
            yield break;
        foreach (MessageStart message in prompt.Facts.Messages)
        {
            if (message.Role is null && message.Node.First is { } role && Chooses(prompt, role))
                yield return Finding(prompt, role);
        }
        foreach (CallUse call in prompt.Facts.Calls)
        {
            foreach (Expression given in call.OwnFunction?.Value is FunctionNode function ? RolesGiven(prompt, call, function) : [])
                yield return Finding(prompt, given);
        }
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            foreach (Expression given in RolesGiven(prompt, include))
                yield return Finding(prompt, given);
        }
    }

    private static Finding Finding(PromptModel prompt, Expression role) =>
        new(
            role.Span,
            $"`{prompt.Document.Text[role.Span]}` comes from outside, and whoever sends it chooses the role of this message, `system` too; write "
                + "the role yourself"
        );

    // One of some words is chosen freely only where one of them gives orders.
    private static bool Chooses(PromptModel prompt, Expression role) =>
        prompt.Facts.IsUntrusted(role) && (prompt.Facts.TypeOf(role) is not EnumType words || words.Values.Any(ComputedRole.GivesOrders));

    // What a call gives for parameters that become roles in its function.
    private static IEnumerable<Expression> RolesGiven(PromptModel prompt, CallUse call, FunctionNode function)
    {
        HashSet<string> roles = [.. RolesIn(prompt, m => function.Span.Contains(m.Node.Span.Start))];
        ImmutableArray<Parameter> parameters = function.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (roles.Contains(parameters[i].Name) && ComputedRole.GivenFor(call, parameters[i].Name, i) is { } given && Chooses(prompt, given))
                yield return given;
        }
    }

    private static IEnumerable<Expression> RolesGiven(PromptModel prompt, Inclusion include)
    {
        if (include.Partial is not { } partial)
            return [];
        HashSet<string> roles = [.. RolesIn(partial.Model, static _ => true)];
        return include.Use.Node.Arguments.Where(a => a.Name is { } name && roles.Contains(name) && Chooses(prompt, a.Value)).Select(a => a.Value);
    }

    private static IEnumerable<string> RolesIn(PromptModel prompt, Func<MessageStart, bool> isMeant) =>
        prompt
            .Facts.Messages.Where(m => m.Role is null && m.Node.First is not null && isMeant(m))
            .SelectMany(m => Taint.SourcesOf(m.Node.First!, prompt.Facts.Scopes))
            .Select(n => n.Name);
}
