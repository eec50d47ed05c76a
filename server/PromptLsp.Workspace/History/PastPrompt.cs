using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.History;

/// <summary>A prompt as it was, in a workspace whose files are as they were then.</summary>
/// <param name="Model">Null where the text cannot be read as a prompt.</param>
public sealed record PastPrompt(PromptModel? Model, Snapshot Then)
{
    // A partial pulls in partials of its own, which are known only then.
    private const int MostSteps = 20;

    /// <param name="path">Absolute, below the root.</param>
    /// <param name="pulledIn">What it pulled in, as far as it is known.</param>
    public static PastPrompt Of(Snapshot now, Root root, string path, string text, ImmutableArray<PulledIn> pulledIn)
    {
        Snapshot then = now.Open(FileUri.FromPath(path), 0, text);
        foreach (PulledIn file in pulledIn.Where(f => f.Text is not null))
            then = With(then, root, file.Path, file.Text!);
        return new(then.ModelOf(path), then);
    }

    /// <summary>
    /// A version of the prompt. What it pulled in was kept with it; of one that was taken over from git it was not: then it is what git has of
    /// that commit, else what a later version pulled in under that name, else what is there now.
    /// </summary>
    /// <param name="asksGit">The folder is trusted.</param>
    public static PastPrompt Of(Snapshot now, Root root, string path, HistoryStore store, PromptVersion version, bool asksGit, CancellationToken cancel)
    {
        PastPrompt known = Of(now, root, path, store.Text(version), store.PulledIn(version));
        if (version.Kind != EventKind.Imported || version.Effective != Fingerprint.Effective(version.Fingerprint, []))
            return known;
        using GitCommitFiles? git = asksGit && version.Commit is { } commit ? GitCommitFiles.Of(root.Folder, commit, GitLimits.Unasked.Time, cancel) : null;
        Dictionary<string, string>? later = null;
        Snapshot then = known.Then;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (int step = 0; step < MostSteps && then.ModelOf(path) is { } prompt; step++)
        {
            string[] files = [.. Dependencies.PlacesOf(prompt).Where(asked.Add)];
            if (files.Length == 0)
                break;
            foreach (string file in files)
            {
                if ((git?.Text(Path.GetFullPath(file, root.Folder)) ?? (later ??= PulledInLater(store, version)).GetValueOrDefault(file)) is { } text)
                    then = With(then, root, file, text);
            }
        }
        return new(then.ModelOf(path), then);
    }

    // The nearest later version's.
    private static Dictionary<string, string> PulledInLater(HistoryStore store, PromptVersion version)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (PromptVersion later in store.Versions(version.Path, version.Deleted, int.MaxValue, MostLater).Where(v => v.Number > version.Number))
        {
            foreach (PulledIn file in store.PulledIn(later).Where(f => f.Text is not null))
                texts[file.Path] = file.Text!;
        }
        return texts;
    }

    private const int MostLater = 500;

    private static Snapshot With(Snapshot snapshot, Root root, string path, string text) =>
        snapshot.Open(FileUri.FromPath(Path.GetFullPath(path, root.Folder)), 0, text);
}
