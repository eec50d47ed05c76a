using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>What could be typed at a place, likeliest first.</summary>
public static class Completions
{
    public static CompletionList At(PromptModel prompt, int offset) =>
        prompt.Document.OtherFormat is not null ? CompletionList.Empty
        : FrontMatterCompletion.Covers(prompt, offset) ? FrontMatterCompletion.At(prompt, offset)
        : BodyCompletion.At(prompt, offset);

    /// <summary>The same in <c>promptlsp.yaml</c>.</summary>
    public static CompletionList InSettings(SourceText text, int offset) => SettingsCompletion.At(text, offset);
}
