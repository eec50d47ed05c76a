using PromptLsp.Language.Linting;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// What a prompt means in its environment: the header, what every name refers to, types, messages. Immutable to its readers; each part is
/// worked out when first asked for and then shared.
/// </summary>
public sealed class PromptModel(PromptDocument document, PromptEnvironment environment)
{
    public PromptDocument Document { get; } = document;

    public PromptEnvironment Environment { get; } = environment;

    public PromptHeader Header => field ??= PromptHeader.Read(Document.Text, Document.FrontMatter, Environment);

    /// <summary>What a walk over the body found out.</summary>
    public BodyFacts Facts => field ??= Binder.Bind(this);

    public Suppressions Suppressions => field ??= SuppressionComments.Read(this);

    /// <summary>Names that the body reads and nobody here declares: what an including prompt or a caller must give.</summary>
    public IReadOnlySet<string> FreeNames => field ??= Semantics.FreeNames.Of(this);

    /// <summary>True for a name that is read and that no input, context variable, local or function defines.</summary>
    public bool IsUndefined(Reference reference) =>
        reference is { IsWrite: false, IsCallee: false, Symbol: null }
        && Facts.FunctionOf(reference.Node) is null
        && !Facts.IsNamespace(reference.Node)
        && Facts.Scopes.FindAnywhere(reference.Node.Name) is null
        && !Facts.Scopes.MayBeMember(reference.Span.Start);

    /// <summary>The severity in force: the file's own <c>lint</c>, else the workspace's, else the rule's default.</summary>
    public Severity SeverityOf(Rule rule) =>
        Header.DisabledRules.Contains(rule.Id) ? Severity.Off : Environment.Severities.GetValueOrDefault(rule.Id, rule.Default);
}
