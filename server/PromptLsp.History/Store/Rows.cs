using System.Text;
using Microsoft.Data.Sqlite;

namespace PromptLsp.History.Store;

/// <summary>Between rows of the store and records.</summary>
internal static class Rows
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The log, with the text of each event's note, for a <c>WHERE</c> that follows; <see cref="Event(SqliteDataReader)"/> reads it.</summary>
    public const string Events = """
        SELECT e.seq, e.kind, e.prompt, e.path, e.number, e.target, e.source, e.fingerprint, e.exact, e.effective, e.tag,
          e.note, e.erased, e.added, e.removed, e.author, e.at, e.branch, e.revision, e.tool, e.hash,
          r.environment, r.release, r.context, r.origin, r.record, (SELECT n.text FROM notes n WHERE n.hash = e.note)
        FROM events e LEFT JOIN releases r ON r.seq = e.seq
        """;

    /// <summary>The column of the note's text.</summary>
    public const int NoteOfEvent = 26;

    public static Event Event(SqliteDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Kind = EventKinds.Parse(There(Text(row, 1))),
        Prompt = row.IsDBNull(2) ? null : row.GetInt64(2),
        Path = Text(row, 3),
        Number = Small(row, 4),
        Target = Small(row, 5),
        Source = Small(row, 6),
        Fingerprint = Hash(row, 7),
        Exact = Hash(row, 8),
        Effective = Hash(row, 9),
        Tag = Text(row, 10),
        Note = Hash(row, 11),
        Erased = Hash(row, 12),
        Added = Small(row, 13),
        Removed = Small(row, 14),
        Author = There(Text(row, 15)),
        At = Time(row, 16),
        Branch = Text(row, 17),
        Commit = Text(row, 18),
        Tool = There(Text(row, 19)),
        Hash = There(Hash(row, 20)),
        Where = row.IsDBNull(25)
            ? null
            : new(There(Text(row, 21)), There(Hash(row, 25)))
            {
                Release = Hash(row, 22),
                Context = Hash(row, 23),
                From = Text(row, 24),
            },
    };

    public static void Append(Database database, Event e)
    {
        AppendEvent(database, e);
        if (e.Where is { } where)
            database.Execute(
                "INSERT INTO releases (seq, environment, release, context, origin, record) VALUES ($1, $2, $3, $4, $5, $6)",
                e.Sequence,
                where.Environment,
                Bytes(where.Release),
                Bytes(where.Context),
                where.From,
                Bytes(where.Record)
            );
    }

    private static void AppendEvent(Database database, Event e) => database.Execute(
        """
        INSERT INTO events (seq, kind, prompt, path, number, target, source, fingerprint, exact, effective, tag,
          note, erased, added, removed, author, at, branch, revision, tool, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """,
        e.Sequence, e.Kind.Word, e.Prompt, e.Path, e.Number, e.Target, e.Source, Bytes(e.Fingerprint), Bytes(e.Exact), Bytes(e.Effective), e.Tag,
        Bytes(e.Note), Bytes(e.Erased), e.Added, e.Removed, e.Author, e.At.ToUnixTimeMilliseconds(), e.Branch, e.Commit, e.Tool, Bytes(e.Hash));

    /// <summary>Versions of one prompt, for a <c>WHERE</c> that follows. The newest note counts: the version's own, or that of its last description.</summary>
    public const string Versions = """
        SELECT e.number, e.fingerprint, e.exact, e.effective, e.kind, e.author, e.at, e.branch, e.revision, e.tool, e.source, e.added, e.removed, e.seq,
          (SELECT n.text FROM notes n WHERE n.hash = (SELECT s.note FROM events s WHERE s.seq = coalesce(
            (SELECT d.seq FROM events d WHERE d.prompt = e.prompt AND d.target = e.number AND d.kind = 'described' ORDER BY d.seq DESC LIMIT 1), e.seq))),
          EXISTS (SELECT 1 FROM contents c WHERE c.hash = coalesce(e.exact, e.fingerprint) AND c.packed IS NULL)
        FROM events e
        """;

    public static PromptVersion Version(SqliteDataReader row, string path)
    {
        string fingerprint = There(Hash(row, 1));
        return new()
        {
            Path = path,
            Number = row.GetInt32(0),
            Fingerprint = fingerprint,
            Exact = Hash(row, 2) ?? fingerprint,
            Effective = Hash(row, 3) ?? Fingerprint.Effective(fingerprint, []),
            Kind = EventKinds.Parse(There(Text(row, 4))),
            Author = There(Shown(row, 5)),
            At = Time(row, 6),
            Branch = Shown(row, 7),
            Commit = Shown(row, 8),
            Tool = There(Shown(row, 9)),
            Source = Small(row, 10),
            Added = Small(row, 11),
            Removed = Small(row, 12),
            Sequence = row.GetInt64(13),
            Note = Shown(row, 14),
            IsForgotten = row.GetBoolean(15),
        };
    }

    /// <summary>Where tags are, for a <c>WHERE</c> that follows, with who put them there and why.</summary>
    public const string Tags = """
        SELECT t.name, t.number, v.fingerprint, e.author, e.at, n.text
        FROM tags t JOIN events e ON e.seq = t.seq JOIN events v ON v.prompt = t.prompt AND v.number = t.number LEFT JOIN notes n ON n.hash = e.note
        """;

    public static Tag Tag(SqliteDataReader row) =>
        new(There(Shown(row, 0)), row.GetInt32(1), There(Hash(row, 2)), There(Shown(row, 3)), Time(row, 4), Shown(row, 5));

    /// <summary>All of a text, byte for byte: as a string, SQLite ends it at the first NUL, so that what is behind could be altered unseen.</summary>
    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Strict.GetString(row.GetFieldValue<byte[]>(column));

    /// <summary>The same for people and terminals: of a store that somebody else has made, nothing steers them. Ours hold no such characters.</summary>
    public static string? Shown(SqliteDataReader row, int column) => Text(row, column) is { } text ? Plain.Visible(text) : null;

    public static string? Hash(SqliteDataReader row, int column) => row.IsDBNull(column) ? null
        : row.GetFieldValue<byte[]>(column) is { Length: 32 } hash ? Convert.ToHexStringLower(hash)
        : throw new InvalidCastException("A hash has 32 bytes.");

    /// <summary>What no row of ours lacks.</summary>
    public static T There<T>(T? value) where T : class => value ?? throw new FormatException("A value is missing.");

    public static DateTimeOffset Time(SqliteDataReader row, int column) =>
        row.GetInt64(column) is > -62_135_596_800_000 and < 253_402_300_800_000 and long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : default;

    public static byte[]? Bytes(string? hash) => hash is null ? null : Convert.FromHexString(hash);

    private static int? Small(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
