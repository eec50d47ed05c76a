using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.History;

/// <summary>Makes versions: of what is saved, of what changed outside the editor, of files that moved or went.</summary>
internal sealed class HistoryRecording(Session session, Histories histories)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What an open prompt without versions held when it was opened: its first save would be the end of it.
    private readonly ConcurrentDictionary<string, string> _originals = new(StringComparer.Ordinal);

    /// <summary>What happened to the file while nobody looked is seen now.</summary>
    public void Opened(OpenDocument document)
    {
        if (document.Path is not { } path || !Histories.IsKept(path) || document.IsTooLarge)
            return;
        histories.Do(path, root =>
        {
            if (root.Existing?.Head(root.Root.Relative(path)) is not null)
                Observe(root, [path], isSeenAtOpen: true);
            else if (File.Exists(path))
                _originals.TryAdd(path, document.Text.Content);
            histories.Learn(root, path);
            histories.Tell();
        });
    }

    public void Closed(OpenDocument document)
    {
        if (document.Path is not { } path)
            return;
        _originals.TryRemove(path, out _);
        histories.Forget(path);
    }

    /// <param name="saved">The text that the editor wrote, when it said so: by the time it is our turn the file can hold the next one, or half of it.</param>
    public void Saved(string path, string? saved)
    {
        if (!Histories.IsKept(path))
            return;
        histories.Do(path, root =>
        {
            byte[]? bytes = Read(path);
            if (saved is not null && (bytes is null || FingerprintOf(bytes) != Fingerprint.Of(saved)))
                bytes = Strict.GetBytes(saved);
            if (bytes is null)
                return;
            var recordings = ImmutableArray.CreateBuilder<Recording>();
            if (OriginalOf(root, path, bytes) is { } original)
                recordings.Add(original);
            recordings.Add(root.Recorder.Recording(histories.OnDisk, root.Root, path, bytes, EventKind.Saved));
            root.Store.RecordAll(recordings);
            root.CopyDaily();
            histories.Learn(root, path);
            histories.Tell();
        });
    }

    /// <summary>Files were made, changed or deleted outside the editor, or by its own saving.</summary>
    public void Changed(IEnumerable<string> paths)
    {
        foreach (IGrouping<string, string> files in paths.Where(Histories.IsKept).GroupBy(p => session.Now.Roots.Of(p).Folder, StringComparer.Ordinal))
        {
            histories.Do(files.First(), root =>
            {
                if (root.Existing is not { } store)
                    return;
                Observe(root, MovedAndDeleted(root, store, [.. files.Distinct(StringComparer.Ordinal)]));
                histories.LearnAll(root);
            });
        }
    }

    /// <summary>The editor has renamed files or folders.</summary>
    public void Renamed(IEnumerable<(string From, string To)> files)
    {
        foreach ((string from, string to) in files)
        {
            histories.Do(to, root =>
            {
                if (root.Existing is not { } store)
                    return;
                string old = root.Root.Relative(from), now = root.Root.Relative(to);
                foreach (KnownPrompt prompt in store.Prompts().Where(p => !p.IsDeleted && (p.Path == old || p.Path.StartsWith(old + "/", StringComparison.Ordinal))))
                    store.Rename(prompt.Path, now + prompt.Path[old.Length..], root.By);
                histories.LearnAll(root);
            });
        }
    }

    /// <summary>Makes a version of a text that is in an editor and not on disk, unless the head holds it.</summary>
    public Recorded Unsaved(RootHistory root, OpenDocument document, string? note)
    {
        string path = document.Path!;
        Snapshot withText = histories.OnDisk.Open(document.Uri, document.Version, document.Text.Content);
        return root.Store.Record(root.Recorder.Recording(withText, root.Root, path, Strict.GetBytes(document.Text.Content), EventKind.Saved) with { Note = note });
    }

    /// <summary>What is on disk becomes the first version of a prompt that has none.</summary>
    public PromptVersion? FirstVersion(RootHistory root, string path)
    {
        if (root.Existing?.Head(root.Root.Relative(path)) is { } head)
            return head;
        return Read(path) is { } bytes ? root.Store.Record(root.Recorder.Recording(histories.OnDisk, root.Root, path, bytes, EventKind.Saved)).Version : null;
    }

    /// <summary>The bytes of a regular file that is not too large; null where there is none.</summary>
    public static byte[]? Read(string path) => RegularFile.ReadUnlinked(path, Disk.LargestFile).Bytes?.ToArray();

    private Recording? OriginalOf(RootHistory root, string path, byte[] saved)
    {
        if (!_originals.TryRemove(path, out string? original) || root.Existing?.Head(root.Root.Relative(path)) is not null || Fingerprint.Of(original) == FingerprintOf(saved))
            return null;
        Snapshot before = histories.OnDisk.Open(FileUri.FromPath(path), 0, original);
        return root.Recorder.Recording(before, root.Root, path, Strict.GetBytes(original), EventKind.Observed);
    }

    private void Observe(RootHistory root, IReadOnlyList<string> paths, bool isSeenAtOpen = false)
    {
        var recordings = new List<Recording>();
        Origin by = root.By;
        foreach (string path in paths)
        {
            if (root.Existing?.Head(root.Root.Relative(path)) is not { } head || Read(path) is not { } bytes || FingerprintOf(bytes) is not { } now || now == head.Fingerprint)
                continue;
            // What an editor of ours shows was written here, whichever message came first.
            bool isOurs = !isSeenAtOpen && session.Now.OpenDocuments.Any(d => d.Path == path && Fingerprint.Of(d.Text.Content) == now);
            recordings.Add(root.Recorder.Recording(histories.OnDisk, root.Root, path, bytes, isOurs ? EventKind.Saved : EventKind.Observed) with
            {
                // Another commit was checked out: what the prompt was before is not news.
                OnlyUnknown = !isOurs && by.Commit is not null && by.Commit != head.Commit,
            });
        }
        if (recordings.Count > 0)
            root.Store.RecordAll(recordings);
    }

    private static List<string> MovedAndDeleted(RootHistory root, HistoryStore store, IReadOnlyList<string> paths)
    {
        List<string> there = [.. paths.Where(File.Exists)];
        HashSet<string> gone = paths.Except(there, StringComparer.Ordinal).Select(root.Root.Relative).ToHashSet(StringComparer.Ordinal);
        if (gone.Count > 0)
        {
            Moves.Record(
                store, store.Prompts().Where(p => !p.IsDeleted && gone.Contains(p.Path)),
                there.Select(p => (root.Root.Relative(p), Read(p) is { } bytes ? FingerprintOf(bytes) : null)).Where(f => f.Item2 is not null).Select(f => (f.Item1, f.Item2!)), null, root.By);
        }
        return there;
    }

    private static string? FingerprintOf(byte[] bytes)
    {
        try
        {
            return Fingerprint.Of(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
