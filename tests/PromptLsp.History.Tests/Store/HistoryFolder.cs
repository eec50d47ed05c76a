using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Store;

namespace PromptLsp.History.Tests.Store;

/// <summary>A folder with a history, for as long as a test runs. Its clock goes on by a minute with every save.</summary>
internal sealed class HistoryFolder : IDisposable
{
    public const string Prompt = "support.prompt";

    private HistoryStore? _store;

    public StepClock Clock { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("promptlsp-").FullName;

    public string File => Path.Join(Folder, ".promptlsp", "history.db");

    public HistoryStore Store => _store ??= Open();

    public static Origin Ada { get; } = new("Ada <ada@example.org>", "tests");

    public static Origin Grace { get; } = new("Grace <grace@example.org>", "tests");

    public HistoryStore Open(StoreAccess access = StoreAccess.CreateIfMissing, int waitMs = 5_000, int mostPages = 0, string? vfs = null) =>
        HistoryStore.Open(Folder, access, new() { Clock = Clock, BusyTimeout = TimeSpan.FromMilliseconds(waitMs), MostPages = mostPages, Vfs = vfs });

    public PromptVersion Save(string text, string? note = null, string path = Prompt) => Record(text, note, path).Version;

    public Recorded Record(string text, string? note = null, string path = Prompt, EventKind kind = EventKind.Saved, params PulledIn[] pulledIn) =>
        Store.Record(new(path, Encoding.UTF8.GetBytes(text), kind, Ada) { Note = note, PulledIn = [.. pulledIn] });

    /// <summary>The versions as a person would list them, newest first.</summary>
    public string Log(string path = Prompt) =>
        string.Join(
            '\n',
            Store
                .Versions(path)
                .Select(version =>
                    string.Join(
                        ' ',
                        new[]
                        {
                            version.Name,
                            version.Kind.Word,
                            Quoted(Store.Text(version)),
                            version.Note is null ? "" : $"({version.Note})",
                            string.Join(',', version.Tags),
                        }.Where(part => part.Length > 0)
                    )
                )
        );

    public void Write(string path, string text)
    {
        string full = Path.Join(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
    }

    /// <summary>A connection as any program may make one.</summary>
    public SqliteConnection Raw(params string[] statements)
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        try
        {
            connection.Open();
            foreach (string statement in statements)
                Run(connection, statement);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements of the tests.")]
    public static void Run(SqliteConnection connection, string statement)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>Changes the store as somebody would who owns the file and knows about the triggers.</summary>
    public void Tamper(string statement)
    {
        Close();
        string[] triggers = [.. Schema.Statements.Where(sql => sql.StartsWith("CREATE TRIGGER", StringComparison.Ordinal))];
        Raw([.. triggers.Select(sql => $"DROP TRIGGER {sql.Split(' ')[2]}"), "PRAGMA foreign_keys = OFF", statement, .. triggers]).Dispose();
    }

    public Verification Verified() => Store.Verify(TestContext.Current.CancellationToken);

    /// <summary>The first thing that does not hold; empty where all does.</summary>
    public string Verify() => Verified().Flaw?.Message ?? "";

    public string Export()
    {
        using var output = new MemoryStream();
        Store.Export(output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Ends with the store closed, as after a process has gone.</summary>
    public void Close()
    {
        _store?.Dispose();
        _store = null;
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\"";

    internal sealed class StepClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now += TimeSpan.FromMinutes(1);
    }
}
