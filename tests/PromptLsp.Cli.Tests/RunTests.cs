using System.Text.Json;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp run</c> and <c>providers</c> against a server on this machine.</summary>
public sealed class RunTests : IAsyncDisposable
{
    private const string Key = "sk-test-0123456789";
    private const string Prompt =
        "---\nmodel: test/small\ninput: { schema: { name: string } }\nsamples: { ada: { name: Ada } }\n---\n{{ role \"system\" }}\nBe kind.\n{{ role \"user\" }}\nI am {{ name }}.\n";

    private readonly Shell _shell = new();
    private readonly ModelServer _server = new("Hello Ada.");

    public RunTests()
    {
        _shell.Variables["XDG_CONFIG_HOME"] = _server.Configure(_shell.Folder, Key);
        _shell.With("promptlsp.yaml", "models:\n  test/small: { input: 1, output: 2 }\n").With("a.prompt", Prompt);
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever happened, the key stands in its own file alone.
        foreach (
            string file in Directory
                .EnumerateFiles(_shell.Folder, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith("providers.yaml", StringComparison.Ordinal))
        )
            Assert.DoesNotContain(Key, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, _shell.Out + _shell.Error, StringComparison.Ordinal);
        await _server.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task The_answer_is_shown_and_what_it_took()
    {
        Assert.Equal(0, await _shell.Run("run a.prompt --sample ada"));
        Assert.Equal("Hello Ada.\n", _shell.Out);
        Assert.Matches(
            @"^test/small \(model-1\) · 100 tokens in, 20 out · \$0\.14 per 1,000 calls · \d+\.\d+ s, the first token after \d+\.\d+ s · stop\n$",
            _shell.Error
        );
        Assert.Equal("small", _server.Questions[0].Model);
        Assert.Contains("I am Ada.", _server.Questions[0].Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_all_of_it_as_JSON()
    {
        Assert.Equal(0, await _shell.Run("run a.prompt --set name=Bob --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal(
            ("Hello Ada.", 100, 20, true, 0.00014, "stop"),
            (
                told.GetProperty("answer").GetString(),
                told.GetProperty("usage").GetProperty("inputTokens").GetInt32(),
                told.GetProperty("usage").GetProperty("outputTokens").GetInt32(),
                told.GetProperty("usage").GetProperty("exact").GetBoolean(),
                told.GetProperty("cost").GetProperty("amount").GetDouble(),
                told.GetProperty("finishReason").GetString()
            )
        );
        Assert.Equal(
            ("fp-1", "system"),
            (told.GetProperty("provider").GetProperty("fingerprint").GetString(), told.GetProperty("messages")[0].GetProperty("role").GetString())
        );
        Assert.True(told.GetProperty("firstTokenMs").GetDouble() <= told.GetProperty("latencyMs").GetDouble());
    }

    [Fact]
    public async Task The_answer_ends_its_line_before_the_summary_where_both_go_to_one_place()
    {
        if (OperatingSystem.IsWindows())
            return;
        string script = $"XDG_CONFIG_HOME='{_shell.Variables["XDG_CONFIG_HOME"]}' $PROMPTLSP run a.prompt --sample ada 2>&1";
        (int status, string output, _) = await OtherProcess.Run(_shell.Folder, "", "sh", "-c", script);
        Assert.Equal(0, status);
        Assert.StartsWith("Hello Ada.\ntest/small (model-1) · ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_wants_a_key_and_has_none_says_what_to_do()
    {
        _server.Answer = _ => new() { Status = 401 };
        File.AppendAllText(ProvidersFile, $"fake: {{ endpoint: \"{_server.Endpoint}\" }}\n");
        Assert.Equal(5, await _shell.Run("run a.prompt --model fake/small"));
        Assert.Contains(
            "promptlsp: `fake` wants a key (401), and none is set up; write `key-from: VARIABLE` under `fake` in your providers.yaml, "
                + "or begin with `promptlsp providers add fake --key-from VARIABLE`\n",
            _shell.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_tells_of_providers_with_a_key_without_one_and_of_a_variable_that_is_not_set()
    {
        File.WriteAllText(ProvidersFile, "");
        await _shell.Run("doctor");
        const string None = "  no provider of models is set up, which only `run` and `eval` need; `promptlsp providers add`\n";
        Assert.Contains(None, _shell.Out, StringComparison.Ordinal);
        File.WriteAllText(ProvidersFile, $"fake: {{ endpoint: \"{_server.Endpoint}\" }}\n");
        await _shell.Run("doctor");
        Assert.Contains("  fake without a key; `promptlsp providers test` asks them\n", _shell.Out, StringComparison.Ordinal);
        File.AppendAllText(ProvidersFile, $"other: {{ endpoint: \"{_server.Endpoint}\", key-from: OTHER_KEY }}\n");
        _server.Configure(_shell.Folder, Key);
        await _shell.Run("doctor");
        Assert.Contains(
            "  keys for test (providers.yaml); fake without a key; the key of other should come from OTHER_KEY, which is not set; ",
            _shell.Out,
            StringComparison.Ordinal
        );
    }

    private string ProvidersFile => Path.Combine(_shell.Variables["XDG_CONFIG_HOME"], "promptlsp", "providers.yaml");

    [Fact]
    public async Task An_older_version_can_be_asked()
    {
        await _shell.Run("snapshot");
        _shell.With("a.prompt", Prompt.Replace("I am", "They call me", StringComparison.Ordinal));
        Assert.Equal(0, await _shell.Run("run a.prompt@v1"));
        Assert.Contains("I am Ada.", _server.Questions[0].Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_a_price_costs_an_unknown_amount()
    {
        _server.Answer = _ => new() { Text = "Hello", InputTokens = null };
        Assert.Equal(0, await _shell.Run("run a.prompt --model test/other"));
        Assert.Matches(@"· ≈ \d+ tokens in, \d+ out · cost unknown, as promptlsp.yaml has no price ·", _shell.Error);
        Assert.Equal(0, await _shell.Run("run a.prompt --model test/other --format json"));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(_shell.Out).RootElement.GetProperty("cost").ValueKind);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_the_schema_is_a_finding()
    {
        _shell.With("b.prompt", "---\nmodel: test/small\noutput: { schema: { reply: string } }\n---\nHi\n");
        Assert.Equal(1, await _shell.Run("run b.prompt"));
        Assert.Contains("the answer does not fit output.schema: the answer is no JSON in its line 1\n", _shell.Error, StringComparison.Ordinal);
        _server.Answer = _ => new() { Text = "{\"reply\": \"Hi\"}" };
        Assert.Equal(0, await _shell.Run("run b.prompt"));
    }

    [Fact]
    public async Task A_call_of_a_tool_is_shown()
    {
        _shell.With("b.prompt", "---\nmodel: test/small\ntoolDefs: [{ name: findOrders, inputSchema: { customer: string } }]\n---\nHi\n");
        _server.Answer = _ => new() { Tool = "findOrders", ToolArguments = "{\"customer\": \"Ada\"}" };
        Assert.Equal(0, await _shell.Run("run b.prompt"));
        Assert.Equal("[calls findOrders {\"customer\": \"Ada\"}]\n", _shell.Out);
    }

    [Theory]
    [InlineData(401, "`test` refuses the key from providers.yaml (401); check it")]
    [InlineData(429, "`test` takes no more questions for now (429): No …")]
    [InlineData(500, "`test` failed (500): No …")]
    public async Task A_fault_is_one_line(int status, string message)
    {
        _server.Answer = _ => new() { Status = status, Text = "No " + Key };
        Assert.Equal(5, await _shell.Run("run a.prompt"));
        Assert.EndsWith($"promptlsp: {message}\n", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_cut_in_the_middle_counts_for_nothing()
    {
        _server.Answer = _ => new() { Text = "Half of the answer", Fault = ModelFaultKind.Cut };
        Assert.Equal(5, await _shell.Run("run a.prompt --format json"));
        Assert.Equal("", _shell.Out);
        Assert.Contains("in the middle", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run a.prompt --model nobody/x", "there is no provider `nobody`; `promptlsp providers add nobody --endpoint URL` sets one up")]
    [InlineData("run a.prompt --model x", "`x` does not say whose model it is; write `provider/x`, or name its `provider` below `models` in promptlsp.yaml")]
    [InlineData("run none.prompt", "`none.prompt` names no model; give one: --model provider/model")]
    [InlineData("run gone.prompt", "there is no file `gone.prompt`; did you mean `none.prompt`?")]
    public async Task What_cannot_be_asked_is_wrong_usage(string command, string message)
    {
        _shell.With("none.prompt", "Hi");
        Assert.Equal(2, await _shell.Run(command));
        Assert.EndsWith($"promptlsp: {message}\n", _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Questions);
    }

    // What a repository brings along cannot choose where a key goes.
    [Fact]
    public async Task A_workspace_names_providers_and_nothing_else()
    {
        _shell.With("promptlsp.yaml", "models:\n  test/small: { endpoint: 'http://127.0.0.1:9', provider: 'http://127.0.0.1:9' }\n");
        Assert.Equal(2, await _shell.Run("run a.prompt"));
        Assert.Contains("there is no provider `http://127.0.0.1:9`", _shell.Error, StringComparison.Ordinal);
        _shell.With("promptlsp.yaml", "models:\n  fast: { provider: test }\n");
        Assert.Equal(0, await _shell.Run("run a.prompt --model fast"));
        Assert.Equal("fast", Assert.Single(_server.Questions).Model);
    }

    [Fact]
    public async Task Providers_are_listed_tested_and_added()
    {
        Assert.Equal(0, await _shell.Run("providers list"));
        Assert.Contains($"test      openai     {_server.Endpoint}", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("providers test test"));
        Assert.Equal("ok     test: 2 models\n", _shell.Out);
        Assert.Equal(0, await _shell.Run($"providers add mine --endpoint {_server.Endpoint} --key-stdin", Key + "\n"));
        Assert.Equal(0, await _shell.Run("providers test mine --format json"));
        _server.Answer = _ => new() { Status = 401 };
        Assert.Equal(1, await _shell.Run("providers test mine"));
        Assert.Equal("wrong  mine: `mine` refuses the key from providers.yaml (401); check it\n", _shell.Out);
        Assert.Equal(2, await _shell.Run("providers add mine --endpoint http://127.0.0.1:9"));
        Assert.Equal(2, await _shell.Run("providers add acme"));
        Assert.Equal("promptlsp: `acme` is not known here; say where it is: --endpoint URL\n", _shell.Error);
    }
}
