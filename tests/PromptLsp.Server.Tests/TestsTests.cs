using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using PromptLsp.Evaluation.Running;
using PromptLsp.History;
using PromptLsp.Server.Tests.Client;
using PromptLsp.Testing;
using Editor = PromptLsp.Server.Tests.Client.Editor;

namespace PromptLsp.Server.Tests;

/// <summary>What the Testing view asks for: which tests and evaluations there are, and what becomes of them.</summary>
[Collection(nameof(RunTests))]
public sealed class TestsTests : IAsyncDisposable
{
    private const string Watched = "---\nmodel: test/small\n---\nHello\n";

    private readonly Folder _folder = new();
    private readonly ModelServer _server = new("good");
    private int _changes;

    public TestsTests()
    {
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _server.Configure(_folder.Path, "sk-test-0123456789"));
        _folder.Write("promptlsp.yaml", "models:\n  test/small: { input: 1, output: 2 }\n");
        _folder.Write(
            "a.prompt",
            "---\nmodel: test/small\ninput: { schema: { name: string } }\nsamples: { ada: { name: Ada } }\ntests:\n  - name: greets\n    sample: ada\n    expect: [{ contains: Ada }]\n  - sample: ada\n    expect:\n      - contains: Bo\n      - max-tokens: 1\n---\nHello {{ name }}\n"
        );
        _folder.Write("b.prompt", "No tests here.\n");
        _folder.Write("evaluations/e.yaml", "prompt: a.prompt\ndata: rows.jsonl\nexpect: [{ contains: good }]\n");
        _folder.Write("evaluations/other.yaml", "services: {}\n");
        _folder.Write(
            "rows.jsonl",
            "{\"id\": \"x\", \"input\": {\"name\": \"X\"}}\n{\"id\": \"y\", \"input\": {\"name\": \"Y\"}}\n{\"id\": \"z\", \"input\": {\"name\": \"Z\"}}\n"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<Editor> StartAsync(bool? trusted = true) =>
        Editor.StartAsync(new { experimental = new { promptlsp = new { asks = true } } }, _folder.Path, new { trusted, history = false });

    [Fact]
    public async Task Tests_and_evaluations_are_found_with_their_lines()
    {
        await using Editor editor = await StartAsync();
        JsonArray files = (await editor.AskAsync("promptlsp/tests", new { }))!["files"]!.AsArray();
        Assert.Equal(
            ["prompt a.prompt: greets@5 test 2@8", "evaluation evaluations/e.yaml: x@0 y@1 z@2"],
            files.Select(f => $"{f!["kind"]} {f["name"]}: {string.Join(' ', f["items"]!.AsArray().Select(i => $"{i!["id"]}@{i["range"]!["start"]!["line"]}"))}")
        );
        Assert.Equal(_folder.Uri("rows.jsonl"), (string?)files[1]!["items"]![0]!["uri"]);
        Assert.Empty((await editor.AskAsync("promptlsp/tests", new { textDocument = new { uri = _folder.Uri("b.prompt") } }))!["files"]!.AsArray());
    }

    [Fact]
    public async Task Failures_stand_at_their_assertion()
    {
        await using Editor editor = await StartAsync(trusted: false);
        JsonArray results = (await editor.AskAsync("promptlsp/runTests", new { textDocument = new { uri = _folder.Uri("a.prompt") } }))!["results"]!.AsArray();
        Assert.Equal(["greets passed", "test 2 failed"], results.Select(r => $"{r!["id"]} {r["outcome"]}"));
        Assert.Equal([10, 11], results[1]!["messages"]!.AsArray().Select(m => (int)m!["range"]!["start"]!["line"]!));
        Assert.StartsWith("contains: ", (string?)results[1]!["messages"]![0]!["text"], StringComparison.Ordinal);
        Assert.Empty(_server.Questions);
    }

    [Fact]
    public async Task An_evaluation_says_what_became_of_each_row()
    {
        _server.Answer = q =>
            q.Messages.Contains("Hello Z", StringComparison.Ordinal)
                ? new() { Status = 400, Text = "no" }
                : new() { Text = q.Messages.Contains("Hello Y", StringComparison.Ordinal) ? "bad <b>" : "good" };
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/evaluating");
        JsonNode told = (await editor.AskAsync("promptlsp/evaluate", new { textDocument = new { uri = _folder.Uri("evaluations/e.yaml") }, run = "1" }))!;
        Assert.Equal(["x passed", "y failed", "z not-run"], told["results"]!.AsArray().Select(r => $"{r!["id"]} {r["outcome"]}"));
        JsonNode message = told["results"]![1]!["messages"]![0]!;
        Assert.Equal(
            ("contains: \"good\" is not in \"bad <b>\"", _folder.Uri("rows.jsonl"), 1),
            ((string?)message["text"], (string?)message["uri"], (int)message["range"]!["start"]!["line"]!)
        );
        Assert.Contains("1 of 2, 50.0 %", (string?)told["text"], StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy", (string?)told["page"], StringComparison.Ordinal);
        JsonNode progress = (await editor.HearAsync("promptlsp/evaluating"))!;
        Assert.Equal(("1", 3), ((string?)progress["run"], (int)progress["total"]!));
    }

    [Fact]
    public async Task The_newest_tag_is_compared_with_the_text()
    {
        await using Editor editor = await Editor.StartAsync(
            new { experimental = new { promptlsp = new { asks = true } } },
            _folder.Path,
            new { trusted = true }
        );
        foreach (string method in (string[])["promptlsp/evaluating", "promptlsp/changed"])
            editor.Expect(method);
        object evaluate = new
        {
            textDocument = new { uri = _folder.Uri("evaluations/e.yaml") },
            run = "1",
            compare = true,
        };
        Assert.Contains(
            "has no tagged version to compare with",
            (string?)(await editor.AskAsync("promptlsp/evaluate", evaluate))!["error"],
            StringComparison.Ordinal
        );
        string text = await File.ReadAllTextAsync(Path.Join(_folder.Path, "a.prompt"), TestContext.Current.CancellationToken);
        await editor.OpenAsync(text, _folder.Uri("a.prompt"));
        await editor.AskAsync(
            "workspace/executeCommand",
            new { command = "promptlsp.tag", arguments = new object[] { new { uri = _folder.Uri("a.prompt"), name = "stable" } } }
        );
        await editor.TellAsync(
            "textDocument/didChange",
            new
            {
                textDocument = new { uri = _folder.Uri("a.prompt"), version = 2 },
                contentChanges = new object[] { new { text = text.Replace("Hello", "Good day", StringComparison.Ordinal) } },
            }
        );
        _server.Answer = q => new() { Text = q.Messages.Contains("Good day", StringComparison.Ordinal) ? "bad" : "good" };
        JsonNode told = (await editor.AskAsync("promptlsp/evaluate", evaluate))!;
        Assert.Contains("stable · test/small → file · test/small\n  passed inconclusive: ", (string?)told["text"], StringComparison.Ordinal);
        Assert.Equal(["failed", "failed", "failed"], told["results"]!.AsArray().Select(r => (string?)r!["outcome"]));
        Assert.Equal(6, _server.Questions.Count);
    }

    [Fact]
    public async Task Drift_stands_above_the_prompt()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, ".promptlsp"));
        using (RunStore store = RunStore.Open(_folder.Path, TimeProvider.System))
        {
            // The tables are there, and nothing in them.
        }
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(Watched, _folder.Uri("a.prompt"));
        Assert.DoesNotContain("drift", await LensesAsync(editor), StringComparison.Ordinal);
        string watched = Fingerprint.Effective(Fingerprint.Of(Watched), []);
        Change(
            $"INSERT INTO drift_baselines VALUES (1, 'evaluations/e.yaml', '{watched}', 'test/small', 'p', 'd', 'a', 'r', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', 'a.prompt')"
        );
        foreach (string outcome in (string[])["shifted", "steady", "shifted", "not-measured", "shifted"])
            Change(
                $"INSERT INTO drift_checks (baseline, at, outcome, told) SELECT 1, '2026-03-' || (12 + count(*)) || 'T12:00:00.000Z', '{outcome}', '' FROM drift_checks"
            );
        Assert.Contains("⚠ drift since 14 Mar", await LensesAsync(editor), StringComparison.Ordinal);
        // Of another text, or another model, nothing was asked.
        foreach (string other in (string[])[Watched + "More.\n", Watched.Replace("test/small", "test/large", StringComparison.Ordinal)])
        {
            await file.ReplaceAsync(other);
            Assert.DoesNotContain("drift", await LensesAsync(editor), StringComparison.Ordinal);
        }
        await file.ReplaceAsync(Watched);
        Assert.Contains("⚠ drift since 14 Mar", await LensesAsync(editor), StringComparison.Ordinal);
        Change("INSERT INTO drift_checks (baseline, at, outcome, told) VALUES (1, '2026-03-20T12:00:00.000Z', 'steady', '')");
        Assert.DoesNotContain("drift", await LensesAsync(editor), StringComparison.Ordinal);

        async Task<string> LensesAsync(Editor asking) =>
            string.Join(
                " | ",
                (await asking.AskAsync("textDocument/codeLens", new { textDocument = new { uri = _folder.Uri("a.prompt") } }))!
                    .AsArray()
                    .Select(l => (string?)l!["command"]!["title"])
            );

        void Change(string sql)
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = RunStore.PathIn(_folder.Path), Pooling = false }.ToString()
            );
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // All of it stands above.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            // Two changes within a tick of the file system's clock would look like one.
            File.SetLastWriteTimeUtc(RunStore.PathIn(_folder.Path), DateTime.UtcNow.AddSeconds(++_changes));
        }
    }

    [Fact]
    public async Task What_cannot_be_evaluated_says_why()
    {
        await using Editor editor = await StartAsync();
        _folder.Write("evaluations/e.yaml", "prompt: nowhere.prompt\nrows: [{}]\nexpect: [{ contains: x }]\n");
        JsonNode told = (await editor.AskAsync("promptlsp/evaluate", new { textDocument = new { uri = _folder.Uri("evaluations/e.yaml") }, run = "1" }))!;
        Assert.StartsWith("evaluations/e.yaml:1:9: there is no file `nowhere.prompt`", (string?)told["error"], StringComparison.Ordinal);
        Assert.Empty(_server.Questions);
    }

    [Fact]
    public async Task No_model_is_asked_in_a_folder_that_is_not_trusted()
    {
        await using Editor editor = await StartAsync(trusted: false);
        Assert.Equal(
            "Nothing is sent to a model in a folder that is not trusted.",
            (await editor.FailAsync("promptlsp/evaluate", new { textDocument = new { uri = _folder.Uri("evaluations/e.yaml") }, run = "1" })).Message
        );
        Assert.Empty(_server.Questions);
    }
}
