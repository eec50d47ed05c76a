using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Diffs;
using PromptLsp.Language.Formatting;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp format [PATH…]</c>: spaces code and front matter evenly, and never changes what a prompt renders to.</summary>
internal static class FormatCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders; the folder you are in if none is given; - reads standard input and writes to standard output.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; list what is not formatted. Status 1 where anything is." };
        var diff = new Option<bool>("--diff") { Description = "Write nothing; show what would be changed. Status 1 where anything would." };
        Option<string?> filename = PipedPrompt.FilenameOption();
        var command = new ExampleCommand(
            "format",
            "Spaces code and front matter evenly. What a prompt renders to stays as it is.",
            "promptlsp format prompts --diff"
        )
        {
            paths,
            check,
            diff,
            filename,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var found = PromptPaths.Of(parsed.GetValue(paths) ?? [], parsed.GetValue(filename), terminal, cancel);
                return Task.FromResult(
                    Run(
                        found,
                        parsed.GetValue(diff) ? Mode.Diff
                            : parsed.GetValue(check) ? Mode.Check
                            : Mode.Write,
                        terminal,
                        cancel
                    )
                );
            }
        );
        return command;
    }

    private enum Mode
    {
        Write,
        Check,
        Diff,
    }

    private static int Run(PromptPaths paths, Mode mode, Terminal terminal, CancellationToken cancel)
    {
        paths.TellIfEmpty(terminal);
        var snapshot = Snapshot.Empty(new Disk(), paths.Folders.IsEmpty ? [terminal.Folder] : paths.Folders);
        snapshot = paths.Piped?.In(snapshot) ?? snapshot;
        int changed = 0, unread = 0;
        foreach (string path in paths.Files)
        {
            cancel.ThrowIfCancellationRequested();
            (FileStatus status, PromptModel? prompt) = paths.Piped is null ? snapshot.ReadOnce(path) : (FileStatus.Ok, snapshot.ModelOf(path));
            if (prompt is null)
            {
                unread++;
                terminal.Tell($"promptlsp: {PromptPaths.Why(terminal.Display(path), status)}");
                continue;
            }
            string before = prompt.Document.Text.Content, after = Formatter.Text(prompt.Document);
            if (paths.Piped is not null && mode == Mode.Write)
            {
                terminal.Out.Write(paths.Piped.Mark + after);
            }
            else if (before != after && !Report(path, before, after, mode, terminal))
            {
                unread++;
                continue;
            }
            changed += before == after ? 0 : 1;
        }
        if (mode != Mode.Diff && paths.Piped is null)
            terminal.Out.WriteLine($"{Counted.Of(paths.Files.Length - unread, "file")}, {changed} {(mode == Mode.Write ? "formatted" : "not formatted")}");
        return unread > 0 || !paths.IsComplete ? ExitStatus.Usage : changed > 0 && mode != Mode.Write ? ExitStatus.Findings : ExitStatus.Clean;
    }

    // False where the file cannot be written, which keeps no other from it.
    private static bool Report(string path, string before, string after, Mode mode, Terminal terminal)
    {
        string shown = terminal.Display(path);
        switch (mode)
        {
            case Mode.Diff:
                DiffReport.WriteUnified(LineDiff.Of(before, after), shown, shown, terminal);
                return true;
            case Mode.Write:
                try
                {
                    ReplacedFile.WriteText(path, before, after);
                }
                catch (CommandFailure failure)
                {
                    terminal.Tell("promptlsp: " + failure.Message);
                    return false;
                }
                break;
        }
        terminal.Out.WriteLine(VersionText.Visible(shown));
        return true;
    }
}
