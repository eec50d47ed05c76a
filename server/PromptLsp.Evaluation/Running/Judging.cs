using System.Text.Json;
using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Models;
using PromptLsp.Models.Asking;

namespace PromptLsp.Evaluation.Running;

/// <summary>What a judge is asked to score.</summary>
/// <param name="Question">The messages that were answered, as text.</param>
internal sealed record JudgedAnswer(string Question, object? Input, string Answer);

/// <summary>Has answers scored by a prompt of the workspace.</summary>
internal static class Judging
{
    /// <summary>The score, from 0 to 1. A judge that answers something else is asked once more; what it then does not say is not measured.</summary>
    /// <param name="paid">Is told what each of its answers cost.</param>
    /// <exception cref="ModelException">It gives no score.</exception>
    public static async Task<double> Score(
        AnswerAssertion assertion,
        JudgedAnswer judged,
        RunOptions options,
        PatientAsker asker,
        Action<double> paid,
        CancellationToken cancel
    )
    {
        Side judge = options.Judge?.Invoke(assertion) ?? throw new EvaluationException("no judge can be asked here");
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["answer"] = judged.Answer,
            ["question"] = judged.Question,
            ["input"] = judged.Input,
        };
        RenderedPrompt rendered = Renderer.Render(judge.Prompt, new Inputs { Values = inputs }, RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            throw new EvaluationException(
                $"the rubric `{assertion.Member("rubric")}` does not render: {failure.Reason}; a rubric is given `answer`, `question` and `input`"
            );
        for (int attempt = 0; attempt < 2; attempt++)
        {
            ModelAnswer said = (await asker.Ask(judge, rendered, cancel)).Answer;
            if (AnswerCost.Of(said, rendered.Messages.Select(m => m.Text), judge.Prices, judge.Counter).Cost is { } cost)
                paid(cost.Amount);
            if (ScoreIn(said.Text) is { } score)
                return score;
        }
        throw new ModelException(
            ModelFault.Unreadable,
            $"the judge `{assertion.Member("rubric")}` gives no score; it must answer {{\"score\": 0.7}}, from 0 to 1"
        );
    }

    /// <summary>What a judge gives, as <c>{"score": 0.7}</c> or as a number alone; null for anything else.</summary>
    internal static double? ScoreIn(string text)
    {
        string json = text.Trim();
        if (json.StartsWith("```", StringComparison.Ordinal))
            json = json.Trim('`').Trim() is var inner && inner.StartsWith("json", StringComparison.Ordinal) ? inner[4..] : inner;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement found =
                document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("score", out JsonElement member)
                    ? member
                    : document.RootElement;
            return found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out double score) && score is >= 0 and <= 1 ? score : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
