using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.Index;

/// <summary>Makes an index by one pass over the prompts below some folders, one file at a time, and keeps it true.</summary>
public static class IndexBuilder
{
    private const int MostFiles = 50_000;

    public static WorkspaceIndex Build(Snapshot snapshot, IEnumerable<string> folders, CancellationToken cancel) =>
        WorkspaceIndex.Empty.With(Read(snapshot, Prompts(folders, cancel), cancel));

    /// <summary>
    /// The index of the snapshot's folders after these files have changed. Where one of them is new or gone, or none is named, the folders are
    /// looked through, so that a prompt is in the index exactly where a new one would have it; what has not changed is not read again.
    /// </summary>
    /// <returns>The index, and the prompts that were read, or are gone.</returns>
    public static (WorkspaceIndex Index, IReadOnlyCollection<string> Touched) Renew(
        WorkspaceIndex known,
        Snapshot snapshot,
        IReadOnlySet<string> changed,
        CancellationToken cancel
    )
    {
        if (changed.Count > 0 && changed.All(path => known.Knows(path) && File.Exists(path)))
            return (known.With(Read(snapshot, changed, cancel)), changed);
        HashSet<string> found = Prompts(snapshot.Folders, cancel).ToHashSet(StringComparer.Ordinal);
        string[] gone = [.. known.Paths.Where(path => !found.Contains(path))],
            read = [.. found.Where(path => changed.Contains(path) || !known.Knows(path))];
        return (known.Without(gone).With(Read(snapshot, read, cancel)), [.. gone, .. read]);
    }

    private static IEnumerable<string> Prompts(IEnumerable<string> folders, CancellationToken cancel) =>
        folders.SelectMany(f => Discovery.Prompts(f, cancel)).Distinct(StringComparer.Ordinal).Take(MostFiles);

    private static IEnumerable<(string, PromptModel?)> Read(Snapshot snapshot, IEnumerable<string> paths, CancellationToken cancel)
    {
        foreach (string path in paths)
        {
            cancel.ThrowIfCancellationRequested();
            if (snapshot.ReadOnce(path) is (not FileStatus.Missing, var prompt))
                yield return (path, prompt);
        }
    }
}
