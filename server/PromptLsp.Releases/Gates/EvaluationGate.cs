using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Results;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace.Settings;
using Verdicts = PromptLsp.Evaluation.Statistics.Gate;

namespace PromptLsp.Releases.Gates;

/// <summary>Whether a release does as well as what runs there now, by an evaluation: decided from the outcome of each row, as `eval` decides.</summary>
/// <param name="File">The evaluation as it counts here.</param>
/// <param name="Now">What runs there now; null where nothing does.</param>
internal sealed record EvaluationGate(RequiredEvaluation Required, EvaluationFile File, string MeasuredPrompt, ReleaseContent Content, ReleaseContent? Now)
{
    private const string Name = "evaluation";

    // More of them are in the record, and in the report of the evaluation.
    private const int MostRowsNamed = 5;

    private string Of => Required.Of;

    /// <summary>What can be said without any answer; null where answers decide.</summary>
    public Gate? WithoutAnswers() =>
        File.Problems is [var problem, ..] ? Shut(Plain.Line(problem, 300))
        : MeasuredPrompt != Content.Prompt ? new(Name, true, $"`{Of}` measures `{Plain.Line(MeasuredPrompt, 200)}`, and not this prompt")
        : Content.Model.Header.Model is null ? Shut($"`{Content.Prompt}` names no model, so that nobody's answers count; name it under `model`")
        : Now is { } now && now.Model.Header.Model != Content.Model.Header.Model
            ? Shut($"{Of}: not compared, since the model changed too; whoever the policy lists under `override` can say that it may")
        : Now is { } before && Side.ParametersOf(before.Model) != Side.ParametersOf(Content.Model)
            ? Shut(
                $"{Of}: not compared, since the model's parameters (`config`) changed too; change them back, or let somebody listed under `override` "
                    + "say that they may"
            )
        : null;

    /// <summary>The runs of one side that would count.</summary>
    public MeasuredContent Measured(ReleaseContent side) => new(
        Of,
        side.EffectiveFingerprint,
        Content.Model.Header.Model!,
        Side.ParametersOf(Content.Model),
        File.DataHash,
        File.AssertionsHash,
        File.Repeat);

    public EvaluationEvidence Evidence(ILookup<string, MeasuredAnswer> now, ILookup<string, MeasuredAnswer>? before) => new(
        Of,
        File.DataHash,
        File.AssertionsHash,
        Content.EffectiveFingerprint,
        Now?.EffectiveFingerprint,
        Content.Model.Header.Model!,
        Sha256.Hex(Side.ParametersOf(Content.Model)),
        File.Repeat,
        File.Rows.ToImmutableSortedDictionary(
            r => r.Id,
            r => new RowEvidence(Tally(now[r.Id]), before is null ? null : Tally(before[r.Id])),
            StringComparer.Ordinal
        )
    );

    // Without scores in what decides, they would say more than is needed.
    private RowTally Tally(IEnumerable<MeasuredAnswer> answers) =>
        RowTally.Of([.. answers]) is var tally && File.Primary == Metric.Score ? tally : tally with { Score = 0 };

    /// <summary>Whether evidence speaks of all this, and what it shows.</summary>
    public Gate Judge(EvaluationEvidence evidence) => Mismatch(evidence) is { } why ? Shut($"{Of}: {why}") : Verdict(evidence);

    private string? Mismatch(EvaluationEvidence evidence) =>
        evidence.Data != File.DataHash ? "what was measured were other rows; a change of the evaluation comes first, in a change of its own"
        : evidence.Assertions != File.AssertionsHash || evidence.Repeat != File.Repeat
            ? "the answers were held against something else; a change of the evaluation comes first, in a change of its own"
        : evidence.Candidate != Content.EffectiveFingerprint ? "what was measured is not this release"
        : evidence.Baseline != Now?.EffectiveFingerprint ? "what it was compared with is not what runs there now"
        : evidence.Model != Content.Model.Header.Model || evidence.Parameters != Sha256.Hex(Side.ParametersOf(Content.Model))
            ? "another model was asked, or with other parameters"
        : !evidence.Rows.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(File.Rows.Select(r => r.Id)) ? "its rows are not those of the evaluation"
        : evidence.Rows.Values.Any(r => r.Now.Answers != File.Repeat || (Now is null ? r.Before is not null : r.Before?.Answers != File.Repeat))
            ? "not every row has all its answers"
        : null;

    private Gate Verdict(EvaluationEvidence evidence)
    {
        string[] failing = [.. File.Rows.Where(r => File.MustPassRow(r) && evidence.Rows[r.Id].Now is var now && now.Passed < now.Answers).Select(r => r.Id)];
        if (failing.Length > 0)
            return Shut($"{Of}: what must pass does not: {Named(failing)}");
        RowPair[] pairs = [.. File.Rows.Select(r => evidence.Rows[r.Id]).Where(r => r.Before is not null).Select(r => new RowPair(r.Before!.Value, r.Now))];
        if (RowPair.Compare(pairs, File) is not { } comparison)
        {
            int passed = evidence.Rows.Values.Count(r => r.Now.Passed == r.Now.Answers);
            return new(Name, true, $"{Of}: nothing ran there before, so that it cannot be worse; {passed} of {evidence.Rows.Count} rows pass");
        }
        bool holds =
            comparison.Verdict == Evaluation.Statistics.Verdict.Better
            || (Required.Verdict == RequiredVerdict.NotWorse && Verdicts.NoProvenRegression.Outcome(comparison) == GateOutcome.Passed);
        string[] lost = [.. evidence.Rows.Where(r => r.Value.Before is { } before && r.Value.Now.Mean(File) < before.Mean(File)).Select(r => r.Key)];
        string says = $"{Of}: {VerdictText.Of(comparison)}";
        return new(Name, holds, holds || lost.Length == 0 ? says : $"{says}; worse in {Named(lost)}");
    }

    private static string Named(string[] rows) =>
        string.Join(", ", rows.Take(MostRowsNamed).Select(r => $"`{Plain.Line(r, 60)}`"))
        + (rows.Length > MostRowsNamed ? $" and {rows.Length - MostRowsNamed} more" : "");

    public static Gate Shut(string says) => new(Name, false, says);
}
