using PromptLsp.Language.Catalog;
using PromptLsp.Language.Hover.Yaml;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>What there is to say about a place.</summary>
public static class Hovers
{
    public static HoverText? At(PromptModel prompt, int offset, CancellationToken cancel) =>
        prompt.Document.OtherFormat is not null ? null
        : FrontMatterHover.At(prompt, offset)
        ?? Both(BodyHover.At(prompt, offset), PreviewHover.At(prompt, offset, cancel));

    private static HoverText? Both(HoverText? said, HoverText? preview) =>
        said is null || preview is null ? said ?? preview : said with { Markdown = $"{said.Markdown}\n\n---\n\n{preview.Markdown}" };

    /// <summary>The same in <c>promptlsp.yaml</c>.</summary>
    public static HoverText? InSettings(SourceText text, int offset) =>
        YamlTree.Parse(text, new(0, text.Length)).Root is { } root ? new YamlHover(text, null, offset).At(root, Keys.Workspace) : null;
}
