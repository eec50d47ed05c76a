using System.Text;
using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Whatever a client sends, the server answers the next good message as if nothing had been.</summary>
public sealed class RobustnessTests
{
    private const string Prompt = "{{ \"a\" | string.upcase }}";

    private static async Task WithServerAsync(Func<Editor, OpenFile, Task> ordeal)
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(Prompt);
        await ordeal(editor, file);
        Assert.Contains("string.upcase", await file.HoverAsync(0, 18), StringComparison.Ordinal);
    }

    [Fact]
    public Task An_unknown_request_is_refused() => WithServerAsync(async (editor, _) =>
        Assert.Equal(-32601, (await editor.FailAsync("prompt/noSuchMethod", new { })).Code));

    [Fact]
    public Task Unknown_notifications_are_passed_over() => WithServerAsync(async (editor, _) =>
    {
        await editor.TellAsync("prompt/noSuchNotification", new { });
        await editor.TellAsync("$/noSuchNotification", new { });
        await editor.TellAsync("$/cancelRequest", new { id = 999_999 });
    });

    [Theory]
    [InlineData("42", -32600)]
    [InlineData("{}", -32602)]
    [InlineData("[]", -32602)]
    [InlineData("""{ "textDocument": [], "position": { "line": 0, "character": 0 } }""", -32602)]
    [InlineData("""{ "textDocument": { "uri": "file:///a" }, "position": { "line": "a", "character": null } }""", -32602)]
    public Task Wrong_parameters_are_refused(string parameters, int code) => WithServerAsync(async (editor, _) =>
        Assert.Equal(code, (await editor.FailAsync("textDocument/hover", JsonNode.Parse(parameters))).Code));

    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(0, 1_000_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(-1, -1)]
    public Task A_position_outside_the_text_is_its_end_or_start(int line, int character) => WithServerAsync(async (_, file) =>
    {
        await file.AskAsync("textDocument/hover", line, character);
        await file.AskAsync("textDocument/completion", line, character);
    });

    [Fact]
    public Task A_document_that_is_not_open_has_nothing_to_say() => WithServerAsync(async (editor, _) =>
        Assert.Null(await editor.AskAsync("textDocument/hover", new { textDocument = new { uri = "not a uri" }, position = new { line = 0, character = 0 } })));

    [Fact]
    public Task Edits_past_the_end_or_reversed_are_clamped() => WithServerAsync(async (_, file) =>
    {
        await file.TypeAsync(5, 0, 900, 3, "\n!");
        await file.TypeAsync(0, 6, 0, 2, " \"b\"");
        Assert.Contains("string.upcase", await file.HoverAsync(0, 18), StringComparison.Ordinal);
        await file.ReplaceAsync(Prompt);
    });

    [Fact]
    public Task Opening_twice_is_opening_anew() => WithServerAsync((editor, _) => editor.OpenAsync(Prompt));

    [Fact]
    public Task A_change_without_a_shape_silences_its_document_until_the_whole_text_comes() => WithServerAsync(async (editor, file) =>
    {
        editor.Expect("window/logMessage");
        await file.ChangeAsync(new { range = "everywhere", text = 1 });
        JsonNode? said = await editor.HearAsync("window/showMessage");
        Assert.Contains("main.prompt", (string?)said?["message"], StringComparison.Ordinal);
        Assert.Equal("", await file.HoverAsync(0, 18));
        await file.ReplaceAsync(Prompt);
    });

    [Fact]
    public Task A_change_of_a_document_never_opened_asks_to_reopen_it_once() => WithServerAsync(async (editor, _) =>
    {
        var stranger = new OpenFile(editor, "file:///work/stranger.prompt");
        await stranger.TypeAsync(0, 0, "x");
        await stranger.TypeAsync(0, 0, "y");
        JsonNode? said = await editor.HearAsync("window/showMessage");
        Assert.Contains("stranger.prompt", (string?)said?["message"], StringComparison.Ordinal);
        Assert.Equal("", await stranger.HoverAsync(0, 0));
        await stranger.CloseAsync();
    });

    [Fact]
    public Task What_is_said_of_a_closed_document_is_passed_over() => WithServerAsync(async (editor, _) =>
    {
        OpenFile closed = await editor.OpenAsync("Hello", "closed.prompt");
        await closed.TypeAsync(0, 5, "!");
        await closed.CloseAsync();
        await closed.ReplaceAsync("Hello");
        await closed.TypeAsync(0, 0, "x");
        Assert.Equal("", await closed.HoverAsync(0, 0));
    });

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":77,"method":"textDocument/hover",""", -32700)]
    [InlineData("""{"foo":1}""", -32600)]
    [InlineData("[]", -32600)]
    [InlineData("null", -32600)]
    [InlineData("\"text\"", -32600)]
    public Task A_body_that_is_no_message_is_refused(string body, int code) => WithServerAsync(async (editor, _) =>
    {
        await editor.Wire.SendRawAsync(Wire.Frame(body));
        Assert.Equal(code, (int?)(await editor.HearAsync("error without id"))?["code"]);
    });

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"stray","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"error":{"code":-32601,"message":"no"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}""")]
    public Task An_answer_to_nothing_is_passed_over(string body) => WithServerAsync((editor, _) => editor.Wire.SendRawAsync(Wire.Frame(body)));

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":null}""")]
    public Task A_call_of_nothing_is_refused(string body) => WithServerAsync(async (editor, _) =>
    {
        await editor.Wire.SendRawAsync(Wire.Frame(body));
        Assert.Equal(-32600, (int?)(await editor.HearAsync("error without id"))?["code"]);
    });

    [Fact]
    public async Task A_client_may_write_empty_objects_as_lists()
    {
        await using Editor editor = Editor.StartSilently();
        JsonNode parameters = JsonNode.Parse("""
            {
                "processId": null, "rootUri": null, "initializationOptions": [], "workspaceFolders": [{ "uri": "file:///nowhere" }],
                "capabilities": { "textDocument": { "diagnostic": { "dynamicRegistration": true }, "completion": [], "hover": true }, "workspace": [], "experimental": [] }
            }
            """)!;
        Assert.NotNull((await editor.AskAsync("initialize", parameters))!["capabilities"]!["diagnosticProvider"]);
    }

    [Fact]
    public Task Twenty_thousand_nested_arrays_are_refused() => WithServerAsync(async (editor, _) =>
    {
        await editor.Wire.SendRawAsync(Wire.Frame("""{"jsonrpc":"2.0","method":"x","params":""" + new string('[', 20_000) + new string(']', 20_000) + "}"));
        Assert.Equal(-32700, (int?)(await editor.HearAsync("error without id"))?["code"]);
    });

    [Theory]
    [InlineData("X-Garbage: hello\r\n\r\n")]
    [InlineData("Content-Length: abc\r\n\r\n")]
    [InlineData("Content-Length: -5\r\n\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("content-length: 35\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"$/x\"}   ")]
    [InlineData("Content-Length: 35\n\n{\"jsonrpc\":\"2.0\",\"method\":\"$/x\"}   ")]
    public Task Odd_headers_are_read_or_passed_over(string bytes) => WithServerAsync((editor, _) => editor.Wire.SendRawAsync(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public Task Half_a_character_is_survived() =>
        WithServerAsync(
            async (editor, _) =>
            {
                await editor.Wire.SendRawAsync(
                    Wire.Frame(
                        """{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///x.prompt","version":2},"contentChanges":[{"text":"\ud83d"}]}}"""
                    )
                );
                Assert.Equal("textDocument/didChange failed: LocalRpcException", (string?)(await editor.HearAsync("window/logMessage"))?["message"]);
            }
        );

    [Fact]
    public Task Bytes_that_are_not_UTF_8_are_survived() => WithServerAsync((editor, _) =>
    {
        byte[] body = [.. """{"jsonrpc":"2.0","method":"x","params":{"a":"""u8, (byte)'"', 0xff, 0xfe, 0xc3, .. "\"}}"u8];
        return editor.Wire.SendRawAsync([.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body]);
    });

    [Fact]
    public Task A_line_of_a_million_characters_is_typed_and_undone() => WithServerAsync(async (_, file) =>
    {
        await file.ReplaceAsync(Prompt + new string('x', 1_000_000));
        await file.FindingsAsync();
        await file.ReplaceAsync(Prompt);
    });

    [Fact]
    public async Task Exit_without_shutdown_is_an_error()
    {
        await using Editor editor = await Editor.StartAsync();
        Assert.Equal(1, await editor.EndAsync(e => e.TellAsync("exit", null)));
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_the_server()
    {
        await using Editor editor = await Editor.StartAsync();
        Assert.Equal(1, await editor.EndAsync(e =>
        {
            e.Wire.HangUp();
            return Task.CompletedTask;
        }));
    }

    [Theory]
    [InlineData("initialize initialized shutdown exit", 0)]
    [InlineData("initialize initialized shutdown", 0)]
    [InlineData("initialize initialized open hover workspace shutdown exit", 0)]
    [InlineData("initialize initialized open hover workspace exit", 1)]
    [InlineData("initialize initialized open hover workspace", 1)]
    [InlineData("", 1)]
    public async Task What_is_asked_before_the_client_hangs_up_is_answered(string said, int exit)
    {
        await using Editor editor = Editor.StartSilently();
        List<Task<JsonObject>> answers = [];
        foreach (string word in said.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "initialize":
                    answers.Add(
                        (
                            await editor.BeginAsync(
                                "initialize",
                                new
                                {
                                    processId = (int?)null,
                                    rootUri = (string?)null,
                                    capabilities = new { },
                                }
                            )
                        ).Answer
                    );
                    break;
                case "open":
                    await editor.OpenAsync(Prompt);
                    break;
                case "hover":
                    answers.Add((await editor.BeginAsync("textDocument/hover", new OpenFile(editor, "file:///work/main.prompt").At(0, 18))).Answer);
                    break;
                case "workspace":
                    answers.Add((await editor.BeginAsync("workspace/diagnostic", new { previousResultIds = Array.Empty<object>() })).Answer);
                    break;
                case "shutdown":
                    answers.Add((await editor.BeginAsync("shutdown", null)).Answer);
                    break;
                default:
                    await editor.TellAsync(word, new { });
                    break;
            }
        }
        Assert.Equal(
            exit,
            await editor.EndAsync(e =>
            {
                e.Wire.HangUp();
                return Task.CompletedTask;
            })
        );
        Assert.All(
            await Task.WhenAll(answers).WaitAsync(Wire.Patience, TestContext.Current.CancellationToken),
            answer => Assert.True(answer.ContainsKey("result"), answer.ToJsonString())
        );
    }

    [Fact]
    public async Task A_client_that_reads_no_more_ends_the_server()
    {
        await using Editor editor = await Editor.StartAsync();
        Assert.Equal(1, await editor.EndAsync(async e =>
        {
            e.Wire.StopReading();
            await e.BeginAsync("textDocument/hover", new OpenFile(e, "file:///work/main.prompt").At(0, 0));
        }));
    }

    [Fact]
    public async Task Requests_before_initialize_and_after_shutdown_are_refused()
    {
        await using Editor editor = Editor.StartSilently();
        var place = new { textDocument = new { uri = "file:///a.prompt" }, position = new { line = 0, character = 0 } };
        Assert.Equal(-32002, (await editor.FailAsync("textDocument/hover", place)).Code);
        await editor.AskAsync("initialize", new { processId = (int?)null, rootUri = (string?)null, capabilities = new { } });
        await editor.AskAsync("shutdown", null);
        Assert.Equal(-32600, (await editor.FailAsync("textDocument/hover", place)).Code);
        Assert.Equal(0, await editor.EndAsync(e => e.TellAsync("exit", null)));
    }

    [Fact]
    public async Task No_text_of_a_prompt_is_logged()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync("a secret {{ word }}");
        editor.Expect("window/logMessage");
        await file.ChangeAsync(new { range = "secret", text = 1 });
        await editor.HearAsync("window/showMessage");
        Assert.DoesNotContain("secret", editor.Wire.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("a\\udc00b")]
    [InlineData("%ED%A0%80")]
    [InlineData("\\u0000")]
    [InlineData("%00")]
    public Task A_name_that_is_no_Unicode_is_refused_or_unknown(string name) =>
        WithServerAsync(
            async (editor, _) =>
            {
                editor.Expect("window/logMessage");
                foreach (
                    string method in editor
                        .Capabilities.AsObject()
                        .Select(c => c.Key)
                        .Where(k => k.EndsWith("Provider", StringComparison.Ordinal))
                        .Select(k => "textDocument/" + k[..^8])
                        .Concat([
                            "textDocument/semanticTokens/full",
                            "textDocument/prepareRename",
                            "promptlsp/preview",
                            "promptlsp/history",
                            "promptlsp/status",
                            "promptlsp/lineHistory",
                            "workspace/executeCommand",
                            "workspace/textDocumentContent",
                            "workspace/willRenameFiles",
                        ])
                )
                {
                    string uri = $"file:///work/{name}.prompt";
                    string parameters =
                        $$$"""{"textDocument":{"uri":"{{{uri}}}"},"uri":"{{{uri}}}","command":"promptlsp.tag","arguments":[{"uri":"{{{uri}}}"}],"files":[{"oldUri":"{{{uri}}}","newUri":"{{{uri}}}"}],"position":{"line":0,"character":0},"newName":"a","context":{"diagnostics":[],"includeDeclaration":true},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"options":{"tabSize":2,"insertSpaces":true},"positions":[]}""";
                    JsonNode answer = await editor.AskRawAsync(method, parameters);
                    Assert.NotEqual(-32603, (int?)answer["error"]?["code"]);
                }
            }
        );

    [Fact]
    public Task A_second_request_with_an_id_that_waits_is_refused_and_the_first_answered() =>
        WithServerAsync(
            async (editor, _) =>
            {
                string request =
                    """{"jsonrpc":"2.0","id":"twice","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///work/main.prompt"},"position":{"line":0,"character":18}}}""";
                // One write, so that the second is there before the first can be answered.
                await editor.Wire.SendRawAsync([.. Wire.Frame(request), .. Wire.Frame(request), .. Wire.Frame(request)]);
                List<int?> codes = [];
                for (int i = 0; i < 3; i++)
                    codes.Add((int?)(await editor.HearAsync("answer twice"))?["error"]?["code"]);
                Assert.DoesNotContain(-32603, codes);
                Assert.Contains(null, codes);
            }
        );

    [Fact]
    public void The_protocol_is_not_traced()
    {
        using var connection = new Rpc.Connection(Stream.Null, Stream.Null, static (_, _) => { }, static () => { }, static () => { });
        Assert.Empty(connection.TraceSource.Listeners);
        Assert.Equal(System.Diagnostics.SourceLevels.Off, connection.TraceSource.Switch.Level);
    }
}
