using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp import-git [PATH…]</c>: prompts without a history get the one that git knows.</summary>
internal static class ImportGitCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Prompts and folders of them; the folder you are in if none is given.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("import-git", "Gives prompts without a history the versions that git knows, across renames.", "promptlsp import-git prompts") { paths, format };
        command.SetAction((parsed, cancel) =>
        {
            var found = PromptPaths.Of(parsed.GetValue(paths) ?? [], terminal, cancel);
            found.TellIfEmpty(terminal);
            ImmutableArray<Imported> imported = Import(found.Files, terminal, cancel);
            if (parsed.GetValue(format) == "json")
                WriteJson(imported, terminal);
            else
                WriteText(imported, terminal);
            return Task.FromResult(imported.Any(i => i.IsFailure) ? ExitStatus.Usage : ExitStatus.Clean);
        });
        return command;
    }

    /// <param name="File">As people read it.</param>
    /// <param name="Versions">How many were made of it.</param>
    /// <param name="Skipped">Why none was; null where some were.</param>
    private sealed record Imported(string File, int Versions, string? Skipped, bool IsFailure);

    private static ImmutableArray<Imported> Import(ImmutableArray<string> files, Terminal terminal, CancellationToken cancel)
    {
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        var imported = ImmutableArray.CreateBuilder<Imported>();
        using var progress = new Progress("imported", terminal);
        foreach (IGrouping<Root, string> root in files.GroupBy(snapshot.Roots.Of))
        {
            using HistoryStore store = HistoryStore.Open(root.Key.Folder, StoreAccess.CreateIfMissing, new() { Clock = terminal.Clock });
            foreach (string file in root)
            {
                imported.Add(Import(store, snapshot, root.Key, file, terminal.Display(file), cancel));
                progress.Tell(imported.Count, files.Length);
            }
            PromptHistory.CopyDaily(store);
        }
        return imported.ToImmutable();
    }

    private static Imported Import(HistoryStore store, Snapshot snapshot, Root root, string file, string shown, CancellationToken cancel)
    {
        string relative = root.Relative(file);
        if (store.Head(relative) is { } head)
            return new(shown, 0, $"has a history already, up to {head.Name}", IsFailure: false);
        try
        {
            // All or nothing: half a past could not be completed later.
            List<Recording> past = [.. WithoutEchoes(GitImport.Versions(file, root.Folder, cancel).Where(v => IsText(v.Bytes)), shown).Select(v => Recording(v, relative))];
            if (past.Count == 0)
                return new(shown, 0, "is not known to git", IsFailure: false);
            WithWhatItPullsInNow(past, snapshot, root, file, shown);
            return new(shown, store.RecordAll(past).Count(r => r.IsNew), null, IsFailure: false);
        }
        catch (HistoryException failure) when (failure is not HistoryUnavailableException)
        {
            return new(shown, 0, failure.Message.TrimEnd('.'), IsFailure: true);
        }
    }

    // A commit that moved the file, or changed no more than its mode or line ends, made no version: who wrote it stays.
    private static IEnumerable<GitVersion> WithoutEchoes(IEnumerable<GitVersion> versions, string shown)
    {
        string? last = null;
        foreach (GitVersion version in versions)
        {
            string fingerprint = Fingerprint.Of(PromptHistory.TextOf(version.Bytes, shown));
            if (fingerprint != last)
                yield return version;
            last = fingerprint;
        }
    }

    private static Recording Recording(GitVersion version, string path) =>
        new(path, version.Bytes, EventKind.Imported, new Origin(version.Author, $"promptlsp {ProductVersion.Text}") { At = version.At, Commit = version.Commit }) { Note = version.Subject };

    // Of the past only the prompt itself is taken. Where the newest version is the file as it is, what that pulls in is known too.
    private static void WithWhatItPullsInNow(List<Recording> past, Snapshot snapshot, Root root, string file, string shown)
    {
        byte[] now = PromptHistory.Read(file, shown);
        if (IsText(now) && Fingerprint.Of(PromptHistory.TextOf(now, shown)) == Fingerprint.Of(PromptHistory.TextOf(past[^1].Bytes.ToArray(), shown)))
            past[^1] = past[^1] with { PulledIn = Recorder.PulledIn(snapshot, root, file) };
    }

    private static bool IsText(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static void WriteText(ImmutableArray<Imported> imported, Terminal terminal)
    {
        foreach (Imported file in imported.Where(i => i.Versions > 0))
            terminal.Out.WriteLine($"{Counted.Of(file.Versions, "version"),-12}  {VersionText.Visible(file.File)}");
        foreach (Imported file in imported.Where(i => i.Versions == 0))
            terminal.Tell(file.IsFailure ? "promptlsp: " + file.Skipped : $"`{file.File}` {file.Skipped}");
        terminal.Out.WriteLine($"{Counted.Of(imported.Length, "prompt")}, {Counted.Of(imported.Sum(i => i.Versions), "version")}");
    }

    private static void WriteJson(ImmutableArray<Imported> imported, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (Imported file in imported)
        {
            writer.WriteStartObject();
            writer.Member("file", file.File);
            writer.Member("versions", file.Versions);
            if (file.Skipped is not null)
                writer.Member("skipped", file.Skipped);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
