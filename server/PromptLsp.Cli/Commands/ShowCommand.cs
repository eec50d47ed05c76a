using System.CommandLine;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp show FILE[@REF]</c>: a version's text.</summary>
internal static class ShowCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt, and which version: v12, a tag, a fingerprint's beginning, head, head~2.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("show", "Shows a version as it was, the newest one if none is named.", "promptlsp show prompts/reply.prompt@v3")
        {
            file,
            format,
        };
        command.SetAction(parsed =>
        {
            if (PromptInEnvironment.Find(parsed.GetValue(file)!, terminal) is { } released)
                return WriteReleased(released, parsed.GetValue(format) == "json", terminal);
            using PromptHistory history = PromptHistory.ToRead(parsed.GetValue(file)!, terminal);
            PromptVersion version = history.Resolve(history.Reference ?? "head");
            if (parsed.GetValue(format) == "json")
                WriteJson(history, version, terminal);
            else
                WriteText(history, version, terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static int WriteReleased(PromptInEnvironment released, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            PromptJson.Write(
                terminal.Out,
                writer =>
                    writer.Value(
                        PromptJson.Object(
                            ("environment", released.Record.Environment),
                            ("release", released.Record.Name.Release),
                            ("context", released.Record.Name.Context),
                            ("fingerprint", released.Record.Fingerprint),
                            ("by", released.Record.By),
                            ("why", released.Record.Why),
                            ("text", released.Content.Text),
                            ("pulledIn", released.Content.PulledIn.Select(f => (object?)PromptJson.Object(("path", f.Path), ("text", f.Text))).ToArray())
                        )
                    )
            );
            return ExitStatus.Clean;
        }
        if (terminal.IsInteractive)
            terminal.Out.WriteLine(
                $"{VersionText.Visible(released.Shown)} · {released.Record.KindWord} by {VersionText.Visible(released.Record.By)}, "
                    + $"{VersionText.Age(released.Record.At, terminal)} · {released.Record.Name.Short}\n"
            );
        terminal.Out.Write(
            terminal.IsInteractive
                ? SourceExcerpt.VisibleLines(Fingerprint.Canonical(released.Content.Text).TrimEnd('\n')) + "\n"
                : System.Text.Encoding.UTF8.GetString(released.Content.Files[released.Record.Prompt])
        );
        return ExitStatus.Clean;
    }

    private static void WriteText(PromptHistory history, PromptVersion version, Terminal terminal)
    {
        string text = history.Store.Text(version);
        if (!terminal.IsInteractive)
        {
            // What goes to a file or another program stays as it was, to the byte.
            if (history.Store.Bytes(version).AsSpan().StartsWith(System.Text.Encoding.UTF8.Preamble))
                terminal.Out.Write('\uFEFF');
            terminal.Out.Write(text);
            return;
        }
        terminal.Out.WriteLine(VersionText.Line(version, terminal));
        foreach (string note in version.Note?.Split('\n') ?? [])
            terminal.Out.WriteLine("  " + VersionText.Visible(note));
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(SourceExcerpt.VisibleLines(Fingerprint.Canonical(text).TrimEnd('\n')));
    }

    private static void WriteJson(PromptHistory history, PromptVersion version, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.VersionMembers(version);
        writer.Member("text", history.Store.Text(version));
        writer.WriteStartArray("pulledIn");
        foreach (PulledIn file in history.Store.PulledIn(version))
        {
            writer.WriteStartObject();
            writer.Member("path", file.Path);
            writer.Member("text", file.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
