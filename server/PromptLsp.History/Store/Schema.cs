using System.Collections.Immutable;

namespace PromptLsp.History.Store;

/// <summary>The store's tables, and the steps from each older schema to this one.</summary>
internal static class Schema
{
    /// <summary>Marks our files among all SQLite files: "PLhi".</summary>
    public const int ApplicationId = 0x504C6869;

    /// <summary>
    /// <c>Steps[n]</c> leads from <c>user_version</c> n to n + 1. What is released is never edited. Each statement is written as SQLite keeps
    /// it in <c>sqlite_schema</c>, so that a store can be held against it.
    /// </summary>
    public static ImmutableArray<ImmutableArray<string>> Steps { get; } =
    [
        [
            // Where a prompt is now and how far it has got; `deleted` is the event that did it, or 0. Follows from the log.
            """
            CREATE TABLE prompts (
              id INTEGER PRIMARY KEY,
              path TEXT NOT NULL,
              deleted INTEGER NOT NULL DEFAULT 0,
              number INTEGER NOT NULL DEFAULT 0,
              head INTEGER REFERENCES events (seq)
            ) STRICT
            """,
            "CREATE UNIQUE INDEX prompts_at ON prompts (path) WHERE deleted = 0",
            "CREATE INDEX prompts_gone ON prompts (path, deleted) WHERE deleted > 0",
            // The log. Hashes are 32 bytes. Times are milliseconds since 1970, UTC.
            """
            CREATE TABLE events (
              seq INTEGER PRIMARY KEY,
              kind TEXT NOT NULL,
              prompt INTEGER REFERENCES prompts (id),
              path TEXT,
              number INTEGER,
              target INTEGER,
              source INTEGER,
              fingerprint BLOB,
              exact BLOB,
              effective BLOB,
              tag TEXT,
              note BLOB REFERENCES notes (hash),
              erased BLOB,
              added INTEGER,
              removed INTEGER,
              author TEXT NOT NULL,
              at INTEGER NOT NULL,
              branch TEXT,
              revision TEXT,
              tool TEXT NOT NULL,
              hash BLOB NOT NULL
            ) STRICT
            """,
            "CREATE UNIQUE INDEX events_version ON events (prompt, number) WHERE number IS NOT NULL",
            "CREATE INDEX events_content ON events (prompt, fingerprint) WHERE number IS NOT NULL",
            "CREATE INDEX events_described ON events (prompt, target) WHERE kind = 'described'",
            "CREATE INDEX events_tagging ON events (prompt, tag) WHERE tag IS NOT NULL",
            "CREATE INDEX events_erased ON events (erased) WHERE erased IS NOT NULL",
            "CREATE TRIGGER events_in_order BEFORE INSERT ON events WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events) BEGIN "
                + "SELECT RAISE(ABORT, 'the log has no gaps'); END",
            "CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
            "CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
            // Where tags are now. Follows from the log.
            """
            CREATE TABLE tags (
              prompt INTEGER NOT NULL REFERENCES prompts (id),
              name TEXT NOT NULL,
              number INTEGER NOT NULL,
              seq INTEGER NOT NULL REFERENCES events (seq),
              PRIMARY KEY (prompt, name)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX tags_on ON tags (prompt, number)",
            // Exact bytes by their SHA-256, packed by Brotli; null once erased. A list of what a version pulls in is a content too, by its effective
            // fingerprint.
            """
            CREATE TABLE contents (
              id INTEGER PRIMARY KEY,
              hash BLOB NOT NULL UNIQUE,
              fingerprint BLOB NOT NULL,
              size INTEGER NOT NULL,
              packed BLOB
            ) STRICT
            """,
            "CREATE INDEX contents_same_text ON contents (fingerprint)",
            // Texts by their SHA-256; null once erased.
            """
            CREATE TABLE notes (
              id INTEGER PRIMARY KEY,
              hash BLOB NOT NULL UNIQUE,
              text TEXT
            ) STRICT
            """,
        ],
        [
            // What events say of environments. Hashes are 32 bytes; a record is taken over once, whoever sees it.
            """
            CREATE TABLE releases (
              seq INTEGER PRIMARY KEY REFERENCES events (seq),
              environment TEXT NOT NULL,
              release BLOB,
              context BLOB,
              origin TEXT,
              record BLOB NOT NULL UNIQUE
            ) STRICT
            """,
            "CREATE INDEX releases_same ON releases (release) WHERE release IS NOT NULL",
            "CREATE INDEX releases_whole ON releases (environment, seq) WHERE release IS NULL",
            "CREATE INDEX events_placed ON events (prompt, seq) WHERE path IS NOT NULL",
            "CREATE INDEX events_elsewhere ON events (path, seq) WHERE prompt IS NULL",
            "CREATE TRIGGER releases_stay_as_they_are BEFORE UPDATE ON releases BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
            "CREATE TRIGGER releases_stay BEFORE DELETE ON releases BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
        ],
    ];

    public static int Newest => Steps.Length;

    /// <summary>Every statement, in order, of a store at the newest schema.</summary>
    public static IEnumerable<string> Statements => StatementsTo(Newest);

    /// <summary>The same for an older one.</summary>
    public static IEnumerable<string> StatementsTo(int schema) => Steps.Take(schema).SelectMany(step => step);
}
