using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>The last environment holds another text of the prompt.</summary>
public sealed class EnvironmentBehind : Rule
{
    public override string Id => "environment-behind";

    public override RuleGroup Group => RuleGroup.Releases;

    public override Severity Default => Severity.Off;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Environment.Released() is { Running: { } running } released && running != prompt.Document.Text.Content)
            yield return new(
                prompt.Document.FrontMatter.OpenFence ?? prompt.Document.Text.LineSpan(0),
                $"`{released.Tag}` holds another text of this prompt; promote this one, or leave it until it is ready"
            );
    }
}
