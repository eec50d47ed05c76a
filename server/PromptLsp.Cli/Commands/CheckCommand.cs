using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp check [PATH…]</c>: lints files and folders.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders; the folder you are in if none is given; - reads standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> format = CommonOptions.Format("sarif", "github");
        var rules = new Option<string[]>("--rule") { Description = "Only this rule; may be given several times.", HelpName = "RULE" };
        rules.CompletionSources.Add(_ => Rules.All.Select(r => new CompletionItem(r.Id)));
        Option<string?> severity = CommonOptions.OneOrNone(
            "--severity",
            "Only findings of this weight or more, each of which makes the status 1; without it all are shown, and warnings and errors make it 1.",
            ["hint", "information", "warning", "error"]
        );
        var fix = new Option<bool>("--fix") { Description = "Apply the fixes that are surely right, then report what is left." };
        var baseline = new Option<string?>("--baseline") { Description = "Leave out the findings of an earlier `--format json`.", HelpName = "FILE" };
        var newBaseline = new Option<string?>("--write-baseline")
        {
            Description = "Write the findings there are to a file for --baseline, and succeed.",
            HelpName = "FILE",
        };
        Option<int> tolerated = CommonOptions.Count("--max-warnings", "Succeed with up to so many findings, if none is an error.");
        var timings = new Option<bool>("--timings") { Description = "Tell on standard error how long each rule took." };
        Option<string?> filename = PipedPrompt.FilenameOption();
        var command = new ExampleCommand("check", "Lints prompts.", "promptlsp check prompts --severity warning --format github")
        {
            paths,
            format,
            rules,
            severity,
            fix,
            baseline,
            newBaseline,
            tolerated,
            timings,
            filename,
        };
        command.SetAction(
            (parsed, cancel) =>
                Task.FromResult(
                    Run(
                        new Request
                        {
                            Paths = parsed.GetValue(paths) ?? [],
                            StdinFilename = parsed.GetValue(filename),
                            Format = parsed.GetValue(format)!,
                            Rules = [.. parsed.GetValue(rules) ?? []],
                            AtLeast = SeverityOf(parsed.GetValue(severity) ?? "hint"),
                            Counts = SeverityOf(parsed.GetValue(severity) ?? "warning"),
                            Fix = parsed.GetValue(fix),
                            Baseline = parsed.GetValue(baseline),
                            NewBaseline = parsed.GetValue(newBaseline),
                            Tolerated = parsed.GetValue(tolerated),
                            Timings = parsed.GetValue(timings),
                        },
                        terminal,
                        cancel
                    )
                )
        );
        return command;
    }

    private sealed record Request
    {
        public required IReadOnlyList<string> Paths { get; init; }

        public required string? StdinFilename { get; init; }

        public required string Format { get; init; }

        public required ImmutableHashSet<string> Rules { get; init; }

        public required Severity AtLeast { get; init; }

        /// <summary>Findings of this weight or more make the status 1.</summary>
        public required Severity Counts { get; init; }

        public required bool Fix { get; init; }

        public required string? Baseline { get; init; }

        public required string? NewBaseline { get; init; }

        public required int Tolerated { get; init; }

        public required bool Timings { get; init; }

        public bool Wants(string rule) => Rules.IsEmpty || Rules.Contains(rule);
    }

    private static int Run(Request request, Terminal terminal, CancellationToken cancel)
    {
        long begun = terminal.Clock.GetTimestamp();
        foreach (string rule in request.Rules)
            RulesCommand.Find(rule);
        using var progress = new Progress("checked", terminal);
        if (request is { Baseline: not null, NewBaseline: not null })
            throw new CommandFailure("`--baseline` leaves findings out, and `--write-baseline` writes them all; leave one of them out");
        Baseline? baseline = request.Baseline is null ? null : Baseline.Read(request.Baseline, terminal);
        PromptPaths paths = PromptPaths.Of(request.Paths, request.StdinFilename, terminal, cancel);
        if (paths.Piped is not null && request.Fix)
            throw new CommandFailure("`--fix` writes files, and standard input is none; leave one of them out");
        var checker = new Checker(paths, terminal, progress);
        int mended = 0;
        ImmutableArray<CheckedFile> files;
        IReadOnlyCollection<string> refused = [];
        if (request.Fix)
            (mended, files, refused) = SafeFixes.Apply(() => Wanted(checker.Check(cancel), request), terminal);
        else
            files = Wanted(checker.Check(cancel), request);
        progress.Dispose();
        // A folder without prompts may hold copies of what was released, and what is wrong with one is told of.
        if (files.IsEmpty)
            paths.TellIfEmpty(terminal);
        files = baseline?.New(files) ?? files;
        var result = new CheckResult(files, terminal.Clock.GetElapsedTime(begun)) { Mended = mended };
        if (request.NewBaseline is { } newBaseline)
            Baseline.Write(newBaseline, result, terminal);
        else
            Write(result, request.Format, checker.RuleFailures.Count == 0, terminal);
        if (request.Timings)
            WriteTimings(checker, request, terminal);
        foreach (string failure in checker.RuleFailures.Concat(checker.Skipped.Where(s => request.Wants(s.Rule)).Select(s => s.Why)))
            terminal.Tell("promptlsp: " + failure);
        foreach (string why in refused)
            terminal.Tell("promptlsp: " + why);
        return checker.RuleFailures.Count > 0 ? ExitStatus.Internal
            : refused.Count > 0 || !paths.IsComplete ? ExitStatus.Usage
            : request.NewBaseline is not null ? ExitStatus.Clean
            : Status(result, request);
    }

    private static ImmutableArray<CheckedFile> Wanted(ImmutableArray<CheckedFile> files, Request request) =>
        [.. files.Select(f => f with { Findings = [.. f.Findings.Where(finding => finding.Severity >= request.AtLeast && request.Wants(finding.Rule))] })];

    private static void Write(CheckResult result, string format, bool isComplete, Terminal terminal)
    {
        switch (format)
        {
            case "json":
                JsonReport.Write(result, terminal.Out);
                break;
            case "sarif":
                SarifReport.Write(InRepository(result, terminal), terminal.Repository ?? terminal.Folder, isComplete, terminal.Out);
                break;
            case "github":
                GitHubReport.Write(InRepository(result, terminal), terminal.Out);
                break;
            default:
                TextReport.Write(result, terminal.Out, terminal.Paint, terminal.Width);
                break;
        }
    }

    // GitHub looks for files from the top of the repository, in whatever folder a step runs.
    private static CheckResult InRepository(CheckResult result, Terminal terminal) =>
        result with { Files = [.. result.Files.Select(f => f with { Path = terminal.InRepository(f.Path), Root = Top(terminal.InRepository(f.Root)) })] };

    private static string Top(string root) => root is "." ? "" : root;

    private static void WriteTimings(Checker checker, Request request, Terminal terminal)
    {
        foreach ((string rule, TimeSpan time) in checker.Timings.Where(t => request.Wants(t.Rule)))
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,10:0.00} ms  {rule}"));
    }

    private static int Status(CheckResult result, Request request) =>
        result.Count(Severity.Error) > 0 || result.Findings.Count(f => f.Finding.Severity >= request.Counts) > request.Tolerated
            ? ExitStatus.Findings
            : ExitStatus.Clean;

    private static Severity SeverityOf(string word) => word switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "information" => Severity.Information,
        _ => Severity.Hint,
    };
}
