using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>How bodies in Scriban are read.</summary>
internal sealed class ScribanGrammar : Grammar
{
    internal override TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier) => ScribanParser.Parse(text, body, earlier);
}
