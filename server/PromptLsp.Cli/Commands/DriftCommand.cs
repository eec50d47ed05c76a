using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Models;
using PromptLsp.Cli.Reports;
using PromptLsp.Evaluation.Drift;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.Models.Providers;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp drift record|check|log</c>: whether a prompt that nobody changed still gets the answers that it got.</summary>
internal static class DriftCommand
{
    private const int UsualAnswers = 5;

    public static Command Create(Terminal terminal) =>
        new ExampleCommand("drift", "Watches whether the same prompt still gets the same answers.", "promptlsp drift check evaluations/tickets.yaml")
        {
            Record(terminal),
            Check(terminal),
            Log(terminal),
        };

    private static ExampleCommand Record(Terminal terminal)
    {
        Argument<string> evaluation = Evaluation();
        Option<int> answers = CommonOptions.Count("--answers", $"How many answers each row gets now; {UsualAnswers} if it is not given.");
        var why = new Option<string?>("--why", "-m") { Description = "Why a new baseline takes the place of the one there is.", HelpName = "WHY" };
        var asking = new AskingOptions();
        var command = new ExampleCommand(
            "record",
            $"Records a baseline: at least {DriftRule.BaselineAnswers} answers a row, on {DriftRule.BaselineDays} days.",
            "promptlsp drift record evaluations/tickets.yaml"
        )
        {
            evaluation,
            answers,
            why,
        };
        asking.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                if (parsed.GetValue(why) is { } reason && string.IsNullOrWhiteSpace(reason))
                    throw new CommandFailure("the reason is empty; say why, behind `-m`");
                int count = parsed.GetResult(answers) is { Implicit: false } ? parsed.GetValue(answers) : UsualAnswers;
                if (count is < 1 or > 100)
                    throw new CommandFailure("`--answers` is a whole number from 1 to 100");
                return await With(
                    parsed.GetValue(evaluation)!,
                    asking.Read(parsed, terminal),
                    terminal,
                    async (watched, options) => Tell(await DriftRecorder.Record(watched, count, parsed.GetValue(why), options, cancel), watched, terminal)
                );
            }
        );
        return command;
    }

    private static ExampleCommand Check(Terminal terminal)
    {
        Argument<string> evaluation = Evaluation();
        Option<string> format = CommonOptions.Format("markdown");
        var asking = new AskingOptions();
        var command = new ExampleCommand(
            "check",
            "Asks every row again, and compares with the baseline.",
            "promptlsp drift check evaluations/tickets.yaml --format markdown"
        )
        {
            evaluation,
        };
        asking.AddTo(command);
        command.Add(format);
        command.SetAction(
            async (parsed, cancel) =>
                await With(
                    parsed.GetValue(evaluation)!,
                    asking.Read(parsed, terminal),
                    terminal,
                    async (watched, options) =>
                    {
                        DriftReport report = await DriftChecker.Check(watched, options, cancel);
                        Write(report, parsed.GetValue(format)!, terminal);
                        return report.Outcome switch
                        {
                            DriftOutcome.Steady => ExitStatus.Clean,
                            DriftOutcome.Shifted or DriftOutcome.JudgeShifted => ExitStatus.Findings,
                            _ => ExitStatus.NotMeasured,
                        };
                    }
                )
        );
        return command;
    }

    private static ExampleCommand Log(Terminal terminal)
    {
        var evaluation = new Argument<string?>("EVALUATION")
        {
            Description = "The evaluation that is meant; all if none is given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("log", "Lists baselines and checks, newest first.", "promptlsp drift log evaluations/tickets.yaml")
        {
            evaluation,
            format,
        };
        command.SetAction(parsed =>
        {
            Root root = Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.OfFolder(terminal.Folder);
            using RunStore? store = RunStore.Exists(root.Folder) ? RunStore.Open(root.Folder, terminal.Clock) : null;
            string? name = NamedEvaluation.Of(parsed.GetValue(evaluation), root, store, terminal);
            DriftEvent[] events = store is null ? [] : [.. new DriftStore(store).Log(name)];
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(
                    terminal.Out,
                    json =>
                        json.Value(
                            events.Select(e =>
                                PromptJson.Object(("evaluation", e.Evaluation), ("at", DriftJson.Time(e.At)), ("kind", e.Kind), ("p", e.P), ("text", e.Told))
                            )
                        )
                );
            else
                WriteLog(events, parsed.GetValue(evaluation), terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static Argument<string> Evaluation() => new("EVALUATION") { Description = "The evaluation: a YAML file with `prompt`, `data` and `expect`." };

    private static async Task<int> With(string evaluation, RunOptions options, Terminal terminal, Func<Watched, RunOptions, Task<int>> work)
    {
        string path = PromptPaths.One(evaluation, terminal);
        Root root = Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.Of(path);
        EvaluationFile file = EvaluationReader.Read(path, root, terminal.Display);
        if (!file.Problems.IsEmpty)
            return RefusedEvaluation.Tell(file, terminal);
        UserProviders providers = UserProviders.Read(terminal.Variable);
        OnePrompt prompt = OnePrompt.Open(file.Prompt, null, terminal);
        Side side = AskedSides.Of("file", prompt, AskedModel.Of(prompt.Model, prompt.Shown, null, providers, RunCommand.ModelAdvice));
        using RunStore store = RunStore.Open(root.Folder, terminal.Clock);
        using var progress = new Progress("answered", terminal);
        return await work(
            new(file, root.Relative(path), terminal.Display(path), root.Relative(file.Prompt), side, store),
            options with
            {
                Judge = new AskedJudges(root, providers, terminal).Find,
                Told = new Pace(progress, side.Prices?.Currency ?? "USD", terminal.Clock).Tell,
            }
        );
    }

    private static int Tell(DriftProgress progress, Watched watched, Terminal terminal)
    {
        string passed = string.Create(CultureInfo.InvariantCulture, $"{progress.Passed} of {progress.Answers} answers passed");
        terminal.Out.WriteLine(
            progress.Baseline.Ready is not null
                ? $"the baseline of {watched.Shown} is complete: {passed}; promptlsp drift check {watched.Shown} compares with it"
                : $"{passed}; the baseline has {progress.Fewest} of {DriftRule.BaselineAnswers} answers a row, on {progress.Days} of "
                    + $"{DriftRule.BaselineDays} days: record again{(progress.Days < DriftRule.BaselineDays ? " on another day" : "")}"
        );
        foreach (string missing in progress.NotMeasured.Take(5))
            terminal.Tell("not measured: " + missing);
        if (progress.Stopped is { } stopped)
            terminal.Tell($"stopped: {stopped}; the same command goes on");
        return progress.NotMeasured.IsEmpty && progress.Stopped is null ? ExitStatus.Clean : ExitStatus.NotMeasured;
    }

    private static void Write(DriftReport report, string format, Terminal terminal)
    {
        switch (format)
        {
            case "json":
                PromptJson.Write(terminal.Out, writer => DriftJson.Write(report, writer));
                break;
            case "markdown":
                terminal.Out.Write(DriftText.Markdown(report));
                break;
            default:
                terminal.Out.Write(SourceExcerpt.VisibleLines(DriftText.Of(report)));
                break;
        }
    }

    private static void WriteLog(DriftEvent[] events, string? evaluation, Terminal terminal)
    {
        if (events.Length == 0)
            terminal.Tell(
                $"no drift {(evaluation is null ? "" : $"of `{evaluation}` ")}was watched here; `promptlsp drift record {evaluation ?? "EVALUATION"}` begins"
            );
        foreach (DriftEvent e in events)
            terminal.Out.WriteLine(
                SourceExcerpt.Visible(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{e.At:yyyy-MM-dd HH:mm}  {e.Evaluation}  {e.Kind}{(e.P is { } p ? $" (p {p:0.000})" : "")}  {e.Told}"
                    )
                )
            );
    }
}
