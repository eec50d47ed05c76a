using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A schema that its readers do not understand.</summary>
public sealed class InvalidSchema : Rule
{
    public override string Id => "invalid-schema";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Header.SchemaProblems.Select(p => p.ToFinding());
}
