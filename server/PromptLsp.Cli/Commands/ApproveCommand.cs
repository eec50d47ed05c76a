using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Gates;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Cli.Commands;

/// <summary>
/// <c>promptlsp approve FILE --for ENV</c> and <c>promptlsp withdraw FILE --for ENV</c>: one person's signed yes to one release, and taking it back.
/// </summary>
internal static class ApproveCommand
{
    public static Command Create(Terminal terminal) =>
        Create(
            "approve",
            "Says yes, signed, to the release that a promotion would bring.",
            "promptlsp approve support/reply.prompt --for production -m \"read it, and tried it on last week's tickets\"",
            terminal,
            Approve
        );

    public static Command CreateWithdraw(Terminal terminal) =>
        Create("withdraw", "Takes your approval back.", "promptlsp withdraw support/reply.prompt --for production -m \"it greets twice\"", terminal, Withdraw);

    private static ExampleCommand Create(
        string name,
        string description,
        string example,
        Terminal terminal,
        Func<CommandWorkspace, string, EnvironmentPolicy, string?, Terminal, CancellationToken, Approval> word
    )
    {
        var file = new Argument<string>("FILE") { Description = "The prompt." };
        Option<string> environment = ReleaseOptions.Environment("--for", "The environment that it is meant for.");
        Option<string?> note = HistoryOptions.Note("What you looked at, or why; it is signed too.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(name, description, example) { file, environment, note, format };
        command.SetAction(async (parsed, cancel) =>
        {
            (CommandWorkspace workspace, ImmutableArray<string> prompts) = CommandWorkspace.Of([parsed.GetValue(file)!], terminal);
            EnvironmentPolicy to = Promotion.EnvironmentOf(workspace.Settings.Releases, parsed.GetValue(environment)!);
            Approval said = word(workspace, prompts[0], to, parsed.GetValue(note), terminal, cancel);
            using (ReleaseWriter writer = await ReleaseWriter.OpenAsync(workspace.Folder, terminal.Clock, cancel))
                writer.Write(said);
            workspace.Remember(prompts);
            Tell(said, workspace, parsed.GetValue(format) == "json", terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static Approval Approve(CommandWorkspace workspace, string prompt, EnvironmentPolicy to, string? note, Terminal terminal, CancellationToken cancel)
    {
        using Promotion promotion = workspace.Releases.Plan([prompt], to.Name, null, cancel);
        PlannedMove move = promotion.Moves[0];
        if (move.IsThere)
            throw new CommandFailure($"{to.Name} holds this release of `{workspace.Shown(prompt)}` already; there is nothing to say yes to");
        if (to.Require.Approvals == 0)
            terminal.Tell($"{to.Name} asks for no approvals; yours is kept all the same");
        if (Approving.MailOf(workspace.By.Author) is var mail && move.Authors.Contains(mail))
            terminal.Tell($"you ({mail}) wrote it, and {to.Name} asks for the word of others; yours is kept, and does not count");
        var approving = new Approving(workspace.Root, workspace.Settings.Releases, terminal.Clock) { MayAsk = terminal.IsInteractive };
        if (approving.SaidBefore(workspace.Folder.Standing(to.Name, prompt, mail), move, note) is not { } before)
            return approving.Approve(to, move, note, workspace.By.Author);
        terminal.Tell("you said yes to it before; nothing is added");
        return before;
    }

    private static Approval Withdraw(CommandWorkspace workspace, string prompt, EnvironmentPolicy to, string? note, Terminal terminal, CancellationToken cancel)
    {
        string mail = Approving.MailOf(workspace.By.Author);
        Approval approval =
            workspace.Folder.Standing(to.Name, prompt, mail)
            ?? throw new CommandFailure($"you ({mail}) have not approved `{workspace.Shown(prompt)}` for {to.Name}");
        return new Approving(workspace.Root, workspace.Settings.Releases, terminal.Clock) { MayAsk = terminal.IsInteractive }.Withdraw(
            to,
            approval,
            note,
            workspace.By.Author
        );
    }

    private static void Tell(Approval said, CommandWorkspace workspace, bool asJson, Terminal terminal)
    {
        ReleaseRecord? now = workspace.Folder.Record(said.Environment, said.Prompt);
        string file = $"{workspace.Folder.Relative(said.Environment, said.Prompt)}/{ReleaseFolder.ApprovalsFolder}/{said.FileName}";
        if (asJson)
        {
            PromptJson.Write(
                terminal.Out,
                json =>
                {
                    json.WriteStartObject();
                    json.Member("kind", said.KindWord);
                    json.Member("file", workspace.Shown(said.Prompt));
                    json.Member("environment", said.Environment);
                    json.Member("release", said.Name.Release);
                    json.Member("context", said.Name.Context);
                    json.Member("replaces", now?.Name.Release);
                    json.Member("by", said.By);
                    json.WriteBoolean("signed", said.Signature is not null);
                    json.Member("written", file);
                    json.WriteEndObject();
                }
            );
            return;
        }
        using HistoryStore? store = workspace.Store();
        string against = now is null ? "where there is none yet" : $"in the place of {ReleaseWorkspace.NameOf(now, store)}";
        terminal.Out.WriteLine(
            $"{said.KindWord} by {VersionText.Visible(said.By)}: release {said.Name.Short} of {VersionText.Visible(workspace.Shown(said.Prompt))} "
                + $"for {said.Environment}, {against}; {(said.Signature is null ? "unsigned, which proves nothing" : "signed")}"
        );
        terminal.Out.WriteLine($"  release  {said.Name.Release}");
        terminal.Out.WriteLine($"  context  {said.Name.Context}");
        terminal.Tell($"commit `{file}` for it to count for others");
    }
}
