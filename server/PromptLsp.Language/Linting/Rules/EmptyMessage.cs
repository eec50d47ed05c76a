using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>A message that is always empty, and so never sent.</summary>
public sealed class EmptyMessage : Rule
{
    public override string Id => "empty-message";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        CallExpression? opened = null;
        foreach (BodyNode node in prompt.Document.Body.Understood)
        {
            if (node is OutputNode { Value: CallExpression { Kind: CallKind.Role or CallKind.History } call })
            {
                if (opened is not null)
                    yield return Found(opened);
                opened = call.Kind == CallKind.Role ? call : null;
            }
            else if (opened is not null && !WritesNothing(prompt, node))
            {
                opened = null;
            }
        }
        // Behind the end of a partial its includer may go on.
        if (opened is not null && !IsIncluded(prompt))
            yield return Found(opened);
    }

    private static Finding Found(CallExpression role) => new(role.Span, role.Arguments is [{ Value: LiteralExpression { Value: string name } }, ..]
        ? $"this `{name}` message is always empty, so it is never sent; write its text, or remove the role"
        : "this message is always empty, so it is never sent; write its text, or remove the role");

    private static bool WritesNothing(PromptModel prompt, BodyNode node) => node switch
    {
        TextNode => prompt.Document.Text.Slice(node.Span).IsWhiteSpace(),
        CommentNode or AssignNode or CaptureNode or FunctionNode or InlinePartialNode => true,
        _ => false,
    };

    private static bool IsIncluded(PromptModel prompt) => prompt.Environment.IsPartial || prompt.Environment.IncludedBy() is { Count: > 0 };
}
