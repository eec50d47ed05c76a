using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A key of the front matter that nothing reads, near one that something does.</summary>
public sealed class UnknownKey : Rule
{
    public override string Id => "unknown-key";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Document.FrontMatter.Keys is { } keys ? KeyFindings.UnknownKeys(Keys.FrontMatter, keys) : [];
}
