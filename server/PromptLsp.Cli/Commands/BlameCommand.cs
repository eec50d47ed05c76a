using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Lines;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp blame FILE</c>: which version last changed each line, and why.</summary>
internal static class BlameCommand
{
    private const int WidestAuthor = 16, WidestNote = 32, MostVersions = 10_000;

    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt as it is on disk, or a version of it.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("blame", "Shows which version last changed each line.", "promptlsp blame prompts/reply.prompt") { file, format };
        command.SetAction((parsed, cancel) =>
        {
            using PromptHistory history = PromptHistory.ToRead(parsed.GetValue(file)!, terminal);
            ImmutableArray<Line> lines = Lines(history, cancel);
            if (parsed.GetValue(format) == "json")
                WriteJson(lines, history, terminal);
            else
                WriteText(lines, terminal);
            return Task.FromResult(ExitStatus.Clean);
        });
        return command;
    }

    /// <param name="Version">Null for a line that is in no version yet.</param>
    private sealed record Line(string Text, PromptVersion? Version);

    private static ImmutableArray<Line> Lines(PromptHistory history, CancellationToken cancel)
    {
        PromptVersion? from = history.Reference is { } reference ? history.Resolve(reference) : null;
        ImmutableArray<PromptVersion> versions = history.Store.Versions(
            history.Relative,
            from?.Deleted,
            from is null ? int.MaxValue : from.Number + 1,
            MostVersions
        );
        string text = from is null ? history.TextOnDisk() ?? history.Store.Text(versions[0]) : history.Store.Text(from);
        ImmutableArray<int> found = LineHistory.Of(history.Store, text, versions, cancel);
        string[] lines = Fingerprint.Canonical(text).Split('\n');
        return [.. found.Select((version, line) => new Line(lines[line], version == LineHistory.InNoVersion ? null : versions[version]))];
    }

    private static void WriteText(ImmutableArray<Line> lines, Terminal terminal)
    {
        if (lines.IsEmpty)
            return;
        string[][] columns =
        [
            Padded(lines, l => l.Version?.Name ?? "", int.MaxValue),
            Padded(lines, l => l.Version?.AuthorName ?? "", WidestAuthor),
            Padded(lines, l => l.Version is { } version ? VersionText.Age(version.At, terminal) : "not saved", int.MaxValue),
            Padded(lines, l => l.Version?.NoteLine ?? "", WidestNote),
        ];
        int digits = lines.Length.ToString(CultureInfo.InvariantCulture).Length;
        for (int i = 0; i < lines.Length; i++)
        {
            string who = string.Join("  ", columns.Where(c => c[i].Length > 0).Select(c => c[i]));
            // A run of lines of one version reads as one.
            bool isRepeated = i > 0 && lines[i].Version == lines[i - 1].Version;
            string number = (i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            string text = terminal.IsInteractive ? VersionText.Visible(lines[i].Text) : lines[i].Text;
            terminal.Out.WriteLine($"{(isRepeated ? terminal.Paint.Dim(who) : who)}  {terminal.Paint.Dim(number)} │ {text}".TrimEnd());
        }
    }

    private static string[] Padded(ImmutableArray<Line> lines, Func<Line, string> text, int most)
    {
        string[] cut = [.. lines.Select(l => VersionText.Cut(text(l), most))];
        int widest = cut.Max(c => c.Length);
        return [.. cut.Select(c => c.PadRight(widest))];
    }

    private static void WriteJson(ImmutableArray<Line> lines, PromptHistory history, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.Member("file", history.Shown);
        writer.WriteStartArray("lines");
        for (int i = 0; i < lines.Length; i++)
        {
            writer.WriteStartObject();
            writer.Member("line", i);
            writer.Member("version", lines[i].Version?.Number);
            writer.Member("text", lines[i].Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("versions");
        foreach (PromptVersion version in lines.Select(l => l.Version).OfType<PromptVersion>().DistinctBy(v => v.Number).OrderByDescending(v => v.Number))
            writer.Version(version);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
