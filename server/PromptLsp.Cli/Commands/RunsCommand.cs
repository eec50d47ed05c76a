using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Models;
using PromptLsp.Cli.Reports;
using PromptLsp.Evaluation.Running;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp runs list|forget</c>: what evaluations have kept, and how it is erased.</summary>
internal static class RunsCommand
{
    public static Command Create(Terminal terminal) =>
        new ExampleCommand("runs", "Lists the runs of evaluations, or erases them with their answers.", "promptlsp runs list")
        {
            List(terminal),
            Forget(terminal),
        };

    private static ExampleCommand List(Terminal terminal)
    {
        Argument<string?> evaluation = Evaluation();
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("list", "Lists the runs, newest first.", "promptlsp runs list evaluations/tickets.yaml") { evaluation, format };
        command.SetAction(parsed =>
        {
            Root root = RootOf(terminal);
            using RunStore? store = RunStore.Exists(root.Folder) ? RunStore.Open(root.Folder, terminal.Clock) : null;
            string? name = NamedEvaluation.Of(parsed.GetValue(evaluation), root, store, terminal);
            RunSummary[] runs = [.. store?.Runs(name) ?? []];
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, json => json.Value(runs.Select(Shape)));
            else
                WriteText(runs, parsed.GetValue(evaluation), terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static ExampleCommand Forget(Terminal terminal)
    {
        Argument<string?> evaluation = Evaluation();
        var all = new Option<bool>("--all") { Description = "The runs of all evaluations." };
        var before = new Option<string?>("--before") { Description = "Only runs that were begun before this day.", HelpName = "DATE" };
        var command = new ExampleCommand(
            "forget",
            "Erases runs with their answers for good.",
            "promptlsp runs forget evaluations/tickets.yaml --before 2026-03-01"
        )
        {
            evaluation,
            all,
            before,
        };
        command.SetAction(parsed =>
        {
            string? named = parsed.GetValue(evaluation),
                day = parsed.GetValue(before);
            if ((named is null) != parsed.GetValue(all))
                throw new CommandFailure("say whose runs: an evaluation, or `--all`");
            if (day is not null && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                throw new CommandFailure($"`--before {day}` is no day such as 2026-03-01");
            Root root = RootOf(terminal);
            using RunStore? store = RunStore.Exists(root.Folder) ? RunStore.Open(root.Folder, terminal.Clock) : null;
            string? name = NamedEvaluation.Of(named, root, store, terminal);
            (int runs, int baselines) = store?.Forget(name, day) ?? (0, 0);
            string drift = baselines > 0 ? $" and {Counted.Of(baselines, "baseline")} of drift" : "";
            terminal.Out.WriteLine($"{Counted.Of(runs, "run")}{drift} erased");
            return ExitStatus.Clean;
        });
        return command;
    }

    private static Argument<string?> Evaluation() =>
        new("EVALUATION") { Description = "The evaluation whose runs are meant.", Arity = ArgumentArity.ZeroOrOne };

    private static Root RootOf(Terminal terminal) => Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.OfFolder(terminal.Folder);

    private static Dictionary<string, object?> Shape(RunSummary run) => new(StringComparer.Ordinal)
    {
        ["run"] = run.Id,
        ["evaluation"] = run.Evaluation,
        ["side"] = run.Side,
        ["begun"] = run.Begun,
        ["ended"] = run.Ended,
        ["answers"] = run.Answers,
        ["passed"] = run.Passed,
        ["cost"] = run.Cost,
    };

    private static void WriteText(RunSummary[] runs, string? evaluation, Terminal terminal)
    {
        if (runs.Length == 0)
            terminal.Tell(
                evaluation is null
                    ? "no evaluation has been run here; `promptlsp eval EVALUATION` runs one"
                    : $"no run of `{evaluation}` is kept here; `promptlsp eval {evaluation}` runs it"
            );
        foreach (RunSummary run in runs)
        {
            string end = run.Ended is null ? ", not ended" : "";
            terminal.Out.WriteLine(
                SourceExcerpt.Visible($"{run.Begun[..16].Replace('T', ' ')}  {run.Evaluation}  {run.Side}  {run.Passed} of {run.Answers} passed{end}")
            );
        }
    }
}
