using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Models;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Results;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.History.Files;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Models.Providers;
using PromptLsp.Releases;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp eval FILE</c>: asks every row of an evaluation, and says what the answers show.</summary>
internal static class EvalCommand
{
    /// <summary>Stands for the file as it is, among versions.</summary>
    private const string TheFile = ".";

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("EVALUATION") { Description = "The evaluation: a YAML file with `prompt`, `data` and `expect`." };
        var refs = new Option<string[]>("--ref")
        {
            Description = "A version to compare, the older one first; one alone is compared with the file as it is, which is `.`.",
            HelpName = "VERSION",
        };
        var environment = new Option<string?>("--for")
        {
            Description = "Compare what would come into this environment with what runs there now, as its policy wants it measured.",
            HelpName = "ENV",
        };
        var models = new Option<string[]>("--model")
        {
            Description = "Ask this model instead of the prompt's own; several are compared.",
            HelpName = "PROVIDER/MODEL",
        };
        var asking = new AskingOptions();
        Option<string> gate = CommonOptions.OneOf("--gate", "What the comparison must show for status 0.", ["none", "no-proven-regression", "non-inferior"]);
        var mismatch = new Option<bool>("--allow-mismatch") { Description = "Compare even where the model or its parameters changed too." };
        var early = new Option<bool>("--stop-early") { Description = "Stop as soon as the evidence is enough; it may then be looked at after every row." };
        var html = new Option<string?>("--html") { Description = "Write a report of one page, which needs nothing else.", HelpName = "FILE" };
        Option<string> format = CommonOptions.Format("markdown", "junit");
        const string Example = "promptlsp eval evaluations/tickets.yaml --ref stable --gate no-proven-regression";
        var command = new ExampleCommand("eval", "Runs an evaluation, and compares versions and models row by row.", Example)
        {
            file, refs, environment, models,
        };
        asking.AddTo(command);
        foreach (Option option in (Option[])[gate, mismatch, early, html, format])
            command.Add(option);
        command.Add(Import(terminal));
        command.SetAction(async (parsed, cancel) =>
        {
            var asked = new Request(
                parsed.GetValue(file)!,
                parsed.GetValue(refs) ?? [],
                parsed.GetValue(environment),
                parsed.GetValue(models) ?? [],
                parsed.GetValue(gate) switch { "no-proven-regression" => Gate.NoProvenRegression, "non-inferior" => Gate.NonInferior, _ => Gate.None },
                parsed.GetValue(mismatch));
            RunOptions options = asking.Read(parsed, terminal) with { StopsEarly = parsed.GetValue(early) };
            return await Run(asked, options, parsed.GetValue(html), parsed.GetValue(format)!, terminal, cancel);
        });
        return command;
    }

    private static ExampleCommand Import(Terminal terminal)
    {
        var results = new Argument<string>("RESULTS") { Description = "What `promptfoo eval -o` wrote: a file of JSON, or of JSON lines." };
        var html = new Option<string?>("--html") { Description = "Write a report of one page, which needs nothing else.", HelpName = "FILE" };
        Option<string> format = CommonOptions.Format("markdown", "junit");
        var command = new ExampleCommand(
            "import",
            "Takes results of promptfoo over, and compares what they hold row by row.",
            "promptlsp eval import results.json"
        )
        {
            results,
            html,
            format,
        };
        command.SetAction(parsed =>
        {
            string path = PromptPaths.One(parsed.GetValue(results)!, terminal),
                shown = terminal.Display(path);
            MustBeOurs(parsed.GetValue(html), terminal);
            (EvaluationFile file, RunOutcome outcome) = PromptfooResults.Read(path, shown);
            Root root = Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.Of(path);
            var result = EvaluationResult.Of(file, shown, "promptfoo", outcome, Gate.None, allowsMismatch: true);
            using (RunStore store = RunStore.Open(root.Folder, terminal.Clock))
                Keep(store, root.Relative(path), file, outcome);
            if (parsed.GetValue(html) is { } page)
                WriteHtml(result, page, terminal);
            Write(result, parsed.GetValue(format)!, terminal);
            return (int)result.Outcome;
        });
        return command;
    }

    // What was taken over before is not taken twice.
    private static void Keep(RunStore store, string name, EvaluationFile file, RunOutcome outcome)
    {
        foreach (MeasuredSide side in outcome.Sides.Where(s => store.EarlierLooks(name, s.Side, file.DataHash, file.AssertionsHash) == 0))
        {
            long run = store.Begin(name, side.Side, file.DataHash, file.AssertionsHash, file.Repeat).Id;
            foreach (MeasuredAnswer answer in side.Answers)
                store.Keep(run, answer);
            store.End(run);
        }
    }

    private sealed record Request(string File, string[] Refs, string? For, string[] Models, Gate Gate, bool AllowsMismatch);

    private static async Task<int> Run(Request asked, RunOptions options, string? html, string format, Terminal terminal, CancellationToken cancel)
    {
        string path = PromptPaths.One(asked.File, terminal);
        MustBeOurs(html, terminal);
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root root = snapshot.Roots.Of(path);
        EvaluationFile file = EvaluationReader.Read(path, root, terminal.Display);
        if (!file.Problems.IsEmpty)
            return RefusedEvaluation.Tell(file, terminal);
        UserProviders providers = UserProviders.Read(terminal.Variable);
        using Promotion? promotion = PlannedFor(file, asked, terminal, cancel);
        ImmutableArray<Side> sides = [.. Sides(Prompts(file, asked, promotion?.Moves[0], snapshot.SettingsOf(root).Models, terminal), asked, providers)];
        MustCompare(asked, sides, options, file);
        using RunStore store = RunStore.Open(root.Folder, terminal.Clock);
        RunOutcome outcome;
        using (var progress = new Progress("answered", terminal))
        {
            options = options with
            {
                Judge = new AskedJudges(root, providers, terminal).Find,
                Told = new Pace(progress, sides[0].Prices?.Currency ?? "USD", terminal.Clock).Tell,
            };
            try
            {
                outcome = await EvaluationRunner.Run(file, root.Relative(path), sides, store, options, cancel);
            }
            catch (OperationCanceledException)
            {
                terminal.Tell("the answers so far are kept; the same command goes on");
                throw;
            }
        }
        var result = EvaluationResult.Of(file, terminal.Display(path), terminal.Display(file.Prompt), outcome, asked.Gate, asked.AllowsMismatch);
        if (html is not null)
            WriteHtml(result, html, terminal);
        Write(result, format, terminal);
        return (int)result.Outcome;
    }

    // Its folder holds what would come in, for as long as it is asked about.
    private static Promotion? PlannedFor(EvaluationFile file, Request asked, Terminal terminal, CancellationToken cancel)
    {
        if (asked.For is null)
            return null;
        if (asked.Refs.Length > 0)
            throw new CommandFailure("`--for` names both sides; leave `--ref` out");
        (CommandWorkspace workspace, ImmutableArray<string> prompts) = CommandWorkspace.Of([file.Prompt], terminal);
        Promotion promotion = workspace.Releases.Plan(prompts, asked.For, why: null, cancel);
        if (!promotion.Moves[0].IsThere)
            return promotion;
        promotion.Dispose();
        throw new CommandFailure($"{asked.For} holds that very release of `{terminal.Display(file.Prompt)}` already: there is nothing to compare");
    }

    private static IEnumerable<Side> Sides(IEnumerable<(string Version, OnePrompt Prompt)> prompts, Request asked, UserProviders providers) =>
        from prompt in prompts
        from model in asked.Models is [] ? [null] : asked.Models.Distinct(StringComparer.Ordinal).ToArray<string?>()
        select AskedSides.Of(
            prompt.Version,
            prompt.Prompt,
            AskedModel.Of(prompt.Prompt.Model, prompt.Prompt.Shown, model, providers, RunCommand.ModelAdvice)
        );

    private static IEnumerable<(string Version, OnePrompt Prompt)> Prompts(
        EvaluationFile file,
        Request asked,
        PlannedMove? move,
        ImmutableArray<ModelInfo> models,
        Terminal terminal
    ) => move is null ? Versions(file, asked, terminal) : Releases(move, asked.For!, models);

    // What runs there now is the older side; where nothing does, there is one side alone.
    private static IEnumerable<(string Version, OnePrompt Prompt)> Releases(PlannedMove move, string environment, ImmutableArray<ModelInfo> models)
    {
        if (move.NowContent is { } now)
            yield return (environment, PromptInEnvironment.Open(now, $"{move.Prompt}@{environment}", models));
        string from = move.From is { } release ? $"{move.Prompt}@{release.Environment}" : move.Prompt;
        yield return (move.From?.Environment ?? "file", PromptInEnvironment.Open(move.Content, from, models));
    }

    private static IEnumerable<(string Version, OnePrompt Prompt)> Versions(EvaluationFile file, Request asked, Terminal terminal)
    {
        string[] versions = asked.Refs switch
        {
            [] => [TheFile],
            [var one] when one != TheFile => [one, TheFile],
            var given => [.. given.Distinct(StringComparer.Ordinal)],
        };
        foreach (string version in versions)
        {
            OnePrompt prompt = version == TheFile ? OnePrompt.Open(file.Prompt, null, terminal) : RunCommand.Open($"{file.Prompt}@{version}", terminal);
            yield return (version == TheFile ? "file" : version, prompt);
        }
    }

    private static void MustCompare(Request asked, ImmutableArray<Side> sides, RunOptions options, EvaluationFile file)
    {
        if (options.StopsEarly && (sides.Length != 2 || file is not { Repeat: 1, Primary: Metric.Passed }))
            throw new CommandFailure(
                "`--stop-early` looks at rows that two sides pass or fail, one answer each: give two sides, `repeat: 1` and `primary: passed`"
            );
        if (asked.Gate != Gate.None && sides.Length < 2)
            throw new CommandFailure("`--gate` needs something to compare with; name an older version: --ref VERSION");
        // Known before anything is asked and paid for.
        Side First(Side side) => asked.Models.Length < 2 ? sides[0] : sides.First(s => s.ModelName == side.ModelName);
        if (!asked.AllowsMismatch && sides.FirstOrDefault(s => s.ModelName != First(s).ModelName || s.Parameters != First(s).Parameters) is { } other)
            throw new CommandFailure(
                $"{First(other).Name} and {other.Name} are not compared, since the model or its parameters (`config`) changed too; give both the "
                    + "same, or say --allow-mismatch"
            );
    }

    private static void Write(EvaluationResult result, string format, Terminal terminal)
    {
        switch (format)
        {
            case "json":
                PromptJson.Write(terminal.Out, writer => EvaluationJson.Write(result, writer));
                break;
            case "markdown":
                terminal.Out.Write(EvaluationMarkdown.Of(result));
                break;
            case "junit":
                terminal.Out.Write(JUnitReport.Of([.. result.Rows.Select(Case), .. result.Comparisons.Select(c => Case(result, c))]));
                break;
            default:
                terminal.Out.Write(SourceExcerpt.VisibleLines(EvaluationText.Of(result)));
                break;
        }
    }

    private static JUnitCase Case(RowResult row)
    {
        JUnitOutcome outcome = row.Outcome switch
        {
            RowOutcome.Passed => JUnitOutcome.Passed,
            RowOutcome.Failed => JUnitOutcome.Failed,
            _ => JUnitOutcome.Error,
        };
        int colon = row.Row.Place.LastIndexOf(':');
        return new(row.Side, row.Row.Id, row.Row.Place[..colon], row.Row.At.Line + 1, outcome, row.Messages, row.Seconds);
    }

    // The comparison is a case of its own: a row that fails on both sides says nothing of the change.
    private static JUnitCase Case(EvaluationResult result, SideComparison comparison) =>
        new(
            $"{comparison.Old.Name} → {comparison.New.Name}",
            EvaluationJson.Word(result.Gate) ?? "comparison",
            result.Name,
            1,
            comparison.Outcome(result.Gate) switch
            {
                GateOutcome.Passed => JUnitOutcome.Passed,
                GateOutcome.Regression => JUnitOutcome.Failed,
                GateOutcome.Inconclusive => JUnitOutcome.Failed,
                _ => JUnitOutcome.Error,
            },
            [comparison.Text],
            0
        );

    // Known before anything is asked and paid for: a report goes over an earlier one, and over nothing else.
    private static void MustBeOurs(string? page, Terminal terminal)
    {
        if (page is not null && Path.Exists(terminal.Absolute(page)) && !OwnPage.Is(terminal.Absolute(page), EvaluationHtml.Generator))
            throw new CommandFailure($"`{page}` is there, and is no report of an evaluation; name a new file behind `--html`");
    }

    private static void WriteHtml(EvaluationResult result, string path, Terminal terminal)
    {
        try
        {
            File.WriteAllText(terminal.Absolute(path), EvaluationHtml.Of(result));
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new CommandFailure($"`{path}` cannot be written: {FileFailure.Reason(failure)}");
        }
    }
}
