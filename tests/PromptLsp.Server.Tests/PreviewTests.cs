using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>What the preview panel asks for, and what else shows the same values.</summary>
public sealed class PreviewTests
{
    private const string Prompt = """
        ---
        model: m
        input: { schema: { name: string, mood?(enum): [calm, angry], words?(array): string } }
        samples:
          ada: { name: Ada } # the first
          bo: { name: Bo, mood: angry }
        ---
        Hi {{ name }}{{ if mood }}, {{ mood }}{{ end }}
        """;

    private static Task<Editor> StartAsync(string? root = null) =>
        Editor.StartAsync(new { workspace = new { applyEdit = true }, experimental = new { promptlsp = new { asks = true } } }, root);

    private static async Task<JsonNode> PreviewAsync(Editor editor, OpenFile file, string? sample = null, object? inputs = null) =>
        (await editor.AskAsync("promptlsp/preview", new { textDocument = new { uri = file.Uri }, sample, inputs }))!;

    private static string TextOf(JsonNode preview) =>
        string.Concat(preview["messages"]!.AsArray().SelectMany(m => m!["parts"]!.AsArray()).Select(p => (string?)p!["text"]));

    private static string InputsOf(JsonNode preview) =>
        string.Join(
            ' ',
            preview["inputs"]!.AsArray().Select(i => $"{i!["name"]}={i["text"]}({i["source"]}{(i["problem"] is { } problem ? $": {problem}" : "")})")
        );

    [Fact]
    public async Task Inputs_can_be_given_other_values()
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(Prompt);
        Assert.Equal("name=Ada(sample) mood=(nothing) words=(nothing)", InputsOf(await PreviewAsync(editor, file)));
        JsonNode changed = await PreviewAsync(editor, file, "bo", new { name = "42", mood = "", words = "[a" });
        Assert.StartsWith("name=42(changed) mood=(changed) words=[a(changed: ", InputsOf(changed), StringComparison.Ordinal);
        Assert.Equal("Hi 42", TextOf(changed));
    }

    [Fact]
    public async Task What_was_typed_is_saved_as_a_sample_by_an_edit()
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(Prompt);
        JsonNode? edit = null;
        editor.Answer(
            "workspace/applyEdit",
            asked =>
            {
                edit = asked!["edit"]!["changes"]![file.Uri]![0]!.DeepClone();
                return new JsonObject { ["applied"] = true };
            }
        );
        JsonNode saved = (
            await editor.AskAsync(
                "workspace/executeCommand",
                new
                {
                    command = "promptlsp.saveSample",
                    arguments = new object[]
                    {
                        new
                        {
                            uri = file.Uri,
                            name = "ada",
                            sample = "ada",
                            inputs = new { mood = "calm" },
                        },
                    },
                }
            )
        )!;
        Assert.Equal(("ada", ", mood: calm", 4), ((string?)saved["sample"], (string?)edit!["newText"], (int)edit["range"]!["start"]!["line"]!));
        var (code, message) = await editor.FailAsync(
            "workspace/executeCommand",
            new
            {
                command = "promptlsp.saveSample",
                arguments = new object[]
                {
                    new
                    {
                        uri = file.Uri,
                        name = "ada",
                        inputs = new { mood = "mad" },
                    },
                },
            }
        );
        Assert.Equal(-32803, code);
        Assert.StartsWith("The sample is not saved: mood: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hover_and_status_show_the_values_that_the_preview_shows()
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(Prompt);
        await PreviewAsync(editor, file, "bo");
        Assert.Contains("Hi Bo, angry", await HoverAsync(file, 7, 1), StringComparison.Ordinal);
        Assert.Contains("with the sample `ada`", await HoverAsync(file, 4, 3), StringComparison.Ordinal);
        await PreviewAsync(editor, file, "bo", new { name = "Cy" });
        string changed = await HoverAsync(file, 7, 1);
        Assert.Contains("with the sample `bo`, `name` changed", changed, StringComparison.Ordinal);
        Assert.Contains("Hi Cy, angry", changed, StringComparison.Ordinal);
        Assert.Equal("bo", (string?)(await editor.AskAsync("promptlsp/status", new { textDocument = new { uri = file.Uri } }))!["sample"]);
    }

    [Fact]
    public async Task A_prompt_that_fails_has_a_reason_and_no_tokens()
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync("Hi {{ x = null; x.y }}");
        JsonNode preview = await PreviewAsync(editor, file);
        Assert.Null(preview["tokens"]);
        Assert.Equal("Cannot get the member x.y for a null object.", (string?)preview["failure"]!["reason"]);
        await PreviewAsync(editor, file, inputs: new { z = "1" });
        Assert.Equal(
            "Cannot get the member x.y for a null object.",
            (string?)(await editor.AskAsync("promptlsp/status", new { textDocument = new { uri = file.Uri } }))!["failure"]
        );
    }

    [Theory]
    [InlineData(
        "---\ntemplate: liquid\n---\nHi {{ name }}",
        "This prompt is written in Liquid, which PromptLsp reads but cannot render yet: there is no preview, and its tests do not run."
    )]
    [InlineData("---\nmodel: { api: chat }\n---\nHi", "This file is written in Prompty (`model` as a map), which PromptLsp neither checks nor renders.")]
    public async Task What_cannot_be_rendered_says_so_wherever_one_looks(string text, string why)
    {
        await using Editor editor = await StartAsync();
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(text);
        Assert.Equal(why, (string?)(await PreviewAsync(editor, file))["unavailable"]);
        Assert.Equal(why, (string?)(await editor.AskAsync("promptlsp/status", new { textDocument = new { uri = file.Uri } }))!["unavailable"]);
        Assert.Contains(why, await HoverAsync(file, text.Count(c => c == '\n'), 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_come_with_their_cost()
    {
        using var folder = new Folder();
        folder.Write("promptlsp.yaml", "currency: EUR\nmodels:\n  m: { input: 1000000 }\n  free: { input: 0 }\n  unknown: { context: 1000 }\n");
        await using Editor editor = await StartAsync(folder.Path);
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync("---\nmodel: m\n---\nHi", folder.Uri("a.prompt"));
        JsonNode preview = await PreviewAsync(editor, file);
        while (preview["tokens"] is null)
        {
            await editor.HearAsync("promptlsp/changed");
            preview = await PreviewAsync(editor, file);
        }
        Assert.Equal(("€1.00", "€1.00"), ((string?)preview["cost"], (string?)preview["messages"]![0]!["cost"]));
        await file.ReplaceAsync("---\nmodel: free\n---\nHi");
        Assert.Equal("€0", (string?)(await PreviewAsync(editor, file))["cost"]);
        await file.ReplaceAsync("---\nmodel: unknown\n---\nHi");
        Assert.Null((await PreviewAsync(editor, file))["cost"]);
    }

    private static async Task<string> HoverAsync(OpenFile file, int line, int character) =>
        (string?)(await file.AskAsync("textDocument/hover", line, character))?["contents"]?["value"] ?? "";
}
