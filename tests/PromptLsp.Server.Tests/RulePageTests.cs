using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>The way from a finding to its rule's page.</summary>
public sealed class RulePageTests
{
    [Fact]
    public async Task A_finding_links_to_its_page_for_a_client_that_opens_it()
    {
        await using Editor editor = await Editor.StartAsync(
            new { textDocument = new { diagnostic = new { } }, experimental = new { promptlsp = new { asks = true } } }
        );
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync("{{ nmae | string.upcas }}");
        JsonNode finding = (await editor.AskAsync("textDocument/diagnostic", new { textDocument = new { uri = file.Uri } }))!["items"]![0]!;
        string page = (string)finding["codeDescription"]!["href"]!;
        Assert.Equal($"promptlsp-rule:/{finding["code"]}.md", page);
        Assert.StartsWith(
            $"# {finding["code"]}\n",
            (string?)(await editor.AskAsync("workspace/textDocumentContent", new { uri = page }))!["text"],
            StringComparison.Ordinal
        );
        Assert.Contains("promptlsp-rule", editor.Capabilities["workspace"]!["textDocumentContent"]!["schemes"]!.AsArray().Select(s => (string?)s));
    }

    [Fact]
    public async Task Other_clients_get_no_link_that_leads_nowhere()
    {
        await using Editor editor = await Editor.StartAsync(new { textDocument = new { diagnostic = new { } } });
        OpenFile file = await editor.OpenAsync("{{ 1 | string.upcas }}");
        Assert.Null((await editor.AskAsync("textDocument/diagnostic", new { textDocument = new { uri = file.Uri } }))!["items"]![0]!["codeDescription"]);
    }

    [Theory]
    [InlineData(true, "promptlsp.rule")]
    [InlineData(false, "promptlsp.showRule")]
    public async Task Turning_a_rule_off_is_the_last_offer_and_never_the_only_one(bool asks, string command)
    {
        await using Editor editor = await Editor.StartAsync(new { experimental = new { promptlsp = new { asks } } });
        editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync(
            "---\ninput: { schema: { a: string } }\nsamples: { one: { a: x } }\n---\nHi\n{{ \"a\" | string.upcas }} {{ a | math.abs }}"
        );
        foreach (int character in new[] { 10, 29 })
        {
            JsonNode[] actions = [.. (await ActionsAsync(editor, file, 5, character)).OfType<JsonNode>()];
            string[] titles = [.. actions.Select(a => (string)a["title"]!)];
            int off = Array.FindIndex(titles, t => t.StartsWith("Turn ", StringComparison.Ordinal)),
                explain = Array.FindIndex(titles, t => t.StartsWith("Explain ", StringComparison.Ordinal));
            Assert.True(off > explain && explain >= 0, string.Join(", ", titles));
            Assert.Equal(command, (string?)actions[explain]["command"]!["command"]);
            Assert.StartsWith("promptlsp-rule:/", (string?)actions[explain]["command"]!["arguments"]![0]!["uri"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{{ if }}\nHi", 0, 4)]
    [InlineData("---\nname: [a\n---\nHi", 1, 7)]
    public async Task A_slip_in_the_language_itself_cannot_be_turned_off(string text, int line, int character)
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(text);
        string?[] titles = [.. (await ActionsAsync(editor, file, line, character)).Select(a => (string?)a!["title"])];
        Assert.NotEmpty(titles);
        Assert.DoesNotContain(titles, t => t!.StartsWith("Turn ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_without_such_documents_is_shown_a_file()
    {
        await using Editor editor = await Editor.StartAsync(new { window = new { showDocument = new { support = true } } });
        string? shown = null;
        editor.Answer(
            "window/showDocument",
            asked =>
            {
                shown = File.ReadAllText(new Uri((string)asked!["uri"]!).LocalPath);
                return new JsonObject { ["success"] = true };
            }
        );
        await editor.AskAsync(
            "workspace/executeCommand",
            new { command = "promptlsp.showRule", arguments = new[] { new { uri = "promptlsp-rule:/unused-input.md" } } }
        );
        Assert.StartsWith("# unused-input\n", shown, StringComparison.Ordinal);
        Assert.Equal(
            (-32803, "promptlsp-rule:/no.md names no rule; it would be promptlsp-rule:/unused-input.md."),
            await editor.FailAsync(
                "workspace/executeCommand",
                new { command = "promptlsp.showRule", arguments = new[] { new { uri = "promptlsp-rule:/no.md" } } }
            )
        );
    }

    private static async Task<JsonArray> ActionsAsync(Editor editor, OpenFile file, int line, int character) =>
        (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = file.Uri },
                    range = OpenFile.Range(line, character, line, character),
                    context = new { diagnostics = Array.Empty<object>() },
                }
            )
        )!.AsArray();
}
