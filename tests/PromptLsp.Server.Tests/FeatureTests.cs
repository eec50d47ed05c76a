using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Each feature answers over the wire, in LSP's shapes. What it thinks is tested where it thinks.</summary>
public sealed class FeatureTests
{
    private const string Prompt = """
        ---
        input:
          schema:
            customer:
              name: string
            topic: string
          untrusted: [topic]
          default:
            topic: weather
        samples:
          ada:
            customer: { name: Ada }
            topic: tea
        ---
        {{ role "system" }}
        About {{ topic | string.upcase }}.
        {{ for word in topic | string.split "," }}
        - {{ word }}, {{ customer.name }}
        {{ end }}
        """;

    private static async Task<JsonNode?> AskAsync(string method, int line, int character, object? more = null)
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(Prompt);
        JsonNode parameters = System.Text.Json.JsonSerializer.SerializeToNode(file.At(line, character))!;
        if (more is not null)
        {
            foreach ((string name, JsonNode? value) in System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject())
                parameters[name] = value?.DeepClone();
        }
        return await editor.AskAsync(method, parameters);
    }

    private static string Show(JsonNode? range) =>
        $"{range!["start"]!["line"]}:{range["start"]!["character"]}-{range["end"]!["character"]}";

    [Fact]
    public async Task Definition_of_an_input_is_in_the_schema() =>
        Assert.Equal("5:4-9", Show((await AskAsync("textDocument/definition", 15, 10))!["range"]));

    [Fact]
    public async Task References_of_an_input_are_in_front_matter_and_body() =>
        Assert.Equal(
            "5:4-9 6:14-19 8:4-9 12:4-9 15:9-14 16:15-20",
            string.Join(
                ' ',
                (await AskAsync("textDocument/references", 15, 10, new { context = new { includeDeclaration = true } }))!
                    .AsArray()
                    .Select(l => Show(l!["range"]))
            )
        );

    [Fact]
    public async Task Highlights_of_a_loop_variable_tell_reads_from_writes() =>
        Assert.Equal(
            "16:7-11 3, 17:5-9 2",
            string.Join(", ", (await AskAsync("textDocument/documentHighlight", 17, 6))!.AsArray().Select(h => $"{Show(h!["range"])} {h["kind"]}")));

    [Fact]
    public async Task Renaming_a_member_renames_it_in_schema_sample_and_body() =>
        Assert.Equal(
            "4:6-10 11:16-20 17:26-30",
            string.Join(
                ' ',
                (await AskAsync("textDocument/rename", 17, 28, new { newName = "title" }))!["changes"]!["file:///work/main.prompt"]!
                    .AsArray()
                    .Select(e => Show(e!["range"]))
            )
        );

    [Fact]
    public async Task A_rename_to_a_taken_name_is_refused_with_the_reason()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(Prompt);
        var (code, message) = await editor.FailAsync(
            "textDocument/rename",
            new
            {
                textDocument = new { uri = file.Uri },
                position = new { line = 15, character = 10 },
                newName = "customer",
            }
        );
        Assert.Equal((-32803, "There is something named `customer` in this prompt already."), (code, message));
    }

    [Fact]
    public async Task Prepare_rename_gives_the_name_alone() =>
        Assert.Equal(
            "topic 15:9-14",
            (await AskAsync("textDocument/prepareRename", 15, 10)) is { } found ? $"{found["placeholder"]} {Show(found["range"])}" : null
        );

    [Fact]
    public async Task The_outline_shows_keys_inputs_and_messages()
    {
        static string Names(JsonNode? items) =>
            string.Join(' ', items!.AsArray().Select(i => (string)i!["name"]! + (i["children"] is { } inside ? $"({Names(inside)})" : "")));
        Assert.Equal(
            "input(customer(name) topic) samples(ada) system(for word in topic | string.split \",\")",
            Names(await AskAsync("textDocument/documentSymbol", 0, 0))
        );
    }

    [Fact]
    public async Task Front_matter_keys_messages_and_blocks_fold() =>
        Assert.Equal(
            "0-13 1-8 2-5 3-4 7-8 9-12 10-12 14-18 16-17",
            string.Join(
                ' ',
                (await AskAsync("textDocument/foldingRange", 0, 0))!.AsArray().Select(f => $"{f!["startLine"]}-{f["endLine"]}").Order(new ByNumber())
            )
        );

    [Fact]
    public async Task A_document_is_formatted_whole_or_in_part()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("---\nmodel:  x\n---\n{{a}} {{b}}\n{{c}}");
        var options = new { tabSize = 2, insertSpaces = true };
        JsonNode all = (await editor.AskAsync("textDocument/formatting", new { textDocument = new { uri = file.Uri }, options }))!;
        Assert.Equal("1:5 3:2 3:3 3:8 3:9 4:2 4:3", Starts(all));
        JsonNode part = (
            await editor.AskAsync(
                "textDocument/rangeFormatting",
                new
                {
                    textDocument = new { uri = file.Uri },
                    range = OpenFile.Range(3, 6, 3, 11),
                    options,
                }
            )
        )!;
        Assert.Equal("3:8 3:9", Starts(part));

        static string Starts(JsonNode edits) =>
            string.Join(' ', edits.AsArray().Select(e => $"{e!["range"]!["start"]!["line"]}:{e["range"]!["start"]!["character"]}"));
    }

    [Fact]
    public async Task Lines_become_comments_and_lines_again()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("one {{ a }}\ntwo\nthree");
        JsonNode edits = (
            await editor.AskAsync("promptlsp/toggleComment", new { textDocument = new { uri = file.Uri }, ranges = new[] { OpenFile.Range(0, 2, 2, 0) } })
        )!;
        Assert.Equal(
            @"0:0 {{~ # |0:10 \|0:11  ~}}|1:0 {{~ # |1:3  ~}}",
            string.Join('|', edits.AsArray().Select(e => $"{e!["range"]!["start"]!["line"]}:{e["range"]!["start"]!["character"]} {e["newText"]}"))
        );
    }

    [Fact]
    public async Task Behind_a_list_no_types_stand_in_the_way_of_the_line_end()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("---\ninput:\n  schema:\n    items(array, theirs): \n    name: \n---\n");
        Assert.Empty(await OffersAsync(3, 26));
        Assert.Contains("string", await file.CompleteAsync(3, 26));
        Assert.Contains("string", await OffersAsync(4, 10));

        async Task<string[]> OffersAsync(int line, int character) => [.. (
                    await editor.AskAsync(
                        "textDocument/completion",
                        new
                        {
                            textDocument = new { uri = file.Uri },
                            position = new { line, character },
                            context = new { triggerKind = 2, triggerCharacter = " " },
                        }
                    )
                )!["items"]!.AsArray().Select(i => (string)i!["label"]!)];
    }

    [Fact]
    public async Task Signature_help_marks_the_parameter_being_typed()
    {
        JsonNode help = (await AskAsync("textDocument/signatureHelp", 16, 37))!;
        JsonNode signature = help["signatures"]![0]!;
        Assert.StartsWith("string.split(", (string?)signature["label"], StringComparison.Ordinal);
        Assert.Equal(1, (int?)signature["activeParameter"]);
    }

    [Fact]
    public async Task Semantic_tokens_colour_inputs_members_and_functions()
    {
        int[] data = [.. (await AskAsync("textDocument/semanticTokens/full", 0, 0))!["data"]!.AsArray().Select(n => (int)n!)];
        int[] types = [.. data.Where((_, i) => i % 5 == 3)];
        Assert.Equal([4, 0, 6, 4, 1, 0, 6, 4, 1, 0, 3], types.Select(t => t == 2 ? 1 : t));
    }

    [Fact]
    public async Task Quick_fixes_come_with_their_finding_and_fix_all_when_asked_for()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("{{ \"a\" | string.upcas }}");
        JsonArray actions = (await editor.AskAsync("textDocument/codeAction", Range(file, null)))!.AsArray();
        Assert.Contains(actions, a => (string?)a!["kind"] == "quickfix" && (string?)a["diagnostics"]![0]!["code"] == "unknown-function");
        Assert.Contains(actions, a => ((string?)a!["title"])!.StartsWith("Turn `unknown-function` off", StringComparison.Ordinal));
        JsonArray all = (await editor.AskAsync("textDocument/codeAction", Range(file, ["source.fixAll"])))!.AsArray();
        Assert.All(all, a => Assert.Equal("source.fixAll.promptlsp", (string?)a!["kind"]));
    }

    [Fact]
    public async Task Turning_a_rule_off_for_a_line_silences_it()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("Hello\n{{ \"a\" | string.upcas }}");
        Assert.Equal("1:9-21 unknown-function", await file.FindingsAsync());
        JsonArray actions = (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = file.Uri },
                    range = OpenFile.Range(1, 10, 1, 10),
                    context = new { },
                }
            )
        )!.AsArray();
        JsonNode off = actions.Single(a => ((string?)a!["title"])!.StartsWith("Turn", StringComparison.Ordinal))!;
        JsonNode edit = off["edit"]!["changes"]![file.Uri]![0]!;
        await file.ChangeAsync(new { range = edit["range"], text = (string?)edit["newText"] });
        Assert.Equal("", await file.FindingsAsync());
    }

    [Theory]
    [InlineData(true, "default: { $0 \\}")]
    [InlineData(false, "default: {  }")]
    public async Task What_a_snippet_escapes_is_itself_to_a_client_without_them(bool snippetSupport, string text)
    {
        await using Editor editor = await Editor.StartAsync(new { textDocument = new { completion = new { completionItem = new { snippetSupport } } } });
        OpenFile file = await editor.OpenAsync("---\ninput:\n  \n---\n");
        JsonNode item = (await file.AskAsync("textDocument/completion", 2, 2))!["items"]!.AsArray().Single(i => (string?)i!["label"] == "default")!;
        Assert.Equal(text, (string?)item["textEdit"]!["newText"]);
    }

    [Fact]
    public async Task Completions_come_likeliest_first_and_say_so()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("---\ninput:\n  schema:\n    \n---\n{{ bar }}{{ foo }}");
        JsonNode[] items = [.. (await file.AskAsync("textDocument/completion", 3, 4))!["items"]!.AsArray().OfType<JsonNode>()];
        Assert.Equal(["bar", "foo"], items.Take(2).Select(i => (string?)i["label"]));
        string?[] sorted = [.. items.Select(i => (string?)i["sortText"])];
        Assert.Equal(sorted.Distinct().Order(StringComparer.Ordinal), sorted);
    }

    [Fact]
    public async Task What_the_engine_rejects_is_mended_at_once()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("Dear you, {{ if a }}x");
        JsonArray actions = (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = file.Uri },
                    range = OpenFile.Range(0, 14, 0, 14),
                    context = new { diagnostics = Array.Empty<object>() },
                }
            )
        )!.AsArray();
        Assert.Contains("Add `{{ end }}`", actions.Select(a => (string?)a!["title"]));
    }

    [Fact]
    public async Task A_reserved_name_is_renamed_by_its_fix()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("---\ninput: { schema: { string: string } }\nsamples: { s: { string: a } }\n---\n{{ string | string.upcase }}");
        JsonArray actions = (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = file.Uri },
                    range = OpenFile.Range(1, 20, 1, 20),
                    context = new { },
                }
            )
        )!.AsArray();
        JsonNode rename = actions.Single(a => (string?)a!["title"] == "Rename to `string_value`")!;
        Assert.Equal(
            [(1, 19), (2, 16), (4, 3)],
            rename["edit"]!["changes"]![file.Uri]!.AsArray().Select(e => ((int)e!["range"]!["start"]!["line"]!, (int)e["range"]!["start"]!["character"]!))
        );
    }

    [Fact]
    public async Task A_prompt_without_a_schema_is_offered_one()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("Hi {{ name }}");
        JsonNode action = Assert.Single((await editor.AskAsync("textDocument/codeAction", Range(file, ["refactor"])))!.AsArray())!;
        Assert.Equal("Declare what this prompt reads in `input.schema`", (string?)action["title"]);
    }

    [Theory]
    [InlineData(true, "editor.action.triggerSuggest")]
    [InlineData(false, null)]
    public async Task Only_a_client_that_knows_the_command_is_asked_to_complete_on(bool asks, string? command)
    {
        await using Editor editor = await Editor.StartAsync(new { experimental = new { promptlsp = new { asks } } });
        if (asks)
            editor.Expect("promptlsp/changed");
        OpenFile file = await editor.OpenAsync("{{ ro }}");
        JsonNode item = (await file.AskAsync("textDocument/completion", 0, 5))!["items"]!.AsArray().Single(i => (string?)i!["label"] == "role")!;
        Assert.Equal(command, (string?)item["command"]?["command"]);
    }

    [Fact]
    public async Task A_completion_is_documented_when_it_is_resolved()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("{{ \"a\" | string.up }}");
        JsonNode item = (await file.AskAsync("textDocument/completion", 0, 18))!["items"]!.AsArray().Single(i => (string?)i!["label"] == "upcase")!;
        Assert.Null(item["documentation"]);
        JsonNode resolved = (await editor.AskAsync("completionItem/resolve", item.DeepClone()))!;
        Assert.Contains("upcase", (string?)resolved["documentation"]!["value"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "append \"${1:with}\"")]
    [InlineData(false, "append \"with\"")]
    public async Task Snippets_go_only_to_a_client_that_takes_them(bool snippetSupport, string text)
    {
        await using Editor editor = await Editor.StartAsync(new { textDocument = new { completion = new { completionItem = new { snippetSupport } } } });
        OpenFile file = await editor.OpenAsync("{{ \"a\" | string. }}");
        JsonNode item = (await file.AskAsync("textDocument/completion", 0, 16))!["items"]!.AsArray().Single(i => (string?)i!["label"] == "append")!;
        Assert.Equal(text, (string?)item["textEdit"]!["newText"]);
    }

    [Theory]
    [InlineData("markdown", "```yaml\na: enum: b, c\n```\n\n*input*")]
    [InlineData("plaintext", "a: enum: b, c\n\ninput")]
    public async Task Words_come_without_marks_to_a_client_that_shows_none(string format, string expected)
    {
        await using Editor editor = await Editor.StartAsync(
            new
            {
                textDocument = new
                {
                    hover = new { contentFormat = new[] { format } },
                    completion = new { completionItem = new { documentationFormat = new[] { format } } },
                },
            }
        );
        OpenFile file = await editor.OpenAsync("---\ninput: { schema: { a(enum): [b, c] } }\n---\n{{ a }}");
        JsonNode hover = (await file.AskAsync("textDocument/hover", 3, 3))!["contents"]!;
        Assert.Equal((format, expected), ((string?)hover["kind"], (string?)hover["value"]));
        JsonNode item = (await file.AskAsync("textDocument/completion", 3, 4))!["items"]!.AsArray().Single(i => (string?)i!["label"] == "a")!;
        JsonNode documentation = (await editor.AskAsync("completionItem/resolve", item.DeepClone()))!["documentation"]!;
        Assert.Equal((format, expected), ((string?)documentation["kind"], (string?)documentation["value"]));
    }

    [Fact]
    public async Task Includes_are_links_and_definitions()
    {
        using var folder = new Folder();
        folder.Write("_tone.prompt", "Be kind.");
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        OpenFile file = await editor.OpenAsync("{{ include \"tone\" }}", folder.Uri("main.prompt"));
        JsonNode link = (await editor.AskAsync("textDocument/documentLink", new { textDocument = new { uri = file.Uri } }))![0]!;
        Assert.Equal(("0:12-16", folder.Uri("_tone.prompt")), (Show(link["range"]), (string?)link["target"]));
        Assert.Equal(folder.Uri("_tone.prompt"), (string?)(await file.AskAsync("textDocument/definition", 0, 14))!["uri"]);
    }

    [Fact]
    public async Task Prompts_partials_and_inputs_of_the_workspace_are_found_by_name()
    {
        using var folder = new Folder();
        folder.Write("support/greet.prompt", "---\nname: greeting\ninput: { schema: { g_or_t: string } }\n---\nHi");
        folder.Write("_grumpy-tone.prompt", "Hi");
        folder.Write("other.prompt", "Hi");
        await using Editor editor = await Editor.StartAsync(
            new { textDocument = new { diagnostic = new { } }, workspace = new { diagnostics = new { refreshSupport = true } } },
            folder.Path
        );
        // The index is ready when it is told that findings may have changed.
        await editor.HearAsync("workspace/diagnostic/refresh");
        JsonArray found = (await editor.AskAsync("workspace/symbol", new { query = "grt" }))!.AsArray();
        Assert.Equal(
            """
            2 _grumpy-tone.prompt in _grumpy-tone.prompt 0:0-0
            1 greeting in support/greet.prompt 0:0-0
            8 g_or_t in greeting 2:19-25
            """,
            string.Join('\n', found.Select(s => $"{s!["kind"]} {s["name"]} in {s["containerName"]} {Show(s["location"]!["range"])}"))
        );
    }

    [Fact]
    public async Task The_files_of_context_variables_are_links_and_definitions()
    {
        using var folder = new Folder();
        folder.Write("context/brand.yaml", "name: Kestrel");
        const string Settings = "context:\n  brand: \"context/brand.yaml\"\n  gone: nothing.yaml";
        folder.Write("promptlsp.yaml", Settings);
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        OpenFile file = await editor.OpenAsync(Settings, folder.Uri("promptlsp.yaml"));
        JsonNode link = Assert.Single((await editor.AskAsync("textDocument/documentLink", new { textDocument = new { uri = file.Uri } }))!.AsArray())!;
        Assert.Equal(("1:10-28", folder.Uri("context/brand.yaml")), (Show(link["range"]), (string?)link["target"]));
        Assert.Equal(folder.Uri("context/brand.yaml"), (string?)(await file.AskAsync("textDocument/definition", 1, 14))!["uri"]);
    }

    private static object Range(OpenFile file, string[]? only) =>
        new { textDocument = new { uri = file.Uri }, range = OpenFile.Range(0, 10, 0, 10), context = new { diagnostics = Array.Empty<object>(), only } };

    private sealed class ByNumber : IComparer<string>
    {
        public int Compare(string? x, string? y) => Start(x!).CompareTo(Start(y!));

        private static int Start(string range) => int.Parse(range[..range.IndexOf('-', StringComparison.Ordinal)], null);
    }
}
