using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Git;
using PromptLsp.Language.Linting;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp doctor</c>: what is set up in this folder, and what is wrong with it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> format = CommonOptions.Format();
        var restore = new Option<string?>("--restore-history") { Description = "First put a copy in the place of the history: the newest one, or a file. What was there is moved aside.", HelpName = "newest|FILE" };
        var command = new ExampleCommand("doctor", "Tells what is set up here, and what is wrong.", "promptlsp doctor") { restore, format };
        command.SetAction((parsed, cancel) =>
        {
            if (parsed.GetValue(restore) is { } copy)
                StoreChecks.Restore(copy, terminal);
            return Task.FromResult(Run(parsed.GetValue(format) == "json", terminal, cancel));
        });
        return command;
    }

    private static int Run(bool asJson, Terminal terminal, CancellationToken cancel)
    {
        Check[] checks = [.. Checks(terminal, cancel)];
        if (asJson)
            WriteJson(checks, terminal);
        else
            WriteText(checks, terminal);
        return checks.All(c => c.IsFine) ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static IEnumerable<Check> Checks(Terminal terminal, CancellationToken cancel)
    {
        yield return new("program", true, $"promptlsp {ProductVersion.Text}, {(RuntimeFeature.IsDynamicCodeSupported ? RuntimeInformation.FrameworkDescription : "native")}, {RuntimeInformation.RuntimeIdentifier}");
        yield return new("executable", true, Environment.ProcessPath ?? "unknown");
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root root = snapshot.Roots.Of(Path.Join(terminal.Folder, "any.prompt"));
        yield return new("root", true, root.Folder);
        foreach (Check check in Settings(snapshot, root))
            yield return check;
        int prompts = Discovery.Prompts(root.Folder, cancel).Count();
        yield return new("prompts", true, prompts == 0 ? "none; a prompt is a file whose name ends in .prompt" : $"{prompts}");
        yield return new("author", true, GitAuthor.Read(root.Folder));
        foreach (Check check in StoreChecks.Of(root, cancel))
            yield return check;
    }

    private static IEnumerable<Check> Settings(Snapshot snapshot, Root root)
    {
        string path = Path.Join(root.Folder, Roots.SettingsFile);
        FileText file = snapshot.Disk.Read(path);
        if (file.Status == FileStatus.Missing)
        {
            yield return new("settings", true, $"no {Roots.SettingsFile}; everything is as it comes");
            yield break;
        }
        if (!file.IsOk)
        {
            yield return new("settings", false, Checking.PromptPaths.Why(path, file.Status));
            yield break;
        }
        WorkspaceSettings settings = snapshot.SettingsOf(root);
        yield return new("settings", settings.Findings.All(f => f.Severity < Severity.Warning), path);
        foreach (Finding finding in settings.Findings)
            yield return new("settings", false, $"{Checking.OnePrompt.Place(Roots.SettingsFile, file.Text, finding.Span)} {finding.Message}");
        yield return new("context", true, Listed(settings.Context.Select(c => c.Name)));
        yield return new("partials", true, Listed(settings.Partials.Select(root.Relative)));
        yield return new("models", true, Listed(settings.Models.Select(m => m.Name)));
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";

    private static void WriteText(Check[] checks, Terminal terminal)
    {
        int widest = checks.Max(c => c.Name.Length);
        foreach (Check check in checks)
            terminal.Out.WriteLine($"{(check.IsFine ? terminal.Paint.Green("ok   ") : terminal.Paint.Red("wrong"))}  {check.Name.PadRight(widest)}  {SourceExcerpt.Visible(check.Says)}");
    }

    private static void WriteJson(Check[] checks, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (Check check in checks)
        {
            writer.WriteStartObject();
            writer.Member("check", check.Name);
            writer.Member("fine", check.IsFine);
            writer.Member("says", check.Says);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}

/// <summary>One thing that was looked at.</summary>
internal readonly record struct Check(string Name, bool IsFine, string Says);
