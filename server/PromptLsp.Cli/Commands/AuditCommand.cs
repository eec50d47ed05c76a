using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp audit verify|export</c>: whether the history is what was recorded, and the whole of it for others to check.</summary>
internal static class AuditCommand
{
    public static Command Create(Terminal terminal) =>
        new ExampleCommand("audit", "Checks the history of this workspace, or writes it out.", "promptlsp audit verify") { Verify(terminal), Export(terminal) };

    private static ExampleCommand Verify(Terminal terminal)
    {
        Argument<string?> folder = Folder();
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "verify",
            "Goes through the whole chain and all contents. Status 1 where something does not hold.",
            "promptlsp audit verify"
        )
        {
            folder,
            format,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                using HistoryStore store = Open(parsed.GetValue(folder), terminal);
                Verification result = store.Verify(cancel);
                if (parsed.GetValue(format) == "json")
                    WriteJson(result, terminal);
                else
                    WriteText(result, store, terminal);
                return Task.FromResult(result.Holds ? ExitStatus.Clean : ExitStatus.Findings);
            }
        );
        return command;
    }

    private static ExampleCommand Export(Terminal terminal)
    {
        Argument<string?> folder = Folder();
        var command = new ExampleCommand(
            "export",
            "Writes every event as a line of JSON, from which the chain can be computed again.",
            "promptlsp audit export > history.jsonl"
        )
        {
            folder,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                using HistoryStore store = Open(parsed.GetValue(folder), terminal);
                using var lines = new Utf8Writer(terminal.Out);
                store.Export(lines, cancel);
                return Task.FromResult(ExitStatus.Clean);
            }
        );
        return command;
    }

    private static Argument<string?> Folder() =>
        new("FOLDER") { Description = "A folder of the workspace; the one you are in if none is given.", Arity = ArgumentArity.ZeroOrOne };

    private static HistoryStore Open(string? folder, Terminal terminal)
    {
        string path = terminal.Absolute(folder ?? ".");
        if (!Directory.Exists(path))
            throw new CommandFailure($"there is no folder `{folder}`; check the path");
        return Stores.ToRead(Snapshot.Empty(new Disk(), [path]).Roots.OfFolder(path).Folder, terminal);
    }

    private static void WriteText(Verification result, HistoryStore store, Terminal terminal)
    {
        Paint paint = terminal.Paint;
        terminal.Out.WriteLine(
            result.Flaw is { } flaw
                ? $"{paint.Red("broken")}  {VersionText.Visible(flaw.Message)}"
                : $"{paint.Green("holds")}  {Counted.Of(result.Events, "event")}, {Counted.Of(result.Versions, "version")}"
        );
        terminal.Out.WriteLine($"store  {VersionText.Visible(terminal.Display(store.Path))}");
        // Kept elsewhere, it proves later that nothing was cut off the end.
        terminal.Out.WriteLine($"head   {result.Head}");
    }

    private static void WriteJson(Verification result, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.Member("holds", result.Holds);
        writer.Member("events", result.Events);
        writer.Member("versions", result.Versions);
        writer.Member("head", result.Head);
        if (result.Flaw is { } flaw)
        {
            writer.WriteStartObject("flaw");
            writer.Member("event", flaw.Event);
            writer.Member("message", flaw.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    });
}
