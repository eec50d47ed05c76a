using PromptLsp.Language.Completion.Code;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>What could be typed at a place, likeliest first.</summary>
public static class Completions
{
    public static CompletionList At(PromptModel prompt, int offset) => Ordered(
        prompt.Document.OtherFormat is not null ? CompletionList.Empty
        : FrontMatterCompletion.Covers(prompt, offset) ? FrontMatterCompletion.At(prompt, offset)
        : BeginningCompletion.Covers(prompt, offset) ? BeginningCompletion.At(prompt, offset)
        : CodeCursor.At(prompt, offset) is { } code ? CodeCompletion.At(code)
        : TextCompletion.At(prompt, offset));

    /// <summary>The same in <c>promptlsp.yaml</c>.</summary>
    public static CompletionList InSettings(SourceText text, int offset) => Ordered(SettingsCompletion.At(text, offset));

    /// <summary>The same in an evaluation.</summary>
    public static CompletionList InEvaluation(SourceText text, int offset, EvaluationNames names) => Ordered(EvaluationCompletion.At(text, offset, names));

    private static CompletionList Ordered(CompletionList list) =>
        list.Items.Length < 2 ? list : list with { Items = [.. list.Items.OrderBy(i => i.Rank).ThenBy(i => i.Label, StringComparer.Ordinal)] };
}
