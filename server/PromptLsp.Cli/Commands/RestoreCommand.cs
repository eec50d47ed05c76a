using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp restore FILE</c>: a deleted prompt is there again.</summary>
internal static class RestoreCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt as it was called, and which version; the newest if none is named.");
        var other = new Option<string?>("--as") { Description = "Under which name; the one it had if none is given.", HelpName = "FILE" };
        Option<string?> note = HistoryOptions.Note("Why it comes back.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("restore", "Brings a deleted prompt back.", "promptlsp restore prompts/reply.prompt") { file, other, note, format };
        command.SetAction(parsed =>
        {
            using PromptHistory history = PromptHistory.ToChange(parsed.GetValue(file)!, terminal);
            string path = parsed.GetValue(other) is { } name ? terminal.Absolute(name) : history.Path;
            PromptVersion target = Target(history, path, terminal);
            if (target.IsForgotten && history.Reference is null)
                throw new CommandFailure(history.HowToRestore(target));
            byte[] bytes = history.Store.Bytes(target);
            ReplacedFile.Write(path, bytes);
            PromptVersion now = history.RecordRestored(target, bytes, path, parsed.GetValue(note));
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, writer => writer.Version(now));
            else
                terminal.Out.WriteLine($"{VersionText.Visible(terminal.Display(path))} is there again: {VersionText.Line(now, terminal)}");
            return ExitStatus.Clean;
        });
        return command;
    }

    // Where something is at the path, a deleted prompt that was there before is meant.
    private static PromptVersion Target(PromptHistory history, string path, Terminal terminal)
    {
        bool isThere = Path.Exists(history.Path);
        string reference = history.Reference ?? (isThere ? DeletedName.Last : "head");
        PromptVersion? target = isThere && history.Reference is null && history.Store.Deleted(history.Relative).IsEmpty ? null : history.Resolve(reference);
        if (isThere && target?.Deleted is null)
            throw new CommandFailure(
                $"`{history.Shown}` is there; `promptlsp rollback {history.Shown} --to {history.Reference ?? "REF"} -m WHY` brings an older version back"
            );
        if (Path.Exists(path))
            throw new CommandFailure(
                $"`{terminal.Display(path)}` is there; `promptlsp restore {history.Shown}@{reference} --as FILE` brings the deleted prompt back "
                    + "under another name"
            );
        if (!path.StartsWith(history.Root.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !KnownFormats.Has(path))
            throw new CommandFailure(
                $"`{terminal.Display(path)}` cannot have this history; name a file that ends in {KnownFormats.Endings}, below {history.Root.Folder}"
            );
        return target!;
    }
}
