using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp restore FILE</c>: a deleted prompt is there again.</summary>
internal static class RestoreCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt as it was called, and which version; the newest if none is named.");
        Option<string?> note = HistoryOptions.Note("Why it comes back.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("restore", "Brings a deleted prompt back.", "promptlsp restore prompts/reply.prompt") { file, note, format };
        command.SetAction(parsed =>
        {
            using PromptHistory history = PromptHistory.ToChange(parsed.GetValue(file)!, terminal);
            if (Path.Exists(history.Path))
                throw new CommandFailure($"`{history.Shown}` is there; `promptlsp rollback {history.Shown} --to {history.Reference ?? "REF"} -m WHY` brings an older version back");
            PromptVersion target = history.Resolve(history.Reference ?? "head");
            byte[] bytes = history.Store.Bytes(target);
            // The log is to show that it was gone, even if nothing has recorded that yet.
            history.Store.Delete(history.Relative, null, history.By);
            ReplacedFile.Write(history.Path, bytes);
            PromptVersion now = history.RecordRollback(target, bytes, parsed.GetValue(note));
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, writer => writer.Version(now));
            else
                terminal.Out.WriteLine($"{VersionText.Visible(history.Shown)} is there again: {VersionText.Line(now, terminal)}");
            return ExitStatus.Clean;
        });
        return command;
    }
}
