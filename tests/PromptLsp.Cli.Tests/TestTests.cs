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
    [InlineData("equals: Hello", "equals: the text is \"Hello Ada.\"")]
    [InlineData("contains: Bob", "contains: \"Bob\" is not in")]
    [InlineData("messages: [system, user]", "messages: the messages are user")]
    [InlineData("max-tokens: 9", null)]
    [InlineData("max-tokens: 1", "max-tokens: there are ")]
    [InlineData("contians: Ada", "contians: `contians` is no assertion; did you mean `contains`?")]
    public async Task An_assertion_holds_or_says_why_not(string assertion, string? failure)
    {
        int status = await _shell.With("a.prompt", Prompt("Hello {{ name }}.", assertion)).Run("test");
        Assert.Equal(failure is null ? 0 : 1, status);
        if (failure is not null)
            Assert.Contains("          " + failure, _shell.Out, StringComparison.Ordinal);
        Assert.Contains(failure is null ? "ok      a.prompt: it holds\n" : "failed  a.prompt: it holds\n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_asks_a_model_is_said_not_to_have_run()
    {
        Assert.Equal(0, await _shell.With("a.prompt", Prompt("Hi", "output: { contains: anything }\n      - contains: Hi")).Run("test"));
        Assert.Contains("ok      a.prompt: it holds\n          output: not run, since it asks a model", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("output: { contains: anything }", "`output` asks a model")]
    [InlineData("contains:", "contains: `contains` says nothing that must hold")]
    public async Task What_checks_nothing_fails(string assertion, string why)
    {
        Assert.Equal(1, await _shell.With("a.prompt", Prompt("Hi", assertion)).Run("test"));
        Assert.Contains($"failed  a.prompt: it holds\n          {why}", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(1, await _shell.Run("check"));
    }

    [Fact]
    public async Task Tests_that_cannot_be_run_neither_pass_nor_fail()
    {
        Assert.Equal(
            0,
            await _shell
                .With("a.prompt", Prompt("Hi {{ name }}", "contains: Bob").Replace("---\ns", "---\ntemplate: liquid\ns", StringComparison.Ordinal))
                .Run("test")
        );
        Assert.Contains(
            "not run a.prompt: it holds\n          cannot be run yet, since liquid templates are not rendered here\n1 test, 0 passed, 0 failed, 1 not run, ",
            _shell.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_read_is_not_passed_over()
    {
        Assert.Equal(2, await _shell.With("a.prompt", Prompt("Hi", "contains: Hi")).With("b.prompt", "---\ntests: []\nHi").Run("test"));
        Assert.Contains("1 test, 1 passed", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("promptlsp: b.prompt:1:1: this front matter is never closed; put a line `---` behind its last key\n", _shell.Error);
    }

    [Fact]
    public async Task Nothing_to_test_is_said()
    {
        Assert.Equal(0, await _shell.Run("test"));
        Assert.StartsWith("no prompts found in `.`;", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.With("a.prompt", "Hi").Run("test"));
        Assert.StartsWith("no prompt has a test;", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_of_roles_are_the_same_role() =>
        Assert.Equal(0, await _shell.With("a.prompt", Prompt("{{ role \"assistant\" }}Hi", "messages: [assistant]")).Run("test"));

    [Fact]
    public async Task Inputs_of_a_test_lie_over_its_sample()
    {
        _shell.With(
            "a.prompt",
            "---\nsamples: { ada: { name: Ada, age: 3 } }\ntests:\n  - sample: ada\n    input: { name: Bob }\n    expect: [{ equals: Bob 3 }]\n---\n{{ name }} {{ age }}"
        );
        Assert.Equal(0, await _shell.Run("test"));
        Assert.Contains("a.prompt: test 1\n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_that_is_not_there_and_a_template_that_fails_are_failures()
    {
        _shell.With(
            "a.prompt",
            "---\ntests:\n  - { name: one, sample: nobody, expect: [{ contains: x }] }\n  - { name: two, expect: [{ contains: x }] }\n---\n{{ include \"nowhere\" }}"
        );
        Assert.Equal(1, await _shell.Run("test a.prompt --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal((0, 2), (told.GetProperty("passed").GetInt32(), told.GetProperty("failed").GetInt32()));
        string[] failures = [.. told.GetProperty("tests").EnumerateArray().Select(t => t.GetProperty("failures")[0].GetString()!)];
        Assert.Equal("there is no sample `nobody`", failures[0]);
        Assert.Contains("nowhere", failures[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_tests_are_no_failure()
    {
        Assert.Equal(0, await _shell.With("a.prompt", "Hello").Run("test"));
        Assert.Matches(@"^0 tests, 0 passed, 0 failed, \d+ ms\n$", _shell.Out);
    }

    private static string Prompt(string body, string assertion) =>
        $"---\nsamples:\n  ada: {{ name: Ada }}\ntests:\n  - name: it holds\n    sample: ada\n    expect:\n      - {assertion}\n---\n{body}\n";

    [Fact]
    public async Task Results_are_written_as_junit()
    {
        _shell.With(
            "a.prompt",
            "---\ninput: { schema: { name: string } }\nsamples: { ada: { name: Ada } }\ntests:\n  - name: greets <Ada>\n    sample: ada\n    expect: [{ contains: Ada }]\n  - name: is short\n    sample: ada\n    expect: [{ equals: Hi }]\n  - name: asks\n    sample: ada\n    expect: [{ output: Hi }]\n---\nHello {{ name }}\n"
        );
        Assert.Equal(1, await _shell.Run("test a.prompt --format junit"));
        System.Xml.Linq.XElement suite = System.Xml.Linq.XDocument.Parse(_shell.Out).Root!.Elements("testsuite").Single();
        Assert.Equal(
            ("a.prompt", "3", "2", "0"),
            ((string?)suite.Attribute("name"), (string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors"))
        );
        System.Xml.Linq.XElement[] cases = [.. suite.Elements()];
        Assert.Equal(["greets <Ada>", "is short", "asks"], cases.Select(c => (string?)c.Attribute("name")));
        Assert.Equal(["a.prompt:5", "a.prompt:8", "a.prompt:11"], cases.Select(c => $"{c.Attribute("file")!.Value}:{c.Attribute("line")!.Value}"));
        Assert.StartsWith("equals: ", (string?)cases[1].Element("failure")!.Attribute("message"), StringComparison.Ordinal);
    }
}
