using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Folio;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Lists;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Portfolio;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp portfolio</c>: every prompt with its owner, its state and its cost.</summary>
internal static class PortfolioCommand
{
    private static readonly TimeSpan StaleAge = TimeSpan.FromDays(90);

    public static Command Create(Terminal terminal)
    {
        var unowned = new Option<bool>("--unowned") { Description = "Only prompts that nobody answers for." };
        var untested = new Option<bool>("--untested") { Description = "Only prompts without a test." };
        var stale = new Option<bool>("--stale") { Description = $"Only prompts that have not been changed for {StaleAge.Days} days." };
        Option<string> format = CommonOptions.Format("csv");
        var command = new ExampleCommand("portfolio", "Lists all prompts: owner, purpose, versions, tests, findings, cost, who depends on them.",
            "promptlsp portfolio --untested") { unowned, untested, stale, format };
        command.SetAction((parsed, cancel) =>
        {
            using var all = new ReadPortfolio(terminal, cancel);
            DateTimeOffset old = terminal.Clock.GetUtcNow() - StaleAge;
            ImmutableArray<OwnedPrompt> prompts =
            [
                .. all.Prompts.Where(p => (!parsed.GetValue(unowned) || p.Owners.IsEmpty) && (!parsed.GetValue(untested) || (!p.IsTested && !p.IsPartial))
                    && (!parsed.GetValue(stale) || p.Changed < old)),
            ];
            switch (parsed.GetValue(format))
            {
                case "json":
                    WriteJson(prompts, all, terminal);
                    break;
                case "csv":
                    WriteCsv(prompts, all, terminal);
                    break;
                default:
                    WriteText(prompts, all, terminal);
                    break;
            }
            return Task.FromResult(all.End());
        });
        return command;
    }

    private static void WriteText(ImmutableArray<OwnedPrompt> prompts, ReadPortfolio all, Terminal terminal)
    {
        string[][] rows = [.. prompts.Select(p => Row(p, all, terminal))
            .Prepend(["prompt", "owner", "month", "tests", "findings", "a call", "evaluated", "runs in", "used by"])];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        for (int i = 0; i < rows.Length; i++)
        {
            string line = string.Join("  ", rows[i].Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd();
            terminal.Out.WriteLine(i == 0 ? terminal.Paint.Dim(line) : line);
            if (i > 0 && prompts[i - 1].Header.Description is { Length: > 0 } purpose)
                terminal.Out.WriteLine(terminal.Paint.Dim("    " + VersionText.Cut(purpose, Math.Max(20, terminal.Width - 4))));
        }
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Summary(prompts));
    }

    private static string[] Row(OwnedPrompt prompt, ReadPortfolio all, Terminal terminal) =>
    [
        VersionText.Visible(all.Shown(prompt.Path, terminal)),
        VersionText.Visible(prompt.Owners.IsEmpty ? "–" : string.Join(", ", prompt.Owners)),
        prompt.Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"{prompt.VersionsThisMonth} (v{version})") : "–",
        PortfolioWords.Tests(prompt),
        PortfolioWords.Findings(prompt),
        prompt.Tokens is { } tokens ? tokens.ToString() : "–",
        prompt.Evaluation is { } last ? string.Create(CultureInfo.InvariantCulture, $"{last.At[..10]} {last.Passed}/{last.Answers}") : "–",
        prompt.Environments.IsEmpty ? "–" : VersionText.Visible(Running(prompt, ", ")),
        prompt.Dependants.IsEmpty ? "–" : prompt.Dependants.Length.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Running(OwnedPrompt prompt, string between) => string.Join(between, prompt.Environments.Select(e => $"{e.Environment} {e.Release}"));

    private static string Summary(ImmutableArray<OwnedPrompt> prompts) => string.Join(", ",
        Counted.Of(prompts.Length, "prompt"),
        $"{prompts.Count(p => p.Owners.IsEmpty)} without an owner",
        $"{prompts.Count(p => !p.IsTested && !p.IsPartial)} without a test",
        $"{prompts.Count(p => p.Tests.ContainsKey(TestOutcome.Failed))} with a failed one");

    private static void WriteJson(ImmutableArray<OwnedPrompt> prompts, ReadPortfolio all, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (OwnedPrompt prompt in prompts)
        {
            writer.WriteStartObject();
            writer.Member("file", all.Shown(prompt.Path, terminal));
            writer.Member("name", prompt.Header.Name);
            writer.Member("partial", prompt.IsPartial);
            writer.Member("owner", prompt.Owners);
            writer.Member("purpose", prompt.Header.Description);
            writer.Member("tags", prompt.Tags);
            writer.Member("model", prompt.Header.Model);
            writer.Member("version", prompt.Version);
            writer.Member("versionsThisMonth", prompt.VersionsThisMonth);
            writer.Member("changed", VersionWords.Iso(prompt.Changed));
            writer.Member("tests", PromptJson.Object(("passed", Of(TestOutcome.Passed)), ("failed", Of(TestOutcome.Failed)),
                ("notRun", Of(TestOutcome.NotRun))));
            writer.Member("findings", PromptJson.Object([.. Severities.Select(s => (s.Word(), (object?)(long)prompt.Findings.GetValueOrDefault(s)))]));
            writer.Member("tokens", prompt.Tokens is { } tokens ? PromptJson.Object(("count", (long)tokens.Tokens), ("exact", tokens.IsExact)) : null);
            writer.Member("cost", prompt.Tokens?.Cost is { } cost ? PromptJson.Object(("amount", cost.Amount), ("currency", cost.Currency)) : null);
            writer.Member("evaluation", prompt.Evaluation is { } last
                ? PromptJson.Object(("file", last.Evaluation), ("at", last.At), ("passed", (long)last.Passed), ("answers", (long)last.Answers)) : null);
            writer.Member("environments", prompt.Environments.Select(e => PromptJson.Object(
                ("environment", e.Environment), ("release", e.Release), ("by", e.By), ("at", e.At is { } at ? VersionWords.Iso(at) : null), ("why", e.Why))));
            writer.Member("includes", prompt.Includes.Select(p => all.Shown(p, terminal)));
            writer.Member("dependants", prompt.Dependants.Select(p => all.Shown(p, terminal)));
            writer.WriteEndObject();

            object Of(TestOutcome outcome) => (long)prompt.Tests.GetValueOrDefault(outcome);
        }
        writer.WriteEndArray();
    });

    private static readonly Severity[] Severities = [Severity.Error, Severity.Warning, Severity.Information, Severity.Hint];

    private static void WriteCsv(ImmutableArray<OwnedPrompt> prompts, ReadPortfolio all, Terminal terminal)
    {
        terminal.Out.WriteLine("file,name,owner,purpose,tags,model,version,versions this month,changed,tests passed,tests failed,tests not run,"
            + "errors,warnings,tokens,cost,currency,evaluated,passed,answers,environments,dependants");
        foreach (OwnedPrompt p in prompts)
        {
            object?[] cells =
            [
                all.Shown(p.Path, terminal), p.Header.Name, string.Join("; ", p.Owners), p.Header.Description, string.Join("; ", p.Tags), p.Header.Model,
                p.Version, p.VersionsThisMonth, VersionWords.Iso(p.Changed),
                p.Tests.GetValueOrDefault(TestOutcome.Passed), p.Tests.GetValueOrDefault(TestOutcome.Failed), p.Tests.GetValueOrDefault(TestOutcome.NotRun),
                p.Findings.GetValueOrDefault(Severity.Error), p.Findings.GetValueOrDefault(Severity.Warning),
                p.Tokens?.Tokens, p.Tokens?.Cost?.Amount, p.Tokens?.Cost?.Currency, p.Evaluation?.At, p.Evaluation?.Passed, p.Evaluation?.Answers,
                Running(p, "; "), p.Dependants.Length,
            ];
            terminal.Out.WriteLine(string.Join(',', cells.Select(Cell)));
        }
    }

    // RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front, as it must not run what a prompt says.
    private static string Cell(object? value)
    {
        string text = value is double amount
            ? amount.ToString("0.############", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (value is string && text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
