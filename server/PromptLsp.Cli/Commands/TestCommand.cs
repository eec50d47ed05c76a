using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp test [PATH…]</c>: runs the tests that prompts hold.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders; the folder you are in if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> format = CommonOptions.Format("junit");
        var command = new ExampleCommand("test", "Runs the tests of prompts.", "promptlsp test prompts") { paths, format };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed.GetValue(paths) ?? [], parsed.GetValue(format)!, terminal, cancel)));
        return command;
    }

    /// <param name="Line">Of the test, from 1.</param>
    private sealed record Tested(string File, int Line, PromptTestResult Result, TimeSpan Time);

    private static int Run(string[] arguments, string format, Terminal terminal, CancellationToken cancel)
    {
        long begun = terminal.Clock.GetTimestamp();
        PromptPaths paths = PromptPaths.Of(arguments, terminal, cancel);
        var snapshot = Snapshot.Empty(new Disk(), paths.Folders.IsEmpty ? [terminal.Folder] : paths.Folders);
        paths.TellIfEmpty(terminal);
        var unread = new List<string>();
        ImmutableArray<Tested> tests = [.. paths.Files.SelectMany(file => Test(file, snapshot, unread, terminal, cancel))];
        TimeSpan time = terminal.Clock.GetElapsedTime(begun);
        switch (format)
        {
            case "json":
                WriteJson(tests, time, terminal);
                break;
            case "junit":
                terminal.Out.Write(JUnitReport.Of(tests.Select(Case)));
                break;
            default:
                WriteText(tests, time, terminal);
                break;
        }
        foreach (string why in unread)
            terminal.Tell($"promptlsp: {why}");
        if (tests.IsEmpty && unread.Count == 0 && !paths.Files.IsEmpty)
            terminal.Error.WriteLine("no prompt has a test; tests stand in the front matter, below `tests:`");
        return unread.Count > 0 || !paths.IsComplete ? ExitStatus.Usage
            : tests.Any(t => t.Result.Outcome == TestOutcome.Failed) ? ExitStatus.Findings
            : ExitStatus.Clean;
    }

    // A prompt that cannot be read may have tests: to pass over it would look as if they had passed.
    private static IEnumerable<Tested> Test(string file, Snapshot snapshot, List<string> unread, Terminal terminal, CancellationToken cancel)
    {
        string shown = terminal.Display(file);
        long begun = terminal.Clock.GetTimestamp();
        (FileStatus status, PromptModel? prompt) = snapshot.ReadOnce(file);
        if (prompt is null)
            unread.Add(PromptPaths.Why(shown, status));
        else if (prompt.Document is { OtherFormat: null, FrontMatter.Problems: [var problem, ..] })
            unread.Add($"{OnePrompt.Place(shown, prompt.Document.Text, problem.Span)} {problem.Message}");
        return prompt?.Document is { OtherFormat: null, FrontMatter.Problems.IsEmpty: true }
            ? PromptTests.Run(Patience.With(prompt), RenderLimits.Command, cancel).Select(Timed)
            : [];

        Tested Timed(PromptTestResult result)
        {
            long now = terminal.Clock.GetTimestamp();
            TimeSpan time = terminal.Clock.GetElapsedTime(begun, now);
            begun = now;
            return new(shown, prompt.Document.Text.PositionAt(result.Test.Node.Span.Start).Line + 1, result, time);
        }
    }

    private static JUnitCase Case(Tested test) => new(
        test.File, test.Result.Name, test.File, test.Line,
        test.Result.Outcome switch { TestOutcome.Passed => JUnitOutcome.Passed, TestOutcome.Failed => JUnitOutcome.Failed, _ => JUnitOutcome.Skipped },
        [.. Failures(test.Result), .. NotRun(test.Result)], test.Time.TotalSeconds);

    // What did not hold, and what could not be asked, each as one line.
    private static IEnumerable<string> Failures(PromptTestResult result) => result.Error is not null
        ? [result.Error]
        : result.Assertions.Where(a => a.Outcome == TestOutcome.Failed).Select(a => $"{a.Assertion.Kind}: {a.Why}");

    private static IEnumerable<string> NotRun(PromptTestResult result) =>
        result.Assertions.Where(a => a.Outcome == TestOutcome.NotRun).Select(a => $"{a.Assertion.Kind}: not run, since it {a.Why}");

    private static void WriteText(ImmutableArray<Tested> tests, TimeSpan time, Terminal terminal)
    {
        foreach ((string file, _, PromptTestResult result, _) in tests)
        {
            string verdict = result.Outcome switch
            {
                TestOutcome.Passed => terminal.Paint.Green("ok     "),
                TestOutcome.Failed => terminal.Paint.Red("failed "),
                _ => terminal.Paint.Yellow("not run"),
            };
            terminal.Out.WriteLine($"{verdict} {SourceExcerpt.Visible(file)}: {SourceExcerpt.Visible(result.Name)}");
            foreach (string line in Failures(result).Concat(NotRun(result)))
                terminal.Out.WriteLine($"          {SourceExcerpt.Visible(line)}");
        }
        string notRun = Count(tests, TestOutcome.NotRun) is > 0 and int some ? $", {some} not run" : "";
        terminal.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Of(tests.Length, "test")}, {Count(tests, TestOutcome.Passed)} passed, {Count(tests, TestOutcome.Failed)} "
                    + $"failed{notRun}, {time.TotalMilliseconds:0} ms"
            )
        );
    }

    private static int Count(ImmutableArray<Tested> tests, TestOutcome outcome) => tests.Count(t => t.Result.Outcome == outcome);

    private static void WriteJson(ImmutableArray<Tested> tests, TimeSpan time, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tests");
        foreach ((string file, _, PromptTestResult result, _) in tests)
        {
            writer.WriteStartObject();
            writer.Member("file", file);
            writer.Member("name", result.Name);
            writer.Member("passed", result.Passed);
            writer.Member("outcome", result.Outcome switch { TestOutcome.Passed => "passed", TestOutcome.Failed => "failed", _ => "not-run" });
            writer.Member("failures", Failures(result));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.Member("passed", Count(tests, TestOutcome.Passed));
        writer.Member("failed", Count(tests, TestOutcome.Failed));
        writer.Member("notRun", Count(tests, TestOutcome.NotRun));
        writer.Member("durationMs", Math.Round(time.TotalMilliseconds, 3));
        writer.WriteEndObject();
    });
}
