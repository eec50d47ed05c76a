using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Evaluations in the editor: completion, hover, findings with their fixes.</summary>
public sealed class EvaluationTests : IDisposable
{
    private readonly Folder _folder = new();

    public EvaluationTests()
    {
        _folder.Write("promptlsp.yaml", "models:\n  test/small: { input: 1, output: 2 }\n");
        _folder.Write(
            "support/reply.prompt",
            "---\nmodel: test/small\ninput: { schema: { ticket: string, mood?(enum): [calm, angry] } }\n---\n{{ ticket }} {{ mood }}\n"
        );
        _folder.Write("judges/tone.prompt", "Rate {{ answer }}\n");
    }

    public void Dispose() => _folder.Dispose();

    private Task<Editor> StartAsync() =>
        Editor.StartAsync(new { textDocument = new { completion = new { completionItem = new { snippetSupport = true } } } }, _folder.Path);

    private Task<OpenFile> OpenAsync(Editor editor, string text, string path = "evaluations/tickets.yaml") => editor.OpenAsync(text, _folder.Uri(path));

    [Theory]
    [InlineData("$$", "prompt data rows expect")]
    [InlineData("prompt: support/reply.prompt\nexpect:\n  - $$", "contains judge numeric levenshtein")]
    [InlineData("prompt: support/reply.prompt\nrows:\n  - input: { $$ }", "ticket mood")]
    [InlineData("prompt: support/reply.prompt\nrows:\n  - input: { mood: $$ }", "calm angry")]
    [InlineData("prompt: $$\n", "judges/tone.prompt support/reply.prompt")]
    [InlineData("prompt: support/reply.prompt\nexpect:\n  - judge: { rubric: $$ }", "judges/tone.prompt")]
    [InlineData("prompt: support/reply.prompt\nexpect:\n  - judge: { model: $$ }", "test/small")]
    [InlineData("prompt: support/reply.prompt\ncompare: { primary: $$ }", "passed score")]
    public async Task Keys_and_values_complete(string text, string labels)
    {
        await using Editor editor = await StartAsync();
        int at = text.IndexOf("$$", StringComparison.Ordinal);
        OpenFile file = await OpenAsync(editor, text.Remove(at, 2));
        string[] before = text[..at].Split('\n');
        string[] offered = [];
        // The prompts of the workspace are known after a first pass.
        for (
            DateTime end = DateTime.UtcNow.AddSeconds(20);
            DateTime.UtcNow < end && !labels.Split(' ').All(offered.Contains);
            await Task.Delay(20, TestContext.Current.CancellationToken)
        )
        {
            JsonNode? list = await editor.AskAsync(
                "textDocument/completion",
                new { textDocument = new { uri = file.Uri }, position = new { line = before.Length - 1, character = before[^1].Length } }
            );
            offered = [.. list!["items"]!.AsArray().Select(i => (string)i!["label"]!)];
        }
        Assert.All(labels.Split(' '), label => Assert.Contains(label, offered));
    }

    [Fact]
    public async Task Keys_and_inputs_are_explained()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(
            editor,
            "prompt: support/reply.prompt\nmust-pass: [safety]\nrows:\n  - input: { ticket: Help! }\n    tags: [safety]\n    expect: { levenshtein: { to: Hi, at-least: 0.5 } }\n"
        );
        Assert.Contains("must pass, each time", await HoverAsync(editor, file, 1, 2), StringComparison.Ordinal);
        Assert.Contains("ticket", await HoverAsync(editor, file, 3, 14), StringComparison.Ordinal);
        Assert.Contains("So much of the answer is like this text", await HoverAsync(editor, file, 5, 16), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_found_where_it_stands()
    {
        _folder.Write("data.jsonl", "{\"input\": {}}\n{\n");
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(
            editor,
            "promt: support/reply.prompt\ndata: data.jsonl\nrepeat: 0\nexpect:\n  - contians: x\n  - judge: { rubric: judges/no.prompt, at-least: 0.5 }\n"
        );
        string[] found = await FindingsAsync(editor, file);
        Assert.Equal(
            [
                "0:0-5 `promt` is no key of an evaluation; did you mean `prompt`?",
                "1:6-16 data.jsonl:2: this line is no JSON; each line of data is one object",
                "2:8-9 `repeat` must be between 1 and 100, not 0",
                "4:4-12 `contians` is no assertion; did you mean `contains`?",
                "5:21-37 there is no rubric `judges/no.prompt`: that is a prompt of this workspace, from its root",
            ],
            found.Where(f => !f.Contains("names the file", StringComparison.Ordinal))
        );
        JsonNode actions = (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = file.Uri },
                    range = new { start = new { line = 4, character = 5 }, end = new { line = 4, character = 5 } },
                    context = new { diagnostics = Array.Empty<object>() },
                }
            )
        )!;
        Assert.Contains("Change to `contains`", actions.AsArray().Select(a => (string?)a!["title"]));
    }

    [Theory]
    [InlineData("evaluations/a.yaml", "prompts: [a.txt]\nproviders: [openai:gpt-4o]\ntests: []\n")]
    [InlineData("evaluations/a.yaml", "services:\n  web: { image: nginx }\n")]
    [InlineData("compose.yaml", "prompt: nothing\nrows: 3\n")]
    [InlineData("evaluations/a.json", "{\"prompt\": 3}")]
    public async Task Other_files_are_left_alone(string path, string text)
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await OpenAsync(editor, text, path);
        JsonNode? hover = await editor.AskAsync(
            "textDocument/hover",
            new { textDocument = new { uri = file.Uri }, position = new { line = 0, character = 1 } }
        );
        Assert.Null(hover);
        Assert.Null(
            await editor.AskAsync("textDocument/completion", new { textDocument = new { uri = file.Uri }, position = new { line = 0, character = 0 } })
        );
        Assert.Empty(await FindingsAsync(editor, file));
    }

    private static async Task<string> HoverAsync(Editor editor, OpenFile file, int line, int character) =>
        (string)
            (await editor.AskAsync("textDocument/hover", new { textDocument = new { uri = file.Uri }, position = new { line, character } }))!["contents"]![
                "value"
            ]!;

    private static async Task<string[]> FindingsAsync(Editor editor, OpenFile file)
    {
        JsonNode report = (await editor.AskAsync("textDocument/diagnostic", new { textDocument = new { uri = file.Uri } }))!;
        return
        [
            .. report["items"]!
                .AsArray()
                .Select(d => $"{d!["range"]!["start"]!["line"]}:{d["range"]!["start"]!["character"]}-{d["range"]!["end"]!["character"]} {d["message"]}"),
        ];
    }
}
