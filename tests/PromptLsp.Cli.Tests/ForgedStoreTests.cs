using Microsoft.Data.Sqlite;

namespace PromptLsp.Cli.Tests;

/// <summary>A history that somebody else has made, with what steers a terminal wherever a text can stand: nothing of it comes out raw.</summary>
public sealed class ForgedStoreTests : IDisposable
{
    private const string Bell = "\x1b]0;gone\x07";

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("log")]
    [InlineData("log --all")]
    [InlineData("tags")]
    [InlineData("show")]
    [InlineData("blame")]
    [InlineData("diff")]
    public async Task Nothing_that_steers_a_terminal_comes_out_of_a_store(string command)
    {
        await _shell.Version("One\n", "why");
        await _shell.Version("Two\n");
        Assert.Equal(0, await _shell.Run($"tag {HistoryShell.Prompt} stable -m so"));
        SqliteConnection.ClearAllPools();
        using (var store = new SqliteConnection($"Data Source={Path.Combine(_shell.Shell.Folder, ".promptlsp", "history.db")};Pooling=False"))
        {
            store.Open();
            using SqliteCommand forge = store.CreateCommand();
            forge.CommandText = "SELECT sql FROM sqlite_schema WHERE name = 'events_stay_as_they_are'";
            string trigger = (string)forge.ExecuteScalar()!;
            forge.CommandText = $"""
                DROP TRIGGER events_stay_as_they_are;
                UPDATE tags SET name = 'sta' || $bell;
                UPDATE events SET author = 'Eve' || $bell || ' <e@v>', branch = $bell, tool = $bell, tag = CASE WHEN tag IS NULL THEN NULL ELSE 'sta' || $bell END;
                UPDATE notes SET text = text || $bell;
                {trigger};
                """;
            forge.Parameters.AddWithValue("$bell", Bell);
            forge.ExecuteNonQuery();
        }
        foreach (string format in (string[])["", " --format json"])
        {
            await _shell.Run($"{command} {HistoryShell.Prompt}{format}");
            Assert.DoesNotContain('\x1b', _shell.Out + _shell.Error);
            Assert.DoesNotContain('\x07', _shell.Out + _shell.Error);
        }
        foreach (string all in (string[])["tags", "audit verify", "doctor", "audit export"])
        {
            await _shell.Run(all);
            Assert.DoesNotContain('\x1b', _shell.Out + _shell.Error);
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("github")]
    [InlineData("sarif")]
    [InlineData("json")]
    public async Task Nothing_that_steers_a_terminal_comes_out_of_a_prompt_or_its_name(string format)
    {
        _shell.Shell.With(
            $"a{Bell}.prompt",
            $"---\ninput: {{ schema: {{ a: \"{Bell}\" }} }}\n{Bell}: 1\nmodel: {Bell}\n---\n{{{{ include \"{Bell}\" }}}} {{{{ x{Bell} }}}} {Bell} {{{{ \"{Bell}\" | {Bell} }}}}"
        );
        await _shell.Run($"check . --format {format}");
        Assert.NotEmpty(_shell.Out);
        Assert.DoesNotContain('\x1b', _shell.Out + _shell.Error);
        Assert.DoesNotContain('\x07', _shell.Out + _shell.Error);
    }
}
