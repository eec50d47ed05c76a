using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Files;

namespace PromptLsp.History.Store;

/// <summary>
/// From a file to a connection that may be trusted: its tables are ours and up to date, and it is written in the best way that its disk allows.
/// </summary>
internal static class StoreOpening
{
    /// <summary>Opens the store of an absolute folder as it is wanted, making it where there is none and one was asked for.</summary>
    public static Database Open(string root, StoreAccess access, StoreOptions options)
    {
        string path = StoreFile.PathIn(root);
        try
        {
            StoreFile.MustBeOpen(path);
            StoreFile.MustBeOurs(root, path);
            if (access == StoreAccess.CreateIfMissing)
                StoreFile.Make(path);
            if (!File.Exists(path))
                throw NoneIn(path);
            if (access == StoreAccess.ReadOnly)
                return OpenToRead(path, options);
            StoreFile.RemoveLeftovers(path, options.Clock);
            return OpenToWrite(path, options);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw Failures.Explain(failure, path);
        }
    }

    /// <summary>Opens a file of ours, brings it up to date, and lets it be written in the best way that its disk allows.</summary>
    public static Database OpenToWrite(string path, StoreOptions options)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~StoreFile.OurFile) != UnixFileMode.None)
            File.SetUnixFileMode(path, mode & StoreFile.OurFile);
        // A store in WAL mode may have been moved to a file system without shared memory.
        if (
            Attempt(path, SqliteOpenMode.ReadWrite, options, database => database.AtOnce(() => TryWrite(database), options.BusyTimeout), out var refusal) is
            { } writable
        )
        {
            return Checked(
                writable,
                database =>
                {
                    Migrate(database, path);
                    PreferWal(database, path, options);
                }
            );
        }
        try
        {
            LeaveWal(path, options);
        }
        catch (HistoryUnavailableException failure) when (failure.Reason is Unavailability.Failing or Unavailability.ReadOnly)
        {
            throw refusal ?? failure;
        }
        return Checked(new(path, SqliteOpenMode.ReadWrite, options), database => Migrate(database, path));
    }

    // Where somebody else is at it, it can be written.
    private static bool TryWrite(Database database)
    {
        try
        {
            return database.Writing(() => true);
        }
        catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.Locked)
        {
            return true;
        }
    }

    // Null where the disk does not let the file be used so.
    private static Database? Attempt(string path, SqliteOpenMode mode, StoreOptions options, Func<Database, bool> use, out HistoryUnavailableException? refusal)
    {
        Database? database = null;
        refusal = null;
        try
        {
            database = new(path, mode, options);
            use(database);
            return database;
        }
        catch (HistoryUnavailableException failure) when (failure.Reason is Unavailability.Failing or Unavailability.ReadOnly)
        {
            database?.Dispose();
            refusal = failure;
            return null;
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    private static Database Checked(Database database, Action<Database> check)
    {
        try
        {
            check(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void PreferWal(Database database, string path, StoreOptions options)
    {
        if (database.Value("PRAGMA journal_mode") is "wal" || !WalWorks(path + StoreFile.Probe + Path.GetRandomFileName(), options))
            return;
        try
        {
            database.Value("PRAGMA journal_mode = WAL");
        }
        catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.Locked)
        {
            // Somebody else is at work on it; the next to open it tries again.
        }
    }

    /// <summary>Some file systems say "wal" and fail at the first write: so a file beside the store is really written.</summary>
    public static bool WalWorks(string probe, StoreOptions options)
    {
        try
        {
            StoreFile.CreateEmpty(probe);
            using var database = new Database(probe, SqliteOpenMode.ReadWrite, options);
            return database.Value("PRAGMA journal_mode = WAL") is "wal" && database.Execute("CREATE TABLE probe (x)") >= 0;
        }
        catch (HistoryUnavailableException)
        {
            return false;
        }
        finally
        {
            foreach (string file in StoreFile.Companions.Select(companion => probe + companion).Prepend(probe))
                StoreFile.RemoveFile(file);
        }
    }

    // Holding the file alone, SQLite needs no shared memory.
    private static void LeaveWal(string path, StoreOptions options)
    {
        using var alone = new Database(path, SqliteOpenMode.ReadWrite, options with { Alone = true });
        alone.Execute("PRAGMA journal_mode = DELETE");
    }

    /// <summary>Opens a file of ours to read it. One of an older form is brought up to date first, if it may be written.</summary>
    public static Database OpenToRead(string path, StoreOptions options)
    {
        try
        {
            return OpenAsItIs(path, options);
        }
        catch (HistoryUnavailableException older) when (older.Reason == Unavailability.OlderSchema)
        {
            try
            {
                OpenToWrite(path, options).Dispose();
            }
            catch (HistoryUnavailableException failed) when (failed.Reason is not (Unavailability.ForeignSchema or Unavailability.Corrupt))
            {
                throw new HistoryUnavailableException(older.Reason, older.Message, failed);
            }
            return OpenAsItIs(path, options);
        }
    }

    private static Database OpenAsItIs(string path, StoreOptions options)
    {
        Database? database = Attempt(
            path,
            SqliteOpenMode.ReadOnly,
            options,
            attempt => attempt.Integer("SELECT count(*) FROM sqlite_schema") >= 0,
            out var refusal
        );
        if (refusal is not null && HasContent(path + "-wal"))
            throw refusal;
        // On a read-only disk there is no room for the files of WAL, and nobody who could write meanwhile.
        database ??= new($"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly, options);
        return Checked(database, found => MustBeReadable(found, path));
    }

    private static void MustBeReadable(Database database, string path)
    {
        int schema = database.Reading(() => SchemaOf(database, path));
        if (schema == 0)
            throw NoneIn(path);
        if (schema < Schema.Newest)
            throw new HistoryUnavailableException(Unavailability.OlderSchema, $"{path} has an older form; it is brought up to date when it can be written.");
        if (schema == Schema.Newest)
            MustEqual(database, schema, path);
        else if (Ours(Schema.Newest).Except(FoundIn(database)).Any())
            throw Failures.Newer(path);
    }

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static void Migrate(Database database, string path)
    {
        if (database.Reading(() => SchemaOf(database, path)) < Schema.Newest)
        {
            database.Writing(() =>
            {
                // Another process may have done it while this one waited.
                int from = SchemaOf(database, path);
                MustEqual(database, from, path);
                for (int step = from; step < Schema.Newest; step++)
                {
                    foreach (string statement in Schema.Steps[step])
                        database.Execute(statement);
                }
                database.Execute($"PRAGMA application_id = {Schema.ApplicationId}");
                return database.Execute($"PRAGMA user_version = {Schema.Newest}");
            });
        }
        if (database.Reading(() => SchemaOf(database, path)) > Schema.Newest)
            throw Failures.Newer(path);
        MustEqual(database, Schema.Newest, path);
        // Opening costs the same however long the log is; an older event of an unknown kind is met by whoever reads it.
        if (HasNewerEvents(database, newest: 10_000))
            throw Failures.Newer(path);
    }

    /// <summary>Whether a newer program has written in a store, which is then read and never written.</summary>
    public static bool IsNewer(string path, StoreOptions options)
    {
        using var database = new Database(path, SqliteOpenMode.ReadOnly, options);
        return database.Reading(() => SchemaOf(database, path) > Schema.Newest || HasNewerEvents(database, newest: long.MaxValue));
    }

    // Each with all that an event has: rows of another table in their place are damage.
    private static bool HasNewerEvents(Database database, long newest) =>
        database.Value(
            $"""
            SELECT 1 FROM events
              WHERE seq > (SELECT max(seq) FROM events) - $1 AND kind NOT IN ({EventKinds.List})
                AND typeof(kind) = 'text' AND typeof(author) = 'text' AND typeof(at) = 'integer' AND typeof(hash) = 'blob' AND length(hash) = 32
              LIMIT 1
            """,
            newest
        )
            is not null;

    private static int SchemaOf(Database database, string path)
    {
        long version = database.Integer("PRAGMA user_version"), application = database.Integer("PRAGMA application_id");
        bool isEmpty = version == 0 && application == 0 && database.Integer("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && (application != Schema.ApplicationId || version < 1))
            throw Foreign(path);
        return (int)Math.Min(version, int.MaxValue);
    }

    private static void MustEqual(Database database, int schema, string path)
    {
        if (!FoundIn(database).SequenceEqual(Ours(schema)))
            throw Foreign(path);
    }

    // Names and kinds too, and the indexes that SQLite makes itself: a row may lie about any of them.
    private static ImmutableArray<(string, string, string, string?)> FoundIn(Database database) =>
        [
            .. database
                .All(
                    "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
                    row => Tuple.Create(Rows.There(Rows.Text(row, 0)), Rows.There(Rows.Text(row, 1)), Rows.There(Rows.Text(row, 2)), Rows.Text(row, 3))
                )
                .Select(row => row.ToValueTuple()),
        ];

    private static readonly Lazy<ImmutableArray<(string, string, string, string?)>> Newest = new(() => Made(Schema.Newest));

    private static ImmutableArray<(string, string, string, string?)> Ours(int schema) => schema == Schema.Newest ? Newest.Value : Made(schema);

    private static ImmutableArray<(string, string, string, string?)> Made(int schema)
    {
        using var model = new Database(":memory:", SqliteOpenMode.Memory, new());
        foreach (string statement in Schema.StatementsTo(schema))
            model.Execute(statement);
        return FoundIn(model);
    }

    private static HistoryUnavailableException NoneIn(string path) =>
        new(
            Unavailability.None,
            $"There is no history in {Path.GetDirectoryName(Path.GetDirectoryName(path))} yet; "
                + "`promptlsp snapshot` begins one, and so does saving in an editor."
        );

    private static HistoryUnavailableException Foreign(string path) =>
        new(Unavailability.ForeignSchema, $"History is off: {path} was not made by PromptLsp, or was altered; move it away to have a history here.");
}
