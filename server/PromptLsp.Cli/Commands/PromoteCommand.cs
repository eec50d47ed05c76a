using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Signing;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp promote FILE… --to ENV -m WHY</c>: an environment's release of a prompt becomes the one that the environment before holds.</summary>
internal static class PromoteCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "The prompts; all of them move, or none.", Arity = ArgumentArity.OneOrMore };
        Option<string> to = ReleaseOptions.Environment("--to", "Where to: an environment of promptlsp.yaml.");
        Option<string?> why = new("--why", "-m") { Description = "The reason; it stays with the release.", HelpName = "WHY" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be replaced. Status 1 where a gate is shut." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var overrides = new Option<bool>("--override")
        {
            Description = "Let it in although a gate is shut, signed, where the policy lists you; it is shown as that for ever.",
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "promote",
            "Moves prompts into an environment, if its gates are open.",
            "promptlsp promote support/reply.prompt --to production -m \"answers in the customer's language\""
        )
        {
            files,
            to,
            why,
            dryRun,
            yes,
            overrides,
            format,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                (CommandWorkspace workspace, ImmutableArray<string> prompts) = CommandWorkspace.Of(parsed.GetValue(files)!, terminal);
                return Run(
                    workspace,
                    prompts,
                    new(
                        parsed.GetValue(to)!,
                        parsed.GetValue(why),
                        parsed.GetValue(dryRun),
                        parsed.GetValue(yes),
                        parsed.GetValue(overrides),
                        parsed.GetValue(format) == "json"
                    ),
                    terminal,
                    cancel
                );
            }
        );
        return command;
    }

    private sealed record Wish(string To, string? Why, bool IsDryRun, bool IsSure, bool Overrides, bool AsJson);

    private static async Task<int> Run(CommandWorkspace workspace, ImmutableArray<string> prompts, Wish wish, Terminal terminal, CancellationToken cancel)
    {
        await workspace.CompleteAsync(cancel);
        if (!wish.IsDryRun && Promotion.EnvironmentOf(workspace.Settings.Releases, wish.To).From is null)
            Record(workspace, prompts, terminal);
        using Promotion promotion = workspace.Releases.Plan(prompts, wish.To, wish.Why, cancel);
        bool isOpen = promotion.IsOpen || (wish.Overrides && !wish.IsDryRun);
        using HistoryStore? store = workspace.Store();
        if (!wish.AsJson)
        {
            foreach (PlannedMove move in promotion.Moves)
                PromotionReport.Write(move, wish.To, workspace, store, terminal);
        }
        ImmutableArray<ReleaseRecord> records = [];
        if (isOpen && !wish.IsDryRun && promotion.Moves.Any(m => !m.IsThere))
        {
            if (!wish.IsSure && !Ask(promotion, terminal))
                return ExitStatus.Findings;
            records = await promotion.CarryOutAsync(
                wish.Overrides ? Overridden(promotion, workspace, wish.Why, terminal) : ImmutableDictionary<string, Approval>.Empty,
                cancel
            );
        }
        if (!records.IsEmpty)
            workspace.Remember(records.Select(r => r.Prompt));
        if (wish.AsJson)
            WriteJson(promotion, records, workspace, terminal);
        else
            Tell(promotion, records, isOpen, wish, workspace, terminal);
        return isOpen ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static void Tell(Promotion promotion, ImmutableArray<ReleaseRecord> records, bool isOpen, Wish wish, CommandWorkspace workspace, Terminal terminal)
    {
        using (HistoryStore? store = workspace.Releases.Store())
        {
            foreach (ReleaseRecord record in records)
            {
                string name = ReleaseWorkspace.NameOf(record, store);
                terminal.Out.WriteLine($"{record.KindWord}: {wish.To} holds {name} of {VersionText.Visible(workspace.Shown(record.Prompt))}");
            }
        }
        if (!isOpen)
            terminal.Tell(
                $"promptlsp: nothing was promoted: {Counted.Of(promotion.Moves.Sum(m => m.Gates.Count(g => !g.Holds)), "gate")} of {wish.To} "
                    + $"{(promotion.Moves.Sum(m => m.Gates.Count(g => !g.Holds)) == 1 ? "is" : "are")} shut"
            );
        else if (!records.IsEmpty)
            terminal.Tell($"commit `{workspace.Folder.Policy.Folder}` for it to reach others");
    }

    // So that the release can be called by a version. A history that cannot be written is no reason not to promote.
    private static void Record(CommandWorkspace workspace, ImmutableArray<string> prompts, Terminal terminal)
    {
        foreach (string prompt in prompts.Where(p => File.Exists(Path.GetFullPath(p, workspace.Root.Folder))))
        {
            try
            {
                using PromptHistory history = PromptHistory.ToWrite(Path.GetFullPath(prompt, workspace.Root.Folder), terminal);
                history.RecordWhatIsOnDisk();
            }
            catch (HistoryUnavailableException why)
            {
                terminal.Tell($"promptlsp: no version was recorded: {why.Message}");
                return;
            }
        }
    }

    private static bool Ask(Promotion promotion, Terminal terminal)
    {
        if (!terminal.IsInteractive)
            throw new CommandFailure("nobody can be asked here whether this is right; look with `--dry-run`, and add `--yes`");
        // What is asked about is seen first.
        terminal.Out.Flush();
        terminal.Error.Write($"Promote to {promotion.To.Name}? [y/N] ");
        terminal.Error.Flush();
        return terminal.In().ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static ImmutableDictionary<string, Approval> Overridden(Promotion promotion, CommandWorkspace workspace, string? why, Terminal terminal)
    {
        if (string.IsNullOrWhiteSpace(why))
            throw new CommandFailure("who lets a release in although a gate is shut says why, behind `-m`");
        var signing = new Approving(workspace.Root, workspace.Settings.Releases, terminal.Clock) { MayAsk = terminal.IsInteractive };
        return promotion
            .Moves.Where(m => m is { IsThere: false, IsOpen: false })
            .ToImmutableDictionary(m => m.Prompt, m => signing.Override(promotion.To, m, why, workspace.By.Author));
    }

    private static void WriteJson(Promotion promotion, ImmutableArray<ReleaseRecord> records, CommandWorkspace workspace, Terminal terminal) =>
        PromptJson.Write(
            terminal.Out,
            json =>
            {
                json.WriteStartObject();
                json.Member("environment", promotion.To.Name);
                json.WriteStartArray("moves");
                foreach (PlannedMove move in promotion.Moves)
                    PromotionReport.WriteJson(json, move, promotion.To.Name, workspace);
                json.WriteEndArray();
                json.Member("promoted", records.Select(r => (object?)workspace.Shown(r.Prompt)).ToArray());
                json.WriteEndObject();
            }
        );
}
