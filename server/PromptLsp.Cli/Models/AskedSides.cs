using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Commands;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Models.Providers;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Models;

/// <summary>What evaluations ask: prompts, each of a model.</summary>
internal static class AskedSides
{
    public static Side Of(string version, OnePrompt prompt, AskedModel model) =>
        new(version, prompt.Model, prompt.EffectiveFingerprint, model.Name, model.Route.Model, model.Provider, model.Prices, model.Counter(prompt.Model));
}

/// <summary>The judges of an evaluation, each opened once.</summary>
internal sealed class AskedJudges(Root root, UserProviders providers, Terminal terminal)
{
    private readonly Dictionary<string, Side> _judges = new(StringComparer.Ordinal);

    public Side Find(AnswerAssertion assertion)
    {
        string rubric = (string)assertion.Member("rubric")!, key = $"{rubric} {assertion.Member("model")}";
        lock (_judges)
        {
            if (!_judges.TryGetValue(key, out Side? judge))
            {
                OnePrompt prompt = OnePrompt.Open(Path.Join(root.Folder, rubric), null, terminal);
                _judges[key] = judge = AskedSides.Of(
                    "judge",
                    prompt,
                    AskedModel.Of(prompt.Model, prompt.Shown, assertion.Member("model") as string, providers, RunCommand.ModelAdvice)
                );
            }
            return judge;
        }
    }
}

/// <summary>An evaluation that is not run as it is.</summary>
internal static class RefusedEvaluation
{
    /// <summary>Each problem is one line, and no row is passed over in silence.</summary>
    public static int Tell(EvaluationFile file, Terminal terminal)
    {
        foreach (string problem in file.Problems.Take(EvaluationReader.MostProblems))
            terminal.Tell("promptlsp: " + problem);
        if (file.Problems.Length > EvaluationReader.MostProblems)
            terminal.Tell($"promptlsp: … and {file.Problems.Length - EvaluationReader.MostProblems} more");
        return ExitStatus.Usage;
    }
}
