using System.Collections.Immutable;
using PromptLsp.Cli.Commands;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Versions;

/// <summary>Where the history of a root is, whether it is whole, what copies of it there are; and how a copy comes back.</summary>
internal static class StoreChecks
{
    public static IEnumerable<Check> Of(Root root, Terminal terminal, CancellationToken cancel)
    {
        ImmutableArray<string> copies = Copies(root);
        yield return Store(root, copies, terminal, cancel);
        foreach (string copy in copies)
            yield return new("history copy", true, copy);
        foreach (string aside in HistoryStore.SetAside(root.Folder))
            yield return new("set aside", true, $"{aside}; a damaged or replaced history: delete it when it is no longer needed");
    }

    /// <summary>Puts a copy in the place of the store.</summary>
    /// <param name="copy"><c>newest</c>, or a file.</param>
    public static void Restore(string copy, Terminal terminal)
    {
        Root root = Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.OfFolder(terminal.Folder);
        string path =
            copy != "newest" ? terminal.Absolute(copy)
            : Copies(root) is [var newest, ..] ? newest
            : throw new CommandFailure($"there is no copy of the history of `{root.Folder}`");
        if (!File.Exists(path))
            throw new CommandFailure($"there is no file `{copy}`; check the path");
        if (RegularFile.IsSpecial(path))
            throw new CommandFailure($"`{copy}` is not a regular file but a pipe or a device; name a copy of the history");
        string? aside = HistoryStore.Restore(path, root.Folder, Stores.Options(terminal));
        terminal.Tell($"the history is that of `{path}` again{(aside is null ? "" : $"; what was there is `{aside}` now")}");
    }

    private static Check Store(Root root, ImmutableArray<string> copies, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            using HistoryStore store = Stores.ToRead(root.Folder, terminal);
            Verification result = store.Verify(cancel);
            if (result.Flaw is { } flaw)
                return new("history", false, $"{store.Path}: {flaw.Message}{(flaw.IsNewer ? "" : Help(copies))}");
            return HistoryStore.Unwritable(root.Folder, Stores.Options(terminal)) is { } why
                ? new("history", false, $"nothing can be recorded: {why.Message.TrimEnd('.')}")
                : new(
                    "history",
                    true,
                    $"{store.Path}, {Counted.Of(result.Versions, "version")} of {Counted.Of(store.Prompts().Length, "prompt")}, "
                        + $"{new FileInfo(store.Path).Length / 1024} KB, whole"
                );
        }
        catch (HistoryUnavailableException none) when (none.Reason == Unavailability.None)
        {
            return new("history", true, "none yet; `promptlsp snapshot` or the first save in an editor begins one" + (copies.IsEmpty ? "" : Help(copies)));
        }
        catch (HistoryUnavailableException why)
        {
            return new("history", false, why.Message.TrimEnd('.') + (why.Reason == Unavailability.Corrupt ? Help(copies) : ""));
        }
    }

    private static string Help(ImmutableArray<string> copies) =>
        copies.IsEmpty ? "; there is no copy" : "; `promptlsp doctor --restore-history newest` brings the newest copy back";

    private static ImmutableArray<string> Copies(Root root) => StateFolder.Copies is { } folder ? HistoryStore.Copies(root.Folder, folder) : [];
}
