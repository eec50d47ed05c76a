using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>An input or a local with the name of a context variable, which it hides.</summary>
public sealed class ShadowedContext : Rule
{
    public override string Id => "shadowed-context";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (ContextVariable variable in prompt.Environment.Context)
        {
            foreach (Symbol symbol in prompt.Facts.Scopes.Named(variable.Name))
            {
                if (
                    symbol.Kind is SymbolKind.Input or SymbolKind.Local or SymbolKind.LoopVariable or SymbolKind.Parameter
                    && symbol is { Declaration: { } span, DeclaredIn: null }
                )
                {
                    yield return new(span, $"`{variable.Name}` hides the context variable of that name; rename it unless that is meant")
                    {
                        Related = variable is { Source: { } file, NameSpan: { } declared }
                            ? [new(file, declared, $"the context variable `{variable.Name}`")]
                            : [],
                    };
                    break;
                }
            }
        }
    }
}
