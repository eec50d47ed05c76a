using System.Collections.Immutable;
using System.Text;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Releasing;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Versions;

/// <summary>The prompt whose history a command is about, and the store of its root.</summary>
internal sealed class PromptHistory : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes into each version and release what made it.</summary>
    public static Recorder Recorder { get; } = new($"promptlsp {ProductVersion.Text}");

    private readonly StoreAccess _access;
    private readonly Terminal _terminal;

    private PromptHistory(FileAtReference file, StoreAccess access, Terminal terminal)
    {
        if (Directory.Exists(file.Path))
            throw new CommandFailure($"`{terminal.Display(file.Path)}` is a folder; name a prompt");
        if (ReleasedFile.FolderOf(file.Path) is { } released)
            throw new CommandFailure(
                $"`{terminal.Display(file.Path)}` is a copy, which {terminal.Display(System.IO.Path.Join(released, ReleasedFile.RecordFile))} "
                    + "tells of; the history is that of the prompt itself"
            );
        _access = access;
        _terminal = terminal;
        Path = file.Path;
        Shown = terminal.Display(file.Path);
        Reference = file.Reference;
        OnDisk = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root = OnDisk.Roots.Of(file.Path);
        Relative = Root.Relative(file.Path);
        if (access != StoreAccess.ReadOnly && !File.Exists(file.Path) && !HistoryStore.Exists(Root.Folder))
            throw new CommandFailure($"there is no file `{Shown}`; check the path");
        Store = Stores.Open(Root.Folder, access, terminal);
    }

    /// <summary>Opens a history that is there; nothing is written.</summary>
    /// <param name="argument">FILE or FILE@REF.</param>
    public static PromptHistory ToRead(string argument, Terminal terminal) => OpenKnown(argument, StoreAccess.ReadOnly, terminal);

    /// <summary>Opens a history that is there, to write in it.</summary>
    public static PromptHistory ToChange(string argument, Terminal terminal) => OpenKnown(argument, StoreAccess.ReadWrite, terminal);

    /// <summary>Opens a history, or begins one.</summary>
    public static PromptHistory ToWrite(string argument, Terminal terminal) =>
        new(FileAtReference.Of(argument, terminal), StoreAccess.CreateIfMissing, terminal);

    /// <summary>The prompt's file, absolute.</summary>
    public string Path { get; }

    /// <summary>Its path as people read it.</summary>
    public string Shown { get; }

    /// <summary>Its path in the store.</summary>
    public string Relative { get; }

    /// <summary>What stood behind the <c>@</c>.</summary>
    public string? Reference { get; }

    public Root Root { get; }

    public HistoryStore Store { get; }

    /// <summary>The files as they are.</summary>
    public Snapshot OnDisk { get; }

    /// <summary>Who acts now.</summary>
    public Origin By => Recorder.By(Root);

    /// <exception cref="HistoryException">There is no such version.</exception>
    public PromptVersion Resolve(string reference)
    {
        if (Released(reference) is not { } released)
            return Store.Resolve(Relative, reference);
        PromptVersion? there = Store.WithText(Relative, released.Record.Fingerprint, released.Record.At);
        // A tag may be older than the environment of its name.
        if (Store.Tags(Relative).FirstOrDefault(t => t.Name == reference) is { } tag && tag.Number != there?.Number)
            throw new CommandFailure(
                $"`{reference}` is a tag, on v{tag.Number}, and an environment, which holds {there?.Name ?? "something else"}; say which version"
            );
        return there
                ?? throw new CommandFailure(
                    $"{released.Record.Environment} holds {released.Record.Fingerprint[..Fingerprint.ShownDigits]} of `{Shown}`, a text that this "
                        + $"history does not know; `promptlsp show {released.Shown}` shows it"
                );
    }

    /// <summary>What an environment of that name holds; null where there is none, or it holds nothing.</summary>
    public PromptInEnvironment? Released(string reference) => PromptInEnvironment.Find(Path, reference, _terminal);

    /// <exception cref="CommandFailure">The workspace's settings protect tags of that name.</exception>
    /// <param name="isThere">Another version has it.</param>
    public void MustAllowTag(string name, bool isThere)
    {
        if (OnDisk.SettingsOf(Root).Releases.TagProblem(name, isThere, By.Author) is { } problem)
            throw new CommandFailure(problem);
    }

    /// <summary>What became of the prompt in environments, the newest first; what the releases folder tells anew is taken over before, if it can be.</summary>
    public ImmutableArray<EnvironmentEvent> InEnvironments()
    {
        var folder = new ReleaseFolder(Root, OnDisk.SettingsOf(Root).Releases);
        if (Directory.Exists(folder.Path) && FolderClaims.Of(Store, folder, [Relative]) is { IsEmpty: false } claims)
            TakeOver(claims);
        return Store.EnvironmentEvents(Relative, int.MaxValue);
    }

    private void TakeOver(ImmutableArray<EnvironmentClaim> claims)
    {
        try
        {
            using HistoryStore writable = Stores.Open(Root.Folder, StoreAccess.ReadWrite, _terminal);
            writable.Import(claims, By);
        }
        catch (HistoryUnavailableException)
        {
            // What is there can be shown all the same.
        }
    }

    /// <summary>The file's bytes; null where there is none.</summary>
    public byte[]? BytesOnDisk() => File.Exists(Path) ? Read(Path, Shown) : null;

    /// <summary>The file's text; null where there is none.</summary>
    public string? TextOnDisk() => BytesOnDisk() is { } bytes ? TextOf(bytes, Shown) : null;

    /// <summary>Makes a version of what is on disk, unless it is one, so that whatever changes the file next can be taken back.</summary>
    /// <returns>Null for an emptied prompt, in which there is nothing to come back to.</returns>
    public PromptVersion? RecordWhatIsOnDisk()
    {
        byte[] bytes = BytesOnDisk() ?? throw new CommandFailure(Store.Head(Relative) is { } gone
            ? $"there is no file `{Shown}`; {HowToRestore(gone)}"
            : $"there is no file `{Shown}`; check the path");
        if (!Recorder.MakesVersion(bytes))
            return null;
        FollowMove(Fingerprint.Of(TextOf(bytes, Shown)));
        return Store.Record(Observation(OnDisk, Root, Path, bytes, Store.Head(Relative)?.Commit, By)).Version;
    }

    /// <summary>What brings a prompt back whose file is gone.</summary>
    public string HowToRestore(PromptVersion newest)
    {
        if (!newest.IsForgotten)
            return $"`promptlsp restore {Shown}` brings {newest.Name} back";
        return Store.Versions(Relative, newest.Deleted, int.MaxValue, int.MaxValue).FirstOrDefault(v => !v.IsForgotten) is { } kept
            ? $"the content of {newest.Name} was erased; `promptlsp restore {Shown}@{kept.Name}` brings {kept.Name} back"
            : "the contents of all its versions were erased";
    }

    /// <summary>The version that the file is now, made if it is none yet.</summary>
    public PromptVersion VersionOnDisk() => RecordWhatIsOnDisk() ??
        throw new CommandFailure(Store.Head(Relative) is { } head
            ? $"`{Shown}` is empty, which makes no version; name one: {head.Name} is the newest"
            : $"`{Shown}` is empty, which makes no version; write something first");

    // A prompt that is gone and was moved here: its history comes with it.
    private void FollowMove(string fingerprint)
    {
        if (CameFrom(fingerprint) is { } from)
            Moves.Record(Store, [from], [(Relative, from.Fingerprint)], static _ => null, null, By);
    }

    /// <summary>
    /// The prompt that was moved here, as far as nothing has recorded that yet: it is gone, and had just this content, or surely one like it.
    /// </summary>
    private KnownPrompt? CameFrom(string fingerprint)
    {
        if (Store.Head(Relative) is { Deleted: null } head && head.Fingerprint == fingerprint)
            return null;
        ImmutableArray<KnownPrompt> gone =
        [
            .. Store.Prompts().Where(p => !p.IsDeleted && p.Path != Relative && Discovery.IsGone(System.IO.Path.GetFullPath(p.Path, Root.Folder))),
        ];
        if (gone.IsEmpty)
            return null;
        if (gone.FirstOrDefault(p => p.Fingerprint == fingerprint) is { } same)
            return same;
        if (Store.Head(Relative) is not null)
            return null;
        // Another file may be as like.
        ImmutableArray<(string, string)> there =
        [
            .. Discovery
                .Prompts(Root.Folder, CancellationToken.None)
                .Select(Root.Relative)
                .Select(f => (f, TextOf(f) is { } text ? Fingerprint.Of(text) : ""))
                .Where(f => f.Item2.Length > 0),
        ];
        return Moves.Edited(Store, gone, there, TextOf).FirstOrDefault(p => p.To == Relative).From;
    }

    private string? TextOf(string relative) =>
        OnDisk.Disk.Read(System.IO.Path.GetFullPath(relative, Root.Folder)) is { IsOk: true } text ? text.Text.Content : null;

    /// <summary>Makes a version of bytes that come back from an older one.</summary>
    /// <returns>That version; the newest one where it has this content already, with the note that it had.</returns>
    public PromptVersion RecordRollback(PromptVersion source, byte[] bytes, string? why)
    {
        bool isNewest = Store.Head(Relative)?.Fingerprint == source.Fingerprint;
        return Store.Record(Rollback(source, bytes, Path) with { Note = isNewest ? null : why }).Version;
    }

    /// <summary>A deleted prompt is there again; its file has been written.</summary>
    /// <param name="path">Where, absolute.</param>
    public PromptVersion RecordRestored(PromptVersion source, byte[] bytes, string path, string? why) =>
        Store.Restore(source, Rollback(source, bytes, path) with { Note = why });

    private Recording Rollback(PromptVersion source, byte[] bytes, string path) =>
        Recorder.Recording(OnDisk.Open(FileUri.FromPath(path), 0, TextOf(bytes, Shown)), Root, path, bytes, EventKind.RolledBack) with
        {
            Source = source.Number,
        };

    /// <summary>A file as it is found, for the store.</summary>
    /// <param name="headCommit">The commit that its newest version so far was seen at.</param>
    public static Recording Observation(Snapshot snapshot, Root root, string path, byte[] bytes, string? headCommit, Origin by) =>
        Recorder.Recording(snapshot, root, path, bytes, EventKind.Observed) with
        {
            By = by,
            // Another commit was checked out: what the prompt was before is not news.
            OnlyUnknown = by.Commit is not null && by.Commit != headCommit,
        };

    public static Origin ByIn(Root root) => Recorder.By(root);

    /// <summary>A prompt's bytes; what cannot be a version ends the command.</summary>
    public static byte[] Read(string path, string shown)
    {
        FileBytes file = RegularFile.Read(path, Disk.LargestFile);
        return file.Bytes?.ToArray() ?? throw new CommandFailure(PromptPaths.Why(shown, Disk.StatusOf(file)));
    }

    public static string TextOf(byte[] bytes, string shown)
    {
        try
        {
            return Strict.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailure(PromptPaths.Why(shown, FileStatus.NotUtf8));
        }
    }

    /// <summary>A copy of the store in the user's own folder, once a day. One that cannot be made is no reason to fail.</summary>
    public static void CopyDaily(HistoryStore store)
    {
        try
        {
            if (StateFolder.Copies is { } folder)
                store.CopyDaily(folder);
        }
        catch (HistoryUnavailableException)
        {
            // The store itself works: only the copy does not.
        }
    }

    public void Dispose()
    {
        if (_access != StoreAccess.ReadOnly)
            CopyDaily(Store);
        Store.Dispose();
    }

    private static PromptHistory OpenKnown(string argument, StoreAccess access, Terminal terminal)
    {
        FileAtReference file = FileAtReference.Of(argument, terminal);
        try
        {
            return MustBeKnown(new(file, access, terminal), terminal);
        }
        catch (HistoryUnavailableException none) when (none.Reason == Unavailability.None)
        {
            throw NoneYet(file.Path, terminal);
        }
    }

    private static PromptHistory MustBeKnown(PromptHistory history, Terminal terminal)
    {
        if (history.Store.Head(history.Relative) is not null)
            return history;
        using (history)
        {
            history.Store.MustBeWhole();
            if (history.TextOnDisk() is { } text && history.CameFrom(Fingerprint.Of(text)) is { } from)
                throw new CommandFailure(
                    $"`{history.Shown}` has no history under this name yet, but that of `{from.Path}`, which is gone: `promptlsp snapshot` carries "
                        + $"it over, `promptlsp log {terminal.Display(System.IO.Path.GetFullPath(from.Path, history.Root.Folder))}` shows it"
                );
        }
        throw NoneYet(history.Path, terminal);
    }

    private static CommandFailure NoneYet(string path, Terminal terminal) => new(File.Exists(path)
        ? $"`{terminal.Display(path)}` has no history yet; `promptlsp snapshot {terminal.Display(path)}` begins one"
        : $"there is no file `{terminal.Display(path)}`, nor a history of one; {NearPath.Advice(path, "check the path", terminal)}");
}
