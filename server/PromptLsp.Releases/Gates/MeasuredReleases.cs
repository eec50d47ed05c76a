using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Gates;

/// <summary>What was measured of releases in this workspace: it is looked up, and no model is asked.</summary>
internal sealed class MeasuredReleases(Root root, TimeProvider clock)
{
    public (Gate Gate, EvaluationEvidence? Evidence) Check(RequiredEvaluation required, EnvironmentPolicy to, ReleaseContent content, ReleaseContent? now)
    {
        EvaluationFile file = EvaluationReader.Read(Path.GetFullPath(required.Of, root.Folder), root, root.Relative, Disk.Load);
        var gate = new EvaluationGate(required, file, file.Prompt.Length == 0 ? "" : root.Relative(file.Prompt), content, now);
        if (gate.WithoutAnswers() is { } known)
            return (known, null);
        string advice = $"`promptlsp eval {required.Of} --for {to.Name}` asks the model, and then promote";
        try
        {
            if (!RunStore.Exists(root.Folder))
                return (EvaluationGate.Shut($"{required.Of}: nothing was measured of this release; {advice}"), null);
            using RunStore store = RunStore.Open(root.Folder, clock);
            ILookup<string, MeasuredAnswer>[] own = Whole(store, gate, content), others = now is null ? [] : Whole(store, gate, now);
            // Two releases can put the very same question: then each needs a run of its own.
            bool isSame = now?.EffectiveFingerprint == content.EffectiveFingerprint;
            ILookup<string, MeasuredAnswer>? before = others.ElementAtOrDefault(isSame ? 1 : 0);
            if (own.Length == 0)
                return (EvaluationGate.Shut($"{required.Of}: {Lack(store, gate.Measured(content), "this release")}; {advice}"), null);
            if (now is not null && before is null)
                return (EvaluationGate.Shut($"{required.Of}: {Lack(store, gate.Measured(now), $"what {to.Name} holds now")}; {advice}"), null);
            EvaluationEvidence evidence = gate.Evidence(own[0], before);
            Gate judged = gate.Judge(evidence);
            return (own.Length == 1 ? judged : judged with { Says = $"{judged.Says}; measured {own.Length} times, of which this is the last" }, evidence);
        }
        catch (RunStoreException failure)
        {
            return (EvaluationGate.Shut(failure.Message), null);
        }
    }

    private static string Lack(RunStore store, MeasuredContent side, string what) =>
        store.HasBegun(side)
            ? $"what was measured of {what} was not finished, or was of other rows, other expectations or another model"
            : $"nothing was measured of {what}";

    // A run that stopped early has not asked every row.
    private static ILookup<string, MeasuredAnswer>[] Whole(RunStore store, EvaluationGate gate, ReleaseContent side) =>
    [
        .. store.Finished(gate.Measured(side))
            .Select(run => store.Answers(run).ToLookup(a => a.Row, StringComparer.Ordinal))
            .Where(answers => gate.File.Rows.All(r => answers[r.Id].Count() == gate.File.Repeat)),
    ];
}
