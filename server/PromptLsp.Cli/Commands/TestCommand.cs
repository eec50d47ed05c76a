using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Rendering;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp test [PATH…]</c>: runs the tests that prompts hold.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders; the folder you are in if none is given.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("test", "Runs the tests of prompts.", "promptlsp test prompts") { paths, format };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed.GetValue(paths) ?? [], parsed.GetValue(format) == "json", terminal, cancel)));
        return command;
    }

    private readonly record struct Tested(string File, PromptTestResult Result);

    private static int Run(string[] arguments, bool asJson, Terminal terminal, CancellationToken cancel)
    {
        long begun = terminal.Clock.GetTimestamp();
        PromptPaths paths = PromptPaths.Of(arguments, terminal, cancel);
        var snapshot = Snapshot.Empty(new Disk(), paths.Folders.IsEmpty ? [terminal.Folder] : paths.Folders);
        ImmutableArray<Tested> tests = [.. paths.Files.SelectMany(file => Test(file, snapshot, terminal, cancel))];
        TimeSpan time = terminal.Clock.GetElapsedTime(begun);
        if (asJson)
            WriteJson(tests, time, terminal);
        else
            WriteText(tests, time, terminal);
        return tests.All(t => t.Result.Passed) ? ExitStatus.Clean : ExitStatus.Findings;
    }

    // A file that cannot be read has no tests; `check` says what is wrong with it.
    private static IEnumerable<Tested> Test(string file, Snapshot snapshot, Terminal terminal, CancellationToken cancel) =>
        snapshot.ReadOnce(file).Prompt is { Document.OtherFormat: null } prompt
            ? PromptTests.Run(Patience.With(prompt), RenderLimits.Command, cancel).Select(result => new Tested(terminal.Display(file), result))
            : [];

    // What did not hold, and what could not be asked, each as one line.
    private static IEnumerable<string> Failures(PromptTestResult result) => result.Error is not null
        ? [result.Error]
        : result.Assertions.Where(a => a.Outcome == AssertionOutcome.Failed).Select(a => $"{a.Assertion.Kind}: {a.Why}");

    private static IEnumerable<string> NotRun(PromptTestResult result) =>
        result.Assertions.Where(a => a.Outcome == AssertionOutcome.NotRun).Select(a => $"{a.Assertion.Kind}: not run, since it {a.Why}");

    private static void WriteText(ImmutableArray<Tested> tests, TimeSpan time, Terminal terminal)
    {
        foreach ((string file, PromptTestResult result) in tests)
        {
            string verdict = result.Passed ? terminal.Paint.Green("ok    ") : terminal.Paint.Red("failed");
            terminal.Out.WriteLine($"{verdict}  {SourceExcerpt.Visible(file)}: {SourceExcerpt.Visible(result.Name)}");
            foreach (string line in Failures(result).Concat(NotRun(result)))
                terminal.Out.WriteLine($"          {SourceExcerpt.Visible(line)}");
        }
        int failed = tests.Count(t => !t.Result.Passed);
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tests.Length} test{(tests.Length == 1 ? "" : "s")}, {tests.Length - failed} passed, {failed} failed, {time.TotalMilliseconds:0} ms"));
    }

    private static void WriteJson(ImmutableArray<Tested> tests, TimeSpan time, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tests");
        foreach ((string file, PromptTestResult result) in tests)
        {
            writer.WriteStartObject();
            writer.Member("file", file);
            writer.Member("name", result.Name);
            writer.Member("passed", result.Passed);
            writer.Member("failures", Failures(result));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.Member("passed", tests.Count(t => t.Result.Passed));
        writer.Member("failed", tests.Count(t => !t.Result.Passed));
        writer.Member("durationMs", Math.Round(time.TotalMilliseconds, 3));
        writer.WriteEndObject();
    });
}
