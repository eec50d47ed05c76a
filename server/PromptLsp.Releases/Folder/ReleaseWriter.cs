using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Releases.Signing;

namespace PromptLsp.Releases.Folder;

/// <summary>A record that takes the place of another, with its files, which lie ready in a folder.</summary>
/// <param name="Draft">Absolute; it holds <c>files/</c>.</param>
/// <param name="Expected">The id of the record that was seen there; null where there was none.</param>
/// <param name="Words">Approvals and the like that come with it.</param>
public sealed record Move(ReleaseRecord Record, string Draft, string? Expected, ImmutableArray<Approval> Words);

/// <summary>
/// The only writer of a releases folder, one at a time. New folders are written beside, named in a journal, and exchanged with the old ones: whoever
/// looks at a prompt sees the old release or the new one, and what an ended process began the next writer completes.
/// </summary>
public sealed class ReleaseWriter : IDisposable
{
    private const string OwnFolder = ".promptlsp",
        WorkFolder = "releases",
        LockFile = "lock",
        JournalFile = "journal",
        JournalHead = "promptlsp journal 1",
        DraftPrefix = "draft-",
        KeptFolder = "kept";
    private const int MostKept = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Step = TimeSpan.FromMilliseconds(20), Abandoned = TimeSpan.FromHours(1);

    private readonly ReleaseFolder _folder;
    private readonly TimeProvider _clock;
    private readonly FileStream _lock;

    private ReleaseWriter(ReleaseFolder folder, TimeProvider clock, FileStream held) => (_folder, _clock, _lock) = (folder, clock, held);

    /// <summary>Waits for other writers, and completes what one of them left.</summary>
    /// <exception cref="ReleaseException">Another one goes on for too long, or the folder may not be written.</exception>
    public static async Task<ReleaseWriter> OpenAsync(ReleaseFolder folder, TimeProvider clock, CancellationToken cancel)
    {
        string work = Work(folder);
        long begun = clock.GetTimestamp();
        for (; ; )
        {
            try
            {
                var writer = new ReleaseWriter(
                    folder,
                    clock,
                    new FileStream(Path.Join(work, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                );
                writer.Complete();
                return writer;
            }
            catch (IOException failure)
                when (failure is not (FileNotFoundException or DirectoryNotFoundException)
                    && !FileFailure.IsFullDisk(failure)
                    && !FileFailure.IsReadOnlyDisk(failure)
                )
            {
                if (clock.GetElapsedTime(begun) > Patience)
                    throw new ReleaseException($"another promptlsp has been writing in `{folder.Policy.Folder}` for half a minute; try again", failure);
                await Task.Delay(Step, cancel);
            }
            catch (Exception failure) when (FileFailure.Is(failure))
            {
                throw new ReleaseException($"`{Path.Join(OwnFolder, WorkFolder)}` may not be written: {FileFailure.Reason(failure)}", failure);
            }
        }
    }

    /// <summary>A folder for files that are to be released; whoever asks for it removes it, or a later writer does.</summary>
    /// <returns>Absolute.</returns>
    public static string Draft(ReleaseFolder folder)
    {
        string draft = Path.Join(Work(folder), DraftPrefix + Path.GetRandomFileName());
        Directory.CreateDirectory(draft);
        return draft;
    }

    /// <summary>The releases that were replaced here, the newest first: for a way back where git has none.</summary>
    /// <returns>Absolute folders that hold <c>release.json</c> and <c>files/</c>.</returns>
    internal static IEnumerable<string> Kept(ReleaseFolder folder, string environment, string prompt)
    {
        string kept = Path.Join(Work(folder), KeptFolder, environment, prompt);
        return Directory.Exists(kept) ? Directory.EnumerateDirectories(kept).OrderDescending(StringComparer.Ordinal) : [];
    }

    /// <summary>True where an ended process has left something to complete.</summary>
    public static bool IsInterrupted(ReleaseFolder folder) =>
        Path.Join(folder.Root.Folder, OwnFolder, WorkFolder) is var work
        && Directory.Exists(work)
        && Directory.EnumerateDirectories(work, DraftPrefix + "*").Any(d => File.Exists(Path.Join(d, JournalFile)));

    private static string Work(ReleaseFolder folder)
    {
        string own = Path.Join(folder.Root.Folder, OwnFolder), work = Path.Join(own, WorkFolder);
        try
        {
            foreach (string part in new[] { own, work, folder.Path })
            {
                if (new FileInfo(part).LinkTarget is not null)
                    throw new ReleaseException($"`{part}` is a link; releases are written into folders of the workspace alone");
            }
            StoreFile.MakeOwnFolder(own);
            StoreFile.MakeFolder(work);
            return work;
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new ReleaseException($"`{work}` may not be written: {FileFailure.Reason(failure)}; check its permissions", failure);
        }
    }

    /// <summary>Makes all moves, or none.</summary>
    /// <param name="draft">The folder below which all of their files lie, from <see cref="Draft"/>.</param>
    /// <exception cref="ReleaseConflictException">Something else runs in one of the places than was seen there.</exception>
    public void Carry(string draft, ImmutableArray<Move> moves)
    {
        foreach (Move move in moves)
            MustBeAsSeen(move);
        try
        {
            foreach (Move move in moves)
                Prepare(move);
            WriteAttributes();
            WrittenFile.Create(Path.Join(draft, JournalFile), Encoding.UTF8.GetBytes(Journal(draft, moves)));
            Complete(draft);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new ReleaseException(
                $"`{_folder.Policy.Folder}` cannot be written: {failure.Message.TrimEnd('.')}; it must be a plain folder on the same disk as `{OwnFolder}`",
                failure
            );
        }
    }

    /// <summary>Puts somebody's word beside a release.</summary>
    public void Write(Approval approval)
    {
        MustBePlain(approval.Environment, approval.Prompt);
        WriteAttributes();
        WrittenFile.Create(
            Path.Join(_folder.At(approval.Environment, approval.Prompt), ReleaseFolder.ApprovalsFolder, approval.FileName),
            Encoding.UTF8.GetBytes(approval.Text)
        );
    }

    /// <summary>Freezes an environment, or with null lets promotions in again.</summary>
    public void Write(string environment, Frozen? frozen)
    {
        string path = Path.Join(_folder.Path, environment, ReleaseFolder.FrozenFile);
        if (new FileInfo(Path.GetDirectoryName(path)!).LinkTarget is not null)
            throw new ReleaseException($"`{_folder.Policy.Folder}/{environment}` is a link; releases are written into folders of the workspace alone");
        WriteAttributes();
        if (frozen is null)
            File.Delete(path);
        else
            WrittenFile.Replace(path, Encoding.UTF8.GetBytes(frozen.Text));
    }

    public void Dispose() => _lock.Dispose();

    private void MustBeAsSeen(Move move)
    {
        MustBePlain(move.Record.Environment, move.Record.Prompt);
        ReleaseRecord? now = _folder.Record(move.Record.Environment, move.Record.Prompt);
        if (now?.Id == move.Expected)
            return;
        throw new ReleaseConflictException(
            now is null
                ? $"{move.Record.Environment} held a release of `{move.Record.Prompt}` when you looked and holds none now; look again"
                : $"somebody was faster: {now.By} put {now.Name.Short} of `{move.Record.Prompt}` into {move.Record.Environment} at "
                    + $"{now.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC; look again"
        );
    }

    // Nothing is written through a link, nor into another prompt's folder.
    private void MustBePlain(string environment, string prompt)
    {
        string path = _folder.Path;
        foreach (string step in prompt.Split('/').Prepend(environment))
        {
            path = Path.Join(path, step);
            if (new FileInfo(path).LinkTarget is not null)
                throw new ReleaseException($"`{_folder.Root.Relative(path)}` is a link; releases are written into folders of the workspace alone");
        }
    }

    private void Prepare(Move move)
    {
        WrittenFile.Create(Path.Join(move.Draft, ReleaseRecord.File), Encoding.UTF8.GetBytes(move.Record.Text));
        string approvals = Path.Join(_folder.At(move.Record.Environment, move.Record.Prompt), ReleaseFolder.ApprovalsFolder);
        if (Directory.Exists(approvals))
        {
            foreach (string file in Directory.EnumerateFiles(approvals))
            {
                if (RegularFile.ReadUnlinked(file, 1024 * 1024).Bytes is { } bytes)
                    WrittenFile.Create(Path.Join(move.Draft, ReleaseFolder.ApprovalsFolder, Path.GetFileName(file)), bytes.Span);
            }
        }
        foreach (Approval word in move.Words)
            WrittenFile.Create(Path.Join(move.Draft, ReleaseFolder.ApprovalsFolder, word.FileName), Encoding.UTF8.GetBytes(word.Text));
    }

    private void WriteAttributes()
    {
        Directory.CreateDirectory(_folder.Path);
        WrittenFile.Create(Path.Join(_folder.Path, ReleaseFolder.AttributesFile), Encoding.UTF8.GetBytes(ReleaseFolder.Attributes));
    }

    // A line for each move: the new record's id, the folder in the draft, the place in the releases folder.
    private string Journal(string draft, ImmutableArray<Move> moves) =>
        string.Concat(
            moves.Select(m => $"{m.Record.Id} {Path.GetRelativePath(draft, m.Draft)} {m.Record.Environment}/{m.Record.Prompt}\n").Prepend(JournalHead + "\n")
        );

    private void Complete()
    {
        foreach (string draft in Directory.EnumerateDirectories(Path.GetDirectoryName(_lock.Name)!, DraftPrefix + "*").ToArray())
        {
            if (File.Exists(Path.Join(draft, JournalFile)))
                Complete(draft);
            // The last change of one that is gone by now would be centuries ago.
            else if (Directory.Exists(draft) && Directory.GetLastWriteTimeUtc(draft) < _clock.GetUtcNow().UtcDateTime - Abandoned)
                Remove(draft);
        }
    }

    // Whoever made it may be removing it at this moment.
    private static void Remove(string draft)
    {
        try
        {
            Directory.Delete(draft, recursive: true);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            // Left behind, it does no harm.
        }
    }

    private void Complete(string draft)
    {
        foreach (string line in File.ReadAllLines(Path.Join(draft, JournalFile)).Skip(1))
        {
            if (line.Split(' ', 3) is not [var id, var from, var to])
                continue;
            string made = Path.Join(draft, from), place = Path.Join(_folder.Path, to);
            if (IdAt(place) != id && Directory.Exists(made))
                Put(made, place);
            // Now it is the old one.
            if (Directory.Exists(made))
                Keep(made, to);
        }
        Directory.Delete(draft, recursive: true);
    }

    private static string? IdAt(string place) =>
        RegularFile.ReadUnlinked(Path.Join(place, ReleaseRecord.File), 1024 * 1024).Bytes is { } bytes
            ? History.Fingerprint.Of(Encoding.UTF8.GetString(bytes.Span))
            : null;

    private static void Put(string made, string place)
    {
        string old = made + ".old";
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        if (!Directory.Exists(place))
        {
            Directory.Move(made, place);
        }
        else if (!FolderExchange.TryExchange(made, place))
        {
            Directory.Move(place, old);
            Directory.Move(made, place);
        }
        // An ended process may have come so far.
        if (Directory.Exists(old))
            Directory.Move(old, made);
    }

    private void Keep(string old, string place)
    {
        string kept = Path.Join(Path.GetDirectoryName(_lock.Name), KeptFolder, place);
        if (!File.Exists(Path.Join(old, ReleaseRecord.File)))
            return;
        Directory.CreateDirectory(kept);
        // In the order in which they were replaced.
        Directory.Move(
            old,
            Path.Join(kept, $"{_clock.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfffffff", CultureInfo.InvariantCulture)}-{IdAt(old)?[..8]}")
        );
        foreach (string older in Directory.EnumerateDirectories(kept).OrderDescending(StringComparer.Ordinal).Skip(MostKept))
            Directory.Delete(older, recursive: true);
    }
}
