using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A key of the front matter that nothing reads, near one that something does.</summary>
public sealed class UnknownKey : Rule
{
    public override string Id => "unknown-key";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Document.FrontMatter.Keys is { } keys ? KeyFindings.UnknownKeys(Keys.FrontMatter, keys).Where(f => !IsFaultOfTest(prompt, f.Span)) : [];

    // `expects` in a test is an error of `invalid-test`.
    private static bool IsFaultOfTest(PromptModel prompt, TextSpan key) => prompt.Header.Tests.Any(t => t.Faults.Any(f => f.Span == key));
}
