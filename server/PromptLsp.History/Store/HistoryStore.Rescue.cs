using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Files;

namespace PromptLsp.History.Store;

// Copies, and what is done about a damaged file.
public sealed partial class HistoryStore
{
    private const int CopiesKept = 2;

    /// <summary>Copies the store once a day (UTC), while others go on using it, and keeps the last two copies.</summary>
    /// <param name="folder">The user's own, for the copies of all stores; each gets a folder in it.</param>
    /// <returns>The new copy; null where today has one.</returns>
    public string? CopyDaily(string folder)
    {
        string own = CopiesOf(Root, folder),
            copy = System.IO.Path.Join(own, _options.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".db");
        if (File.Exists(copy))
            return null;
        try
        {
            StoreFile.MakeFolder(own);
            string begun = $"{copy}.{System.IO.Path.GetRandomFileName()}";
            try
            {
                StoreFile.CreateEmpty(begun);
                using (Database database = StoreOpening.OpenToRead(Path, _options))
                    database.Execute("VACUUM INTO $1", begun);
                File.Move(begun, copy, overwrite: true);
            }
            finally
            {
                StoreFile.RemoveFile(begun);
            }
            foreach (string old in Copies(Root, folder).Skip(CopiesKept))
                StoreFile.RemoveFile(old);
            return copy;
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw Failures.Explain(failure, copy);
        }
    }

    /// <summary>Tries whether something could be recorded now in a store that is there, and records nothing.</summary>
    /// <returns>Why not; null where it could.</returns>
    public static HistoryUnavailableException? Unwritable(string root, StoreOptions? options = null)
    {
        try
        {
            using HistoryStore store = Open(root, StoreAccess.ReadWrite, options);
            // A transaction alone may begin in a file that takes no writes.
            store.Write(() => store._database.Execute($"PRAGMA user_version = {Schema.Newest}"));
            return null;
        }
        catch (HistoryUnavailableException why)
        {
            return why;
        }
    }

    /// <summary>The copies of a root's store, newest first; absolute paths.</summary>
    public static ImmutableArray<string> Copies(string root, string folder)
    {
        string own = CopiesOf(root, folder);
        return Directory.Exists(own) ? [.. Directory.GetFiles(own, "????-??-??.db").OrderDescending(StringComparer.Ordinal)] : [];
    }

    /// <summary>The stores of a root that were moved aside, oldest first; absolute paths.</summary>
    public static ImmutableArray<string> SetAside(string root) =>
        Directory.Exists(System.IO.Path.GetDirectoryName(StoreFile.PathIn(root))) && MayBeListed(StoreFile.PathIn(root))
            ?
            [
                .. SetAsideFiles(StoreFile.PathIn(root))
                    .Where(file => !StoreFile.Companions.Any(companion => file.EndsWith(companion, StringComparison.Ordinal))),
            ]
            : [];

    /// <summary>Puts a copy in the place of the store; what was there is moved aside, not lost. No store of the root may be open.</summary>
    /// <returns>Where the old file is now; null where there was none.</returns>
    /// <exception cref="HistoryUnavailableException">The copy is no store of ours, or another program holds the store.</exception>
    public static string? Restore(string copy, string root, StoreOptions? options = null)
    {
        options ??= new();
        string path = StoreFile.PathIn(Absolute(root)),
            begun = path + StoreFile.Begun + System.IO.Path.GetRandomFileName();
        try
        {
            StoreFile.MustBeOurs(Absolute(root), path);
            if (File.Exists(path) && IsNewer(path, options))
                throw new HistoryUnavailableException(
                    Unavailability.NewerSchema,
                    $"Nothing was restored: {path} was written by a newer PromptLsp and is not known to be damaged; update this one."
                );
            StoreFile.MakeOwnFolder(System.IO.Path.GetDirectoryName(path)!);
            StoreFile.CreateEmpty(begun);
            using (var from = new FileStream(RegularFile.Open(copy).Handle ?? throw new IOException($"{copy} is not a file that can be read"), FileAccess.Read))
            {
                using var to = new FileStream(begun, FileMode.Truncate);
                from.CopyTo(to);
            }
            StoreOpening.OpenToWrite(begun, options).Dispose();
            string? aside = null;
            if (File.Exists(path))
            {
                Alone(path, options, _ => true);
                aside = StoreFile.MoveAside(path, options.Clock);
            }
            File.Move(begun, path, overwrite: false);
            return aside;
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw Failures.Explain(failure, path);
        }
        finally
        {
            StoreFile.RemoveFile(begun);
        }
    }

    /// <summary>
    /// Moves the store aside if SQLite itself calls it damaged, so that a new one can be begun. For a caller to whom <see cref="Open"/> or
    /// another call has said <see cref="Unavailability.Corrupt"/>, after it has closed its own.
    /// </summary>
    /// <returns>Where it is now; null where SQLite finds it whole, and it stays.</returns>
    /// <exception cref="HistoryUnavailableException">Another program holds it.</exception>
    public static string? SetAsideIfDamaged(string root, StoreOptions? options = null)
    {
        options ??= new();
        string path = StoreFile.PathIn(Absolute(root));
        try
        {
            StoreFile.MustBeOurs(Absolute(root), path);
            if (!File.Exists(path) || Alone(path, options, database => database.Value("PRAGMA quick_check(1)") is "ok"))
                return null;
            return StoreFile.MoveAside(path, options.Clock);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw Failures.Explain(failure, path);
        }
    }

    // What cannot be read is not known to be anything.
    private static bool IsNewer(string path, StoreOptions options)
    {
        try
        {
            return StoreOpening.IsNewer(path, options);
        }
        catch (HistoryUnavailableException)
        {
            return false;
        }
    }

    // False where it is too damaged to be looked at.
    private static bool Alone(string path, StoreOptions options, Func<Database, bool> look)
    {
        try
        {
            using var database = new Database(path, SqliteOpenMode.ReadWrite, options with { Alone = true });
            database.Execute("BEGIN EXCLUSIVE");
            bool seen = look(database);
            database.Execute("ROLLBACK");
            return seen;
        }
        catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.Corrupt)
        {
            return false;
        }
    }

    private static bool MayBeListed(string path)
    {
        try
        {
            StoreFile.MustBeOpen(path);
            return true;
        }
        catch (HistoryUnavailableException)
        {
            return false;
        }
    }

    private static ImmutableArray<string> SetAsideFiles(string path) =>
        [.. Directory.GetFiles(System.IO.Path.GetDirectoryName(path)!, StoreFile.Name + ".aside-*").Order(StringComparer.Ordinal)];

    private static string CopiesOf(string root, string folder) =>
        System.IO.Path.Join(folder, $"{System.IO.Path.GetFileName(Absolute(root))}-{Fingerprint.Of(Absolute(root))[..16]}");

    private static string Absolute(string root) => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(root));
}
