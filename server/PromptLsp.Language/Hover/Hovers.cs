using PromptLsp.Language.Catalog;
using PromptLsp.Language.Hover.Yaml;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>What there is to say about a place.</summary>
public static class Hovers
{
    public static HoverText? At(PromptModel prompt, int offset) =>
        prompt.Document.OtherFormat is not null ? null : FrontMatterHover.At(prompt, offset) ?? BodyHover.At(prompt, offset);

    /// <summary>The same in <c>promptlsp.yaml</c>.</summary>
    public static HoverText? InSettings(SourceText text, int offset) =>
        YamlTree.Parse(text, new(0, text.Length)).Root is { } root ? new YamlHover(text, null, offset).At(root, Keys.Workspace) : null;
}
