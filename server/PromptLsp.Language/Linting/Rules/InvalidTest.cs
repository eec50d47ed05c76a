using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Linting;

/// <summary>A test that asserts nothing, or in which something looks like an assertion and is none.</summary>
public sealed class InvalidTest : Rule
{
    public override string Id => "invalid-test";

    public override RuleGroup Group => RuleGroup.SamplesAndTests;

    public override Severity Default => Severity.Error;

    // What is something else than a map is said by `invalid-value`; of broken YAML, only that it is broken.
    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Document.FrontMatter.Problems.IsEmpty
            ? prompt
                .Header.Tests.Where(t => (t.Node is YamlMapping || t.Node.IsNull()) && IsInList(prompt))
                .SelectMany(t => t.Faults)
                .Select(f => f.ToFinding())
            : [];

    private static bool IsInList(PromptModel prompt) => prompt.Document.FrontMatter.Keys?.Find("tests")?.Value.Resolved() is YamlSequence;
}
