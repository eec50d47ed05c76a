using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>A loop's variable or a parameter with the name of an input, which it hides while it lasts.</summary>
public sealed class ShadowedInput : Rule
{
    public override string Id => "shadowed-input";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (Field input in prompt.Header.Inputs.Fields)
        {
            foreach (Symbol symbol in prompt.Facts.Scopes.Named(input.Name))
            {
                if (
                    symbol.Kind is SymbolKind.Local or SymbolKind.LoopVariable or SymbolKind.Parameter
                    && symbol.Declaration is { } span
                    && !IsRefinement(prompt, symbol)
                )
                {
                    yield return new(span, $"`{input.Name}` hides the input of that name; give it a name of its own unless that is meant")
                    {
                        Related = input.NameSpan is { } declared ? [new(null, declared, $"the input `{input.Name}`")] : [],
                    };
                    break;
                }
            }
        }
    }

    // name = name | string.strip: the input made better, not another thing under its name.
    private static bool IsRefinement(PromptModel prompt, Symbol symbol)
    {
        FactList<Reference> references = prompt.Facts.References;
        int written = references.FindIndex(r => r.IsWrite && r.Span == symbol.Declaration);
        if (written < 0 || symbol.Kind != SymbolKind.Local)
            return false;
        int line = prompt.Document.Text.LineAt(references[written].Span.Start);
        for (int i = written - 1; i >= 0 && prompt.Document.Text.LineAt(references[i].Span.Start) == line; i--)
        {
            if (!references[i].IsWrite && string.Equals(references[i].Node.Name, symbol.Name, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
