using PromptLsp.Language.Catalog;
using PromptLsp.Language.Hover.Yaml;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>What there is to say about a place.</summary>
public static class Hovers
{
    public static HoverText? At(PromptModel prompt, int offset, CancellationToken cancel) => At(prompt, offset, null, cancel);

    /// <param name="shown">The values that the person has chosen to see the prompt with; null for the first sample's.</param>
    public static HoverText? At(PromptModel prompt, int offset, SampleChoice? shown, CancellationToken cancel) =>
        prompt.Document.OtherFormat is { } format ? OtherFormatHover(prompt.Document, format, offset)
        : Both(
            RuleHover.At(prompt, offset) ?? FrontMatterHover.At(prompt, offset) ?? BodyHover.At(prompt, offset),
            PreviewHover.At(prompt, offset, shown, cancel));

    private static HoverText? Both(HoverText? said, HoverText? preview) =>
        said is null || preview is null ? said ?? preview : said with { Preview = preview.Preview };

    private static HoverText? OtherFormatHover(PromptDocument document, string format, int offset) =>
        document.Text.LineSpan(document.Text.LineAt(offset)) is { IsEmpty: false } line ? new(line, OtherFormats.Sentence(format)) : null;

    /// <summary>The same in <c>promptlsp.yaml</c>.</summary>
    public static HoverText? InSettings(SourceText text, int offset) =>
        YamlTree.Parse(text, new(0, text.Length)).Root is { } root ? new YamlHover(text, null, offset).At(root, Keys.Workspace) : null;

    /// <summary>The same in an evaluation.</summary>
    /// <param name="prompt">The prompt that it evaluates; null where there is none.</param>
    public static HoverText? InEvaluation(SourceText text, int offset, PromptModel? prompt) =>
        YamlTree.Parse(text, new(0, text.Length)).Root is { } root ? new YamlHover(text, prompt, offset).At(root, Keys.Evaluation) : null;
}
