using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>What may not be read or written is named, by all commands alike, and never taken for something else.</summary>
public sealed class PermissionsTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose()
    {
        foreach (string folder in Directory.GetDirectories(_shell.Folder, "*", SearchOption.TopDirectoryOnly))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        _shell.Dispose();
    }

    [Theory]
    [InlineData("check")]
    [InlineData("test")]
    [InlineData("format --check")]
    [InlineData("duplicates")]
    [InlineData("portfolio")]
    [InlineData("site --out pages")]
    [InlineData("snapshot")]
    [InlineData("import-git")]
    public async Task A_folder_that_may_not_be_opened_is_named(string command)
    {
        if (OperatingSystem.IsWindows())
            return;
        _shell.With("promptlsp.yaml", "").With("a.prompt", "Hi\n").With("closed/b.prompt", "Hi\n");
        (int status, _, string error) = await AsNobody($"chmod 000 closed; $PROMPTLSP {command}");
        Assert.Equal(2, status);
        Assert.Contains("promptlsp: the folder `closed` cannot be opened; check its permissions\n", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Split("`closed`").Length - 1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_keeps_no_other_from_being_formatted()
    {
        if (OperatingSystem.IsWindows())
            return;
        _shell.With("a/a.prompt", "{{a|b}}\n").With("b.prompt", "{{a|b}}\n");
        (int status, string output, string error) = await AsNobody("chmod 500 a; $PROMPTLSP format");
        Assert.Equal((2, "b.prompt\n1 file, 1 formatted\n"), (status, output));
        Assert.Matches("^promptlsp: `.+/a/a.prompt` cannot be written \\(.+\\); .+\n$", error);
        Assert.Equal(("{{a|b}}\n", "{{ a | b }}\n"), (_shell.Read("a/a.prompt"), _shell.Read("b.prompt")));
    }

    [Theory]
    [InlineData("log a.prompt")]
    [InlineData("show a.prompt@v1")]
    [InlineData("tags")]
    [InlineData("tag a.prompt x --at v1")]
    [InlineData("audit verify")]
    [InlineData("snapshot")]
    public async Task A_history_in_somebody_elses_folder_is_not_taken_for_none(string command)
    {
        if (OperatingSystem.IsWindows())
            return;
        await Begin();
        (int status, string output, string error) = await AsNobody($"chmod 000 .promptlsp; $PROMPTLSP {command}");
        Assert.Equal((2, "", $"promptlsp: history is off: {Store} may not be read; check its permissions\n"), (status, output, error));
    }

    [Theory]
    [InlineData("chmod 000 .promptlsp", "History is off: {0} may not be read; check its permissions")]
    [InlineData("chmod 000 .promptlsp/history.db", "History is off: {0}/history.db may not be read; check its permissions")]
    [InlineData("chmod 0400 .promptlsp/history.db", "nothing can be recorded: History is off: {0}/history.db may not be written; check its permissions")]
    [InlineData(
        "rm -f .promptlsp/history.db-*; chmod 0500 .promptlsp",
        "nothing can be recorded: History is off: {0} may not be written; check its permissions"
    )]
    [InlineData(
        "rm -f .promptlsp/history.db-*; chmod 0400 .promptlsp/history.db; chmod 0500 .promptlsp",
        "nothing can be recorded: History is off: {0} may not be written; check its permissions"
    )]
    public async Task Doctor_says_in_one_line_what_a_history_lacks(string change, string says)
    {
        if (OperatingSystem.IsWindows())
            return;
        await Begin();
        (int status, string output, string error) = await AsNobody($"{change}; $PROMPTLSP doctor; $PROMPTLSP tag a.prompt x --at v1");
        string line = string.Format(System.Globalization.CultureInfo.InvariantCulture, says, Store);
        Assert.Contains($"wrong  history     {line}\n", output, StringComparison.Ordinal);
        string why = line[line.IndexOf("History", StringComparison.Ordinal)..].Replace("History", "history", StringComparison.Ordinal);
        Assert.Equal((2, $"promptlsp: {why}\n"), (status, error));
    }

    [Fact]
    public async Task Check_says_that_a_history_was_not_looked_at()
    {
        if (OperatingSystem.IsWindows())
            return;
        await Begin();
        (int status, _, string error) = await AsNobody("chmod 000 .promptlsp; $PROMPTLSP check");
        Assert.Equal((0, $"promptlsp: `contract-break` was not checked: History is off: {Store} may not be read; check its permissions\n"), (status, error));
    }

    private string Store => Path.Join(_shell.Folder, ".promptlsp");

    private async Task Begin()
    {
        await _shell.With("promptlsp.yaml", "").With("a.prompt", "Hi\n").Run("snapshot");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    // All that is there is theirs.
    private async Task<(int Status, string Out, string Error)> AsNobody(string script)
    {
        if (Environment.IsPrivilegedProcess)
            await OtherProcess.Run(_shell.Folder, "", "chown", "-R", "65534:65534", ".");
        return await OtherProcess.AsNobody(_shell.Folder, script);
    }
}
