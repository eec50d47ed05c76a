using System.Text;
using System.Text.Json;
using PromptLsp.Language.Catalog;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp render</c>: where values come from, and how messages are written.</summary>
public sealed class RenderTests : IDisposable
{
    private readonly Shell _shell = new Shell()
        .With("promptlsp.yaml", "context:\n  brand: brand.yaml\n  user: { sample: { name: Ines } }\n")
        .With("brand.yaml", "name: Kestrel\n")
        .With("a.prompt", """
            ---
            input:
              schema:
                customer(object): { name: string, plan?: string }
                zip: string
                count?: integer
              default: { count: 1 }
            samples:
              ada: { customer: { name: Ada, plan: pro }, zip: "01234" }
              bob: { customer: { name: Bob }, zip: "9" }
            ---
            {{ role "system" }}
            You are {{ brand.name }} for {{ user.name }}.
            {{ history }}
            {{ role "user" }}
            {{ customer.name }} ({{ customer.plan }}) {{ zip }} x{{ count }}
            """);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("--set count=many", "promptlsp: `count` must be a whole number, and `many` is text\n")]
    [InlineData("--set cuont=2", "promptlsp: there is no `cuont`; did you mean `count`?\n")]
    [InlineData("--set customer.nmae=Eve", "promptlsp: `customer` has no `nmae`; there are `name`, `plan`\n")]
    [InlineData(
        "--set customer.nmae=Eve --set count=x",
        "promptlsp: `customer` has no `nmae`; there are `name`, `plan`; `count` must be a whole number, and `x` is text\n"
    )]
    [InlineData("--set customer.plan.x=1", "promptlsp: `customer.plan` must be text, and this is a map\n")]
    [InlineData("--set brand.name=Eve", "")]
    [InlineData("--set count=2", "")]
    public async Task Values_that_somebody_sets_must_be_declared(string given, string told)
    {
        Assert.Equal(told.Length == 0 ? 0 : 2, await _shell.Run("render a.prompt --sample ada " + given));
        Assert.Equal(told, _shell.Error);
    }

    [Theory]
    [InlineData("a?(enum): [one, two]", "a=three", "`a` must be one of `one`, `two`")]
    [InlineData("a?(enum): [one, two]", "a=two", null)]
    [InlineData("a?: string\n    (*): any", "b=1", null)]
    [InlineData("o?(object): { x?: string, (*): any }", "o.y=1", null)]
    [InlineData("o?(object): { x?: string }", "o.y=1", "`o` has no `y`; there is `x`")]
    [InlineData("o?(object): { p?(object): { x?(enum): [silver, platinum] } }", "o.p.x=gold", "`o.p.x` must be one of `silver`, `platinum`")]
    public async Task What_is_set_fits_unless_other_names_are_open(string schema, string set, string? says)
    {
        _shell.With("s.prompt", $"---\ninput:\n  schema:\n    {schema}\n---\nHi\n");
        Assert.Equal(says is null ? 0 : 2, await _shell.Run($"render s.prompt --set {set}"));
        Assert.Equal(says is null ? "" : $"promptlsp: {says}\n", _shell.Error);
    }

    [Fact]
    public async Task A_file_of_inputs_may_hold_more_than_the_prompt_reads()
    {
        Assert.Equal(0, await _shell.With("more.yaml", "cuont: 2").Run("render a.prompt --sample ada --input more.yaml --set count=2"));
        Assert.Equal("promptlsp: there is no `cuont`; did you mean `count`?\n", _shell.Error);
    }

    [Fact]
    public async Task The_first_sample_is_rendered_unless_something_is_given()
    {
        Assert.Equal(0, await _shell.Run("render a.prompt"));
        Assert.Equal("""
            ── system ──────────────────────────────────────────────────

            You are Kestrel for Ines.
            ── the conversation so far ─────────────────────────────────
            ── user ────────────────────────────────────────────────────

            Ada (pro) 01234 x1

            """.ReplaceLineEndings("\n"), _shell.Out);
        Assert.Equal("rendered with the sample `ada`; choose with --sample, --input or --set\n", _shell.Error);
    }

    [Fact]
    public async Task Values_lie_over_a_file_over_a_sample()
    {
        _shell.With("input.yaml", "zip: '02'\ncount: 3\n");
        Assert.Equal(0, await _shell.Run("render a.prompt --sample ada --input input.yaml --set customer.name=Zoe --format json"));
        Assert.Equal("Zoe (pro) 02 x3", User());
        Assert.Equal("", _shell.Error);
    }

    [Fact]
    public async Task Inputs_can_come_through_standard_input_as_json_with_escapes()
    {
        Assert.Equal(0, await _shell.Run("render a.prompt --input - --format json", """{"customer": {"name": "\ud83d\ude00"}, "zip": "7"}"""));
        Assert.Equal("😀 () 7 x1", User());
    }

    [Fact]
    public async Task A_value_that_is_declared_as_text_stays_text()
    {
        Assert.Equal(0, await _shell.Run("render a.prompt --sample bob --set zip=0123 --set count=007 --format json"));
        Assert.Equal("Bob () 0123 x7", User());
    }

    [Fact]
    public async Task Context_variables_can_be_given()
    {
        _shell.With("context.json", """{"brand": {"name": "Merlin"}}""");
        Assert.Equal(0, await _shell.Run("render a.prompt --context context.json --format json"));
        Assert.Contains("You are Merlin for Ines.", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_messages_so_far_come_where_the_prompt_says()
    {
        _shell.With(
            "history.json",
            """[{"role": "user", "content": "Hi"}, {"role": "model", "content": [{"text": "Hello"}, {"media": {"url": "https://x.example/a.png", "contentType": "image/png"}}]}]"""
        );
        Assert.Equal(0, await _shell.Run("render a.prompt --history history.json --format json"));
        JsonElement[] messages = [.. JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray()];
        Assert.Equal(["system", "user", "model", "user"], messages.Select(m => m.GetProperty("role").GetString()!));
        Assert.Equal("history", messages[1].GetProperty("metadata").GetProperty("purpose").GetString());
        Assert.Equal("image/png", messages[2].GetProperty("content")[1].GetProperty("media").GetProperty("contentType").GetString());
        Assert.False(messages[3].TryGetProperty("metadata", out _));
    }

    [Fact]
    public async Task Whole_numbers_of_JSON_are_whole_and_exact()
    {
        _shell.With(
            "n.prompt",
            "---\ninput: { schema: { n: integer, big: integer, half: number } }\n---\n{{ for i in 1..n }}{{ i }}{{ end }} {{ big }} {{ half }}"
        );
        _shell.With("n.json", """{"n": 3, "big": 9007199254740993, "half": 0.5}""");
        Assert.Equal(0, await _shell.Run("render n.prompt --input n.json"));
        Assert.Contains("123 9007199254740993 0.5", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_value_stands_over_the_first_sample()
    {
        _shell.With(
            "s.prompt",
            "---\ninput: { schema: { who: { name: string, city: string }, tone: string } }\nsamples:\n  first: { who: { name: Ada, city: Rome }, tone: warm }\n  second: { who: { name: Bob, city: Oslo }, tone: plain }\n---\n{{ who.name }} {{ who.city }} {{ tone }}"
        );
        Assert.Equal(0, await _shell.Run("render s.prompt --set who.name=Eve"));
        Assert.Contains("Eve Rome warm", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("rendered with the sample `first` and what --set says; choose with --sample or --input\n", _shell.Error);
    }

    [Theory]
    [InlineData("render bare.prompt --set zip=1", "`bare.prompt` needs `customer`; give it with --set")]
    [InlineData("render a.prompt --sample adda", "there is no sample `adda`; did you mean `ada`?")]
    [InlineData("render a.prompt --set zip", "`--set zip` needs a name and a value")]
    [InlineData("render a.prompt --input nowhere.json", "the input `nowhere.json` cannot be read")]
    [InlineData("render a.prompt --input list.json", "the input `list.json` must be an object")]
    [InlineData("render a.prompt --input broken.yaml", "the input `broken.yaml` is neither JSON nor YAML: 1:4: this `[` is never closed")]
    [InlineData("render a.prompt --input half.json", "the input `half.json` is neither JSON nor YAML: 1:9:")]
    [InlineData("render a.prompt --input wide.json", "the input `wide.json` is not UTF-8")]
    [InlineData("render a.prompt --history list.json", "the history `list.json` must be a list of messages")]
    public async Task What_is_missing_or_cannot_be_read_is_one_line_and_status_2(string command, string says)
    {
        _shell
            .With("bare.prompt", "---\ninput: { schema: { customer: string, zip: string } }\n---\n{{ customer }} {{ zip }}")
            .With("list.json", "[1]")
            .With("broken.yaml", "a: [\n")
            .With("half.json", """{"zip": "\ud83d"}""");
        await File.WriteAllBytesAsync(
            Path.Combine(_shell.Folder, "wide.json"),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal("", _shell.Out);
        Assert.StartsWith("promptlsp: " + says, _shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, _shell.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_template_that_fails_answers_nothing_and_says_where()
    {
        _shell.With("b.prompt", "Hello\n{{ include \"nowhere\" }}\n");
        Assert.Equal(1, await _shell.Run("render b.prompt"));
        Assert.Equal("", _shell.Out);
        Assert.StartsWith("b.prompt:2:", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("[render-failure]\n   2 | {{ include \"nowhere\" }}\n", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_counted_on_demand()
    {
        Assert.Equal(0, await _shell.With("b.prompt", "---\nmodel: openai/gpt-4o\n---\nHello world").Run("render b.prompt --tokens"));
        Assert.StartsWith("── user · 2 tokens ──", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.With("b.prompt", "---\nmodel: acme/other\n---\nHello world").Run("render b.prompt --tokens"));
        Assert.StartsWith("── user · ≈ 2 tokens ──", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("render b.prompt --tokens --format json"));
        JsonElement message = JsonDocument.Parse(_shell.Out).RootElement[0];
        Assert.Equal(2, message.GetProperty("tokens").GetInt32());
        Assert.False(message.TryGetProperty("cost", out _));
    }

    [Fact]
    public async Task Tokens_come_with_their_cost_where_a_price_is_stated()
    {
        _shell.With("promptlsp.yaml", "models: { openai/gpt-4o: { input: 2.5 } }\n").With("b.prompt", "---\nmodel: openai/gpt-4o\n---\nHello world");
        Assert.Equal(0, await _shell.Run("render b.prompt --tokens"));
        Assert.Contains("── in all 2 tokens · $0.0050 per 1,000 calls ──", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("render b.prompt --tokens --format json"));
        Assert.Contains("\"currency\": \"USD\"", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_template_is_stopped()
    {
        _shell.With("b.prompt", "{{ while true }}a{{ end }}");
        Assert.Equal(1, await _shell.Run("render b.prompt"));
        Assert.Contains("[preview-limit]", _shell.Error, StringComparison.Ordinal);
    }

    // A message of the user's, without the line end behind its role.
    // The engine finds functions by reflection, of which a native program keeps what it is told to.
    [Fact]
    public async Task Every_function_gives_what_the_catalogue_says()
    {
        CatalogFunction[] functions = [.. Functions.Scriban.All.Where(f => f is { Result: not null, IsMessageFunction: false })];
        Assert.True(functions.Length > 100, $"There are only {functions.Length} functions.");
        _shell.With("f.prompt", string.Concat(functions.Select(f => $"{f.Name}: {{{{ {f.Example} }}}}\n")));
        Assert.Equal(0, await _shell.Run("render f.prompt --format json"));
        Assert.Equal(string.Concat(functions.Select(f => $"{f.Name}: {f.Result}\n")).Trim(), User());
    }

    [Theory]
    [InlineData("date.now.year > 2000", "true")]
    [InlineData("(date.parse '2024-02-29').day_of_year", "60")]
    [InlineData("(timespan.from_days 2).total_hours", "48")]
    [InlineData("for kv in { a: 1 }; kv.key; kv.value; end", "a1")]
    [InlineData("x = '[{\\\"a\\\":[1,2.5,null]}]' | object.from_json; x[0].a[1]", "2.5")]
    public async Task Members_of_the_engines_own_values_are_there(string code, string expected)
    {
        _shell.With("m.prompt", "{{ " + code + " }}");
        Assert.Equal(0, await _shell.Run("render m.prompt --format json"));
        Assert.Equal(expected, User());
    }

    [Theory]
    [InlineData("10 % 0", "a number is divided by zero")]
    [InlineData("'a' | regex.match '['", "the regular expression cannot be read")]
    public async Task What_the_runtime_refuses_is_told_in_words(string code, string reason)
    {
        _shell.With("m.prompt", "{{ " + code + " }}");
        Assert.Equal(1, await _shell.Run("render m.prompt"));
        Assert.Contains(reason, _shell.Error, StringComparison.Ordinal);
    }

    private string User() =>
        JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Last().GetProperty("content")[0].GetProperty("text").GetString()!.Trim();

    [Theory]
    [InlineData("{{ if }", "template-syntax")]
    [InlineData("---\nmodel: x\nHi", "this front matter is never closed; put a line `---` behind its last key")]
    public async Task What_is_written_wrong_is_said_as_check_says_it(string prompt, string says)
    {
        using Shell shell = new Shell().With("a.prompt", prompt);
        Assert.Equal(1, await shell.Run("check a.prompt"));
        string first = shell.Out.Split('\n')[0];
        Assert.Contains(says, first, StringComparison.Ordinal);
        Assert.NotEqual(0, await shell.Run("render a.prompt"));
        Assert.Equal("", shell.Out);
        string told = shell.Error.Split('\n')[0];
        Assert.Equal(
            first.Replace("error: ", "", StringComparison.Ordinal).Split(" [")[0],
            told.Replace("promptlsp: ", "", StringComparison.Ordinal).Replace("error: ", "", StringComparison.Ordinal).Split(" [")[0]
        );
    }
}
