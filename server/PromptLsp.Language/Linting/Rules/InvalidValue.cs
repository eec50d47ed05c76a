using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A value of the front matter that its key does not take.</summary>
public sealed class InvalidValue : Rule
{
    public override string Id => "invalid-value";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Document.FrontMatter.Keys is { } keys ? KeyFindings.InvalidValues(prompt.Document.Text, Keys.FrontMatter, keys, InputNames(prompt)) : [];

    // What the application gives may come from outside as well.
    private static HashSet<string>? InputNames(PromptModel prompt) =>
        prompt.Header is { DeclaresInputs: true, Inputs.IsClosed: true } header
            ? [.. header.Inputs.Fields.Select(f => f.Name), .. prompt.Environment.Context.Select(c => c.Name)]
            : null;
}
