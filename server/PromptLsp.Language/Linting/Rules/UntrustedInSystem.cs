using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>An untrusted input in a system or developer message, whose words the model takes for orders.</summary>
public sealed class UntrustedInSystem : Rule
{
    public override string Id => "untrusted-in-system";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Header.Untrusted.Count == 0)
            yield break;
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (output.Role is "system" or "developer" && prompt.Facts.IsUntrusted(output.Node.Value))
                yield return new(output.Node.Span, $"`{prompt.Document.Text[output.Node.Span]}` comes from outside and stands in a `{output.Role}` message, whose words are orders; move it to a `user` message");
        }
        foreach (IncludeUse include in prompt.Facts.Includes)
        {
            if (include.Role is "system" or "developer" && Carried(prompt, include) is { } name)
                yield return new(include.Node.Span, $"this partial puts `{name}`, which comes from outside, into a `{include.Role}` message; include it in a `user` message");
        }
    }

    // An argument that is made of an untrusted input, or one that a partial without parameters reads by itself.
    private static string? Carried(PromptModel prompt, IncludeUse include)
    {
        foreach (Argument argument in include.Node.Arguments)
        {
            if (argument.Name is { } name && prompt.Facts.IsUntrusted(argument.Value))
                return name;
        }
        return include.Path?.Value is string path && prompt.Environment.Include(path).Found is { Model: { Header.DeclaresInputs: false } partial }
            ? prompt.Header.Untrusted.FirstOrDefault(partial.FreeNames.Contains)
            : null;
    }
}
