using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>The history is taken over from git, checked, written out, purged of secrets and brought back.</summary>
public sealed class HistoryCareTests : IDisposable
{
    private const string Prompt = HistoryShell.Prompt;

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("tags")]
    [InlineData("audit verify")]
    public async Task Where_there_is_no_history_it_is_said_how_one_begins(string command)
    {
        using Shell shell = new Shell().With("promptlsp.yaml", "");
        Assert.Equal(2, await shell.Run(command));
        Assert.Matches("^promptlsp: there is no history in .+ yet; `promptlsp snapshot` begins one, and so does saving in an editor\n$", shell.Error);
    }

    [Fact]
    public async Task What_git_knows_of_a_prompt_becomes_its_past()
    {
        Directory.Delete(Path.Combine(_shell.Shell.Folder, ".git"), recursive: true);
        Git("init", "-q");
        Commit("1\n", "Begin");
        Commit("2\n", "Say it better");
        _shell.Shell.With("prompts/untracked.prompt", "1\n");
        Assert.Equal(0, await _shell.Run("import-git prompts"));
        Assert.Equal($"2 versions    {Prompt}\n2 prompts, 2 versions\n", _shell.Out);
        Assert.Equal("`prompts/untracked.prompt` is not known to git\n", _shell.Error);
        Assert.Equal("v2 imported \"Say it better\"\nv1 imported \"Begin\"\n", await _shell.Log());
        Assert.Equal("Grace <grace@example.com>", _shell.Json[0].GetProperty("author").GetString());
        Assert.Equal("2026-03-01T12:00:00Z", _shell.Json[0].GetProperty("at").GetString());
        Assert.Equal(40, _shell.Json[0].GetProperty("commit").GetString()!.Length);

        Assert.Equal(0, await _shell.Run($"import-git {Prompt} --format json"));
        Assert.Equal(
            (0, "has a history already, and git knows nothing from before it"),
            (_shell.Json[0].GetProperty("versions").GetInt32(), _shell.Json[0].GetProperty("skipped").GetString())
        );
        await _shell.Run("snapshot");
        Assert.Equal("2 prompts, 1 new version\n", _shell.Out.Split('\n')[^2] + "\n");
    }

    [Fact]
    public async Task What_was_erased_is_not_offered_back()
    {
        await _shell.Version("1\n");
        await _shell.Version("2\n");
        await _shell.Run($"forget {Prompt}@v2 -m secret");
        _shell.Shell.Without(Prompt);
        string advice = $"the content of v2 was erased; `promptlsp restore {Prompt}@v1` brings v1 back\n";
        Assert.Equal(2, await _shell.Run($"tag {Prompt} x"));
        Assert.Equal($"promptlsp: there is no file `{Prompt}`; {advice}", _shell.Error);
        Assert.Equal(2, await _shell.Run($"restore {Prompt}"));
        Assert.Equal($"promptlsp: {advice}", _shell.Error);
        Assert.Equal(2, await _shell.Run($"diff {Prompt}@v1"));
        Assert.EndsWith(advice, _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run($"restore {Prompt}@v1"));
        Assert.Equal("1\n", _shell.Text);
        Assert.Equal(2, await _shell.Run($"show {Prompt}@deleted"));
        Assert.Equal($"promptlsp: no prompt was deleted at {Prompt}; `promptlsp log --deleted` lists those that were\n", _shell.Error);
        Assert.Equal(2, await _shell.Run($"show {Prompt}@deleted-41"));
        Assert.Equal($"promptlsp: there is no deleted-41 of {Prompt}; `promptlsp log --deleted` lists the prompts that were deleted\n", _shell.Error);
    }

    [Theory]
    [InlineData("{{ include \"a\\nb\" }}")]
    [InlineData("{{ include \"a\\0b\" }}")]
    [InlineData("{{ include \"a\\tb\" }}")]
    [InlineData("{{ include \"a\\u001bb\" }}")]
    [InlineData("{{ include \"a\\ud800b\" }}")]
    [InlineData("{{ odd.x }}")]
    public async Task An_odd_name_in_a_prompt_stops_no_other(string odd)
    {
        _shell.Shell.With("promptlsp.yaml", "context: { odd: \"odd\\tname.yaml\" }\n").With("a.prompt", odd).With("odd\tname.yaml", "x: 1\n");
        await _shell.Version("1\n");
        Assert.Contains("v1       a.prompt", _shell.Out, StringComparison.Ordinal);
        Assert.Contains($"v1       {Prompt}", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("audit verify"));
    }

    [Fact]
    public async Task A_file_of_an_odd_name_stops_no_other()
    {
        await _shell.Version("1\n");
        // Where the prompt has gone, no history can follow.
        File.Move(Path.Combine(_shell.Shell.Folder, Prompt), Path.Combine(_shell.Shell.Folder, "prompts/re\nply.prompt"));
        _shell.Shell.With("b\tc.prompt", "2\n").With("z.prompt", "3\n");
        Assert.Equal(2, await _shell.Run("snapshot"));
        Assert.Contains("v1       z.prompt", _shell.Out, StringComparison.Ordinal);
        Assert.Contains($"deleted  {Prompt}", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(2, _shell.Error.Split('\n').Count(line => line.Contains("its name is not plain; rename it", StringComparison.Ordinal)));
        Assert.Equal(2, await _shell.Run("import-git"));
        Assert.Equal(0, await _shell.Run("check"));
        Assert.Equal(0, await _shell.Run("format --check"));
        Assert.Equal(0, await _shell.Run("test"));
    }

    [Fact]
    public async Task What_git_knows_comes_before_the_versions_that_there_are()
    {
        Directory.Delete(Path.Combine(_shell.Shell.Folder, ".git"), recursive: true);
        Git("init", "-q");
        Commit("old\n1\n", "Begin");
        Commit("old\n2\n", "Say it better");
        await _shell.Version("old\n2\n");
        await _shell.Version("old\n2\nnew\n");
        Assert.Equal("v2 observed\nv1 observed\n", await _shell.Log());
        Assert.Equal(0, await _shell.Run($"import-git {Prompt}"));
        Assert.Equal("v2 observed\nv1 observed\nv0 imported \"Say it better\"\nv-1 imported \"Begin\"\n", await _shell.Log());
        Assert.Equal(0, await _shell.Run($"blame {Prompt} --format json"));
        Assert.Equal([-1, 0, 2], _shell.Json.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("version").GetInt32()));
        Assert.Equal(0, await _shell.Run($"show {Prompt}@v-1"));
        Assert.Equal("old\n1\n", _shell.Out);
        await _shell.Version("3\n");
        Assert.StartsWith("v3 observed\nv2 observed", await _shell.Log(), StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("audit verify"));
    }

    [Fact]
    public async Task A_commit_that_only_moves_a_prompt_leaves_its_versions_notes()
    {
        Directory.Delete(Path.Combine(_shell.Shell.Folder, ".git"), recursive: true);
        Git("init", "-q");
        Commit("1\n", "Begin");
        Commit("1\r\n", "Other line ends");
        Assert.Equal(0, await _shell.Run("import-git prompts"));
        Assert.Equal("v1 imported \"Begin\"\n", await _shell.Log());
    }

    [Fact]
    public async Task What_was_forgotten_and_is_still_on_disk_is_not_rolled_over()
    {
        await _shell.Version("1\n");
        await _shell.Version("precious\n");
        Assert.Equal(0, await _shell.Run($"forget {Prompt}@v2 -m why"));
        Assert.Equal(2, await _shell.Run($"rollback {Prompt} --to v1 -m back"));
        Assert.Contains("holds what was erased as v2", _shell.Error, StringComparison.Ordinal);
        Assert.Equal("precious\n", _shell.Text);
    }

    [Fact]
    public async Task A_name_that_cannot_have_a_history_keeps_no_other_from_one()
    {
        _shell.Shell.With("prompts/new\u0085line.prompt", "1\n").With(Prompt, "1\n");
        await _shell.Run("snapshot");
        Assert.Contains("cannot have a history", _shell.Out + _shell.Error, StringComparison.Ordinal);
        Assert.Equal("v1 observed\n", await _shell.Log());
    }

    [Fact]
    public async Task A_prompt_that_is_gone_is_not_said_to_be_as_it_was()
    {
        await _shell.Version("1\n");
        File.Delete(Path.Combine(_shell.Shell.Folder, Prompt));
        Assert.Equal(2, await _shell.Run($"diff {Prompt}"));
        Assert.Contains($"promptlsp restore {Prompt}", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_a_repository_there_is_no_past_to_take_over()
    {
        Directory.Delete(Path.Combine(_shell.Shell.Folder, ".git"), recursive: true);
        _shell.Shell.With(Prompt, "1\n").With("promptlsp.yaml", "");
        Assert.Equal(2, await _shell.Run("import-git"));
        Assert.Matches("^promptlsp: .+ is in no git repository\n$", _shell.Error);
    }

    [Fact]
    public async Task A_whole_history_holds()
    {
        await _shell.Version("1\n", "first");
        Assert.Equal(0, await _shell.Run("audit verify"));
        Assert.Matches(@"^holds  1 event, 1 version\nstore  .+\nhead   [0-9a-f]{64}\n$", _shell.Out);
        Assert.Equal(0, await _shell.Run("audit verify prompts --format json"));
        Assert.Equal((true, 1), (_shell.Json.GetProperty("holds").GetBoolean(), _shell.Json.GetProperty("versions").GetInt32()));
    }

    [Fact]
    public async Task A_note_that_was_altered_in_the_file_is_found()
    {
        await _shell.Version("1\n", "honest note");
        string store = Path.Combine(_shell.Shell.Folder, ".promptlsp", "history.db");
        byte[] bytes = File.ReadAllBytes(store);
        int at = bytes.AsSpan().IndexOf("honest note"u8);
        bytes[at] = (byte)'H';
        File.WriteAllBytes(store, bytes);
        Assert.Equal(1, await _shell.Run("audit verify"));
        Assert.StartsWith("broken  event 1 ", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(1, await _shell.Run("doctor"));
        Assert.Matches("(?m)^wrong  history .+event 1 ", _shell.Out);
    }

    [Fact]
    public async Task The_log_is_written_out_a_line_for_each_event()
    {
        await _shell.Version("1\n", "first — ä");
        await _shell.Run($"tag {Prompt} stable");
        Assert.Equal(0, await _shell.Run("audit export"));
        JsonElement[] events = [.. _shell.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(["observed", "tagged"], events.Select(e => e.GetProperty("kind").GetString()));
        Assert.Equal("first — ä", events[0].GetProperty("noteText").GetString());
        Assert.Equal(events[0].GetProperty("hash").GetString(), events[1].GetProperty("previous").GetString());
    }

    [Fact]
    public async Task A_secret_leaves_the_history_and_the_chain_still_holds()
    {
        await _shell.Version("key: sk-verysecret\n");
        await _shell.Version("key: {{ key }}\n", "read the key");
        Assert.Equal(0, await _shell.Run($"forget {Prompt}@v1 -m \"held a key, which is revoked\""));
        Assert.StartsWith($"erased from {Prompt} v1\n", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(2, await _shell.Run($"show {Prompt}@v1"));
        Assert.Contains("was erased", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run($"log {Prompt} --all"));
        Assert.Matches(@"(?m)^v1 .*  forgotten  observed$", _shell.Out);
        Assert.DoesNotMatch(@"(?m)^v2 .*forgotten", _shell.Out);
        await _shell.Run($"log {Prompt} --format json");
        Assert.Equal([false, true], _shell.Json.EnumerateArray().Select(v => v.TryGetProperty("forgotten", out _)));
        Assert.Equal(0, await _shell.Run("audit verify"));
        foreach (string file in Directory.GetFiles(Path.Combine(_shell.Shell.Folder, ".promptlsp")))
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("verysecret"u8));
        Assert.Equal(0, await _shell.Run($"blame {Prompt}"));
        Assert.StartsWith("v2  ", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_and_a_file_that_was_pulled_in_can_be_forgotten_too()
    {
        _shell.Shell.With("prompts/_tone.prompt", "Be kind.\n");
        await _shell.Version("{{ include 'tone' }}\n", "a note with a secret");
        Assert.Equal(0, await _shell.Run($"forget {Prompt}@v1 --notes -m why --format json"));
        Assert.True(_shell.Json.GetProperty("scrubbed").GetBoolean());
        Assert.Equal("v1 observed\n", await _shell.Log());
        Assert.Equal(2, await _shell.Run($"forget {Prompt}@v1 --through prompts/_none.prompt -m why"));
        Assert.Contains("it pulled in `prompts/_tone.prompt`", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run($"forget {Prompt}@v1 --through prompts/_tone.prompt -m why"));
        await _shell.Run($"show {Prompt} --format json");
        Assert.Equal(JsonValueKind.Null, _shell.Json.GetProperty("pulledIn")[0].GetProperty("text").ValueKind);
    }

    [Theory]
    [InlineData($"forget {Prompt} -m why", "say which version")]
    [InlineData($"forget {Prompt}@v1", "-m WHY")]
    [InlineData($"forget {Prompt}@v1 -m \"\"", "the reason is empty")]
    [InlineData("audit verify none", "there is no folder `none`")]
    [InlineData("doctor --restore-history none", "there is no file `none`")]
    [InlineData("audit", "audit --help")]
    public async Task What_cannot_be_done_is_told_in_one_line(string command, string because)
    {
        await _shell.Version("1\n");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Matches("^promptlsp: .+\n$", _shell.Error);
        Assert.Contains(because, _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_comes_back_after_the_folder_was_swept_clean()
    {
        await _shell.Version("1\n", "first");
        Directory.Delete(Path.Combine(_shell.Shell.Folder, ".promptlsp"), recursive: true);
        Assert.Equal(0, await _shell.Run("doctor"));
        Assert.Matches("(?m)^ok +history +none yet; .*`promptlsp doctor --restore-history newest`", _shell.Out);
        Assert.Equal(0, await _shell.Run("doctor --restore-history newest"));
        Assert.Equal("*\n", _shell.Shell.Read(".promptlsp/.gitignore"));
        Assert.Equal("v1 observed \"first\"\n", await _shell.Log());
    }

    [Fact]
    public async Task A_store_that_is_no_store_is_told_in_one_line_and_disturbs_nothing_else()
    {
        _shell.Shell.With(Prompt, "1\n").With(".promptlsp/history.db", "this is no database, but long enough to be one: " + new string('x', 5_000));
        Assert.Equal(2, await _shell.Run($"log {Prompt}"));
        Assert.Matches("^promptlsp: history is off: .+\n$", _shell.Error);
        Assert.Equal(0, await _shell.Run($"check {Prompt}"));
        Assert.Equal(1, await _shell.Run("doctor"));
        Assert.Matches("(?m)^wrong  history ", _shell.Out);
    }

    private void Commit(string text, string subject)
    {
        _shell.Shell.With(Prompt, text);
        Git("add", "-A", "prompts");
        Git("-c", "user.name=Grace", "-c", "user.email=grace@example.com", "commit", "-q", "-m", subject, "--date", "2026-03-01T12:00:00Z");
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _shell.Shell.Folder, UseShellExecute = false };
        start.Environment["GIT_CONFIG_GLOBAL"] = Path.Combine(_shell.Shell.Folder, "nobody");
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
