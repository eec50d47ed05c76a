using System.CommandLine;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Versions;
using PromptLsp.Releases;
using PromptLsp.Releases.Folder;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp freeze ENV -m WHY</c> and <c>promptlsp thaw ENV</c>: for a while nothing is promoted to an environment; rollbacks are.</summary>
internal static class FreezeCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> environment = Environment();
        Option<string> why = HistoryOptions.Why("The reason, which everybody is told who wants to promote.");
        var command = new ExampleCommand(
            "freeze",
            "Lets nothing into an environment but rollbacks, until it is thawed.",
            "promptlsp freeze production -m \"the sale runs until Monday\""
        )
        {
            environment,
            why,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                CommandWorkspace workspace = CommandWorkspace.Here(terminal);
                string name = Promotion.EnvironmentOf(workspace.Settings.Releases, parsed.GetValue(environment)!).Name;
                using ReleaseWriter writer = await ReleaseWriter.OpenAsync(workspace.Folder, terminal.Clock, cancel);
                if (workspace.Folder.Frozen(name) is { } before)
                    throw new CommandFailure($"{name} is frozen already, by {before.By}: {before.Why}");
                writer.Write(name, Promotion.Frozen(workspace.By, parsed.GetValue(why)!, terminal.Clock));
                workspace.Remember([]);
                terminal.Out.WriteLine($"{name} is frozen; `promptlsp thaw {name}` ends that");
                terminal.Tell($"commit `{workspace.Folder.Policy.Folder}` for it to hold for others");
                return ExitStatus.Clean;
            }
        );
        return command;
    }

    public static Command CreateThaw(Terminal terminal)
    {
        Argument<string> environment = Environment();
        Option<string?> why = HistoryOptions.Note("The reason; the history keeps it.");
        var command = new ExampleCommand("thaw", "Lets promotions into a frozen environment again.", "promptlsp thaw production") { environment, why };
        command.SetAction(async (parsed, cancel) =>
        {
            CommandWorkspace workspace = CommandWorkspace.Here(terminal);
            string name = Promotion.EnvironmentOf(workspace.Settings.Releases, parsed.GetValue(environment)!).Name;
            using ReleaseWriter writer = await ReleaseWriter.OpenAsync(workspace.Folder, terminal.Clock, cancel);
            Frozen before = workspace.Folder.Frozen(name) ?? throw new CommandFailure($"{name} is not frozen");
            writer.Write(name, null);
            workspace.Remember([], FolderClaims.Thawed(name, before, workspace.By.Author, parsed.GetValue(why)));
            terminal.Out.WriteLine($"{name} is open again; it was frozen by {VersionText.Visible(before.By)}: {VersionText.Visible(before.Why)}");
            terminal.Tell($"commit `{workspace.Folder.Policy.Folder}` for it to hold for others");
            return ExitStatus.Clean;
        });
        return command;
    }

    private static Argument<string> Environment() => new("ENV") { Description = "An environment of promptlsp.yaml." };
}
