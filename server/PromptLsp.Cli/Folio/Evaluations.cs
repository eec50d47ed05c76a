using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Portfolio;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Folio;

/// <summary>The evaluation that was last run of each prompt.</summary>
internal static class Evaluations
{
    /// <returns>By the prompts' paths from the root. Without runs that can be read, nothing is known.</returns>
    public static IReadOnlyDictionary<string, LastEvaluation> Of(Root root, Terminal terminal)
    {
        var last = new Dictionary<string, LastEvaluation>(StringComparer.Ordinal);
        if (!RunStore.Exists(root.Folder))
            return last;
        try
        {
            using RunStore store = RunStore.Open(root.Folder, terminal.Clock);
            foreach (IGrouping<string, RunSummary> runs in store.Runs().Where(r => r.Ended is not null).GroupBy(r => r.Evaluation, StringComparer.Ordinal))
            {
                RunSummary newest = runs.First();
                if (root.Resolve(root.Folder, runs.Key) is not (PathStatus.Inside, var path))
                    continue;
                string prompt = root.Relative(EvaluationReader.Read(path, root, root.Relative).Prompt);
                if (!last.TryGetValue(prompt, out LastEvaluation? known) || string.CompareOrdinal(known.At, newest.Begun) < 0)
                    last[prompt] = new(runs.Key, newest.Begun, newest.Passed, newest.Answers);
            }
        }
        catch (RunStoreException why)
        {
            terminal.Tell($"promptlsp: evaluations are not known: {why.Message}");
        }
        return last;
    }
}
