using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;
using PromptLsp.Testing;
using Editor = PromptLsp.Server.Tests.Client.Editor;

namespace PromptLsp.Server.Tests;

/// <summary>Prompts that are sent to a model from the editor, against a server of models on this machine.</summary>
[Collection(nameof(RunTests))]
public sealed class RunTests : IAsyncDisposable
{
    // docs/protocol.md
    private const int WantOfKey = 1;

    private const string Key = "sk-test-0123456789";

    private readonly Folder _folder = new();
    private readonly ModelServer _server = new("{\"reply\": \"Hello Ada\"}");

    public RunTests()
    {
        // No test outside of this collection asks a model.
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _server.Configure(_folder.Path, Key));
        _folder.Write("promptlsp.yaml", "models:\n  test/small: { input: 1, output: 2 }\n  test/other: { input: 1, output: 2 }\n");
        _folder.Write("a.prompt", Prompt);
    }

    private const string Prompt = """
        ---
        model: test/small
        input: { schema: { name: string } }
        output: { schema: { reply: string } }
        samples: { ada: { name: Ada }, bo: { name: Bo } }
        ---
        Greet {{ name }}.
        """;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<Editor> StartAsync(bool? trusted = true, bool asks = true) =>
        Editor.StartAsync(
            new
            {
                workspace = new { applyEdit = true, workspaceEdit = new { documentChanges = true, resourceOperations = new[] { "create" } } },
                window = new { showDocument = new { support = true } },
                experimental = new { promptlsp = new { asks } },
            },
            _folder.Path,
            new { trusted, history = false }
        );

    private async Task<OpenFile> OpenAsync(Editor editor)
    {
        editor.Expect("promptlsp/changed");
        editor.Expect("promptlsp/runPiece");
        return await editor.OpenAsync(Prompt, _folder.Uri("a.prompt"));
    }

    [Fact]
    public async Task The_answer_streams_and_comes_with_what_it_took()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        (_, Task<JsonObject> answer) = await editor.BeginAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r1" });
        string streamed = "";
        while (streamed.Length < 22)
        {
            JsonNode piece = (await editor.HearAsync("promptlsp/runPiece"))!;
            Assert.Equal("r1", (string?)piece["run"]);
            streamed += (string?)piece["text"];
        }
        JsonNode run = (await answer)["result"]!;
        Assert.Equal(streamed, (string?)run["answer"]);
        Assert.Equal(
            ("file", "test/small", 100, 20, "stop"),
            ((string?)run["version"], (string?)run["model"], (int)run["inputTokens"]!, (int)run["outputTokens"]!, (string?)run["finishReason"])
        );
        Assert.StartsWith("test/small (model-1) · 100 tokens in, 20 out · $0.14 per 1,000 calls", (string?)run["summary"], StringComparison.Ordinal);
        Assert.Null(run["schemaProblem"]);
        Assert.DoesNotContain(Key, run.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Greet Ada.", _server.Questions[0].Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_and_tools_are_told()
    {
        _server.Answer = q => q.Model == "small" ? new() { Text = "Hello" } : new() { Tool = "find", ToolArguments = "{\"x\": 1}" };
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        Assert.Equal("the answer is no JSON in its line 1", (string?)(await RunAsync(editor, file))["schemaProblem"]);
        JsonNode other = (await editor.AskAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r", model = "test/other" }))!;
        Assert.Equal(("find", "{\"x\": 1}"), ((string?)other["toolCalls"]![0]!["name"], (string?)other["toolCalls"]![0]!["arguments"]));
    }

    [Fact]
    public async Task The_sample_that_the_preview_shows_is_sent()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        await editor.AskAsync("promptlsp/preview", new { textDocument = new { uri = file.Uri }, sample = "bo" });
        await RunAsync(editor, file);
        Assert.Contains("Greet Bo.", _server.Questions[0].Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_hangs_up()
    {
        _server.Answer = _ => new() { Fault = ModelFaultKind.Endless };
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        (int id, Task<JsonObject> answer) = await editor.BeginAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r1" });
        await editor.HearAsync("promptlsp/runPiece");
        await editor.TellAsync("$/cancelRequest", new { id });
        Assert.Equal(-32800, (int)(await answer)["error"]!["code"]!);
        for (DateTime end = DateTime.UtcNow.AddSeconds(20); _server.Left == 0; await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(DateTime.UtcNow < end, "the connection is still open");
    }

    [Fact]
    public async Task Nothing_is_sent_from_a_folder_that_is_not_trusted()
    {
        await using Editor editor = await StartAsync(trusted: false);
        OpenFile file = await OpenAsync(editor);
        (int code, string message) = await editor.FailAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r1" });
        Assert.Equal((-32803, "Nothing is sent to a model in a folder that is not trusted."), (code, message));
        Assert.Equal(
            (code, message),
            await editor.FailAsync("workspace/executeCommand", new { command = "promptlsp.runPrompt", arguments = new object[] { new { uri = file.Uri } } })
        );
        Assert.Empty(_server.Questions);
        Assert.DoesNotContain(
            "Run",
            (await editor.AskAsync("textDocument/codeLens", new { textDocument = new { uri = file.Uri } }))!
                .AsArray()
                .Select(l => (string?)l!["command"]!["title"])
        );
    }

    [Theory]
    [InlineData("model: test/small", "model: nobody/small", "There is no provider `nobody`; ")]
    [InlineData("model: test/small", "description: none", "`a.prompt` names no model; name one under `model`.")]
    [InlineData("{{ name }}", "{{ name | string.nonsense }}", "The prompt does not render: ")]
    public async Task What_cannot_be_sent_says_why(string old, string @new, string message)
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(Prompt.Replace(old, @new, StringComparison.Ordinal), _folder.Uri("a.prompt"));
        Assert.StartsWith(
            message,
            (await editor.FailAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r" })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_provider_that_refuses_is_told_in_one_line()
    {
        _server.Answer = _ => new() { Status = 401, Text = "bad key " + Key };
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        (int code, string message) = await editor.FailAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r" });
        Assert.Equal(WantOfKey, code);
        Assert.Contains("refuses the key", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_one_could_ask_is_told_without_the_keys_and_a_missing_one_has_its_own_code()
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        JsonNode told = (await editor.AskAsync("promptlsp/providers", new { }))!;
        string[] lines = [.. told["providers"]!.AsArray().Select(p => $"{p!["name"]} {p["host"]} {p["key"]} {p["variable"]}")];
        Assert.Contains("test 127.0.0.1 providers.yaml ", lines);
        Assert.Contains("mistral api.mistral.ai MISTRAL_API_KEY, which is not set MISTRAL_API_KEY", lines);
        Assert.DoesNotContain(Key, told.ToJsonString(), StringComparison.Ordinal);
        OpenFile file = await editor.OpenAsync(Prompt.Replace("test/small", "mistral/small", StringComparison.Ordinal), _folder.Uri("a.prompt"));
        (int code, string message) = await editor.FailAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r" });
        Assert.Equal(WantOfKey, code);
        Assert.StartsWith("There is no provider `mistral`; put its key into the environment as MISTRAL_API_KEY, ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_without_a_panel_gets_a_document()
    {
        _server.Answer = _ => new() { Text = "{\"reply\": \"\u001b[31mHello\"}" };
        await using Editor editor = await StartAsync(trusted: null, asks: false);
        OpenFile file = await OpenAsync(editor);
        string text = "";
        editor.Answer(
            "window/showDocument",
            asked =>
            {
                text = File.ReadAllText(new Uri((string)asked!["uri"]!).LocalPath);
                return new JsonObject { ["success"] = true };
            }
        );
        JsonNode lens = (await editor.AskAsync("textDocument/codeLens", new { textDocument = new { uri = file.Uri } }))!
            .AsArray()
            .Single(l => (string?)l!["command"]!["title"] == "Run")!;
        await editor.AskAsync("workspace/executeCommand", new { command = (string?)lens["command"]!["command"], arguments = lens["command"]!["arguments"] });
        Assert.StartsWith("{\"reply\": \"‹", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("[file · test/small (model-1) · 100 tokens in, 20 out", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_becomes_what_is_expected()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor);
        JsonNode? edit = null;
        editor.Answer(
            "workspace/applyEdit",
            asked =>
            {
                edit = asked!["edit"]!.DeepClone();
                return new JsonObject { ["applied"] = true };
            }
        );
        await SaveAsync("greets");
        Assert.Equal(_folder.Uri("evaluations/a.yaml"), (string?)edit!["documentChanges"]![0]!["uri"]);
        string made = (string)edit["documentChanges"]![1]!["edits"]![0]!["newText"]!;
        Assert.EndsWith(
            "prompt: \"a.prompt\"\nrows:\n  - {\"id\":\"greets\",\"input\":{\"name\":\"Ada\"},\"expect\":{\"exact-json\":{\"reply\":\"Hello\"}}}\n",
            made,
            StringComparison.Ordinal
        );

        _folder.Write("evaluations/a.yaml", made);
        await SaveAsync("again");
        JsonNode added = edit!["changes"]![_folder.Uri("evaluations/a.yaml")]![0]!;
        Assert.StartsWith("\n  - {\"id\":\"again\"", (string?)added["newText"], StringComparison.Ordinal);
        Assert.Equal(3, (int)added["range"]!["start"]!["line"]!);

        _folder.Write("evaluations/a.yaml", "prompt: a.prompt\ndata: rows.jsonl\nexpect: [{ is-json: true }]\n");
        _folder.Write("rows.jsonl", "{\"input\": {\"name\": \"Cy\"}}");
        await SaveAsync("more");
        Assert.StartsWith("\n{\"id\":\"more\"", (string?)edit!["changes"]![_folder.Uri("rows.jsonl")]![0]!["newText"], StringComparison.Ordinal);

        Task SaveAsync(string name) =>
            editor.AskAsync(
                "workspace/executeCommand",
                new
                {
                    command = "promptlsp.saveExpected",
                    arguments = new object[]
                    {
                        new
                        {
                            uri = file.Uri,
                            name,
                            answer = "{\"reply\": \"Hello\"}",
                        },
                    },
                }
            );
    }

    private static async Task<JsonNode> RunAsync(Editor editor, OpenFile file) =>
        (await editor.AskAsync("promptlsp/run", new { textDocument = new { uri = file.Uri }, run = "r" }))!;
}
