using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Files;
using PromptLsp.History.Store;

namespace PromptLsp.Portfolio.Search;

/// <summary>
/// The file that an index is kept in: SQLite, in the user's own cache, and made anew whenever it is not what we have written. Where it cannot be
/// kept, it is made in memory each time.
/// </summary>
internal sealed class SearchFile : IDisposable
{
    private const int ApplicationId = 0x504C7365, Form = 2;

    private static readonly string[] Tables =
    [
        // A prompt as it is, or an old version of one. Lists hold their entries in lower case between line ends; times are milliseconds since 1970.
        """
        CREATE TABLE prompts (
          id INTEGER PRIMARY KEY, path TEXT NOT NULL, version INTEGER, deleted TEXT, fingerprint TEXT NOT NULL, written INTEGER NOT NULL, size INTEGER NOT NULL,
          changed INTEGER NOT NULL, name TEXT, description TEXT, model TEXT, owners TEXT NOT NULL, tags TEXT NOT NULL, inputs TEXT NOT NULL, uses TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX prompts_at ON prompts (path, version)",
        // With the prefixes that one types first: without them those of 100,000 prompts took 40 ms to gather, with them the file is a fifth larger.
        "CREATE VIRTUAL TABLE texts USING fts5(name, description, body, notes, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
        "CREATE VIRTUAL TABLE old_texts USING fts5(name, description, body, notes, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ];

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    private SearchFile(string source)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = source, Pooling = false, DefaultTimeout = 2 }.ToString());
        try
        {
            _connection.Open();
            foreach (string pragma in (string[])["busy_timeout = 2000", "trusted_schema = OFF", "cell_size_check = ON", "journal_mode = WAL",
                "synchronous = OFF", "temp_store = MEMORY", "cache_size = -65536"])
                Execute("PRAGMA " + pragma);
            if (Number("PRAGMA user_version") == 0 && Number("SELECT count(*) FROM sqlite_schema") == 0)
                Writing(Create);
            if (Number("PRAGMA application_id") != ApplicationId || Number("PRAGMA user_version") != Form)
                throw new InvalidDataException();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <param name="path">Absolute; null for an index in memory.</param>
    public static SearchFile Open(string? path)
    {
        if (path is not null && Kept(path) is { } kept)
            return kept;
        return new(":memory:");
    }

    /// <summary>Takes an index away; what is asked for next is made anew.</summary>
    public static void Remove(string path)
    {
        foreach (string file in ((string[])["", "-wal", "-shm", "-journal"]).Select(companion => path + companion).Where(File.Exists))
            File.Delete(file);
    }

    // What is damaged, foreign or of another form is thrown away, once.
    private static SearchFile? Kept(string path)
    {
        try
        {
            StoreFile.MakeFolder(Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
                StoreFile.CreateEmpty(path);
            try
            {
                return new(path);
            }
            catch (Exception failure) when (failure is InvalidDataException || IsDamage(failure))
            {
                Remove(path);
                StoreFile.CreateEmpty(path);
                return new(path);
            }
        }
        catch (Exception failure) when (failure is SqliteException or InvalidDataException || FileFailure.Is(failure))
        {
            return null;
        }
    }

    public static bool IsDamage(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_ERROR };

    public static bool IsBusy(Exception failure) => failure is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED };

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Ready(sql, values).ExecuteNonQuery();

    public long Number(string sql, params ReadOnlySpan<object?> values) => Ready(sql, values).ExecuteScalar() is long number ? number : 0;

    public string? Word(string sql, params ReadOnlySpan<object?> values) => Ready(sql, values).ExecuteScalar() as string;

    /// <summary>The rows, as they are asked for.</summary>
    public IEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        using SqliteDataReader rows = Ready(sql, values).ExecuteReader();
        while (rows.Read())
            yield return read(rows);
    }

    /// <summary>All of it is kept, or nothing.</summary>
    public void Writing(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            // After some failures SQLite has already done so.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                Execute("ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        foreach (SqliteCommand statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    private void Create()
    {
        if (Number("SELECT count(*) FROM sqlite_schema") != 0)
            return;
        foreach (string table in Tables)
            Execute(table);
        Execute($"PRAGMA application_id = {ApplicationId}");
        Execute($"PRAGMA user_version = {Form}");
    }

    [SuppressMessage("Security", "CA2100", Justification = "All statements are written in this project; what users give is bound to parameters.")]
    private SqliteCommand Ready(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out SqliteCommand? statement))
        {
            statement = _connection.CreateCommand();
            statement.CommandText = sql;
            for (int i = 1; i <= values.Length; i++)
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _statements.Add(sql, statement);
        }
        for (int i = 0; i < values.Length; i++)
            statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        return statement;
    }
}
