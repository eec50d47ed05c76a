using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp snapshot [PATH…]</c>: makes versions of files as they are.</summary>
internal static class SnapshotCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Prompts and folders of them; the folder you are in if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> note = HistoryOptions.Note("Why the new versions exist.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("snapshot", "Records prompts as they are on disk.", "promptlsp snapshot prompts -m \"before the rewrite\"")
        {
            paths,
            note,
            format,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                DiskScan seen = DiskScan.Record(parsed.GetValue(paths) ?? [], parsed.GetValue(note), terminal, cancel);
                if (parsed.GetValue(format) == "json")
                    WriteJson(seen, terminal);
                else
                    WriteText(seen, terminal);
                return Task.FromResult(seen.Refused.IsEmpty ? ExitStatus.Clean : ExitStatus.Usage);
            }
        );
        return command;
    }

    private static void WriteText(DiskScan seen, Terminal terminal)
    {
        foreach ((string from, string to) in seen.Moved)
            terminal.Out.WriteLine($"moved    {VersionText.Visible(from)} → {VersionText.Visible(to)}");
        foreach ((string file, Recorded recorded) in seen.Recorded)
        {
            PromptVersion version = recorded.Version;
            string fingerprint = terminal.Paint.Dim(version.ShortFingerprint), size = VersionText.Size(version.Added, version.Removed);
            terminal.Out.WriteLine($"{version.Name, -8} {VersionText.Visible(file)}  {fingerprint}  {size}".TrimEnd());
        }
        foreach (string file in seen.Deleted)
            terminal.Out.WriteLine($"deleted  {VersionText.Visible(file)}");
        foreach (string file in seen.Empty)
            terminal.Tell($"`{file}` is empty, which makes no version");
        foreach ((string file, string reason) in seen.Refused)
            terminal.Tell($"promptlsp: {reason}");
        if (seen is { Looked: 0, Moved.IsEmpty: true, Deleted.IsEmpty: true })
            terminal.Error.WriteLine($"no prompts found; a prompt is a file whose name ends in {KnownFormats.Endings}, and what git ignores is left out");
        terminal.Out.WriteLine($"{Counted.Of(seen.Looked, "prompt")}, {Counted.Of(seen.Recorded.Length, "new version")}");
    }

    private static void WriteJson(DiskScan seen, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.Member("prompts", seen.Looked);
        writer.WriteStartArray("recorded");
        foreach ((string file, Recorded recorded) in seen.Recorded)
        {
            writer.WriteStartObject();
            writer.Member("file", file);
            writer.VersionMembers(recorded.Version);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("moved");
        foreach ((string from, string to) in seen.Moved)
        {
            writer.WriteStartObject();
            writer.Member("from", from);
            writer.Member("to", to);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.Member("deleted", seen.Deleted);
        writer.Member("empty", seen.Empty);
        writer.WriteStartArray("refused");
        foreach ((string file, string reason) in seen.Refused)
        {
            writer.WriteStartObject();
            writer.Member("file", file);
            writer.Member("reason", reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
