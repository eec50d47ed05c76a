using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A role written as a block, whose content the reference engine drops without a word.</summary>
public sealed class BlockRole : Rule
{
    public override string Id => "block-role";

    public override RuleGroup Group => RuleGroup.Messages;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        TemplateBody body = prompt.Document.Body;
        foreach (MessageStart message in prompt.Facts.Messages)
        {
            if (BlockOf(body, message.Node) is not { } block || body.IslandAt(block.KeywordSpan.Start) is not { } open)
                continue;
            string role = message.Role?.Value as string ?? "",
                inline = prompt.Notation.Role(role);
            TextSpan? close = block.CloseSpan is { } end ? body.IslandAt(end.Start) : null;
            string says = prompt.Notation.EndOf(block) is { } name ? $"; write `{inline}` before it and leave out `{prompt.Notation.Island(name)}`" : "";
            yield return new(open, $"a role is no block: what stands in it is lost{says}")
            {
                Fixes =
                    close is { } last && message.Role is not null ? [new($"Change to `{inline}`", [new TextEdit(open, inline), new TextEdit(last, "")])] : [],
            };
        }
    }

    private static CallBlockNode? BlockOf(TemplateBody body, CallExpression call) =>
        body.PathTo(call.Span.Start).OfType<CallBlockNode>().LastOrDefault() is { } block && block.Call == call ? block : null;
}
