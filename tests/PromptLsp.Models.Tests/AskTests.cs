using System.Text.Json;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;
using PromptLsp.Testing;

namespace PromptLsp.Models.Tests;

/// <summary>The clients against a server that speaks the protocols, well and badly.</summary>
public sealed class AskTests
{
    private const string Key = "sk-test-0123456789";

    private static readonly AskLimits Short = new()
    {
        First = TimeSpan.FromSeconds(1),
        Between = TimeSpan.FromSeconds(1),
        Whole = TimeSpan.FromSeconds(8),
        MostBytes = 12 * 1024 * 1024,
    };

    [Theory]
    [InlineData(ProviderKind.OpenAI)]
    [InlineData(ProviderKind.Anthropic)]
    public async Task An_answer_comes_with_its_usage_and_identity(ProviderKind kind)
    {
        await using var server = new ModelServer(_ => new() { Text = "Grüße, 🙂 Ada", Region = "west" });
        var pieces = new List<string>();
        ModelAnswer answer = await Ask(
            server,
            kind,
            "---\nconfig: { temperature: 0.2, maxOutputTokens: 50, stopSequences: [END], topP: 0.5 }\n---\n{{ role \"system\" }}\nBe kind.\n{{ role \"user\" }}\nHi",
            onText: pieces.Add
        );
        Assert.Equal(
            ("Grüße, 🙂 Ada", 100, 20, "stop", "model-1"),
            (answer.Text, answer.InputTokens, answer.OutputTokens, answer.FinishReason, answer.Identity.Model)
        );
        Assert.Equal(answer.Text, string.Concat(pieces));
        Assert.True(pieces.Count > 1 && answer.TimeToFirstToken <= answer.Latency);
        if (kind == ProviderKind.OpenAI)
            Assert.Equal(("fp-1", "west"), (answer.Identity.Fingerprint, answer.Identity.Region));

        JsonElement asked = Assert.Single(server.Questions).Json;
        Assert.Equal(
            (0.2, 0.5, "m"),
            (asked.GetProperty("temperature").GetDouble(), asked.GetProperty("top_p").GetDouble(), asked.GetProperty("model").GetString())
        );
        Assert.Equal(50, asked.GetProperty("max_tokens").GetInt32());
        Assert.Equal("END", asked.GetProperty(kind == ProviderKind.OpenAI ? "stop" : "stop_sequences")[0].GetString());
        Assert.True(asked.GetProperty("stream").GetBoolean());
        if (kind == ProviderKind.OpenAI)
            Assert.Equal(
                ("system", "user", "Bearer " + Key, true),
                (
                    asked.GetProperty("messages")[0].GetProperty("role").GetString(),
                    asked.GetProperty("messages")[1].GetProperty("role").GetString(),
                    server.Questions[0].Headers["Authorization"],
                    asked.GetProperty("stream_options").GetProperty("include_usage").GetBoolean()
                )
            );
        else
            Assert.Equal(
                ("Be kind.", "user", Key, "2023-06-01"),
                (
                    asked.GetProperty("system").GetString()!.Trim(),
                    asked.GetProperty("messages")[0].GetProperty("role").GetString(),
                    server.Questions[0].Headers["x-api-key"],
                    server.Questions[0].Headers["anthropic-version"]
                )
            );
    }

    [Theory]
    [InlineData(ProviderKind.OpenAI)]
    [InlineData(ProviderKind.Anthropic)]
    public async Task Tools_are_told_and_their_calls_given_back(ProviderKind kind)
    {
        await using var server = new ModelServer(_ => new() { Tool = "findOrders", ToolArguments = "{\"customer\": \"Ada\"}" });
        ModelAnswer answer = await Ask(
            server,
            kind,
            "---\ntoolDefs:\n  - name: findOrders\n    description: Finds orders\n    inputSchema: { customer: string }\ntools: [other]\ntoolChoice: required\n---\nHi"
        );
        Assert.Equal(("findOrders", "{\"customer\": \"Ada\"}"), (Assert.Single(answer.ToolCalls).Name, answer.ToolCalls[0].Arguments));
        Assert.Equal("tool_calls", answer.FinishReason);
        JsonElement tool = server.Questions[0].Json.GetProperty("tools")[0];
        JsonElement schema = kind == ProviderKind.OpenAI ? tool.GetProperty("function").GetProperty("parameters") : tool.GetProperty("input_schema");
        Assert.Equal("string", schema.GetProperty("properties").GetProperty("customer").GetProperty("type").GetString());
        Assert.Equal(1, server.Questions[0].Json.GetProperty("tools").GetArrayLength());
    }

    [Fact]
    public async Task A_schema_goes_along_as_structured_output()
    {
        await using var server = new ModelServer("{}");
        await Ask(server, ProviderKind.OpenAI, "---\noutput: { format: json, schema: { reply: string } }\n---\nHi");
        JsonElement format = server.Questions[0].Json.GetProperty("response_format");
        Assert.Equal("json_schema", format.GetProperty("type").GetString());
        Assert.Equal(
            "string",
            format.GetProperty("json_schema").GetProperty("schema").GetProperty("properties").GetProperty("reply").GetProperty("type").GetString()
        );
    }

    [Theory]
    [InlineData(ProviderKind.OpenAI, "topK: 4", "`config.topK` does not go along: this protocol does not know it")]
    [InlineData(ProviderKind.OpenAI, "temperature: hot", "`config.temperature` does not go along: its value is of a wrong kind")]
    [InlineData(ProviderKind.OpenAI, "messages: []", "`config.messages` does not go along: the request says that itself")]
    [InlineData(ProviderKind.Anthropic, "topK: 4", "Anthropic wants a limit: the answer has at most 4096 tokens; `config.maxOutputTokens` says another")]
    public void What_does_not_go_along_is_said(ProviderKind kind, string config, string note) =>
        Assert.Equal([note], Request($"---\nconfig: {{ {config} }}\n---\nHi", kind).Notes);

    [Fact]
    public async Task Other_settings_go_along_as_they_are()
    {
        await using var server = new ModelServer("Hi");
        await Ask(server, ProviderKind.OpenAI, "---\nconfig: { seed: 7, reasoning: { effort: low } }\n---\nHi");
        JsonElement asked = server.Questions[0].Json;
        Assert.Equal((7, "low"), (asked.GetProperty("seed").GetInt32(), asked.GetProperty("reasoning").GetProperty("effort").GetString()));
    }

    [Fact]
    public async Task Images_go_along()
    {
        await using var server = new ModelServer("A cat");
        const string Prompt = "Look: {{ media url: \"https://example.com/a.png\" }} and {{ media url: \"data:image/png;base64,aGk=\" }}";
        await Ask(server, ProviderKind.OpenAI, Prompt);
        await Ask(server, ProviderKind.Anthropic, Prompt);
        Assert.Contains("\"image_url\":{\"url\":\"https://example.com/a.png\"}", server.Questions[0].Body, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,aGk=", server.Questions[0].Body, StringComparison.Ordinal);
        Assert.Contains("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aGk=\"}", server.Questions[1].Body, StringComparison.Ordinal);
        Assert.Equal(
            ModelFault.BadRequest,
            (await Assert.ThrowsAsync<ModelException>(() => Ask(server, ProviderKind.OpenAI, "{{ media url: \"cat.png\" }}"))).Fault
        );
    }

    [Theory]
    [InlineData(401, ModelFault.Refused, "`test` refuses the key from here (401); check it")]
    [InlineData(404, ModelFault.BadRequest, "`test` does not know this model or address (404): No … here")]
    [InlineData(400, ModelFault.BadRequest, "`test` does not accept the request (400): No … here")]
    [InlineData(429, ModelFault.Busy, "`test` takes no more questions for now (429): No … here")]
    [InlineData(500, ModelFault.Failed, "`test` failed (500): No … here")]
    [InlineData(529, ModelFault.Busy, "`test` is overloaded (529): No … here")]
    [InlineData(302, ModelFault.Unreadable, "`test` sends elsewhere (302), where no key is taken; correct its endpoint")]
    public async Task A_complaint_is_one_line_without_the_key(int status, ModelFault fault, string message)
    {
        await using var server = new ModelServer(_ => new() { Status = status, Text = $"No {Key}\nhere", RetryAfter = status == 429 ? "7" : null });
        foreach (ProviderKind kind in Enum.GetValues<ProviderKind>())
        {
            ModelException failure = await Assert.ThrowsAsync<ModelException>(() => Ask(server, kind, "Hi"));
            Assert.Equal((fault, message), (failure.Fault, failure.Message));
            Assert.Equal(status == 429 ? TimeSpan.FromSeconds(7) : null, failure.RetryAfter);
        }
    }

    [Theory]
    [InlineData(ModelFaultKind.Cut, ModelFault.Cut)]
    [InlineData(ModelFaultKind.EndsWithoutReason, ModelFault.Cut)]
    [InlineData(ModelFaultKind.Malformed, ModelFault.Unreadable)]
    [InlineData(ModelFaultKind.ErrorInTheMiddle, ModelFault.Busy)]
    [InlineData(ModelFaultKind.Page, ModelFault.Cut)]
    [InlineData(ModelFaultKind.Silence, ModelFault.TimedOut)]
    [InlineData(ModelFaultKind.StallsInTheMiddle, ModelFault.TimedOut)]
    [InlineData(ModelFaultKind.EndlessLine, ModelFault.TooLarge)]
    [InlineData(ModelFaultKind.EndlessComments, ModelFault.TooLarge)]
    public async Task A_broken_answer_is_no_answer(ModelFaultKind fault, ModelFault expected)
    {
        await using var server = new ModelServer(_ => new() { Text = "Half of it", Fault = fault });
        foreach (ProviderKind kind in Enum.GetValues<ProviderKind>())
        {
            ModelException failure = await Assert.ThrowsAsync<ModelException>(() => Ask(server, kind, "Hi"));
            Assert.Equal(expected, failure.Fault);
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    [Fact]
    public async Task An_answer_of_ten_megabytes_is_not_kept()
    {
        await using var server = new ModelServer(new string('x', 10_000_000));
        ModelException failure = await Assert.ThrowsAsync<ModelException>(() => Ask(server, ProviderKind.OpenAI, "Hi"));
        Assert.Equal((ModelFault.TooLarge, "the answer is longer than 5 million characters, and was not read to its end"), (failure.Fault, failure.Message));
    }

    [Fact]
    public async Task A_server_that_does_not_stream_is_understood()
    {
        await using var server = new ModelServer(_ => new() { Text = "All at once", Fault = ModelFaultKind.NoStream });
        ModelAnswer answer = await Ask(server, ProviderKind.OpenAI, "Hi");
        Assert.Equal(("All at once", 100L, "stop"), (answer.Text, answer.InputTokens, answer.FinishReason));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told()
    {
        var gone = new ModelServer("Hi");
        await gone.DisposeAsync();
        ModelException failure = await Assert.ThrowsAsync<ModelException>(() => Ask(gone.Endpoint, ProviderKind.OpenAI, "Hi"));
        Assert.Equal(ModelFault.Unreachable, failure.Fault);
        Assert.StartsWith("`test` cannot be reached: nothing answers at 127.0.0.1:", failure.Message, StringComparison.Ordinal);
        failure = await Assert.ThrowsAsync<ModelException>(() => Ask("http://nowhere.invalid/v1", ProviderKind.OpenAI, "Hi"));
        Assert.StartsWith("`test` cannot be reached: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asked_can_go()
    {
        await using var server = new ModelServer(_ => new() { Text = "Half", Fault = ModelFaultKind.StallsInTheMiddle });
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(server, ProviderKind.OpenAI, "Hi", onText: _ => cancel.Cancel(), cancel));
    }

    [Fact]
    public async Task Models_are_counted_without_asking_any()
    {
        await using var server = new ModelServer("Hi");
        using var connection = new Connection(Provider(server.Endpoint, ProviderKind.Anthropic), Short);
        Assert.Equal(2, await connection.CountModels(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{\"reply\": \"Hi\"}", null)]
    [InlineData("", "the answer is empty")]
    [InlineData("```json\n{}\n```", "the answer stands between code fences (```), which are no JSON")]
    [InlineData("{\"reply\": }", "the answer is no JSON in its line 1")]
    [InlineData("{\"reply\": 3}", "`reply` must be a string, and this is a number")]
    public void An_answer_is_held_against_its_schema(string answer, string? problem)
    {
        PromptModel prompt = Prompt("---\noutput: { schema: { reply: string } }\n---\nHi");
        string? found = AnswerSchema.Problem(answer, prompt.Header.Output!);
        if (problem is null || !problem.StartsWith('`'))
            Assert.Equal(problem, found);
        else
            Assert.Contains("reply", found, StringComparison.Ordinal);
    }

    private static Task<ModelAnswer> Ask(
        ModelServer server,
        ProviderKind kind,
        string prompt,
        Action<string>? onText = null,
        CancellationTokenSource? cancel = null
    ) => Ask(server.Endpoint, kind, prompt, onText, cancel);

    private static async Task<ModelAnswer> Ask(
        string endpoint,
        ProviderKind kind,
        string prompt,
        Action<string>? onText = null,
        CancellationTokenSource? cancel = null
    )
    {
        using var client = ProviderChatClient.Of(Provider(endpoint, kind), Short);
        return await Question.Ask(client, Request(prompt, kind), onText, TimeProvider.System, cancel?.Token ?? TestContext.Current.CancellationToken);
    }

    private static Provider Provider(string endpoint, ProviderKind kind) => new("test", kind, new(endpoint), new(Key), "here");

    private static ModelRequest Request(string text, ProviderKind kind)
    {
        PromptModel prompt = Prompt(text);
        return ModelRequest.Of(prompt, Renderer.Render(prompt, Inputs.None, RenderLimits.Command, CancellationToken.None), "m", kind);
    }

    private static PromptModel Prompt(string text) => new(PromptDocument.Parse(new SourceText(text)), PromptEnvironment.None);
}
