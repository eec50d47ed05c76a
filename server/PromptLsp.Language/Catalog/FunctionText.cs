using System.Text;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog;

/// <summary>What there is to say of a function, as Markdown: signature, summary, parameters, an example with its result.</summary>
public static class FunctionText
{
    public static string Of(CatalogFunction function)
    {
        var text = new StringBuilder(Markdown.Block(function.Signature, "scriban"));
        text.Append("\n\n").Append(function.Summary);
        foreach (FunctionParameter parameter in function.Parameters.Where(p => p.Summary is not null))
            text.Append("\n- `").Append(parameter.Name).Append("` ").Append(parameter.Summary);
        text.Append("\n\n").Append(Markdown.Block("{{ " + function.Example + " }}" + (function.Result is { } result ? "\n→ " + result : ""), "scriban"));
        return text.ToString();
    }
}
