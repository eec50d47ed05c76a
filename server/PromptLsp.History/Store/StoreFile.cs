using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PromptLsp.History.Store;

/// <summary>The store's place on the disk: whether what lies there may be trusted, and how a new one comes to be.</summary>
internal static class StoreFile
{
    public const string Folder = ".promptlsp";
    public const string Name = "history.db";

    private const UnixFileMode OurFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OurFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What SQLite keeps beside a database.</summary>
    public static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    public static string PathIn(string root) => Path.Join(root, Folder, Name);

    /// <summary>Opens the store of an absolute folder as it is wanted, making it where there is none and one was asked for.</summary>
    public static Database Open(string root, StoreAccess access, StoreOptions options)
    {
        string path = PathIn(root);
        try
        {
            MustBeOurs(root, path);
            if (access == StoreAccess.CreateIfMissing)
                Make(path, options);
            if (!File.Exists(path))
                throw new HistoryUnavailableException(Unavailability.None, $"There is no history in {root} yet.");
            return access == StoreAccess.ReadOnly ? OpenToRead(path, options) : OpenToWrite(path, options);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failures.Explain(failure, path);
        }
    }

    /// <summary>The way in which a file system lets a database be written; decided once, when it is made, by really writing.</summary>
    public static void Initialise(string path, StoreOptions options)
    {
        try
        {
            using var wal = new Database(path, SqliteOpenMode.ReadWrite, options);
            if ((string?)wal.Value("PRAGMA journal_mode = WAL") == "wal")
            {
                Migrate(wal, path);
                return;
            }
        }
        // Some file systems say "wal" and fail at the first write.
        catch (HistoryUnavailableException failure) when (failure.Reason is Unavailability.Failing or Unavailability.ReadOnly or Unavailability.Locked)
        {
            foreach (string companion in Companions)
                RemoveFile(path + companion);
            File.WriteAllBytes(path, []);
        }
        using var journal = new Database(path, SqliteOpenMode.ReadWrite, options);
        journal.Execute("PRAGMA journal_mode = DELETE");
        Migrate(journal, path);
    }

    /// <exception cref="HistoryUnavailableException">It may have been put there by somebody else.</exception>
    public static void MustBeOurs(string root, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (IsLink(folder))
            throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {folder} is a link; remove it to have a history here.");
        foreach (string file in Companions.Select(companion => path + companion).Prepend(path))
        {
            if (IsLink(file))
                throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {file} is a link; remove it to have a history here.");
        }
        if (Path.Exists(path) && GitIndex.Tracks(root, $"{Folder}/{Name}"))
            throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {path} is tracked by git; `git rm --cached {Folder}/{Name}` to have a history here.");
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder) || File.GetUnixFileMode(folder) == OurFolder)
            return;
        try
        {
            // Only its owner may do so.
            File.SetUnixFileMode(folder, OurFolder);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {folder} belongs to another user.", failure);
        }
        catch (IOException)
        {
            // A read-only disk; nobody else can write there either.
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    // A new store is finished under another name and then moved: whoever sees it sees it whole.
    private static void Make(string path, StoreOptions options)
    {
        string folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        string ignore = Path.Join(folder, ".gitignore");
        if (!Path.Exists(ignore))
            File.WriteAllText(ignore, "*\n");
        if (Path.Exists(path))
            return;
        string begun = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            CreateEmpty(begun);
            Initialise(begun, options);
            File.Move(begun, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster; its store is as good.
        }
        finally
        {
            RemoveFile(begun);
            foreach (string companion in Companions)
                RemoveFile(begun + companion);
        }
    }

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OurFolder);
    }

    public static void CreateEmpty(string path)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OurFile;
        new FileStream(path, how).Dispose();
    }

    public static void RemoveFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Left behind, it does no harm.
        }
    }

    /// <summary>Gives the store another name beside its own, and with it all that SQLite keeps for it.</summary>
    public static string MoveAside(string path, TimeProvider clock)
    {
        string aside = $"{path}.aside-{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        File.Move(path, aside);
        foreach (string companion in Companions.Where(companion => File.Exists(path + companion)))
            File.Move(path + companion, aside + companion);
        return aside;
    }

    private static Database OpenToWrite(string path, StoreOptions options)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OurFile)
            File.SetUnixFileMode(path, OurFile);
        var database = new Database(path, SqliteOpenMode.ReadWrite, options);
        try
        {
            // A store in WAL mode may have been moved to a file system without shared memory.
            if (!Succeeds(() => database.Writing(() => true)))
            {
                database.Dispose();
                LeaveWal(path, options);
                database = new Database(path, SqliteOpenMode.ReadWrite, options);
            }
            Migrate(database, path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static bool Succeeds(Func<bool> attempt)
    {
        try
        {
            return attempt();
        }
        // Somebody else can write.
        catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.Locked)
        {
            return true;
        }
        catch (HistoryUnavailableException failure) when (failure.Reason is Unavailability.Failing or Unavailability.ReadOnly)
        {
            return false;
        }
    }

    // Holding the file alone, SQLite needs no shared memory.
    private static void LeaveWal(string path, StoreOptions options)
    {
        using var alone = new Database(path, SqliteOpenMode.ReadWrite, options with { Alone = true });
        alone.Execute("PRAGMA journal_mode = DELETE");
    }

    private static Database OpenToRead(string path, StoreOptions options)
    {
        var database = new Database(path, SqliteOpenMode.ReadOnly, options);
        try
        {
            if (!Succeeds(() => database.Integer("SELECT count(*) FROM sqlite_schema") >= 0) && !HasContent(path + "-wal"))
            {
                database.Dispose();
                // On a read-only disk there is no room for the files of WAL, and nobody who could write meanwhile.
                database = new Database($"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly, options);
            }
            int schema = SchemaOf(database, path);
            if (schema < Schema.Newest)
                throw new HistoryUnavailableException(Unavailability.ForeignSchema, $"{path} has an older form; it is brought up to date when it is next written.");
            if (schema == Schema.Newest)
                MustEqual(database, path);
            else if (!FoundIn(database).IsSupersetOf(Schema.Statements))
                throw Newer(path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static void Migrate(Database database, string path)
    {
        if (SchemaOf(database, path) is var found && found < Schema.Newest)
        {
            database.Writing(() =>
            {
                // Another process may have done it while this one waited.
                for (int step = SchemaOf(database, path); step < Schema.Newest; step++)
                {
                    foreach (string statement in Schema.Steps[step])
                        database.Execute(statement);
                }
                database.Execute($"PRAGMA application_id = {Schema.ApplicationId}");
                return database.Execute($"PRAGMA user_version = {Schema.Newest}");
            });
        }
        if (SchemaOf(database, path) > Schema.Newest)
            throw Newer(path);
        MustEqual(database, path);
    }

    private static int SchemaOf(Database database, string path)
    {
        long version = database.Integer("PRAGMA user_version"), application = database.Integer("PRAGMA application_id");
        bool isEmpty = version == 0 && application == 0 && database.Integer("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && (application != Schema.ApplicationId || version < 1))
            throw Foreign(path);
        return (int)Math.Min(version, int.MaxValue);
    }

    private static void MustEqual(Database database, string path)
    {
        if (!FoundIn(database).SetEquals(Schema.Statements))
            throw Foreign(path);
    }

    private static HashSet<string> FoundIn(Database database) =>
        database.All("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);

    private static HistoryUnavailableException Newer(string path) =>
        new(Unavailability.NewerSchema, $"History is off: {path} was written by a newer PromptLsp; update this one.");

    private static HistoryUnavailableException Foreign(string path) =>
        new(Unavailability.ForeignSchema, $"History is off: {path} was not made by PromptLsp, or was altered; move it away to have a history here.");
}
