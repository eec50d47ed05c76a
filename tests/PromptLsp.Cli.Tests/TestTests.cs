using System.Text.Json;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp test</c>: each assertion holds, or says why not.</summary>
public sealed class TestTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("equals: 'Hello Ada.'", null)]
    [InlineData("equals: Hello", "equals: it is \"Hello Ada.\"")]
    [InlineData("contains: Ada", null)]
    [InlineData("contains: Bob", "contains: \"Bob\" is not in it")]
    [InlineData("not-contains: Bob", null)]
    [InlineData("not-contains: Ada", "not-contains: \"Ada\" is in it")]
    [InlineData("icontains: aDA", null)]
    [InlineData("icontains: bob", "icontains: \"bob\" is not in it, in no case")]
    [InlineData("starts-with: Hello", null)]
    [InlineData("starts-with: Ada", "starts-with: it starts with \"Hello Ada.\"")]
    [InlineData("regex: '^Hello \\w+\\.$'", null)]
    [InlineData("regex: '^Ada'", "regex: \"^Ada\" matches nothing in it")]
    [InlineData("regex: '('", "regex: \"(\" is no regular expression")]
    [InlineData("is-json: true", "is-json: it is no JSON")]
    [InlineData("json-schema: { a: string }", "json-schema: it is no JSON")]
    [InlineData("messages: [user]", null)]
    [InlineData("messages: [system, user]", "messages: they are user")]
    [InlineData("contians: Ada", "contians: there is no such assertion")]
    [InlineData("output: { contains: anything }", null)]
    public async Task An_assertion_holds_or_says_why_not(string assertion, string? failure)
    {
        int status = await _shell.With("a.prompt", Prompt("Hello {{ name }}.", assertion)).Run("test");
        Assert.Equal(failure is null ? 0 : 1, status);
        if (failure is not null)
            Assert.Contains("          " + failure, _shell.Out, StringComparison.Ordinal);
        Assert.Contains(failure is null ? "ok      a.prompt: it holds\n" : "failed  a.prompt: it holds\n", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is-json: true", null)]
    [InlineData("json-schema: { a: string, b(array): integer }", null)]
    [InlineData("json-schema: { a: integer, b(array): integer }", "json-schema: `a` must be")]
    [InlineData("json-schema: { type: object, properties: { a: { type: string }, c: { type: string } }, required: [c] }", "json-schema: `answer` lacks its `c`")]
    public async Task Json_is_held_against_schemas(string assertion, string? failure)
    {
        Assert.Equal(failure is null ? 0 : 1, await _shell.With("a.prompt", Prompt("{\"a\": \"{{ name }}\", \"b\": [1, 2]}", assertion)).Run("test"));
        if (failure is not null)
            Assert.Contains("          " + failure, _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_of_roles_are_the_same_role() =>
        Assert.Equal(0, await _shell.With("a.prompt", Prompt("{{ role \"assistant\" }}Hi", "messages: [assistant]")).Run("test"));

    [Fact]
    public async Task Inputs_of_a_test_lie_over_its_sample()
    {
        _shell.With("a.prompt", "---\nsamples: { ada: { name: Ada, age: 3 } }\ntests:\n  - sample: ada\n    input: { name: Bob }\n    expect: [{ equals: Bob 3 }]\n---\n{{ name }} {{ age }}");
        Assert.Equal(0, await _shell.Run("test"));
        Assert.Contains("a.prompt: test 1\n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_that_is_not_there_and_a_template_that_fails_are_failures()
    {
        _shell.With("a.prompt", "---\ntests:\n  - { name: one, sample: nobody, expect: [{ contains: x }] }\n  - { name: two, expect: [{ contains: x }] }\n---\n{{ include \"nowhere\" }}");
        Assert.Equal(1, await _shell.Run("test a.prompt --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal((0, 2), (told.GetProperty("passed").GetInt32(), told.GetProperty("failed").GetInt32()));
        string[] failures = [.. told.GetProperty("tests").EnumerateArray().Select(t => t.GetProperty("failures")[0].GetString()!)];
        Assert.Equal("there is no sample `nobody`", failures[0]);
        Assert.StartsWith("it cannot be rendered: ", failures[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_tests_are_no_failure()
    {
        Assert.Equal(0, await _shell.With("a.prompt", "Hello").Run("test"));
        Assert.Matches(@"^0 tests, 0 passed, 0 failed, \d+ ms\n$", _shell.Out);
    }

    private static string Prompt(string body, string assertion) =>
        $"---\nsamples:\n  ada: {{ name: Ada }}\ntests:\n  - name: it holds\n    sample: ada\n    expect:\n      - {assertion}\n---\n{body}\n";
}
