using System.Diagnostics;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Data.Sqlite;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Who made a version: what the editor has open and saves is its own whatever comes first, what git puts in place is nobody's here.</summary>
public sealed class RecordingTests : IDisposable
{
    private const string One = "Hello {{ a }}\n", Two = "Good morning {{ a }}\n", Three = "Good evening {{ a }}\n";

    private readonly Folder _folder = new();

    public RecordingTests()
    {
        _folder.Write("promptlsp.yaml", "");
        _folder.Write("a.prompt", One);
    }

    public void Dispose() => _folder.Dispose();

    private string Uri => _folder.Uri("a.prompt");

    private string File => Path.Join(_folder.Path, "a.prompt");

    private async Task<Editor> StartAsync(object? options = null)
    {
        Editor editor = await Editor.StartAsync(
            new { workspace = new { applyEdit = true }, experimental = new { promptlsp = new { asks = true } } },
            _folder.Path,
            options
        );
        editor.Expect("promptlsp/changed");
        return editor;
    }

    private async Task<OpenFile> OpenAsync(Editor editor) => await editor.OpenAsync(await System.IO.File.ReadAllTextAsync(File), Uri);

    private static Task TellSavedAsync(Editor editor, OpenFile file) => editor.TellAsync("textDocument/didSave", new { textDocument = new { uri = file.Uri } });

    private Task TellChangedAsync(Editor editor) =>
        editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = Uri, type = 2 } } });

    // Written a while before the editor shows it, as by another program.
    private void WriteElsewhere(string text)
    {
        _folder.Write("a.prompt", text);
        System.IO.File.SetLastWriteTimeUtc(File, System.IO.File.GetLastWriteTimeUtc(File).AddSeconds(-1));
    }

    private async Task SaveAsync(Editor editor, OpenFile file, string text)
    {
        await file.ReplaceAsync(text);
        _folder.Write("a.prompt", text);
        await TellSavedAsync(editor, file);
    }

    // An editor tells of a change before it writes the file.
    private Task HeardAsync(Editor editor) => editor.AskAsync("promptlsp/status", new { textDocument = new { uri = Uri } });

    // Oldest first: `v2 saved "text"`.
    private async Task<string[]> VersionsAsync(Editor editor)
    {
        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!;
        var versions = new List<string>();
        foreach (JsonNode? version in history["rows"]!.AsArray().SelectMany(r => r!.AsArray()).Reverse())
            versions.Add($"v{version!["version"]} {version["kind"]} {await TextAsync(editor, $"v{version["version"]}")}".TrimEnd('\n'));
        return [.. versions];
    }

    private async Task<string> TextAsync(Editor editor, string reference) =>
        (string)
            (
                await editor.AskAsync(
                    "workspace/textDocumentContent",
                    new { uri = Uri.Replace("file:", "promptlsp-version:", StringComparison.Ordinal) + "?" + reference }
                )
            )!["text"]!;

    private static string[] Kept(params string[] versions) => [.. versions.Select(v => v.TrimEnd('\n'))];

    [Fact]
    public async Task A_save_that_is_told_after_it_was_watched_is_a_save()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await file.ReplaceAsync(Three);
        await HeardAsync(editor);
        _folder.Write("a.prompt", Three);
        await TellChangedAsync(editor);
        string[] expected = Kept("v1 observed " + One, "v2 saved " + Two, "v3 saved " + Three);
        Assert.Equal(expected, await VersionsAsync(editor));
        await TellSavedAsync(editor, file);
        Assert.Equal(expected, await VersionsAsync(editor));
    }

    [Fact]
    public async Task Letters_typed_while_the_file_is_written_are_not_in_what_was_saved()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await file.ReplaceAsync(Two);
        _folder.Write("a.prompt", Two);
        await file.ReplaceAsync(Three);
        await TellSavedAsync(editor, file);
        await TellChangedAsync(editor);
        Assert.Equal(Kept("v1 observed " + One, "v2 saved " + Two), await VersionsAsync(editor));
    }

    [Fact]
    public async Task Half_a_file_is_never_a_version()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await file.ReplaceAsync(Two);
        _folder.Write("a.prompt", "");
        await TellSavedAsync(editor, file);
        await VersionsAsync(editor);
        _folder.Write("a.prompt", Two);
        await TellChangedAsync(editor);
        Assert.Equal(Kept("v1 observed " + One, "v2 saved " + Two), await VersionsAsync(editor));
    }

    [Fact]
    public async Task An_emptied_prompt_makes_no_version()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await SaveAsync(editor, file, "");
        await TellChangedAsync(editor);
        await SaveAsync(editor, file, Three);
        Assert.Equal(Kept("v1 observed " + One, "v2 saved " + Two, "v3 saved " + Three), await VersionsAsync(editor));
    }

    [Fact]
    public async Task What_another_program_wrote_and_the_editor_read_is_observed_also_when_it_is_saved_again()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        WriteElsewhere(Three);
        await file.ReplaceAsync(Three);
        await TellChangedAsync(editor);
        await TellSavedAsync(editor, file);
        Assert.Equal(Kept("v1 observed " + One, "v2 saved " + Two, "v3 observed " + Three), await VersionsAsync(editor));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_git_puts_in_place_is_no_version_of_who_sits_there(bool isOpen)
    {
        Git("init", "-q", "-b", "main");
        Git("add", "a.prompt");
        Git("commit", "-qm", "one");
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        Git("switch", "-qc", "other");
        await SaveAsync(editor, file, Two);
        Git("commit", "-qam", "two");
        await VersionsAsync(editor);
        if (!isOpen)
            await file.CloseAsync();
        string[] expected = Kept("v1 observed " + One, "v2 saved " + Two);
        foreach (string[] command in (string[][])[["switch", "-q", "main"], ["switch", "-q", "other"], ["switch", "-q", "main"], ["switch", "-q", "other"]])
            await SwitchAsync(command);
        Assert.Equal(expected, await VersionsAsync(editor));

        if (isOpen)
            await SaveAsync(editor, file, Three);
        else
            _folder.Write("a.prompt", Three);
        await TellChangedAsync(editor);
        expected = [.. expected, $"v3 {(isOpen ? "saved" : "observed")} {Three.TrimEnd('\n')}"];
        Assert.Equal(expected, await VersionsAsync(editor));
        await SwitchAsync("stash", "-q");
        await SwitchAsync("stash", "pop", "-q");
        Assert.Equal(expected, await VersionsAsync(editor));

        async Task SwitchAsync(params string[] command)
        {
            Git(command);
            if (isOpen)
                await file.ReplaceAsync(await System.IO.File.ReadAllTextAsync(File));
            await TellChangedAsync(editor);
            await VersionsAsync(editor);
        }
    }

    [Fact]
    public async Task A_text_that_came_by_git_is_observed_with_its_commit()
    {
        Git("init", "-q", "-b", "main");
        Git("add", "a.prompt");
        Git("commit", "-qm", "one");
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        Git("commit", "-qam", "two");
        await VersionsAsync(editor);
        _folder.Write("a.prompt", Three);
        Git("commit", "-qam", "pulled");
        await file.ReplaceAsync(Three);
        await TellChangedAsync(editor);
        Assert.Equal(Kept("v1 observed " + One, "v2 saved " + Two, "v3 observed " + Three), await VersionsAsync(editor));
    }

    // Oldest first: `v2 imported Alan: two`.
    private async Task<string[]> AuthorsAsync(Editor editor)
    {
        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!;
        return
        [
            .. history["rows"]!
                .AsArray()
                .SelectMany(r => r!.AsArray())
                .Reverse()
                .Select(v => $"v{v!["version"]} {v["kind"]} {((string)v["author"]!).Split(' ')[0]}: {v["note"]}"),
        ];
    }

    private void Commit(string author, string subject, string text)
    {
        _folder.Write("a.prompt", text);
        Git("add", "a.prompt");
        Git("commit", "-qm", subject, "--author", $"{author} <{author}@example.com>", "--date", "2024-03-01T12:00:00Z");
    }

    [Fact]
    public async Task What_was_open_before_another_branch_was_is_no_version_of_its_own()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "Grace");
        Commit("Ada", "begin", One);
        Git("switch", "-qc", "other");
        Commit("Alan", "two", Two);
        Git("switch", "-q", "main");
        await using Editor editor = await StartAsync(new { trusted = true });
        editor.Expect("window/logMessage");
        OpenFile file = await OpenAsync(editor);
        Git("switch", "-q", "other");
        await file.ReplaceAsync(Two);
        await TellChangedAsync(editor);
        await SaveAsync(editor, file, Three);
        Assert.Equal(["v1 imported Ada: begin", "v2 imported Alan: two", "v3 saved Grace: "], await AuthorsAsync(editor));
    }

    [Fact]
    public async Task What_commits_bring_is_of_those_who_made_them()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "Grace");
        Commit("Ada", "begin", One);
        Git("switch", "-qc", "other");
        Commit("Alan", "two", Two);
        Commit("Linus", "three", Two + "more\n");
        Git("switch", "-q", "main");
        await using Editor editor = await StartAsync(new { trusted = true });
        editor.Expect("window/logMessage");
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Three);
        await VersionsAsync(editor);
        Git("commit", "-qam", "mine");
        await MoveAsync("switch", "-q", "other");
        string[] expected = ["v1 imported Ada: begin", "v2 saved Grace: ", "v3 imported Alan: two", "v4 imported Linus: three"];
        Assert.Equal(expected, await AuthorsAsync(editor));
        Assert.Equal((3, 4), (await LineAsync(0), await LineAsync(1)));
        await MoveAsync("switch", "-q", "main");
        Assert.Equal(expected, await AuthorsAsync(editor));

        // What is written on this branch was made from its version, not from the newest.
        Assert.Equal("2", await StatusAsync());
        await SaveAsync(editor, file, Three + "and more\n");
        Assert.Equal((2, 5), (await LineAsync(0), await LineAsync(1)));

        async Task MoveAsync(params string[] command)
        {
            Git(command);
            await file.ReplaceAsync(await System.IO.File.ReadAllTextAsync(File));
            await TellChangedAsync(editor);
            await VersionsAsync(editor);
        }

        async Task<int> LineAsync(int line) =>
            (int)(await editor.AskAsync("promptlsp/lineHistory", new { textDocument = new { uri = Uri }, line }))!["version"]!["version"]!;

        async Task<string> StatusAsync()
        {
            JsonNode status = (await editor.AskAsync("promptlsp/status", new { textDocument = new { uri = Uri } }))!;
            return $"{status["version"]!["version"]}{((bool)status["modified"]! ? "*" : "")}";
        }
    }

    [Fact]
    public async Task After_a_stash_and_back_the_version_is_the_one_whose_text_it_is()
    {
        Git("init", "-q", "-b", "main");
        Commit("Ada", "begin", One);
        Git("switch", "-qc", "other");
        Commit("Alan", "two", Two);
        Git("switch", "-q", "main");
        await using Editor editor = await StartAsync(new { trusted = true });
        editor.Expect("window/logMessage");
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Three);
        await VersionsAsync(editor);
        var seen = new List<string>();
        foreach (string[] command in (string[][])[["stash", "-q"], ["switch", "-q", "other"], ["switch", "-q", "main"], ["stash", "pop", "-q"]])
        {
            Git(command);
            await file.ReplaceAsync(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
            await TellChangedAsync(editor);
            await VersionsAsync(editor);
            JsonNode status = (await editor.AskAsync("promptlsp/status", new { textDocument = new { uri = Uri } }))!;
            JsonNode line = (await editor.AskAsync("promptlsp/lineHistory", new { textDocument = new { uri = Uri }, line = 0 }))!;
            seen.Add($"v{status["version"]!["version"]}{((bool)status["modified"]! ? "*" : "")} {line["version"]!["version"]}");
        }
        Assert.Equal(["v1 1", "v3 3", "v1 1", "v2 2"], seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public async Task A_past_version_is_rendered_with_what_it_pulled_in_then(bool? trusted)
    {
        Git("init", "-q", "-b", "main");
        _folder.Write("partials/voice.prompt", "Be {{ include \"tone\" }}.");
        _folder.Write("partials/_tone.prompt", "kind");
        Git("add", ".");
        Commit("Ada", "begin", "{{ include \"partials/voice\" }}\n");
        await using Editor editor = await StartAsync(new { trusted });
        editor.Expect("window/logMessage");
        await OpenAsync(editor);
        await editor.AskAsync("workspace/executeCommand", new { command = "promptlsp.importGit", arguments = new[] { new { uri = Uri } } });
        Git("mv", "partials/voice.prompt", "partials/speech.prompt");
        _folder.Write("partials/_tone.prompt", "short");
        Commit("Ada", "rename", "{{ include \"partials/speech\" }}!\n");
        await editor.TellAsync(
            "workspace/didChangeWatchedFiles",
            new
            {
                changes = new[] { "partials/voice.prompt", "partials/speech.prompt", "partials/_tone.prompt" }.Select(p => new
                {
                    uri = _folder.Uri(p),
                    type = 2,
                }),
            }
        );
        await TellChangedAsync(editor);
        await VersionsAsync(editor);
        Assert.Equal("── user ──\nBe kind.\n", await TextAsync(editor, "rendered:v1"));
    }

    [Fact]
    public async Task An_age_that_is_shown_grows_with_time()
    {
        Git("init", "-q", "-b", "main");
        Git("add", "a.prompt");
        Git("commit", "-qm", "begin", "--date", DateTimeOffset.UtcNow.AddSeconds(-50).ToString("o", System.Globalization.CultureInfo.InvariantCulture));
        await using Editor editor = await StartAsync();
        await OpenAsync(editor);
        await editor.AskAsync("workspace/executeCommand", new { command = "promptlsp.importGit", arguments = new[] { new { uri = Uri } } });
        while (await LensAsync() != "v1 · Grace, 1 minute ago")
            await editor.HearAsync("promptlsp/changed");

        async Task<string> LensAsync() =>
            (string)(await editor.AskAsync("textDocument/codeLens", new { textDocument = new { uri = Uri } }))![0]!["command"]!["title"]!;
    }

    [Theory]
    [InlineData(One, "v1 saved")]
    [InlineData("", "")]
    public async Task A_prompt_that_the_editor_makes_has_a_version_at_once(string text, string expected)
    {
        await using Editor editor = await StartAsync();
        _folder.Write("a.prompt", text);
        await editor.TellAsync("workspace/didCreateFiles", new { files = new[] { new { uri = Uri } } });
        Assert.Equal(expected.Length == 0 ? [] : [$"{expected} {text.TrimEnd('\n')}"], await VersionsAsync(editor));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(null, null)]
    public async Task A_prompt_without_versions_that_git_knows_says_so(bool? trusted, bool? expected)
    {
        Git("init", "-q", "-b", "main");
        Commit("Ada", "begin", One);
        await using Editor editor = await StartAsync(new { trusted });
        await OpenAsync(editor);
        Assert.Equal(expected, (bool?)(await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!["git"]);
    }

    [Theory]
    [InlineData(true, null, "v1 imported Hello, v2 imported Hello {{ a }}, v3 saved Good morning {{ a }}")]
    [InlineData(true, false, "v1 observed Hello {{ a }}, v2 saved Good morning {{ a }}")]
    [InlineData(null, null, "v1 observed Hello {{ a }}, v2 saved Good morning {{ a }}")]
    public async Task Where_git_knows_the_past_it_is_the_past(bool? trusted, bool? importGit, string expected)
    {
        Git("init", "-q", "-b", "main");
        _folder.Write("old.prompt", "Hello\n");
        Git("add", "old.prompt");
        Git("commit", "-qm", "begin", "--date", "2024-01-01T12:00:00Z");
        Git("mv", "-f", "old.prompt", "a.prompt");
        Git("commit", "-qm", "move");
        _folder.Write("a.prompt", One);
        Git("commit", "-qam", "ask", "--date", "2024-02-01T12:00:00Z");
        await using Editor editor = await StartAsync(new { trusted, importGit });
        editor.Expect("window/logMessage");
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        Assert.Equal(expected, string.Join(", ", await VersionsAsync(editor)));
        // Clients take what comes by standard error for an error.
        Assert.Equal("", editor.Wire.Log);
    }

    [Fact]
    public async Task A_past_is_taken_over_later_too_and_line_history_tells_of_it()
    {
        Git("init", "-q", "-b", "main");
        Git("add", "a.prompt");
        Git("commit", "-qm", "begin", "--date", "2024-01-01T12:00:00Z");
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, One + "more\n");
        Assert.Equal(1, await LineAsync(0));
        Assert.Equal(
            1,
            (int)
                (await editor.AskAsync("workspace/executeCommand", new { command = "promptlsp.importGit", arguments = new[] { new { uri = Uri } } }))![
                    "versions"
                ]!
        );
        Assert.Equal(0, await LineAsync(0));
        Assert.Equal(2, await LineAsync(1));

        async Task<int> LineAsync(int line) =>
            (int)(await editor.AskAsync("promptlsp/lineHistory", new { textDocument = new { uri = Uri }, line }))!["version"]!["version"]!;
    }

    [Fact]
    public async Task A_save_made_while_the_store_is_locked_is_recorded_when_it_is_free()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await VersionsAsync(editor);
        await using (var other = new SqliteConnection($"Data Source={Path.Join(_folder.Path, ".promptlsp", "history.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using SqliteCommand locked = other.CreateCommand();
            locked.CommandText = "BEGIN IMMEDIATE";
            await locked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await SaveAsync(editor, file, Three);
            await SaveAsync(editor, file, One + "4\n");
            await editor.HearAsync("window/showMessage");
        }
        string[] versions = [];
        while (versions.Length < 4)
        {
            await editor.HearAsync("promptlsp/changed");
            versions = await VersionsAsync(editor);
        }
        Assert.Equal(Kept("v1 observed " + One, "v2 saved " + Two, "v3 saved " + Three, "v4 saved " + One + "4\n"), versions);
    }

    [Fact]
    public async Task A_prompt_that_another_program_renamed_and_edited_keeps_its_history()
    {
        string text = string.Concat(Enumerable.Range(1, 10).Select(i => $"Rule {i} says what to do.\n"));
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, text);
        Assert.Equal(2, (await VersionsAsync(editor)).Length);
        await file.CloseAsync();
        System.IO.File.Delete(File);
        _folder.Write("b.prompt", text.Replace("Rule 7", "Law 7", StringComparison.Ordinal));
        await editor.TellAsync(
            "workspace/didChangeWatchedFiles",
            new { changes = new[] { new { uri = Uri, type = 3 }, new { uri = _folder.Uri("b.prompt"), type = 1 } } }
        );
        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = _folder.Uri("b.prompt") } }))!;
        Assert.Equal(
            ["v3 observed", "v2 saved", "v1 observed"],
            history["rows"]!.AsArray().SelectMany(r => r!.AsArray()).Select(v => $"v{v!["version"]} {v["kind"]}")
        );
    }

    [Fact]
    public async Task A_deleted_prompt_stays_in_reach_when_another_comes_to_its_place()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await DoAsync("promptlsp.tag", new { uri = Uri, name = "prod" });
        await file.CloseAsync();
        _folder.Write("b.prompt", "Another one\n");
        await DoAsync("promptlsp.tag", new { uri = _folder.Uri("b.prompt"), name = "new" });
        System.IO.File.Move(Path.Join(_folder.Path, "b.prompt"), File, overwrite: true);
        await editor.TellAsync(
            "workspace/didChangeWatchedFiles",
            new { changes = new[] { new { uri = Uri, type = 2 }, new { uri = _folder.Uri("b.prompt"), type = 3 } } }
        );

        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!;
        Assert.Equal("new", (string?)history["rows"]![0]![0]!["tags"]![0]);
        JsonNode gone = Assert.Single(history["deleted"]!.AsArray())!;
        Assert.Equal(("prod", 2), ((string?)gone["tags"]![0], (int)gone["head"]!));
        Assert.Equal(Two, await TextAsync(editor, "prod"));
        Assert.Equal(One, await TextAsync(editor, $"{gone["name"]}:v1"));
        JsonNode older = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri }, deleted = (string?)gone["name"] }))!;
        Assert.Equal([2, 1], older["rows"]!.AsArray().SelectMany(r => r!.AsArray()).Select(v => (int)v!["version"]!));
        Assert.Single((await editor.AskAsync("promptlsp/deleted", new { }))!["prompts"]!.AsArray());
        var (_, refused) = await editor.FailAsync(
            "workspace/executeCommand",
            new { command = "promptlsp.restore", arguments = new[] { new { uri = Uri, @ref = "prod" } } }
        );
        Assert.Equal("a.prompt is there; restore the deleted prompt under another name.", refused);

        await DoAsync(
            "promptlsp.restore",
            new
            {
                uri = Uri,
                @ref = "prod",
                to = _folder.Uri("old.prompt"),
                note = "still needed",
            }
        );
        Assert.Equal(Two, await System.IO.File.ReadAllTextAsync(Path.Join(_folder.Path, "old.prompt"), TestContext.Current.CancellationToken));
        JsonNode restored = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = _folder.Uri("old.prompt") } }))!;
        Assert.Equal(
            "v3 rolled-back still needed",
            $"v{restored["rows"]![0]![0]!["version"]} {restored["rows"]![0]![0]!["kind"]} {restored["rows"]![0]![0]!["note"]}"
        );
        Assert.Empty((await editor.AskAsync("promptlsp/deleted", new { }))!["prompts"]!.AsArray());

        Task<JsonNode?> DoAsync(string command, object argument) =>
            editor.AskAsync("workspace/executeCommand", new { command, arguments = new[] { argument } });
    }

    [Fact]
    public async Task Both_sides_of_a_comparison_are_rendered_with_the_same_sample()
    {
        const string Head = "---\nsamples: { ada: { a: Ada } }\n---\n";
        _folder.Write("a.prompt", Head + One);
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Head + Two);
        Assert.Equal("── user ──\nHello Ada\n", await TextAsync(editor, "rendered:v1"));
        Assert.Equal("── user ──\nGood morning Ada\n", await TextAsync(editor, "rendered"));
    }

    private enum Act { Type, Save, SaveToldLate, TellLate, Watch, Reopen, Wait, OtherWindow, WriteInPieces }

    /// <summary>Whatever comes in whatever order, the versions are the saves, in the order they were made.</summary>
    [Fact]
    public Task Versions_are_the_saves_in_their_order() => Gen.Enum<Act>().Array[1, 14].SampleAsync(async acts =>
    {
        using var folder = new RecordingTests();
        await folder.LiveAsync(acts);
    }, seed: "0001Xh7fQk91", iter: 25, threads: 1);

    private async Task LiveAsync(Act[] acts)
    {
        await using Editor editor = await StartAsync(), other = await StartAsync();
        OpenFile file = await OpenAsync(editor), there = await OpenAsync(other);
        var saved = new List<string> { One };
        string text = One;
        bool isLate = false;
        // Something to save over, so that what was there before is kept.
        await Do(Act.Save, 0);
        for (int i = 0; i < acts.Length; i++)
            await Do(acts[i], i + 1);
        await Do(Act.TellLate, 0);
        string[] expected =
        [
            .. saved.Where((s, i) => i == 0 || s != saved[i - 1]).Select((s, i) => $"v{i + 1} {(i == 0 ? "observed" : "saved")} {s}".TrimEnd('\n')),
        ];
        Assert.Equal(expected, await VersionsAsync(editor));
        Assert.Equal(expected, await VersionsAsync(other));

        async Task Do(Act act, int number)
        {
            switch (act)
            {
                case Act.Type:
                    await file.ReplaceAsync(text = $"{text.TrimEnd('\n')}{number}\n");
                    break;
                case Act.Save or Act.WriteInPieces or Act.SaveToldLate when !isLate:
                    await Do(Act.Type, number);
                    await HeardAsync(editor);
                    saved.Add(text);
                    if (act == Act.WriteInPieces)
                        _folder.Write("a.prompt", "");
                    else
                        _folder.Write("a.prompt", text);
                    if (act == Act.SaveToldLate)
                    {
                        isLate = true;
                        break;
                    }
                    await TellSavedAsync(editor, file);
                    if (act == Act.WriteInPieces)
                    {
                        await HeardAsync(editor);
                        _folder.Write("a.prompt", text);
                    }
                    await VersionsAsync(editor);
                    break;
                case Act.TellLate when isLate:
                    await TellSavedAsync(editor, file);
                    // Were the file written again before the server looks at it, nobody could tell which text was saved.
                    await VersionsAsync(editor);
                    isLate = false;
                    break;
                case Act.Watch:
                    await TellChangedAsync(editor);
                    break;
                case Act.Reopen when !isLate:
                    await file.CloseAsync();
                    text = saved[^1];
                    file = await editor.OpenAsync(text, Uri);
                    break;
                case Act.Wait:
                    await VersionsAsync(editor);
                    break;
                case Act.OtherWindow when !isLate:
                    await VersionsAsync(editor);
                    await there.ReplaceAsync(saved[^1]);
                    await TellChangedAsync(other);
                    // It has looked before the next save: one that it sees half a second before it is told of is to it from outside.
                    await VersionsAsync(other);
                    break;
            }
        }
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Grace", "-c", "user.email=grace@example.com", .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using Process git = Process.Start(start)!;
        string error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
    }
}
