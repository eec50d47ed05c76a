using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.History;

/// <summary>
/// Makes versions: of what is saved, of what changed outside the editor, of files that moved or went. What the editor has open and saves is its
/// own whatever message comes first, so what is seen on the disk is looked at a moment later, when git too is done with what it does there.
/// </summary>
internal sealed class HistoryRecording(Session session, Histories histories, CancellationToken ended)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Editors tell of a save at once, of a change that they watched up to half a second later.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500), Again = TimeSpan.FromSeconds(2);

    private const int MostLooksAtBusyGit = 20;

    private readonly EditorTexts _texts = new(session.Clock);

    // What an open prompt without versions held when it was opened: its first save would be the end of it.
    private readonly ConcurrentDictionary<string, string> _originals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _goneWhileOpen = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, PendingRollback> _rollbacks = new(StringComparer.Ordinal);

    // How many saves of a prompt wait for their turn.
    private readonly ConcurrentDictionary<string, int> _saving = new(StringComparer.Ordinal);

    private readonly Lock _looking = new();
    private HashSet<string> _seen = new(StringComparer.Ordinal);
    private Task _look = Task.CompletedTask;

    /// <summary>Done when what was seen on the disk so far has been looked at.</summary>
    public Task Looked
    {
        get
        {
            lock (_looking)
                return _look;
        }
    }

    /// <summary>What happened to the file while nobody looked is seen now.</summary>
    public void Opened(OpenDocument document)
    {
        if (document.Path is not { } path || !Histories.IsKept(path) || document.IsTooLarge)
            return;
        EditorText shown = _texts.Show(path, document.Text.Content);
        histories.Do(path, root =>
        {
            // Unless the editor kept what was never saved, it shows what it read.
            shown.IsRead = Read(path) is { } bytes && FingerprintOf(bytes) == shown.Fingerprint;
            if (root.Existing?.Head(root.Root.Relative(path)) is { Deleted: null })
                Observe(root, [path]);
            else if (File.Exists(path))
                _originals.TryAdd(path, document.Text.Content);
            histories.Learn(root, path);
            histories.Tell();
        });
    }

    public void Edited(OpenDocument document)
    {
        if (document is not { Path: { } path, IsTooLarge: false, IsOutOfStep: false } || !Histories.IsKept(path))
            return;
        EditorText shown = _texts.Show(path, document.Text.Content);
        if (_rollbacks.TryGetValue(path, out PendingRollback? rollback))
            rollback.Follow(shown.Fingerprint);
    }

    public void Closed(OpenDocument document)
    {
        if (document.Path is not { } path)
            return;
        _texts.Close(path);
        histories.Do(path, _ =>
        {
            // Its last save came before.
            if (_texts.IsOpen(path))
                return;
            _originals.TryRemove(path, out string? _);
            _goneWhileOpen.TryRemove(path, out bool _);
            _rollbacks.TryRemove(path, out PendingRollback? _);
        });
        histories.Forget(path);
    }

    /// <param name="isInStep">What we know of the editor's text is what it shows.</param>
    public void Saved(string path, bool isInStep)
    {
        if (!Histories.IsKept(path))
            return;
        EditorText? shown = isInStep ? _texts.Now(path) : null;
        DateTimeOffset at = session.Clock.GetUtcNow();
        PendingRollback? rollback = TakeRollback(path);
        _saving.AddOrUpdate(path, 1, static (_, saves) => saves + 1);
        histories.Do(path, root =>
        {
            _saving.AddOrUpdate(path, 0, static (_, saves) => saves - 1);
            Save(root, path, shown, at, rollback);
        });
    }

    /// <summary>An editor is about to show what a prompt is rolled back to.</summary>
    public void Begin(string path, PendingRollback rollback) => _rollbacks[path] = rollback;

    /// <summary>The editor refused.</summary>
    public void GiveUp(string path, PendingRollback rollback) => _rollbacks.TryRemove(new(path, rollback));

    /// <summary>Where the file holds what the prompt is rolled back to already, that is a version now; else the save makes it one.</summary>
    public PromptVersion? Finish(RootStore root, string path, PendingRollback rollback)
    {
        if (Read(path) is not { } bytes || FingerprintOf(bytes) != rollback.Fingerprint)
            return null;
        // Unless the save was faster.
        return _rollbacks.TryRemove(new(path, rollback)) ? root.Store.Record(rollback.Recording).Version : root.Store.Head(root.Root.Relative(path));
    }

    /// <summary>Files were made, changed or deleted outside the editor, or by its own saving.</summary>
    public void Changed(IEnumerable<string> paths)
    {
        string[] seen = [.. paths.Where(Histories.IsKept)];
        foreach (string path in seen.Where(_texts.IsOpen))
            histories.Do(path, _ => Sight(path));
        lock (_looking)
        {
            _seen.UnionWith(seen);
            if (_seen.Count > 0 && _look.IsCompleted)
                _look = LookAsync();
        }
    }

    /// <summary>The editor has made files: with what it put into them their history begins.</summary>
    public void Created(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            histories.Do(path, root =>
            {
                if (Read(path) is not { } bytes || !Recorder.MakesVersion(bytes))
                    return;
                FirstVersion(root, path);
                _originals.TryRemove(path, out string? _);
                histories.Learn(root, path);
                histories.Tell();
            });
        }
    }

    /// <summary>The editor has renamed files or folders.</summary>
    public void Renamed(IEnumerable<(string From, string To)> files)
    {
        foreach ((string from, string to) in files)
        {
            histories.Do(
                to,
                root =>
                {
                    if (root.Existing is not { } store)
                        return;
                    string old = root.Root.Relative(from),
                        now = root.Root.Relative(to);
                    foreach (
                        KnownPrompt prompt in store
                            .Prompts()
                            .Where(p => !p.IsDeleted && (p.Path == old || p.Path.StartsWith(old + "/", StringComparison.Ordinal)))
                    )
                        store.Rename(prompt.Path, now + prompt.Path[old.Length..], root.By);
                    histories.LearnAll(root);
                }
            );
        }
    }

    /// <summary>Makes a version of a text that is in an editor and not on disk, unless the head holds it.</summary>
    public Recorded Unsaved(RootStore root, OpenDocument document, string? note)
    {
        string path = document.Path!;
        Snapshot withText = histories.OnDisk.Open(document.Uri, document.Version, document.Text.Content);
        return root.Store.Record(
            FromItsVersion(
                root.Recorder.Recording(withText, root.Root, path, Strict.GetBytes(document.Text.Content), EventKind.Saved) with
                {
                    Note = note,
                },
                path
            )
        );
    }

    /// <summary>What is on disk becomes the first version of a prompt that has none.</summary>
    public PromptVersion? FirstVersion(RootStore root, string path)
    {
        if (root.Existing?.Head(root.Root.Relative(path)) is { Deleted: null } head)
            return head;
        TakeOverPast(root, path);
        return Read(path) is { } bytes && Recorder.MakesVersion(bytes)
            ? root.Store.Record(root.Recorder.Recording(histories.OnDisk, root.Root, path, bytes, EventKind.Saved)).Version
            : null;
    }

    /// <summary>The bytes of a regular file that is not too large; null where there is none.</summary>
    public static byte[]? Read(string path) => RegularFile.ReadUnlinked(path, Disk.LargestFile).Bytes?.ToArray();

    // By the time it is our turn the file can hold the next text, or half of it: then what the editor showed is what was saved.
    private void Save(RootStore root, string path, EditorText? shown, DateTimeOffset at, PendingRollback? rollback)
    {
        byte[]? bytes = Read(path);
        EditorText? written = shown;
        if (shown is not null)
        {
            written = bytes is not null && FingerprintOf(bytes) is { } now ? _texts.Find(path, now, shown) : null;
            // What the editor once read from there is no save of what it showed since: the file holds a text of later, or somebody put it back.
            if (written is null || (written.IsRead && !shown.IsRead))
                bytes = Strict.GetBytes((written = shown).Text);
        }
        if (written is not null)
            _texts.Settle(path, written);
        if (bytes is null || !Recorder.MakesVersion(bytes))
            return;
        if (written is { IsRead: true } && rollback is null)
            Observe(root, [path]);
        else
            Record(root, path, root.Recorder.Recording(histories.OnDisk, root.Root, path, bytes, EventKind.Saved), at, rollback);
        histories.Learn(root, path);
        histories.Tell();
    }

    private void Record(RootStore root, string path, Recording saved, DateTimeOffset at, PendingRollback? rollback)
    {
        saved = saved with { By = saved.By with { At = at }, WasOpen = _goneWhileOpen.ContainsKey(path) };
        IReadOnlyList<Recording> recordings = WithRollback(path, saved, rollback);
        try
        {
            root.Record([.. BeforeFirst(root, path, saved), .. recordings]);
        }
        catch (HistoryUnavailableException)
        {
            // Recorded as soon as the store can be used.
            if (recordings.Count(root.Wait) > 0)
                _ = RetryAsync(path);
            throw;
        }
        root.CopyDaily();
    }

    private PendingRollback? TakeRollback(string path) => _rollbacks.TryRemove(path, out PendingRollback? rollback) && !rollback.IsUndone ? rollback : null;

    // What was edited since comes after it; of the same text there is no second version.
    private List<Recording> WithRollback(string path, Recording saved, PendingRollback? rollback) =>
        rollback is null ? [FromItsVersion(saved, path)] : [rollback.Recording with { By = saved.By }, saved];

    // Where the file held another version than the newest (a branch, a stash), the text was made from that one.
    private Recording FromItsVersion(Recording saved, string path) =>
        histories.Known(path) is { OnDisk: { } from, Head: { } head } && from.Number != head.Number ? saved with { Source = from.Number } : saved;

    private async Task RetryAsync(string path)
    {
        try
        {
            for (bool waits = true; waits;)
            {
                await Task.Delay(Again, session.Clock, ended);
                waits = await histories.DoAsync(path, root =>
                {
                    root.Record([]);
                    histories.LearnAll(root);
                    return root;
                }) is null;
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
        catch (Exception failure)
        {
            session.Log.Failure("the history", failure);
        }
    }

    // The past of a prompt that has none yet: what git knows, and what it held before its first save.
    private IEnumerable<Recording> BeforeFirst(RootStore root, string path, Recording saved)
    {
        string relative = root.Root.Relative(path);
        _originals.TryRemove(path, out string? original);
        if (root.Existing?.Head(relative) is { Deleted: null })
            return [];
        TakeOverPast(root, path);
        if (
            string.IsNullOrEmpty(original)
            || Fingerprint.Of(original) is var was && (was == FingerprintOf(saved.Bytes.ToArray()) || root.Existing?.WithText(relative, was) is not null)
        )
            return [];
        Snapshot before = histories.OnDisk.Open(FileUri.FromPath(path), 0, original);
        return [root.Recorder.Recording(before, root.Root, path, Strict.GetBytes(original), EventKind.Observed)];
    }

    private void TakeOverPast(RootStore root, string path)
    {
        if (session.Options is not { Trusted: true, ImportGit: not false } || !File.Exists(path))
            return;
        try
        {
            int versions = GitPast.TakeOver(root.Store, histories.OnDisk, root.Root, path, root.Recorder.Tool, GitLimits.Unasked, ended);
            if (versions > 0)
                session.Log.Say(MessageType.Info, $"took over {versions} {(versions == 1 ? "version" : "versions")} of {root.Root.Relative(path)} from git");
        }
        catch (HistoryException none) when (none is not HistoryUnavailableException)
        {
            // No repository, or no git: the history begins here.
        }
    }

    // What the editor shows only because the disk had it first is not what somebody typed.
    private void Sight(string path)
    {
        if (Read(path) is { } bytes && FingerprintOf(bytes) is { } now && _texts.Find(path, now, null) is { } text)
            text.IsRead |= EditorTexts.SurelyCameFromDisk(text, WrittenAt(path));
    }

    private static DateTimeOffset WrittenAt(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);

    private async Task LookAsync()
    {
        try
        {
            for (int looks = 1; ; looks++)
            {
                await Task.Delay(Moment, session.Clock, ended);
                if (looks < MostLooksAtBusyGit && IsGitBusy())
                    continue;
                HashSet<string> seen;
                lock (_looking)
                    (seen, _seen) = (_seen, new(StringComparer.Ordinal));
                foreach (IGrouping<string, string> files in seen.GroupBy(p => session.Now.Roots.Of(p).Folder, StringComparer.Ordinal))
                    await histories.DoOrLogAsync(files.First(), root => Look(root, [.. files]));
                looks = 0;
                lock (_looking)
                {
                    if (_seen.Count > 0)
                        continue;
                    _look = Task.CompletedTask;
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private bool IsGitBusy()
    {
        lock (_looking)
            return _seen.Select(p => Path.GetDirectoryName(p)!).Distinct(StringComparer.Ordinal).Any(GitTree.IsChanging);
    }

    private void Look(RootStore root, IReadOnlyList<string> paths)
    {
        if (root.Existing is not { } store)
            return;
        Observe(root, MovedAndDeleted(root, store, paths));
        histories.LearnAll(root);
    }

    private void Observe(RootStore root, IReadOnlyList<string> paths)
    {
        var recordings = new List<Recording>();
        Origin by = root.By;
        // What is on the disk now may be the last of several saves: the others come first.
        string[] later = [.. paths.Where(p => _saving.GetValueOrDefault(p) > 0)];
        if (later.Length > 0)
            Changed(later);
        foreach (string path in paths.Except(later, StringComparer.Ordinal))
        {
            if (
                root.Existing?.Head(root.Root.Relative(path)) is not { } head
                || Read(path) is not { } bytes
                || !Recorder.MakesVersion(bytes)
                || FingerprintOf(bytes) is not { } now
            )
                continue;
            EditorText? text = _texts.Find(path, now, null);
            if (text is not null)
                _texts.Settle(path, text);
            if (now == head.Fingerprint && head.Deleted is null)
                continue;
            // Switching branches, a stash, a rebase, a pull: nobody here wrote that, and what the prompt was before is not news.
            bool isGits = GitTree.Put(path);
            bool isOurs = !isGits && text is { IsRead: false } && !EditorTexts.CameFromDisk(text, WrittenAt(path));
            bool hasMoved = isGits || (by.Commit is not null && by.Commit != head.Commit);
            if (hasMoved && !isOurs && head.Deleted is null && Brought(root, path, now) is { IsEmpty: false } brought)
            {
                recordings.AddRange(brought);
                continue;
            }
            Recording seen = root.Recorder.Recording(histories.OnDisk, root.Root, path, bytes, isOurs ? EventKind.Saved : EventKind.Observed) with
            {
                By = by,
                // A save that goes back to a text of before is told of as well.
                OnlyUnknown = hasMoved,
                WasOpen = _goneWhileOpen.ContainsKey(path),
            };
            bool isRollback = _rollbacks.TryGetValue(path, out PendingRollback? rollback) && (isOurs || rollback.Fingerprint == now);
            recordings.AddRange(isRollback || isOurs ? WithRollback(path, seen, isRollback ? TakeRollback(path) : null) : [seen]);
        }
        root.Record(recordings);
    }

    // Whoever made the commits that it came by: as with the past that is taken over, only where git may be asked.
    private ImmutableArray<Recording> Brought(RootStore root, string path, string fingerprint)
    {
        if (session.Options is not { Trusted: true, ImportGit: not false } || root.Store.WithText(root.Root.Relative(path), fingerprint) is not null)
            return [];
        try
        {
            return GitPast.Brought(root.Store, histories.OnDisk, root.Root, path, fingerprint, root.Recorder.Tool, GitLimits.Unasked, ended);
        }
        catch (HistoryException none) when (none is not HistoryUnavailableException)
        {
            return [];
        }
    }

    // What is there of them.
    private List<string> MovedAndDeleted(RootStore root, HistoryStore store, IReadOnlyList<string> paths)
    {
        List<string> there = [.. paths.Where(File.Exists)];
        HashSet<string> gone = paths.Except(there, StringComparer.Ordinal).Select(root.Root.Relative).ToHashSet(StringComparer.Ordinal);
        if (gone.Count > 0)
        {
            foreach (string path in paths.Where(p => _texts.IsOpen(p) && gone.Contains(root.Root.Relative(p))))
                _goneWhileOpen[path] = true;
            Moves.Record(
                store,
                [.. store.Prompts().Where(p => !p.IsDeleted && gone.Contains(p.Path))],
                there
                    .Select(p => (root.Root.Relative(p), Read(p) is { } bytes ? FingerprintOf(bytes) : null))
                    .Where(f => f.Item2 is not null)
                    .Select(f => (f.Item1, f.Item2!)),
                p => Read(Path.GetFullPath(p, root.Root.Folder)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null,
                null,
                root.By
            );
        }
        return there;
    }

    /// <summary>Of a file's text; null for bytes that are none.</summary>
    public static string? FingerprintOf(ReadOnlySpan<byte> bytes)
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
