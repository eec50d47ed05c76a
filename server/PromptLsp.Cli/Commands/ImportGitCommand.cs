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

/// <summary><c>promptlsp import-git [PATH…]</c>: prompts get the past that git knows.</summary>
internal static class ImportGitCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Prompts and folders of them; the folder you are in if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "import-git",
            "Gives prompts the past that git knows, across renames: before the versions that there are.",
            "promptlsp import-git prompts"
        )
        {
            paths,
            format,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var found = PromptPaths.Of(parsed.GetValue(paths) ?? [], terminal, cancel);
                found.TellIfEmpty(terminal);
                ImmutableArray<Imported> imported = Import(found.Files, terminal, cancel);
                if (parsed.GetValue(format) == "json")
                    WriteJson(imported, terminal);
                else
                    WriteText(imported, terminal);
                return Task.FromResult(imported.Any(i => i.IsFailure) || !found.IsComplete ? ExitStatus.Usage : ExitStatus.Clean);
            }
        );
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
            using HistoryStore store = Stores.Open(root.Key.Folder, StoreAccess.CreateIfMissing, terminal);
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
        try
        {
            bool isNew = store.Head(root.Relative(file)) is null;
            return GitPast.TakeOver(store, snapshot, root, file, $"promptlsp {ProductVersion.Text}", GitLimits.Asked, cancel) switch
            {
                0 => new(shown, 0, isNew ? "is not known to git" : "has a history already, and git knows nothing from before it", IsFailure: false),
                var versions => new(shown, versions, null, IsFailure: false),
            };
        }
        catch (HistoryException failure) when (failure is not HistoryUnavailableException)
        {
            return new(shown, 0, failure.Message.TrimEnd('.'), IsFailure: true);
        }
    }

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
