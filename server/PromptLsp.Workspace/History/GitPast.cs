using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.History;

/// <summary>What git knows of a prompt from before its first version. Runs git: only in a folder that is trusted.</summary>
public static class GitPast
{
    /// <summary>Puts it in front of the versions that there are.</summary>
    /// <param name="file">Absolute, below the root.</param>
    /// <param name="tool">What writes: <c>promptlsp 0.1.0</c>.</param>
    /// <returns>How many versions came of it.</returns>
    /// <exception cref="HistoryException">Git is not there, or fails; nothing was recorded then.</exception>
    public static int TakeOver(HistoryStore store, Snapshot snapshot, Root root, string file, string tool, GitLimits limits, CancellationToken cancel)
    {
        string path = root.Relative(file);
        PromptVersion? first = store.First(path);
        if (first?.Deleted is not null)
            return 0;
        List<GitVersion> known =
        [
            .. GitImport.NewestFirst(file, root.Folder, limits, cancel).Where(v => System.Text.Unicode.Utf8.IsValid(v.Bytes) && Recorder.MakesVersion(v.Bytes)),
        ];
        List<GitVersion> past = [.. WithoutEchoes(first is null ? known : Before(first, known))];
        past.Reverse();
        ImmutableArray<Recording> recordings = [.. past.Select(v => Recording(v, path, tool))];
        return store.Import(first is null ? WithWhatItPullsInNow(recordings, snapshot, root, file) : recordings, first);
    }

    /// <summary>
    /// What commits brought of a prompt that git has changed: the one that its text is of, and those between that and a text which the prompt
    /// already had.
    /// </summary>
    /// <param name="file">Absolute, below the root.</param>
    /// <param name="fingerprint">Of the text that it holds now.</param>
    /// <returns>Oldest first; nothing where no commit that was found has the text.</returns>
    /// <exception cref="HistoryException">Git is not there, or fails.</exception>
    public static ImmutableArray<Recording> Brought(
        HistoryStore store,
        Snapshot snapshot,
        Root root,
        string file,
        string fingerprint,
        string tool,
        GitLimits limits,
        CancellationToken cancel
    )
    {
        string path = root.Relative(file);
        var brought = new List<GitVersion>();
        PromptVersion? before = null;
        IEnumerable<GitVersion> known = GitImport.NewestFirst(file, root.Folder, limits, cancel).Where(v => System.Text.Unicode.Utf8.IsValid(v.Bytes));
        foreach (GitVersion version in WithoutEchoes(known).SkipWhile(v => FingerprintOf(v.Bytes) != fingerprint))
        {
            before = store.WithText(path, FingerprintOf(version.Bytes));
            if (before is not null)
                break;
            brought.Add(version);
        }
        // A past that has nothing in common with the one that is known would be told twice.
        if (before is null && brought.Count > 1)
            brought.RemoveRange(1, brought.Count - 1);
        brought.Reverse();
        ImmutableArray<Recording> recordings =
        [
            .. brought.Select((v, i) => Recording(v, path, tool) with { OnlyUnknown = true, Source = i == 0 ? before?.Number : null }),
        ];
        return WithWhatItPullsInNow(recordings, snapshot, root, file);
    }

    private static IEnumerable<GitVersion> Before(PromptVersion first, List<GitVersion> newestFirst)
    {
        int taken = first.Kind == EventKind.Imported ? newestFirst.FindIndex(v => v.Commit == first.Commit) : -1;
        return taken >= 0 ? newestFirst.Skip(taken + 1) : newestFirst.Where(v => first.Kind == EventKind.Imported ? v.At < first.At : v.At <= first.At);
    }

    // A commit that moved the file, or changed no more than its mode or line ends, made no version: who wrote it stays.
    private static IEnumerable<GitVersion> WithoutEchoes(IEnumerable<GitVersion> newestFirst)
    {
        GitVersion? newer = null;
        string? last = null;
        foreach (GitVersion version in newestFirst)
        {
            string fingerprint = FingerprintOf(version.Bytes);
            if (newer is not null && fingerprint != last)
                yield return newer;
            (newer, last) = (version, fingerprint);
        }
        if (newer is not null)
            yield return newer;
    }

    private static Recording Recording(GitVersion version, string path, string tool) =>
        new(path, version.Bytes, EventKind.Imported, new Origin(version.Author, tool) { At = version.At, Commit = version.Commit }) { Note = version.Subject };

    // Of the past only the prompt itself is taken. Where the newest version is the file as it is, what that pulls in is known too.
    private static ImmutableArray<Recording> WithWhatItPullsInNow(ImmutableArray<Recording> past, Snapshot snapshot, Root root, string file) =>
        past is [.., var newest]
        && snapshot.Disk.Read(file) is { IsOk: true } now
        && Fingerprint.Of(now.Text.Content) == Fingerprint.Of(TextOf(newest.Bytes.Span))
            ? past.SetItem(past.Length - 1, newest with { PulledIn = Recorder.PulledIn(snapshot, root, file) })
            : past;

    private static string FingerprintOf(byte[] bytes) => Fingerprint.Of(TextOf(bytes));

    private static string TextOf(ReadOnlySpan<byte> bytes) =>
        System.Text.Encoding.UTF8.GetString(bytes.StartsWith(System.Text.Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
}
