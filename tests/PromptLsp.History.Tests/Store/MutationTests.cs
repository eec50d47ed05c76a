using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>Somebody who owns the file and knows its tables changes one thing in one row: the log does not account for it, whatever it is.</summary>
public sealed class MutationTests : IDisposable
{
    private static readonly string[] Tables = ["events", "prompts", "tags", "contents", "notes", "releases"];

    private readonly HistoryFolder _folder = new();

    public MutationTests()
    {
        _folder.Save("A\n", "first");
        _folder.Record("B\r\n", "second", Prompt, EventKind.Saved, new("brand.yaml", "voice: calm\n"), new("gone.prompt", null));
        _folder.Store.Tag(Prompt, "v1", "stable", "it works", null, Ada);
        _folder.Store.Tag(Prompt, "v2", "stable", "better", 1, Grace);
        _folder.Save("C\n", path: "c.prompt");
        _folder.Store.Rename("c.prompt", "d.prompt", Ada);
        _folder.Store.Delete("d.prompt", "not needed", Ada);
        _folder.Save("key: secret\n", "a slip");
        _folder.Save("D\n");
        _folder.Store.Import([EnvironmentsTests.Promotion(1), EnvironmentsTests.Freeze(2)], Ada);
        _folder.Store.Forget(Prompt, "v3", "a key", Ada);
        _folder.Store.ForgetNotes(Prompt, "v3", "a key too", Ada);
        Assert.Equal("", _folder.Verify());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_column_of_any_row_can_be_changed_unnoticed() => Unnoticed(from table in Tables from change in Updates(table) select change);

    [Fact]
    public void No_row_can_be_taken_away_unnoticed() =>
        Unnoticed(
            from table in Tables
            from at in Enumerable.Range(0, Count(table))
            select $"DELETE FROM {table} WHERE ({Key(table)}) = (SELECT {Key(table)} FROM {table} ORDER BY {Key(table)} LIMIT 1 OFFSET {at})"
        );

    [Fact]
    public void No_row_can_be_added_unnoticed() =>
        Unnoticed([
            .. from table in (string[])["events", "prompts", "contents", "notes", "releases"]
            from id in (string[])["-5", "0", "1000", "9223372036854775807", "-9223372036854775808"]
            from packed in table == "contents" ? (string[])["NULL", "packed"] : [""]
            let values = Columns(table).Select(c => c.Name == Key(table) ? id : Unlike(table, c.Name, packed))
            select $"INSERT INTO {table} SELECT {string.Join(", ", values)} FROM {table} WHERE {Key(table)} = (SELECT min({Key(table)}) FROM {table})",
            "INSERT INTO tags SELECT prompt, name || 'x', number, seq FROM tags",
            "INSERT INTO tags SELECT prompt + 1, name, number, seq FROM tags",
            // A forgotten secret is no excuse for a content that never was.
            "INSERT INTO contents SELECT 100, randomblob(32), fingerprint, 0, NULL FROM contents WHERE packed IS NULL",
        ]);

    [Theory]
    [InlineData("PRAGMA user_version = 1")]
    [InlineData("PRAGMA user_version = 3")]
    [InlineData("PRAGMA user_version = 99")]
    [InlineData("PRAGMA user_version = 0")]
    [InlineData("PRAGMA application_id = 7")]
    [InlineData("CREATE TABLE more (x)")]
    [InlineData("CREATE VIEW more AS SELECT 1")]
    [InlineData("CREATE INDEX more ON notes (text)")]
    [InlineData("CREATE TRIGGER more AFTER INSERT ON notes BEGIN DELETE FROM tags; END")]
    [InlineData("DROP INDEX tags_on")]
    [InlineData("ANALYZE")]
    [InlineData("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET name = 'more' WHERE name = 'tags_on'")]
    [InlineData("PRAGMA writable_schema = 1; INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'tags_on'")]
    [InlineData("PRAGMA writable_schema = 1; INSERT INTO sqlite_schema VALUES ('trigger', 'more', 'notes', 0, NULL)")]
    public void Nothing_can_be_put_beside_the_tables(string change) => Unnoticed([change]);

    private void Unnoticed(IEnumerable<string> changes)
    {
        string[] all = [.. changes];
        _folder.Close();
        byte[] whole = File.ReadAllBytes(_folder.File);
        var unnoticed = new List<string>();
        int done = 0;
        foreach (string change in all)
        {
            File.WriteAllBytes(_folder.File, whole);
            if (!Tampered(change))
                continue;
            done++;
            if (Holds())
                unnoticed.Add(change);
            _folder.Close();
        }
        Assert.Empty(unnoticed);
        Assert.InRange(done, 1, all.Length);
    }

    private bool Holds()
    {
        try
        {
            return _folder.Verified().Holds;
        }
        catch (HistoryUnavailableException refused)
            when (refused.Reason is Unavailability.ForeignSchema or Unavailability.Corrupt or Unavailability.NewerSchema)
        {
            return false;
        }
    }

    // False where SQLite itself does not let it be.
    private bool Tampered(string change)
    {
        try
        {
            _folder.Tamper(change);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private IEnumerable<string> Updates(string table) =>
        from at in Enumerable.Range(0, Count(table))
        from column in Columns(table)
        // Every way of changing it in two rows, one in each of the others.
        from value in Others(column).Where((_, i) => at is 0 or 1 || i == at % Others(column).Length)
        let row = $"({Key(table)}) = (SELECT {Key(table)} FROM {table} ORDER BY {Key(table)} LIMIT 1 OFFSET {at})"
        where Scalar($"SELECT ({value}) IS NOT {column.Name} FROM {table} WHERE {row}") == 1
        select $"UPDATE {table} SET {column.Name} = {value} WHERE {row}";

    private static string[] Others((string Name, string Type) column) =>
        column.Type switch
        {
            "INTEGER" => ["NULL", "0", "-1", $"coalesce({column.Name}, 0) + 1", $"coalesce({column.Name}, 0) + 4294967296", "9223372036854775807"],
            "TEXT" =>
            [
                "NULL",
                "''",
                $"coalesce({column.Name}, '') || 'x'",
                $"coalesce({column.Name}, '') || char(0)",
                $"coalesce({column.Name}, '') || char(0) || 'x'",
                $"CAST(coalesce({column.Name}, '') || x'FF' AS TEXT)",
                $"upper({column.Name}) || ' '",
            ],
            _ =>
            [
                "NULL",
                "x''",
                "zeroblob(32)",
                $"CAST(coalesce({column.Name}, x'') || x'00' AS BLOB)",
                $"CAST(x'00' || coalesce({column.Name}, x'') AS BLOB)",
                $"CAST(substr({column.Name}, 1, length({column.Name}) - 1) AS BLOB)",
                $"(SELECT fingerprint FROM contents ORDER BY id LIMIT 1)",
                $"(SELECT packed FROM contents ORDER BY id LIMIT 1)",
            ],
        };

    private static string Unlike(string table, string column, string packed) => (table, column) switch
    {
        ("contents", "packed") => packed,
        ("contents", "hash") or ("notes", "hash") or ("releases", "record") => "randomblob(32)",
        ("prompts", "path") => "'more.prompt'",
        ("events", "number") => "number + 1000",
        _ => column,
    };

    private static string Key(string table) => table switch { "events" or "releases" => "seq", "tags" => "prompt, name", _ => "id" };

    private (string Name, string Type)[] Columns(string table)
    {
        using SqliteConnection raw = _folder.Raw();
        using SqliteCommand command = Command(raw, $"SELECT name, type FROM pragma_table_info('{table}')");
        using SqliteDataReader rows = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (rows.Read())
            columns.Add((rows.GetString(0), rows.GetString(1)));
        return [.. columns];
    }

    private int Count(string table) => (int)Scalar($"SELECT count(*) FROM {table}");

    private long Scalar(string sql)
    {
        using SqliteConnection raw = _folder.Raw();
        using SqliteCommand command = Command(raw, sql);
        return command.ExecuteScalar() as long? ?? 0;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements of the tests.")]
    private static SqliteCommand Command(SqliteConnection raw, string sql)
    {
        SqliteCommand command = raw.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
