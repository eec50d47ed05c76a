using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Diffs;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Portfolio.Duplicates;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp duplicates [PATH…]</c>: prompts that say nearly the same, and what they differ in.</summary>
internal static class DuplicatesCommand
{
    private const int MostLines = 12;

    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders; the folder you are in if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("duplicates", "Finds prompts that say nearly the same, and shows what they differ in.",
            "promptlsp duplicates prompts") { paths, format };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed.GetValue(paths) ?? [], parsed.GetValue(format) == "json", terminal, cancel)));
        return command;
    }

    private static int Run(string[] arguments, bool asJson, Terminal terminal, CancellationToken cancel)
    {
        PromptPaths paths = PromptPaths.Of(arguments, terminal, cancel);
        paths.TellIfEmpty(terminal);
        var snapshot = Snapshot.Empty(new Disk(), paths.Folders.IsEmpty ? [terminal.Folder] : paths.Folders);
        var models = new PromptModel?[paths.Files.Length];
        var statuses = new FileStatus[models.Length];
        Parallel.For(0, models.Length, new ParallelOptions { CancellationToken = cancel }, i =>
            (statuses[i], models[i]) = Read(paths.Files[i], snapshot, terminal));
        ImmutableArray<DuplicateGroup> groups = DuplicateGroup.Of([.. models.OfType<PromptModel>()], cancel);
        if (asJson)
            WriteJson(groups, terminal);
        else
            WriteText(groups, terminal);
        bool isComplete = paths.IsComplete;
        for (int i = 0; i < models.Length; i++)
        {
            if (models[i] is not null)
                continue;
            isComplete = false;
            terminal.Tell($"promptlsp: {PromptPaths.Why(terminal.Display(paths.Files[i]), statuses[i])}");
        }
        return !isComplete ? ExitStatus.Usage : groups.IsEmpty ? ExitStatus.Clean : ExitStatus.Findings;
    }

    // Two roots may have a prompt at the same path.
    private static (FileStatus Status, PromptModel? Prompt) Read(string path, Snapshot snapshot, Terminal terminal)
    {
        (FileStatus status, PromptModel? prompt) = snapshot.ReadOnce(path);
        return (status, prompt is null ? null : new(prompt.Document, prompt.Environment with { Path = terminal.Display(path) }));
    }

    private static void WriteText(ImmutableArray<DuplicateGroup> groups, Terminal terminal)
    {
        foreach (DuplicateGroup group in groups)
        {
            Duplicate first = group.Prompts[0];
            terminal.Out.WriteLine(terminal.Paint.Bold(VersionText.Visible(first.Prompt.Environment.Path)));
            foreach (Duplicate other in group.Prompts.Skip(1))
            {
                LineDiff diff = Difference(first, other);
                string name = terminal.Paint.Bold(VersionText.Visible(other.Prompt.Environment.Path)), same = diff.IsEmpty ? ", the same body" : "";
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {other.Alike * 100:0} % alike: {name}{same}"));
                (RowKind, string)[] lines = [.. diff.Hunks(0).SelectMany(h => Lines(h, Math.Max(20, terminal.Width - 6)))];
                foreach ((RowKind kind, string line) in lines.Take(MostLines))
                {
                    terminal.Out.WriteLine(
                        "    " + (kind == RowKind.Added ? terminal.Paint.Added("+ " + line, false) : terminal.Paint.Removed("- " + line, false))
                    );
                }
                if (lines.Length > MostLines)
                    terminal.Out.WriteLine($"    … and {lines.Length - MostLines} lines more");
            }
            terminal.Out.WriteLine();
        }
        terminal.Out.WriteLine(groups.IsEmpty ? "no duplicates"
            : $"{Counted.Of(groups.Length, "group")} of {groups.Sum(g => g.Prompts.Length)} prompts that say nearly the same");
    }

    private static IEnumerable<(RowKind Kind, string Line)> Lines(Hunk hunk, int width)
    {
        string[] old = [.. hunk.Rows.Where(r => r.Kind == RowKind.Removed).Select(r => r.Text.TrimEnd('\n'))];
        string[] now = [.. hunk.Rows.Where(r => r.Kind == RowKind.Added).Select(r => r.Text.TrimEnd('\n'))];
        return old.Select((text, i) => (RowKind.Removed, Window(text, now.ElementAtOrDefault(i), width)))
            .Concat(now.Select((text, i) => (RowKind.Added, Window(text, old.ElementAtOrDefault(i), width))));
    }

    // Of a long line the part where it begins to differ from the one in its place.
    private static string Window(string text, string? other, int width)
    {
        int from = text.AsSpan().CommonPrefixLength(other) - (width / 3);
        return VersionText.Cut(from <= 0 || text.Length <= width ? text : "…" + text[from..], width);
    }

    // Their own words: front matter differs by its nature.
    private static LineDiff Difference(Duplicate first, Duplicate other) => LineDiff.Of(Body(first.Prompt.Document), Body(other.Prompt.Document));

    private static string Body(PromptDocument document) => document.Text.Slice(document.Body.Span).Trim().ToString() + "\n";

    private static void WriteJson(ImmutableArray<DuplicateGroup> groups, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (DuplicateGroup group in groups)
        {
            writer.WriteStartObject();
            writer.Member("file", group.Prompts[0].Prompt.Environment.Path);
            writer.WriteStartArray("like");
            foreach (Duplicate other in group.Prompts.Skip(1))
            {
                writer.WriteStartObject();
                writer.Member("file", other.Prompt.Environment.Path);
                writer.Member("alike", Math.Round(other.Alike, 3));
                DiffReport.WriteMembers(Difference(group.Prompts[0], other), writer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
