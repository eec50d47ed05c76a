using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Portfolio.Search;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp forget FILE@REF -m WHY</c>: takes a content out of the history for good.</summary>
internal static class ForgetCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE@REF") { Description = "The version whose content goes; every version with the same content loses it." };
        Option<string> why = HistoryOptions.Why("The reason, which is kept: it must not repeat the secret.");
        var note = new Option<bool>("--notes") { Description = "Erase the version's notes instead of its content." };
        var through = new Option<string?>("--through") { Description = "Erase instead the content of a file that the version pulled in.", HelpName = "PATH" };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "forget",
            "Erases a content from the history for good; its fingerprint and the reason stay.",
            "promptlsp forget prompts/reply.prompt@v7 -m \"held a key, which is revoked\""
        )
        {
            file,
            why,
            note,
            through,
            format,
        };
        command.SetAction(parsed =>
        {
            using PromptHistory history = PromptHistory.ToChange(parsed.GetValue(file)!, terminal);
            PromptVersion version = history.Resolve(history.Reference ?? throw new CommandFailure($"say which version: `{history.Shown}@v7`"));
            string reason = parsed.GetValue(why)!;
            Erasure erasure =
                parsed.GetValue(note) ? history.Store.ForgetNotes(history.Relative, version.Name, reason, history.By)
                : parsed.GetValue(through) is { } path ? history.Store.Forget(Fingerprint(history, version, path), reason, history.By)
                : history.Store.Forget(history.Relative, version.Name, reason, history.By);
            SearchIndex.Remove(history.Root.Folder, StateFolder.Search);
            ImmutableArray<string> copies =
            [
                .. erasure.OtherFiles,
                .. StateFolder.Copies is { } folder ? HistoryStore.Copies(history.Root.Folder, folder) : [],
            ];
            if (parsed.GetValue(format) == "json")
                WriteJson(erasure, copies, terminal);
            else
                WriteText(erasure, copies, terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static string Fingerprint(PromptHistory history, PromptVersion version, string path)
    {
        PulledIn file = history.Store.PulledIn(version).FirstOrDefault(f => f.Path == path)
            ?? throw new CommandFailure($"{version.Name} did not pull `{path}` in{Known(history.Store.PulledIn(version))}");
        return History.Fingerprint.Of(file.Text ?? throw new CommandFailure($"the content of `{path}` is not there, or is erased already"));
    }

    private static string Known(ImmutableArray<PulledIn> files) =>
        files.IsEmpty ? ", nor any other file" : "; it pulled in " + string.Join(", ", files.Take(8).Select(f => $"`{f.Path}`"));

    private static void WriteText(Erasure erasure, ImmutableArray<string> copies, Terminal terminal)
    {
        terminal.Out.WriteLine(
            erasure.Versions.IsEmpty
                ? "erased; no version of a prompt had it as its own text"
                : $"erased from {string.Join(", ", erasure.Versions.Select(VersionText.Visible))}"
        );
        if (!erasure.IsScrubbed)
            terminal.Out.WriteLine("an editor has the history open, so that the bytes may still be in its files: close it, and run the same again");
        foreach (string copy in copies)
            terminal.Out.WriteLine($"it may still be in {VersionText.Visible(copy)}: delete that file if it must not be");
    }

    private static void WriteJson(Erasure erasure, ImmutableArray<string> copies, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.Member("versions", erasure.Versions);
        writer.Member("scrubbed", erasure.IsScrubbed);
        writer.Member("copies", copies);
        writer.WriteEndObject();
    });
}
