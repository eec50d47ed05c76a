using System.Collections.Immutable;
using PromptLsp.Cli.Reports;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Versions;

/// <summary>Deleted prompts as people and programs are told of them, each by the name under which its versions are reached.</summary>
internal static class DeletedPrompts
{
    /// <param name="file">Only those that were there; null for all of the workspace.</param>
    public static void Write(string? file, bool isJson, Terminal terminal)
    {
        string path = file is null ? terminal.Folder : FileAtReference.Of(file, terminal).Path;
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root root = file is null ? snapshot.Roots.OfFolder(path) : snapshot.Roots.Of(path);
        using HistoryStore store = Stores.ToRead(root.Folder, terminal);
        ImmutableArray<Gone> all =
        [
            .. (file is null ? store.Deleted() : store.Deleted(root.Relative(path))).Select(p => new Gone(
                p,
                terminal.Display(Path.GetFullPath(p.Path, root.Folder)),
                store.Tags(p.Path, p.Deleted)
            )),
        ];
        if (isJson)
            WriteJson(all, terminal);
        else
            WriteText(all, terminal);
    }

    /// <summary>Says below a prompt's own versions that another one was at its path before.</summary>
    public static void TellOf(PromptHistory history, Terminal terminal)
    {
        if (history.Reference is not null || history.Store.Head(history.Relative) is not { Deleted: null })
            return;
        foreach (KnownPrompt gone in history.Store.Deleted(history.Relative).Take(1))
            terminal.Error.WriteLine(
                $"another prompt was here before, deleted {VersionText.Age(gone.Gone, terminal)}; `promptlsp log "
                    + $"{history.Shown}@{DeletedName.Last}` lists its versions"
            );
    }

    private sealed record Gone(KnownPrompt Prompt, string Shown, ImmutableArray<Tag> Tags);

    private static void WriteText(ImmutableArray<Gone> all, Terminal terminal)
    {
        if (all.IsEmpty)
        {
            terminal.Error.WriteLine("no prompt was deleted");
            return;
        }
        foreach ((KnownPrompt prompt, string shown, ImmutableArray<Tag> tags) in all)
        {
            string tagged = tags.IsEmpty ? "" : "  " + terminal.Paint.Green(string.Join(", ", tags.Select(t => $"{t.Name} on v{t.Number}")));
            terminal.Out.WriteLine(
                $"{terminal.Paint.Bold($"{VersionText.Visible(shown)}@{prompt.Deleted}")}  deleted {VersionText.Age(prompt.Gone, terminal)}, up to "
                    + $"v{prompt.Head}{tagged}"
            );
        }
    }

    private static void WriteJson(ImmutableArray<Gone> all, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach ((KnownPrompt prompt, string shown, ImmutableArray<Tag> tags) in all)
        {
            writer.WriteStartObject();
            writer.Member("file", shown);
            writer.Member("deleted", prompt.Deleted);
            writer.Member("at", VersionWords.Iso(prompt.Gone));
            writer.Member("head", prompt.Head);
            writer.Member("tags", tags.Select(t => t.Name).ToArray());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
