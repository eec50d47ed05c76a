using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>A dialect whose bodies are not read yet: they are text, and nothing is said of what stands in them.</summary>
public class OpaqueDialect(string name) : Dialect
{
    public override string Name { get; } = name;

    internal override TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier) =>
        new(body, body.IsEmpty ? [] : [new TextNode(body)], [], []) { IsOpaque = true };
}
