using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A file that cannot be read as text, so that nothing else is said of it.</summary>
public sealed class UnreadableFile : Rule
{
    public const string Name = "unreadable-file";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Files;

    public override Severity Default => Severity.Error;

    public override bool IsAboutFiles => true;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) => [];
}
