using System.Text;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What there is to say of a partial, as Markdown: its path, what it is for, and what it takes.</summary>
public static class PartialText
{
    public static string Of(Partial partial)
    {
        PromptHeader header = partial.Model.Header;
        var text = new StringBuilder("**").Append(Markdown.Escape(partial.Path)).Append("**");
        if (!string.IsNullOrWhiteSpace(header.Description))
            text.Append("\n\n").Append(Markdown.Escape(header.Description));
        foreach (Field input in header.Inputs.Fields)
        {
            text.Append("\n- ").Append(Markdown.Code(input.Name)).Append(' ').Append(Markdown.Escape(input.Type.Display));
            if (input.IsOptional || header.Defaults.ContainsKey(input.Name))
                text.Append(", optional");
            if (input.Description is { } description)
                text.Append(": ").Append(Markdown.Escape(description));
        }
        return text.ToString();
    }
}
