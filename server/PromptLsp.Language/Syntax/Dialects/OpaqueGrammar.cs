using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>Of a language whose bodies are not read yet: they are text, and nothing is said of what stands in them.</summary>
internal class OpaqueGrammar : Grammar
{
    internal override TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier) =>
        new(body, body.IsEmpty ? [] : [new TextNode(body)], [], []) { IsOpaque = true };
}
