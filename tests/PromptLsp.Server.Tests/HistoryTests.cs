using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Versions over the wire, kept in real files: what is saved can be tagged, compared, rolled back to and undone.</summary>
public sealed class HistoryTests : IDisposable
{
    private const string One = "---\ninput: { schema: { a: string } }\n---\nHello {{ a }}\n",
        Two = "---\ninput: { schema: { a: string } }\n---\nGood morning {{ a }}\n";

    private readonly Folder _folder = new();

    public HistoryTests()
    {
        _folder.Write("promptlsp.yaml", "");
        _folder.Write("a.prompt", One);
    }

    public void Dispose() => _folder.Dispose();

    private string Uri => _folder.Uri("a.prompt");

    private Task<Editor> StartAsync(bool asks = true, object? options = null) =>
        StartedAsync(
            Editor.StartAsync(
                new
                {
                    workspace = new { applyEdit = true, codeLens = new { refreshSupport = true } },
                    window = new { showDocument = new { support = true } },
                    experimental = new { promptlsp = new { asks } },
                },
                _folder.Path,
                options
            )
        );

    private static async Task<Editor> StartedAsync(Task<Editor> starting)
    {
        Editor editor = await starting;
        editor.Expect("promptlsp/changed");
        editor.Answer("workspace/codeLens/refresh", static _ => null);
        return editor;
    }

    private async Task<OpenFile> OpenAsync(Editor editor) => await editor.OpenAsync(await File.ReadAllTextAsync(new Uri(Uri).LocalPath), Uri);

    // As an editor does: the text changes, the file is written, the server is told.
    private async Task SaveAsync(Editor editor, OpenFile file, string text)
    {
        await file.ReplaceAsync(text);
        _folder.Write("a.prompt", text);
        await editor.TellAsync("textDocument/didSave", new { textDocument = new { uri = file.Uri } });
    }

    private static Task<JsonNode?> DoAsync(Editor editor, string command, object argument) =>
        editor.AskAsync("workspace/executeCommand", new { command, arguments = new[] { argument } });

    private async Task<string> HistoryAsync(Editor editor)
    {
        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!;
        return string.Join(" | ", history["rows"]!.AsArray().SelectMany(r => r!.AsArray()).Select(v =>
            $"v{v!["version"]} {v["kind"]}{string.Concat(v["tags"]!.AsArray().Select(t => $" [{t}]"))}{(v["note"] is { } note ? $" {note}" : "")}"));
    }

    // The preview's lens says how many tokens there are as soon as they can be counted.
    private async Task<string[]> LensesAsync(Editor editor) =>
        [
            .. (await editor.AskAsync("textDocument/codeLens", new { textDocument = new { uri = Uri } }))!
                .AsArray()
                .Select(l => (string)l!["command"]!["title"]!)
                .Select(t => t.StartsWith("Preview · ", StringComparison.Ordinal) ? "Preview" : t),
        ];

    [Fact]
    public async Task A_pipe_that_is_made_while_the_server_runs_holds_up_no_history()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        Assert.Equal("v2 saved | v1 observed", await HistoryAsync(editor));
        Testing.SpecialFiles.Pipe(Path.Combine(_folder.Path, "x.prompt"));
        await editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = _folder.Uri("x.prompt"), type = 1 } } });
        await editor.TellAsync("textDocument/didSave", new { textDocument = new { uri = _folder.Uri("x.prompt") } });
        await SaveAsync(editor, file, One);
        Assert.StartsWith("v3 saved", await HistoryAsync(editor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_save_keeps_what_was_there_before_it_too()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        Assert.Equal("", await HistoryAsync(editor));
        Assert.False(Directory.Exists(Path.Join(_folder.Path, ".promptlsp")), "To look at a prompt makes no store.");
        await SaveAsync(editor, file, Two);
        Assert.Equal("v2 saved | v1 observed", await HistoryAsync(editor));
    }

    [Fact]
    public async Task A_save_of_the_same_text_makes_no_version()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, One);
        await SaveAsync(editor, file, One.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal("v1 saved", await HistoryAsync(editor));
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_observed_when_the_prompt_is_opened()
    {
        await using (Editor editor = await StartAsync())
        {
            await SaveAsync(editor, await OpenAsync(editor), Two);
            await HistoryAsync(editor);
        }
        _folder.Write("a.prompt", One + "more\n");
        await using Editor again = await StartAsync();
        await OpenAsync(again);
        Assert.Equal("v3 observed | v2 saved | v1 observed", await HistoryAsync(again));
    }

    [Fact]
    public async Task A_tag_and_the_distance_from_it_are_in_the_lens()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        Assert.Equal(["no version yet", "Run", "Preview"], await LensesAsync(editor));
        await SaveAsync(editor, file, Two);
        await DoAsync(editor, "promptlsp.tag", new { uri = Uri, name = "support-v2-stable", note = "it works" });
        string[] lenses = await LensesAsync(editor);
        Assert.Matches("^v2 · .+, just now$", lenses[0]);
        Assert.Equal(["support-v2-stable", "Run", "Preview"], lenses[1..]);
        await file.ReplaceAsync(Two + "one more line\n");
        Assert.Equal(["support-v2-stable", "+1 −0 since support-v2-stable", "Run", "Preview"], (await LensesAsync(editor))[1..]);
    }

    [Fact]
    public async Task A_hover_says_who_changed_its_line_last_and_why()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await DoAsync(editor, "promptlsp.describe", new { uri = Uri, note = "greets *twice*" });
        int last = Two.TrimEnd('\n').Count(c => c == '\n');
        string said = (string)(await file.AskAsync("textDocument/hover", last, 0))!["contents"]!["value"]!;
        Assert.Matches(@"\*This line:\* .+, just now · \*\*v2\*\*\n\ngreets \\\*twice\\\*\n\n---\n\n\*\*Preview\*\*", said);
        await file.ReplaceAsync(Two.TrimEnd('\n') + "!\n");
        Assert.DoesNotContain("This line", (string)(await file.AskAsync("textDocument/hover", last, 0))!["contents"]!["value"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_cannot_ask_gets_commands_that_need_no_answer()
    {
        await using Editor editor = await StartAsync(asks: false);
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await HistoryAsync(editor);
        await LensesAsync(editor);
        JsonArray actions = (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = Uri },
                    range = OpenFile.Range(0, 0, 0, 0),
                    context = new { diagnostics = Array.Empty<object>() },
                }
            )
        )!.AsArray();
        Assert.Equal(
            ["Tag v2 as `a-v1`", "Show history", "Roll back to v1 (just now)", "Compare with v1 (just now)"],
            actions.Where(a => (string?)a!["kind"] == "refactor.history").Select(a => (string)a!["title"]!)
        );
    }

    [Fact]
    public async Task Rollback_is_an_edit_that_leaves_other_lines_alone_and_is_recorded_with_its_why()
    {
        await using Editor editor = await StartAsync();
        JsonNode? edit = null;
        editor.Answer("workspace/applyEdit", asked =>
        {
            edit = asked!["edit"]!["changes"]![Uri]!.DeepClone();
            return new JsonObject { ["applied"] = true };
        });
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        JsonNode done = (await DoAsync(editor, "promptlsp.rollback", new { uri = Uri, @ref = "v1", note = "mornings only" }))!;
        Assert.Equal(1, (int)done["version"]!["version"]!);
        Assert.Equal("v2 saved | v1 observed", await HistoryAsync(editor));
        await SaveAsync(editor, file, One);
        JsonNode only = Assert.Single(edit!.AsArray())!;
        Assert.Equal("Hello {{ a }}\n", (string?)only["newText"]);
        Assert.Equal((3, 4), ((int)only["range"]!["start"]!["line"]!, (int)only["range"]!["end"]!["line"]!));
        Assert.Equal("v3 rolled-back mornings only | v2 saved | v1 observed", await HistoryAsync(editor));
    }

    [Fact]
    public async Task Unsaved_text_is_kept_as_a_version_before_a_rollback()
    {
        await using Editor editor = await StartAsync();
        editor.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = true });
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await file.ReplaceAsync(Two + "never saved\n");
        await DoAsync(editor, "promptlsp.rollback", new { uri = Uri, @ref = "v1" });
        await SaveAsync(editor, file, One);
        Assert.Equal("v4 rolled-back | v3 saved unsaved, before rolling back to v1 | v2 saved | v1 observed", await HistoryAsync(editor));
        Assert.Equal(
            Two + "never saved\n",
            (string?)
                (
                    await editor.AskAsync(
                        "workspace/textDocumentContent",
                        new { uri = Uri.Replace("file:", "promptlsp-version:", StringComparison.Ordinal) + "?v3" }
                    )
                )!["text"]
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_emptied_prompt_comes_back(bool isSaved)
    {
        await using Editor editor = await StartAsync();
        editor.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = true });
        _folder.Write("_empty.prompt", "");
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two + "{{ include 'empty' }}\n");
        if (isSaved)
            await SaveAsync(editor, file, "");
        else
            await file.ReplaceAsync("");
        await DoAsync(editor, "promptlsp.rollback", new { uri = Uri, @ref = "v1" });
        await SaveAsync(editor, file, One);
        Assert.Equal("v3 rolled-back | v2 saved | v1 observed", await HistoryAsync(editor));
    }

    [Theory]
    [InlineData(false, false, "v3 rolled-back enough | v2 saved | v1 observed", 3)]
    [InlineData(true, false, "v2 saved | v1 observed", 2)]
    [InlineData(false, true, "v4 saved | v3 rolled-back enough | v2 saved | v1 observed", 4)]
    [InlineData(true, true, "v3 saved | v2 saved | v1 observed", 3)]
    public async Task A_rollback_is_a_version_with_its_save_unless_undo_took_it_back(bool isUndone, bool isEdited, string expected, int shown)
    {
        await using Editor editor = await StartAsync();
        editor.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = true });
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await DoAsync(editor, "promptlsp.rollback", new { uri = Uri, @ref = "v1", note = "enough" });
        await file.ReplaceAsync(One);
        Assert.StartsWith("v1 · ", (await LensesAsync(editor))[0], StringComparison.Ordinal);
        string text = isUndone ? Two : One;
        await file.ReplaceAsync(text);
        await SaveAsync(editor, file, text + (isEdited ? "and more\n" : ""));
        Assert.Equal(expected, await HistoryAsync(editor));
        Assert.StartsWith($"v{shown} · ", (await LensesAsync(editor))[0], StringComparison.Ordinal);
        Assert.Equal(isUndone ? 2 : 1, await LineAsync(editor, 3));
    }

    [Fact]
    public async Task What_is_saved_already_is_not_kept_once_more_before_a_rollback()
    {
        await using Editor editor = await StartAsync();
        editor.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = true });
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await HistoryAsync(editor);
        await SaveAsync(editor, file, Two + "more\n");
        await HistoryAsync(editor);
        await file.ReplaceAsync(Two);
        await DoAsync(editor, "promptlsp.rollback", new { uri = Uri, @ref = "v1" });
        Assert.Equal("v3 saved | v2 saved | v1 observed", await HistoryAsync(editor));
    }

    [Fact]
    public async Task Lines_that_come_back_are_of_who_wrote_them()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        foreach (string text in (string[])[Two, One, Two])
        {
            await SaveAsync(editor, file, text);
            await HistoryAsync(editor);
        }
        Assert.Equal("v4 saved | v3 saved | v2 saved | v1 observed", await HistoryAsync(editor));
        Assert.Equal([1, 2], new[] { await LineAsync(editor, 1), await LineAsync(editor, 3) });
    }

    private async Task<int?> LineAsync(Editor editor, int line) =>
        (int?)(await editor.AskAsync("promptlsp/lineHistory", new { textDocument = new { uri = Uri }, line }))!["version"]?["version"];

    [Fact]
    public async Task A_text_that_is_an_older_versions_is_told_as_that_one()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        for (int version = 2; version <= 8; version++)
            await SaveAsync(editor, file, One + $"{version}\n");
        await HistoryAsync(editor);
        foreach (
            (string text, int version, bool isModified) in ((string, int, bool)[])
                [(One, 1, false), (One + "7\n", 7, false), (One + "9\n", 8, true), (One + "8\n", 8, false)]
        )
        {
            await file.ReplaceAsync(text);
            JsonNode status = (await editor.AskAsync("promptlsp/status", new { textDocument = new { uri = Uri } }))!;
            Assert.Equal((version, isModified, 8), ((int)status["version"]!["version"]!, (bool)status["modified"]!, (int)status["head"]!["version"]!));
            Assert.StartsWith($"v{version}{(isModified ? "*" : "")} · ", (await LensesAsync(editor))[0], StringComparison.Ordinal);
        }
        await file.ReplaceAsync(One + "7\n");
        await DoAsync(editor, "promptlsp.tag", new { uri = Uri, name = "seven" });
        Assert.Contains("v7 saved [seven]", await HistoryAsync(editor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_edit_is_no_rollback()
    {
        await using Editor editor = await StartAsync();
        editor.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = false, ["failureReason"] = "read-only" });
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        var (code, message) = await editor.FailAsync(
            "workspace/executeCommand",
            new { command = "promptlsp.rollback", arguments = new[] { new { uri = Uri, @ref = "v1" } } }
        );
        Assert.Equal((-32803, "The editor refused the edit: read-only; nothing was rolled back."), (code, message));
        Assert.Equal("v2 saved | v1 observed", await HistoryAsync(editor));
    }

    [Fact]
    public async Task A_rollback_decided_at_an_older_head_is_refused()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        var (_, message) = await editor.FailAsync(
            "workspace/executeCommand",
            new
            {
                command = "promptlsp.rollback",
                arguments = new[]
                {
                    new
                    {
                        uri = Uri,
                        @ref = "v1",
                        expected = 1,
                    },
                },
            }
        );
        Assert.Equal("a.prompt is at v2 now, no longer at v1; look at what is new before you roll back.", message);
    }

    [Fact]
    public async Task Each_line_knows_its_version()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await file.ReplaceAsync(Two + "new\n");
        async Task<int?> VersionOf(int line) =>
            (int?)(await editor.AskAsync("promptlsp/lineHistory", new { textDocument = new { uri = Uri }, line }))!["version"]?["version"];
        Assert.Equal([1, 2, null], new[] { await VersionOf(1), await VersionOf(3), await VersionOf(4) });
    }

    [Fact]
    public async Task A_renamed_prompt_keeps_its_history()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await HistoryAsync(editor);
        File.Move(Path.Join(_folder.Path, "a.prompt"), Path.Join(_folder.Path, "b.prompt"));
        await editor.TellAsync("workspace/didRenameFiles", new { files = new[] { new { oldUri = Uri, newUri = _folder.Uri("b.prompt") } } });
        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = _folder.Uri("b.prompt") } }))!;
        Assert.Equal(2, history["rows"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_untrusted_workspace_gets_no_store()
    {
        await using Editor editor = await StartAsync(options: new { trusted = false });
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        JsonNode history = (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!;
        Assert.Equal("off: no history is kept in a folder that is not trusted", $"{history["state"]}: {history["reason"]}");
        Assert.False(Directory.Exists(Path.Join(_folder.Path, ".promptlsp")));
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_is_told_once_and_so_is_that_it_works_again()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, ".promptlsp", "history.db"));
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await SaveAsync(editor, file, Two);
        await SaveAsync(editor, file, One);
        JsonNode shown = (await editor.HearAsync("window/showMessage"))!;
        Assert.StartsWith("promptlsp keeps no history for now: ", (string)shown["message"]!, StringComparison.Ordinal);
        Assert.NotEmpty(await file.HoverAsync(3, 9));
        Directory.Delete(Path.Join(_folder.Path, ".promptlsp", "history.db"));
        JsonNode again = (await editor.HearAsync("window/showMessage"))!;
        Assert.Equal("promptlsp keeps history again; what was saved meanwhile is recorded.", (string)again["message"]!);
        Assert.Equal("v2 saved | v1 saved", await HistoryAsync(editor));
    }

    [Fact]
    public async Task What_another_window_does_is_seen_here()
    {
        await using Editor here = await StartAsync(), there = await StartAsync();
        OpenFile file = await OpenAsync(here);
        await SaveAsync(here, file, Two);
        await HistoryAsync(here);
        await OpenAsync(there);
        await DoAsync(there, "promptlsp.tag", new { uri = Uri, name = "stable" });
        while (!(await LensesAsync(here)).Contains("stable", StringComparer.Ordinal))
            await here.HearAsync("promptlsp/changed");
    }

    [Theory]
    [InlineData("a b", "`a b` may have only letters, digits, `.`, `_` and `-`.", null)]
    [InlineData("stable", null, 2)]
    [InlineData("other", null, null)]
    public async Task A_name_for_a_tag_is_checked_while_it_is_typed(string name, string? problem, int? at)
    {
        await using Editor editor = await StartAsync();
        await SaveAsync(editor, await OpenAsync(editor), Two);
        await DoAsync(editor, "promptlsp.tag", new { uri = Uri, name = "stable" });
        JsonNode check = (await editor.AskAsync("promptlsp/checkTag", new { textDocument = new { uri = Uri }, name }))!;
        Assert.Equal((problem, at), ((string?)check["problem"], (int?)check["at"]));
    }
}
