using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Completion;

/// <summary>What could be typed at a place, likeliest first.</summary>
public static class Completions
{
    public static CompletionList At(PromptModel prompt, int offset) =>
        prompt.Document.OtherFormat is not null || offset < prompt.Document.FrontMatter.Span.End && prompt.Document.FrontMatter.Exists
            ? CompletionList.Empty
            : BodyCompletion.At(prompt, offset);
}
