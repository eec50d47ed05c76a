using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Dialects;
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
        foreach (RoleBlock block in prompt.Document.Dialect.Grammar.BlockRoles(prompt.Document.Text, prompt.Document.Body.Span))
        {
            string inline = prompt.Notation.Role(block.Role);
            yield return new(block.Open, $"a role is no block: what stands in it is lost; write `{inline}` before it and leave out `{block.End}`")
            {
                Fixes = block.Close is { } close ? [new($"Change to `{inline}`", [new TextEdit(block.Open, inline), new TextEdit(close, "")])] : [],
            };
        }
    }
}
