using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>While another program holds the history, every command answers soon, and says why it cannot do what it was asked.</summary>
public sealed class LockedStoreTests : IDisposable
{
    private const string Prompt = HistoryShell.Prompt;

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData($"tag {Prompt} other --at v1")]
    [InlineData($"untag {Prompt} stable")]
    [InlineData($"describe {Prompt} v1 -m why")]
    [InlineData($"rollback {Prompt} --to v1 -m why")]
    [InlineData($"forget {Prompt}@v1 -m why")]
    [InlineData("snapshot")]
    public async Task What_writes_waits_for_a_second(string command)
    {
        await Begin();
        using SqliteConnection other = Locked("BEGIN EXCLUSIVE");
        await IsOffSoon(command);
    }

    [Theory]
    [InlineData($"tag {Prompt} other --at v1")]
    [InlineData($"log {Prompt}")]
    [InlineData($"show {Prompt}@v1")]
    [InlineData($"diff {Prompt}@v1")]
    [InlineData($"blame {Prompt}")]
    [InlineData("tags")]
    [InlineData("audit verify")]
    [InlineData("snapshot")]
    public async Task What_reads_waits_for_a_second_too(string command)
    {
        await Begin();
        using SqliteConnection other = Locked("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE");
        await IsOffSoon(command);
    }

    [Fact]
    public async Task Check_says_what_it_left_out()
    {
        await Begin();
        using SqliteConnection other = Locked("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE");
        Assert.Equal(0, await Soon("check"));
        Assert.Equal($"promptlsp: `contract-break` was not checked: {Off}\n", _shell.Error);
        Assert.Equal(0, await Soon("check --rule undefined-variable"));
        Assert.Equal("", _shell.Error);
    }

    [Theory]
    [InlineData("nothing can be recorded: ", "BEGIN EXCLUSIVE")]
    [InlineData("", "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE")]
    public async Task Doctor_tells_of_it(string begins, params string[] statements)
    {
        await Begin();
        using SqliteConnection other = Locked(statements);
        Assert.Equal(1, await Soon("doctor"));
        Assert.Contains($"wrong  history       {begins}{Off}\n", _shell.Out, StringComparison.Ordinal);
    }

    private string Off => $"History is off for now: {Path.Join(_shell.Shell.Folder, ".promptlsp", "history.db")} is in use by another program";

    private async Task Begin()
    {
        await _shell.Version("---\ninput: { schema: { a: string } }\n---\n{{ a }}\n");
        await _shell.Version("---\ninput: { schema: { a: string } }\n---\nHi {{ a }}\n");
        Assert.Equal(0, await _shell.Run($"tag {Prompt} stable"));
        _shell.Shell.With(Prompt, "---\ninput: { schema: { a: string } }\n---\nHo {{ a }}\n");
    }

    private SqliteConnection Locked(params string[] statements)
    {
        var connection = new SqliteConnection($"Data Source={Path.Join(_shell.Shell.Folder, ".promptlsp", "history.db")};Pooling=False");
        connection.Open();
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
            command.CommandText = statement;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
        return connection;
    }

    private async Task IsOffSoon(string command)
    {
        Assert.Equal(2, await Soon(command));
        Assert.Equal($"promptlsp: {Off.Replace("History", "history", StringComparison.Ordinal)}\n", _shell.Error);
    }

    // Two seconds for people; machines that run tests may have much to do.
    private async Task<int> Soon(string command)
    {
        long begun = Stopwatch.GetTimestamp();
        int status = await _shell.Run(command);
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 4.5);
        return status;
    }
}
