using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Completion;

/// <summary>What could be typed at a place, likeliest first.</summary>
public static class Completions
{
    public static CompletionList At(PromptModel prompt, int offset) => CompletionList.Empty;
}
