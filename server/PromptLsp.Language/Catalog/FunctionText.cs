using System.Text;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog;

/// <summary>What there is to say of a function, as Markdown: signature, summary, parameters, an example with its result.</summary>
public static class FunctionText
{
    public static string Of(CatalogFunction function, Notation notation)
    {
        var text = new StringBuilder(Markdown.Block(function.Signature, notation.Fence));
        text.Append("\n\n").Append(function.Summary);
        foreach (FunctionParameter parameter in function.Parameters.Where(p => p.Summary is not null))
            text.Append("\n- `").Append(parameter.Name).Append("` ").Append(parameter.Summary);
        text.Append("\n\n").Append(Markdown.Block(notation.Island(function.Example) + (function.Result is { } result ? "\n→ " + result : ""), notation.Fence));
        return text.ToString();
    }
}
