using System.CommandLine;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp rollback FILE --to REF -m WHY</c>: an older version's content comes back, as a new version.</summary>
internal static class RollbackCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The prompt." };
        var to = new Option<string>("--to")
        {
            Description = "The version whose content comes back: v12, a tag, a fingerprint's beginning, head~2.",
            HelpName = "REF",
        };
        var environment = new Option<string?>("--env")
        {
            Description = "Bring not the file back, but what this environment holds: to the release that it held before, or the one that `--to` names.",
            HelpName = "ENV",
        };
        Option<string> why = HistoryOptions.Why("The reason; it is the new version's note.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "rollback",
            "Brings an older version's content back. What is on disk now is recorded first.",
            "promptlsp rollback prompts/reply.prompt --to support-v2-stable -m \"v12 greets twice\""
        )
        {
            file,
            to,
            environment,
            why,
            format,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                if (parsed.GetValue(environment) is { } place)
                    return await RollbackReport.RunAsync(
                        parsed.GetValue(file)!,
                        place,
                        parsed.GetValue(to),
                        parsed.GetValue(why)!,
                        parsed.GetValue(format) == "json",
                        terminal,
                        cancel
                    );
                string wanted =
                    parsed.GetValue(to) ?? throw new CommandFailure("say which version comes back: `--to v12`, a tag, or an environment with `--env`");
                using PromptHistory history = PromptHistory.ToChange(parsed.GetValue(file)!, terminal);
                // Before anything is touched: a version that is not there changes nothing.
                PromptVersion target = history.Resolve(wanted);
                byte[] bytes = history.Store.Bytes(target);
                if (target.Deleted is { } name && File.Exists(history.Path))
                    throw new CommandFailure(
                        $"{target.Name} of {name} is no version of this prompt but of the one deleted before; `promptlsp restore "
                            + $"{history.Shown}@{name}:{target.Name} --as FILE` brings that back"
                    );
                PromptVersion? before = history.RecordWhatIsOnDisk();
                if (before is not null)
                    MustBeKept(history, before);
                PromptVersion now = before?.Fingerprint == target.Fingerprint ? before : RollBack(history, target, bytes, parsed.GetValue(why)!);
                if (parsed.GetValue(format) == "json")
                    PromptJson.Write(terminal.Out, writer => writer.Version(now));
                else
                    terminal.Out.WriteLine(
                        now == before
                            ? $"{VersionText.Visible(history.Shown)} has the content of {target.Name} already"
                            : $"{VersionText.Visible(history.Shown)} is as {target.Name} was: {VersionText.Line(now, terminal)}\n  "
                                + $"{terminal.Paint.Dim(before is null ? "it was empty before" : $"what it was before is {before.Name}")}"
                    );
                return ExitStatus.Clean;
            }
        );
        return command;
    }

    // What was forgotten may still be on disk, where it would be lost.
    private static void MustBeKept(PromptHistory history, PromptVersion before)
    {
        try
        {
            history.Store.Bytes(before);
        }
        catch (HistoryException)
        {
            throw new CommandFailure(
                $"`{history.Shown}` holds what was erased as {before.Name}, which no version keeps; copy it to another place, or delete the file, "
                    + "before rolling back"
            );
        }
    }

    private static PromptVersion RollBack(PromptHistory history, PromptVersion target, byte[] bytes, string why)
    {
        ReplacedFile.Write(history.Path, bytes);
        return history.RecordRollback(target, bytes, why);
    }
}
