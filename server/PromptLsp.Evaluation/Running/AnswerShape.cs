using System.Text.RegularExpressions;
using PromptLsp.Models.Asking;

namespace PromptLsp.Evaluation.Running;

/// <summary>What an answer looks like from afar, which says that something changed where the text is not kept.</summary>
/// <param name="Length">Characters.</param>
/// <param name="IsRefusal">It begins as refusals do, in English, or the provider held it back.</param>
/// <param name="IsJson">The whole of it is JSON.</param>
public sealed partial record AnswerShape(int Length, bool IsRefusal, bool IsJson)
{
    public static AnswerShape Of(ModelAnswer answer, string text) =>
        new(
            text.Length,
            answer.FinishReason is "content_filter" or "refusal" || Refusal().IsMatch(text),
            text.Length > 0 && AnswerSchema.JsonProblem(text.Trim()) is null
        );

    [GeneratedRegex(
        @"^\s*((i['’]?m|i am) (very |really )?sorry,? (but )?i (can|am)"
            + @"|i (can['’]?t|cannot|am unable to|['’]m unable to|am not able to|won['’]?t) |sorry,? (but )?i can|as an ai\b|unfortunately,? i (can|am not))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        100)]
    private static partial Regex Refusal();
}
