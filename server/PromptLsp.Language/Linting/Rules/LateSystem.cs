using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>A system message behind messages of other roles, where many models ignore it and some services refuse it.</summary>
public sealed class LateSystem : Rule
{
    public override string Id => "late-system";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        string? before = HasPreamble(prompt) ? "the text before the first role, which is a `user` message" : null;
        foreach (MessageStart message in prompt.Facts.Messages)
        {
            if (message.IsConditional || message.Role?.Value is not string role)
                continue;
            if (role == "system" && before is not null)
                yield return new(message.Node.Span, $"this `system` message comes after {before}; move it to the top");
            else if (role is not ("system" or "developer"))
                before ??= $"a `{role}` message";
        }
    }

    // Anything but white space before the first role.
    private static bool HasPreamble(PromptModel prompt)
    {
        if (prompt.Facts.Messages.Count == 0)
            return false;
        int first = prompt.Facts.Messages[0].Node.Span.Start;
        foreach (BodyNode node in prompt.Document.Body.Nodes)
        {
            if (node.Span.Start >= first)
                return false;
            if (node is TextNode && !prompt.Document.Text.Slice(node.Span).IsWhiteSpace())
                return true;
        }
        return false;
    }
}
