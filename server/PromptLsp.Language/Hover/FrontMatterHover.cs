using PromptLsp.Language.Catalog;
using PromptLsp.Language.Hover.Yaml;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Hover;

/// <summary>What there is to say of a place between the fences.</summary>
internal static class FrontMatterHover
{
    public static HoverText? At(PromptModel prompt, int offset)
    {
        FrontMatter frontMatter = prompt.Document.FrontMatter;
        return frontMatter.Keys is { } keys && frontMatter.Content.Contains(offset)
            ? new YamlHover(prompt.Document.Text, prompt, offset).At(keys, Keys.FrontMatter)
            : null;
    }
}
