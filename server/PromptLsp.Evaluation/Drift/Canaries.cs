using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Models;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Drift;

/// <summary>Fixed answers, which each judge scores again before it is believed.</summary>
internal static class Canaries
{
    /// <summary>For each judge so many answers, each scored so often.</summary>
    private const int Most = 8, Scores = 3;

    /// <summary>Those of a new baseline, with their scores of today. Where answers are not kept there can be none.</summary>
    public static async Task<(ImmutableArray<Canary> Canaries, double Paid)> Of(
        ImmutableArray<MeasuredAnswer> answers,
        Watched watched,
        RunOptions options,
        CancellationToken cancel
    )
    {
        var canaries = ImmutableArray.CreateBuilder<Canary>();
        using var asker = new PatientAsker(options);
        double paid = 0;
        foreach (var judge in Judges(watched.File))
        {
            MeasuredAnswer[] kept = [.. judge.Rows.Select(row => answers.FirstOrDefault(a => a.Row == row.Id && a.Text is not null)).OfType<MeasuredAnswer>()];
            foreach (MeasuredAnswer answer in kept.Where((_, i) => i * Most / kept.Length != (i - 1) * Most / kept.Length || i == 0))
            {
                EvaluationRow row = watched.File.Rows.First(r => r.Id == answer.Row);
                string question = MessageText.Of(Renderer.Render(watched.Side.Prompt, new Inputs { Values = row.Input }, RenderLimits.Command, cancel));
                var canary = new Canary(judge.Key, row.Id, question, answer.Text!, []);
                canaries.Add(canary with { Scores = [.. await ScoresOf(canary, judge.Assertion, row, options, asker, amount => paid += amount, cancel)] });
            }
        }
        return (canaries.ToImmutable(), paid);
    }

    /// <summary>What the scores of a judge moved by, in one sentence; null where none moved.</summary>
    /// <exception cref="ModelException">A judge gives no score.</exception>
    public static async Task<(string? Judge, double Paid)> Moved(
        ImmutableArray<Canary> canaries,
        EvaluationFile file,
        RunOptions options,
        CancellationToken cancel
    )
    {
        using var asker = new PatientAsker(options);
        double paid = 0;
        foreach (var judge in Judges(file))
        {
            var strata = new List<(double[] Before, double[] Now)>();
            foreach (Canary canary in canaries.Where(c => c.Judge == judge.Key))
            {
                EvaluationRow row = file.Rows.First(r => r.Id == canary.Row);
                strata.Add(([.. canary.Scores], await ScoresOf(canary, judge.Assertion, row, options, asker, amount => paid += amount, cancel)));
            }
            if (strata.Count > 0 && StratifiedShuffle.PValue(strata) is var p && DriftRule.IsAlarm(p))
            {
                double then = strata.Average(s => s.Before.Average()),
                    now = strata.Average(s => s.Now.Average());
                return (
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the judge {judge.Assertion.Member("rubric")} shifted: it gives the same {strata.Count} answers {now:0.00} where it gave "
                            + $"{then:0.00}; what it says of other answers cannot be compared, so nothing is said of the prompt"
                    ),
                    paid
                );
            }
        }
        return (null, paid);
    }

    private static async Task<double[]> ScoresOf(
        Canary canary,
        AnswerAssertion judge,
        EvaluationRow row,
        RunOptions options,
        PatientAsker asker,
        Action<double> paid,
        CancellationToken cancel
    )
    {
        double[] scores = new double[Scores];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = await Judging.Score(judge, new(canary.Question, row.Input, canary.Answer), options, asker, paid, cancel);
        return scores;
    }

    // Each judge once, with the rows whose answers it scores.
    private static IEnumerable<(string Key, AnswerAssertion Assertion, EvaluationRow[] Rows)> Judges(EvaluationFile file) =>
        from row in file.Rows
        from assertion in file.Expect.Concat(row.Expect)
        where assertion.Kind == "judge"
        group (row, assertion) by PlainJson.Text(assertion.Value) into judge
        select (judge.Key, judge.First().assertion, judge.Select(j => j.row).Distinct().ToArray());
}
