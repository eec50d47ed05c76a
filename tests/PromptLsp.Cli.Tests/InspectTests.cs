using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>inspect</c>, <c>fingerprint</c> and <c>doctor</c>: what they tell of a prompt and its workspace.</summary>
public sealed class InspectTests : IDisposable
{
    private const string Prompt = """
        ---
        name: reply
        variant: short
        model: openai/gpt-4o-mini
        config: { temperature: 0.2, stopSequences: ["\n\n"] }
        input:
          schema:
            customer(object, who wrote):
              name: string, full name
            plan?(enum): [free, pro]
          default: { plan: free }
          untrusted: [customer]
        output: { format: json, schema: { reply: string } }
        tools: [lookup]
        acme.team: support
        acme.cost.centre: 7
        samples: { ada: { customer: { name: Ada } } }
        ---
        {{ role "system" }}{{ include "voice" }} {{ brand.name }}
        {{ role "user" }}{{ customer.name }} {{ plan }}
        """;

    private readonly Shell _shell = new Shell()
        .With("promptlsp.yaml", "context: { brand: brand.yaml }\npartials: [partials]\n")
        .With("brand.yaml", "name: Kestrel\n")
        .With("partials/_voice.prompt", "Be kind to {{ reader }}.")
        .With("a.prompt", Prompt);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_variant_is_the_one_that_the_file_is_named_after()
    {
        _shell.With("greet.prompt", "---\nname: greet\n---\nHello\n").With("greet.formal.prompt", "---\nname: greet\n---\nGood day\n");
        Assert.Equal(0, await _shell.Run("check greet.prompt greet.formal.prompt"));
        Assert.Equal(0, await _shell.Run("inspect greet.formal.prompt"));
        Assert.Equal("formal", JsonDocument.Parse(_shell.Out).RootElement.GetProperty("variant").GetString());
        _shell.With("other/greet.formal.prompt", "---\nname: greet\n---\nGood day\n");
        Assert.Equal(1, await _shell.Run("check ."));
        Assert.Contains("has the name `greet` and the variant `formal` as well", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_is_told_whole()
    {
        Assert.Equal(0, await _shell.Run("inspect a.prompt"));
        string json = Regex.Replace(_shell.Out, "\"[0-9a-f]{64}\"", "\"…\"", RegexOptions.None, TimeSpan.FromSeconds(5));
        JsonElement told = JsonDocument.Parse(json).RootElement;
        Assert.Equal("reply", told.GetProperty("name").GetString());
        Assert.Equal("""{"temperature":0.2,"stopSequences":["\n\n"]}""", Compact(told.GetProperty("config")));
        Assert.Equal(
            """{"type":"object","properties":{"customer":{"type":"object","properties":{"name":{"type":"string","description":"full name"}},"additionalProperties":false,"required":["name"],"description":"who wrote"},"plan":{"enum":["free","pro",null]}},"additionalProperties":false,"required":["customer"]}""",
            Compact(told.GetProperty("input").GetProperty("schema")));
        Assert.Equal("""{"plan":"free"}""", Compact(told.GetProperty("input").GetProperty("default")));
        Assert.Equal("""["customer"]""", Compact(told.GetProperty("input").GetProperty("untrusted")));
        Assert.Equal("json", told.GetProperty("output").GetProperty("format").GetString());
        Assert.Equal("""["lookup"]""", Compact(told.GetProperty("tools")));
        Assert.Equal("""{"acme":{"team":"support"},"acme.cost":{"centre":7}}""", Compact(told.GetProperty("ext")));
        Assert.Equal("reply", told.GetProperty("raw").GetProperty("name").GetString());
        Assert.Equal("""["brand","customer","plan","reader"]""", Compact(told.GetProperty("variables")));
        Assert.Equal("""["voice"]""", Compact(told.GetProperty("includes")));
        Assert.Equal("""["system","user"]""", Compact(told.GetProperty("roles")));
        Assert.Equal("""["ada"]""", Compact(told.GetProperty("samples")));
        Assert.Equal("scriban", told.GetProperty("template").GetString());
    }

    // Only the whole of a schema can be JSON Schema: further in, `type` and `properties` are names like others.
    [Theory]
    [InlineData(
        "item: { type: string, size: number }",
        """{"item":{"type":"object","properties":{"type":{"type":"string"},"size":{"type":"number"}},"additionalProperties":false,"required":["type","size"]}}"""
    )]
    [InlineData(
        "item: { properties: { a: string } }",
        """{"item":{"type":"object","properties":{"properties":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["a"]}},"additionalProperties":false,"required":["properties"]}}"""
    )]
    [InlineData(
        "item(object): { type: string }",
        """{"item":{"type":"object","properties":{"type":{"type":"string"}},"additionalProperties":false,"required":["type"]}}"""
    )]
    [InlineData(
        "items(array): { type: string, properties: string }",
        """{"items":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},"properties":{"type":"string"}},"additionalProperties":false,"required":["type","properties"]}}}"""
    )]
    [InlineData(
        "a: { b: { type: number } }",
        """{"a":{"type":"object","properties":{"b":{"type":"object","properties":{"type":{"type":"number"}},"additionalProperties":false,"required":["type"]}},"additionalProperties":false,"required":["b"]}}"""
    )]
    [InlineData("(*): { type: string }", "{}")]
    public async Task A_member_called_type_is_a_member(string schema, string properties)
    {
        string[] parts = schema.Split(": ", 2);
        string quoted = $"\"{parts[0]}\": {parts[1]}";
        _shell.With("b.prompt", $"---\ninput: {{ schema: {{ {quoted} }} }}\noutput: {{ schema: {{ {quoted} }} }}\n---\nHi");
        Assert.Equal(0, await _shell.Run("inspect b.prompt"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal(properties, Compact(told.GetProperty("input").GetProperty("schema").GetProperty("properties")));
        Assert.Equal(properties, Compact(told.GetProperty("output").GetProperty("schema").GetProperty("properties")));
        Assert.Equal(0, await _shell.Run("check b.prompt"));
    }

    [Fact]
    public async Task A_prompt_without_front_matter_is_told_too()
    {
        Assert.Equal(0, await _shell.With("b.prompt", "Hello {{ name }}").Run("inspect b.prompt"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal(JsonValueKind.Null, told.GetProperty("name").ValueKind);
        Assert.Equal("""["name"]""", Compact(told.GetProperty("variables")));
    }

    [Theory]
    [InlineData("inspect nowhere.prompt", "there is no file `nowhere.prompt`")]
    [InlineData("inspect partials", "`partials` is a folder")]
    [InlineData("inspect broken.prompt", "broken.prompt:2:7: this `[` is never closed")]
    [InlineData("fingerprint latin.prompt", "`latin.prompt` is not UTF-8")]
    public async Task What_cannot_be_read_is_one_line_and_status_2(string command, string says)
    {
        _shell.With("broken.prompt", "---\nname: [\n---\n");
        File.WriteAllBytes(Path.Combine(_shell.Folder, "latin.prompt"), [0xE9, 0x20]);
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal("", _shell.Out);
        Assert.StartsWith("promptlsp: " + says, _shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, _shell.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_fingerprint_ignores_line_ends_and_the_effective_one_follows_what_is_pulled_in()
    {
        (string own, string effective) = await Fingerprints();
        Assert.Equal((own, effective), await Fingerprints(_shell.With("a.prompt", Prompt.ReplaceLineEndings("\r\n"))));
        (string sameOwn, string otherEffective) = await Fingerprints(_shell.With("brand.yaml", "name: Merlin\n"));
        Assert.Equal(own, sameOwn);
        Assert.NotEqual(effective, otherEffective);
        (_, string withoutPartial) = await Fingerprints(_shell.Without("partials/_voice.prompt"));
        Assert.NotEqual(otherEffective, withoutPartial);
        Assert.Contains("(missing)", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_file_that_is_not_read_does_not_count()
    {
        _shell.With("b.prompt", "Hello.");
        Assert.Equal(0, await _shell.Run("fingerprint b.prompt --format json"));
        Assert.Equal(0, JsonDocument.Parse(_shell.Out).RootElement.GetProperty("pulledIn").GetArrayLength());
    }

    [Fact]
    public async Task The_doctor_finds_a_healthy_workspace()
    {
        Assert.Equal(0, await _shell.Run("doctor"));
        Assert.Contains("ok     context     brand (brand.yaml)\n", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("ok     partials    partials\n", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("ok     prompts     2\n", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_and_where()
    {
        Assert.Equal(1, await _shell.With("promptlsp.yaml", "partials: [nowhere]\n").Run("doctor --format json"));
        JsonElement wrong = JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Last(c => !c.GetProperty("fine").GetBoolean());
        Assert.StartsWith("promptlsp.yaml:1:12: there is no folder `nowhere`", wrong.GetProperty("says").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_calls_nothing_fine_that_is_missing()
    {
        _shell
            .With(
                "promptlsp.yaml",
                "context:\n  gone: context/gone.yaml\n  torn: context/torn.yaml\n  whole: context/whole.yaml\npartials: [nowhere]\nrules: { nonsense: off }\n"
            )
            .With("context/torn.yaml", "a: [\n")
            .With("context/whole.yaml", "a: 1\n");
        File.WriteAllBytes(Path.Combine(_shell.Folder, "latin.prompt"), [(byte)'h', 0xE4]);
        Assert.Equal(1, await _shell.Run("doctor"));
        string[] lines = [.. _shell.Out.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Contains("ok context whole (context/whole.yaml)", lines);
        Assert.Contains("wrong context promptlsp.yaml:2:9: there is no file `context/gone.yaml`; create it, or correct the path", lines);
        Assert.Contains(
            lines,
            l => l.StartsWith("wrong context promptlsp.yaml:3:9: `context/torn.yaml` is not valid YAML or JSON: ", StringComparison.Ordinal)
        );
        Assert.Contains("wrong partials promptlsp.yaml:5:12: there is no folder `nowhere`; create it, or correct the path", lines);
        Assert.Contains(lines, l => l.StartsWith("wrong settings promptlsp.yaml:6:10: there is no rule `nonsense`", StringComparison.Ordinal));
        Assert.Contains("wrong prompts `latin.prompt` is not UTF-8; save it as UTF-8", lines);
        Assert.DoesNotContain("ok partials none", lines);
    }

    private async Task<(string Own, string Effective)> Fingerprints(Shell? shell = null)
    {
        Assert.Equal(0, await (shell ?? _shell).Run("fingerprint a.prompt"));
        string[] words = _shell.Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return (words[1], words[3]);
    }

    private static string Compact(JsonElement element) =>
        JsonSerializer.Serialize(element, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
