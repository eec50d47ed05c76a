using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PromptLsp.History.Store;

/// <summary>
/// One connection to a store, set up as every one of ours is, with its statements kept ready. What SQLite refuses comes out as one line for a person.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int NoCheckpointOnClose = 1006;
    private const int Defensive = 1010;
    private const int LengthLimit = 0;

    // Bytes. Room for the largest content where packing makes it larger; a value of somebody else's making cannot fill the memory.
    private const int LargestValue = Packed.Largest + (1 << 20);

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    public Database(string path, SqliteOpenMode mode, StoreOptions options)
    {
        _path = path.StartsWith("file:", StringComparison.Ordinal) ? Uri.UnescapeDataString(new Uri(path).AbsolutePath) : path;
        // SQLite itself waits for other processes; the library's own waiting, in steps of 150 ms, is kept to its least.
        _connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 1,
                Vfs = options.Vfs,
            }.ToString()
        );
        try
        {
            Guarded(() =>
            {
                _connection.Open();
                raw.sqlite3_db_config(_connection.Handle, Defensive, 1, out _);
                raw.sqlite3_limit(_connection.Handle, LengthLimit, LargestValue);
                // What is damaged stays as it was found.
                if (options.Alone)
                    raw.sqlite3_db_config(_connection.Handle, NoCheckpointOnClose, 1, out _);
                return true;
            });
            Wait(options.BusyTimeout);
            // Before anything looks at the file: what has begun with shared memory stays with it.
            if (options.Alone)
                Execute("PRAGMA locking_mode = EXCLUSIVE");
            Execute("PRAGMA trusted_schema = OFF");
            Execute("PRAGMA cell_size_check = ON");
            Execute("PRAGMA foreign_keys = ON");
            Execute("PRAGMA recursive_triggers = ON");
            Execute("PRAGMA secure_delete = ON");
            // Bytes that the write-ahead log keeps of the disk after a large import.
            Execute("PRAGMA journal_size_limit = 16777216");
            Execute("PRAGMA synchronous = FULL");
            Execute("PRAGMA fullfsync = ON");
            if (options.MostPages > 0)
                Execute($"PRAGMA max_page_count = {options.MostPages}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>All that was run so far.</summary>
    public IEnumerable<string> Statements => _statements.Keys;

    /// <summary>Runs a statement and gives how many rows it changed. Values are <c>$1</c>, <c>$2</c>, …</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        SqliteCommand statement = Ready(sql, values);
        return Guarded(statement.ExecuteNonQuery);
    }

    /// <summary>The first row's first column; null where there is no row or no value.</summary>
    public object? Value(string sql, params ReadOnlySpan<object?> values)
    {
        SqliteCommand statement = Ready(sql, values);
        return Guarded(statement.ExecuteScalar) is { } value and not DBNull ? value : null;
    }

    public long Integer(string sql, params ReadOnlySpan<object?> values) => Value(sql, values) as long? ?? 0;

    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        SqliteCommand statement = Ready(sql, values);
        return Guarded(() =>
        {
            using SqliteDataReader rows = statement.ExecuteReader();
            return rows.Read() ? Row(rows, read) : null;
        });
    }

    public ImmutableArray<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class?
    {
        SqliteCommand statement = Ready(sql, values);
        return Guarded(() =>
        {
            using SqliteDataReader rows = statement.ExecuteReader();
            var all = ImmutableArray.CreateBuilder<T>();
            while (rows.Read())
                all.Add(Row(rows, read));
            return all.DrainToImmutable();
        });
    }

    /// <summary>Does the work if nobody stands in the way, and waits for nobody.</summary>
    /// <param name="usual">How long others are waited for afterwards.</param>
    public T AtOnce<T>(Func<T> work, TimeSpan usual)
    {
        Execute("PRAGMA busy_timeout = 0");
        try
        {
            return work();
        }
        finally
        {
            Wait(usual);
        }
    }

    private void Wait(TimeSpan time) => Execute($"PRAGMA busy_timeout = {(long)time.TotalMilliseconds}");

    /// <summary>All of the work sees one state of the store.</summary>
    public T Reading<T>(Func<T> work) => Between("BEGIN", work);

    /// <summary>All of the work is done, durably, or none; no other process writes meanwhile.</summary>
    public T Writing<T>(Func<T> work) => Between("BEGIN IMMEDIATE", work);

    public void Dispose()
    {
        foreach (SqliteCommand statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        _connection.Dispose();
    }

    // A null where we write none, and text that is no UTF-8.
    private T Row<T>(SqliteDataReader row, Func<SqliteDataReader, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
        {
            throw Failures.Corrupt(_path, failure);
        }
    }

    private T Between<T>(string begin, Func<T> work)
    {
        Begin(begin);
        try
        {
            T result = work();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    // Here the store is waited for, as long as was asked and no longer: the library would go on trying for a second at least.
    private void Begin(string begin) => Guarded(() =>
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, begin), _connection.Handle);
        return true;
    });

    [SuppressMessage("Design", "MA0045", Justification = "SQLite has no asynchronous calls.")]
    private void RollBack()
    {
        // After some failures SQLite has already done so.
        if (raw.sqlite3_get_autocommit(_connection.Handle) != 0)
            return;
        try
        {
            Execute("ROLLBACK");
        }
        catch (HistoryUnavailableException)
        {
            // The failure that led here is the one to be told.
        }
    }

    private SqliteCommand Ready(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out SqliteCommand? statement))
        {
            statement = _connection.CreateCommand();
#pragma warning disable CA2100 // All statements are written in this project; what users give is bound to parameters.
            statement.CommandText = sql;
#pragma warning restore CA2100
            for (int i = 1; i <= values.Length; i++)
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _statements.Add(sql, statement);
        }
        for (int i = 0; i < values.Length; i++)
            statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        return statement;
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException failure)
        {
            throw Failures.Explain(failure, _path);
        }
        catch (NewerEventException failure)
        {
            throw Failures.Newer(_path, failure);
        }
        // Values that we never write.
        catch (Exception failure) when (failure is InvalidCastException or OverflowException or FormatException)
        {
            throw Failures.Corrupt(_path, failure);
        }
    }
}
