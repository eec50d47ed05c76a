using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>Something in an evaluation that keeps it from being run.</summary>
public sealed class InvalidEvaluation : Rule
{
    public const string Name = "invalid-evaluation";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Files;

    public override Severity Default => Severity.Error;

    public override bool IsAboutFiles => true;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) => [];
}
