using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Running;

/// <summary>
/// What models answered in evaluations, in <c>.promptlsp/runs.db</c>: each answer is on disk when it has come. Answers can hold what users wrote, so the
/// file is its owner's alone, git does not see it, and <see cref="Forget"/> erases for good.
/// </summary>
public sealed class RunStore : IDisposable
{
    public const string Name = "runs.db";

    // "PLrn": a file of ours.
    private const int ApplicationId = 0x504C726E;

    // Each step is made once, and never changed: `user_version` counts those that a file has.
    private static readonly string[][] Steps =
    [
        [
        """
        CREATE TABLE runs (
          id INTEGER PRIMARY KEY, evaluation TEXT NOT NULL, side TEXT NOT NULL, fingerprint TEXT NOT NULL, model TEXT NOT NULL, parameters TEXT NOT NULL,
          data TEXT NOT NULL, assertions TEXT NOT NULL, repeat INTEGER NOT NULL, begun TEXT NOT NULL, ended TEXT
        ) STRICT
        """,
        """
        CREATE TABLE answers (
          run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, row TEXT NOT NULL, repeat INTEGER NOT NULL, passed INTEGER NOT NULL, score REAL,
          text TEXT, hash TEXT NOT NULL, failures TEXT NOT NULL, input INTEGER, output INTEGER, exact INTEGER NOT NULL, cost REAL, latency REAL NOT NULL,
          first REAL, retries INTEGER NOT NULL, identity TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (run, row, repeat)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX runs_of_an_evaluation ON runs (evaluation, id)",
        ],
        [
        "ALTER TABLE answers ADD COLUMN length INTEGER",
        "ALTER TABLE answers ADD COLUMN refusal INTEGER",
        "ALTER TABLE answers ADD COLUMN json INTEGER",
        """
        CREATE TABLE drift_baselines (
          id INTEGER PRIMARY KEY, evaluation TEXT NOT NULL, fingerprint TEXT NOT NULL, model TEXT NOT NULL, parameters TEXT NOT NULL, data TEXT NOT NULL,
          assertions TEXT NOT NULL, reason TEXT NOT NULL, begun TEXT NOT NULL, ready TEXT
        ) STRICT
        """,
        """
        CREATE TABLE drift_canaries (
          baseline INTEGER NOT NULL REFERENCES drift_baselines (id) ON DELETE CASCADE, judge TEXT NOT NULL, row TEXT NOT NULL, question TEXT NOT NULL,
          answer TEXT NOT NULL, scores TEXT NOT NULL, PRIMARY KEY (baseline, judge, row)
        ) STRICT
        """,
        """
        CREATE TABLE drift_checks (
          id INTEGER PRIMARY KEY, baseline INTEGER NOT NULL REFERENCES drift_baselines (id) ON DELETE CASCADE, at TEXT NOT NULL, outcome TEXT NOT NULL, p REAL,
          told TEXT NOT NULL
        ) STRICT
        """,
        ],
        ["ALTER TABLE drift_baselines ADD COLUMN prompt TEXT NOT NULL DEFAULT ''"],
    ];

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<FileStream> _held = [];

    private RunStore(SqliteConnection connection, string path, TimeProvider clock) => (_connection, _path, _clock) = (connection, path, clock);

    public static string PathIn(string root) => Path.Join(root, StoreFile.Folder, Name);

    public static bool Exists(string root) => File.Exists(PathIn(root));

    /// <summary>Opens the store of a root, making it where there is none.</summary>
    /// <exception cref="RunStoreException">It cannot be used.</exception>
    public static RunStore Open(string root, TimeProvider clock)
    {
        string path = PathIn(root);
        try
        {
            if (new FileInfo(Path.GetDirectoryName(path)!).LinkTarget is not null || new FileInfo(path).LinkTarget is not null || RegularFile.IsSpecial(path))
                throw new RunStoreException($"{path} is a link, or no regular file; remove it to keep runs here");
            StoreFile.Make(path);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new RunStoreException($"runs cannot be kept in {path}: {FileFailure.Reason(failure)}");
        }
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        var store = new RunStore(connection, path, clock);
        try
        {
            store.Guarded(() =>
            {
                connection.Open();
                store.Prepare();
                return true;
            });
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The run of one side, with the answers that are there already: one that was begun with all the same and not ended is gone on with, unless another
    /// process is at it.
    /// </summary>
    /// <remarks>In one transaction: nobody sees a run that is not held yet, and none ends between being found and being held.</remarks>
    public Run Begin(string evaluation, Side side, string data, string assertions, int repeat) => InTransaction(() =>
    {
        object?[] key = [evaluation, side.Name, side.Fingerprint, side.ModelName, side.Parameters, data, assertions, repeat];
        ImmutableArray<long> begun = Numbers(
            """
            SELECT id FROM runs WHERE evaluation = $1 AND side = $2 AND fingerprint = $3 AND model = $4 AND parameters = $5 AND data = $6
              AND assertions = $7 AND repeat = $8 AND ended IS NULL ORDER BY id DESC
            """,
            key);
        foreach (long open in begun)
        {
            if (Hold(open))
                return new Run(open, [.. Answers(open).Select(a => a with { IsResumed = true })]);
        }
        long id = Numbers(
            """
            INSERT INTO runs (evaluation, side, fingerprint, model, parameters, data, assertions, repeat, begun)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
            """,
            [.. key, Now])[0];
        Hold(id);
        return new Run(id, []);
    });

    /// <summary>Keeps an answer, durably.</summary>
    public void Keep(long run, MeasuredAnswer answer) =>
        Execute(
            "INSERT OR REPLACE INTO answers VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
            run,
            answer.Row,
            answer.Repeat,
            answer.Passed ? 1 : 0,
            answer.Score,
            answer.Text,
            answer.TextHash,
            PlainJson.Text(answer.Failures.ToArray<object?>()),
            answer.InputTokens,
            answer.OutputTokens,
            answer.IsExact ? 1 : 0,
            answer.Cost,
            answer.LatencyMs,
            answer.FirstTokenMs,
            answer.Retries,
            answer.Identity,
            Now,
            answer.Shape?.Length,
            Flag(answer.Shape?.IsRefusal),
            Flag(answer.Shape?.IsJson)
        );

    private static int? Flag(bool? value) => value is { } known ? known ? 1 : 0 : null;

    /// <summary>All has been asked.</summary>
    public void End(long run) => Execute("UPDATE runs SET ended = $2 WHERE id = $1", run, Now);

    /// <summary>How often these two were compared before on the same rows, to the end.</summary>
    public int EarlierLooks(string evaluation, Side side, string data, string assertions) => (int)Numbers(
        """
        SELECT count(*) FROM runs WHERE evaluation = $1 AND fingerprint = $2 AND model = $3 AND data = $4 AND assertions = $5 AND ended IS NOT NULL
          AND side NOT GLOB 'drift *'
        """,
        evaluation, side.Fingerprint, side.ModelName, data, assertions)[0];

    /// <summary>The runs of a prompt by a model that came to their end, newest first, whatever their side was called.</summary>
    public ImmutableArray<long> Finished(MeasuredContent content) => Numbers(
        """
        SELECT id FROM runs WHERE evaluation = $1 AND fingerprint = $2 AND model = $3 AND parameters = $4 AND data = $5 AND assertions = $6 AND repeat = $7
          AND ended IS NOT NULL AND side NOT GLOB 'drift *' ORDER BY id DESC
        """,
        content.Evaluation, content.Fingerprint, content.Model, content.Parameters, content.Data, content.Assertions, content.Repeat);

    /// <summary>Something of that evaluation was run of the prompt, though on other rows, by another model, or not to the end.</summary>
    public bool HasBegun(MeasuredContent content) =>
        Numbers(
            "SELECT count(*) FROM runs WHERE evaluation = $1 AND fingerprint = $2 AND side NOT GLOB 'drift *'",
            content.Evaluation,
            content.Fingerprint)[0] > 0;

    /// <summary>The runs, newest first.</summary>
    public ImmutableArray<RunSummary> Runs(string? evaluation = null) => Query(
        """
        SELECT r.id, r.evaluation, r.side, r.begun, r.ended, count(a.row), coalesce(sum(a.passed), 0), sum(a.cost)
          FROM runs r LEFT JOIN answers a ON a.run = r.id WHERE $1 IS NULL OR r.evaluation = $1 GROUP BY r.id ORDER BY r.id DESC
        """,
        row => new RunSummary(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt32(5), row.GetInt32(6),
            row.IsDBNull(7) ? null : row.GetDouble(7)),
        evaluation);

    /// <summary>The evaluations of which runs or baselines are kept.</summary>
    public ImmutableArray<string> Evaluations() =>
        Query("SELECT evaluation FROM runs UNION SELECT evaluation FROM drift_baselines ORDER BY 1", row => row.GetString(0));

    public ImmutableArray<MeasuredAnswer> Answers(long run) =>
        Query(
            "SELECT row, repeat, passed, score, text, hash, failures, input, output, exact, cost, latency, first, retries, identity, length, "
                + "refusal, json FROM answers WHERE run = $1",
            row => new MeasuredAnswer
            {
                Row = row.GetString(0),
                Repeat = row.GetInt32(1),
                Passed = row.GetInt32(2) == 1,
                Score = row.IsDBNull(3) ? null : row.GetDouble(3),
                Text = row.IsDBNull(4) ? null : row.GetString(4),
                TextHash = row.GetString(5),
                Failures =
                [
                    .. PlainJson.Of(System.Text.Json.JsonElement.Parse(row.GetString(6))) is IReadOnlyList<object?> lines ? lines.OfType<string>() : [],
                ],
                InputTokens = row.IsDBNull(7) ? null : row.GetInt64(7),
                OutputTokens = row.IsDBNull(8) ? null : row.GetInt64(8),
                IsExact = row.GetInt32(9) == 1,
                Cost = row.IsDBNull(10) ? null : row.GetDouble(10),
                LatencyMs = row.GetDouble(11),
                FirstTokenMs = row.IsDBNull(12) ? null : row.GetDouble(12),
                Retries = row.GetInt32(13),
                Identity = row.GetString(14),
                Shape = row.IsDBNull(15) ? null : new(row.GetInt32(15), row.GetInt32(16) == 1, row.GetInt32(17) == 1),
            },
            run
        );

    /// <summary>Erases runs with their answers, those of one evaluation or all, on the disk too.</summary>
    /// <param name="before">Only those that were begun before; ISO 8601.</param>
    /// <returns>How many, and how many baselines of drift went with them.</returns>
    public (int Runs, int Baselines) Forget(string? evaluation, string? before)
    {
        int count = Execute("DELETE FROM runs WHERE ($1 IS NULL OR evaluation = $1) AND ($2 IS NULL OR begun < $2)", evaluation, before);
        int baselines = Execute("DELETE FROM drift_baselines WHERE ($1 IS NULL OR evaluation = $1) AND ($2 IS NULL OR begun < $2)", evaluation, before);
        Execute("VACUUM");
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return (count, baselines);
    }

    public void Dispose()
    {
        _connection.Dispose();
        foreach (FileStream held in _held)
            held.Dispose();
    }

    internal string Now => _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // SQLite cannot say who is at a run: a file that one process alone can open does.
    private bool Hold(long run)
    {
        try
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{_path}.run-{run}");
            _held.Add(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (Exception failure) when (FileFailure.Is(failure) && !FileFailure.IsFullDisk(failure))
        {
            return false;
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new RunStoreException($"runs cannot be kept in {_path}: {FileFailure.Reason(failure)}");
        }
    }

    private void Prepare()
    {
        foreach (
            string pragma in (string[])
                ["busy_timeout = 10000", "trusted_schema = OFF", "foreign_keys = ON", "secure_delete = ON", "journal_mode = WAL", "synchronous = FULL"]
        )
            Execute("PRAGMA " + pragma);
        // In one statement: another process may be making them.
        (long version, long application, long tables) = Query(
            "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)",
            static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))
        )[0];
        if (version > Steps.Length && application == ApplicationId)
            throw new RunStoreException($"{_path} was written by a newer promptlsp; update this one");
        if (application != ApplicationId && (version, application, tables) != (0, 0, 0))
            throw new RunStoreException($"{_path} was not made by promptlsp; move it away to keep runs here");
        if (version < Steps.Length)
            Advance();
    }

    // Two processes may come at once: whoever is second finds it done.
    private void Advance() => InTransaction(() =>
    {
        foreach (string statement in Steps.Skip((int)Numbers("SELECT user_version FROM pragma_user_version")[0]).SelectMany(step => step))
            Execute(statement);
        Execute($"PRAGMA application_id = {ApplicationId}");
        Execute($"PRAGMA user_version = {Steps.Length}");
        return true;
    });

    // What fails undoes it.
    internal T InTransaction<T>(Func<T> work) => Guarded(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(System.Data.IsolationLevel.Serializable, deferred: false);
        T done = work();
        transaction.Commit();
        return done;
    });

    internal int Execute(string sql, params object?[] values) => Guarded(() =>
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    });

    internal ImmutableArray<long> Numbers(string sql, params object?[] values) => Query(sql, static row => row.GetInt64(0), values);

    internal ImmutableArray<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values) => Guarded(() =>
    {
        using SqliteCommand command = Command(sql, values);
        using SqliteDataReader rows = command.ExecuteReader();
        var all = ImmutableArray.CreateBuilder<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all.ToImmutable();
    });

    private SqliteCommand Command(string sql, object?[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // All statements are written in this file; what users give is bound to parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (int i = 0; i < values.Length; i++)
            command.Parameters.Add(new SqliteParameter($"${i + 1}", values[i] ?? DBNull.Value));
        return command;
    }

    private T Guarded<T>(Func<T> work)
    {
        lock (_lock)
        {
            try
            {
                return work();
            }
            catch (SqliteException failure)
            {
                throw new RunStoreException(failure.SqliteErrorCode switch
                {
                    SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"{_path} is in use by another program; try again",
                    SQLitePCL.raw.SQLITE_FULL => $"the disk of {_path} is full; answers so far are kept, and the same command goes on",
                    SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM => $"{_path} may not be written",
                    _ => $"{_path} is damaged, or cannot be used; move it away to go on",
                });
            }
            catch (Exception failure) when (failure is InvalidCastException or InvalidOperationException or System.Text.Json.JsonException or FormatException)
            {
                throw new RunStoreException($"{_path} is damaged; move it away to go on");
            }
        }
    }
}

/// <summary>What was asked of a model, and what was held against the answers: a run on anything else says nothing of it.</summary>
/// <param name="Evaluation">Its path from the root.</param>
/// <param name="Fingerprint">The prompt's effective one.</param>
/// <param name="Model">As the workspace calls it.</param>
/// <param name="Parameters">The prompt's <c>config</c>.</param>
public sealed record MeasuredContent(string Evaluation, string Fingerprint, string Model, string Parameters, string Data, string Assertions, int Repeat);

/// <param name="Id">In the store.</param>
/// <param name="Answers">What was answered before it was interrupted.</param>
public sealed record Run(long Id, ImmutableArray<MeasuredAnswer> Answers);

/// <param name="Ended">Null where it was interrupted.</param>
/// <param name="Cost">Null where nothing of it is known.</param>
public sealed record RunSummary(long Id, string Evaluation, string Side, string Begun, string? Ended, int Answers, int Passed, double? Cost);

/// <summary>Runs cannot be kept. The message is one line: where, why, what to do.</summary>
public sealed class RunStoreException(string message) : Exception(message);
