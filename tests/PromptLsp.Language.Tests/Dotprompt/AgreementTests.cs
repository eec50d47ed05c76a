using System.Globalization;
using PromptLsp.Language.Rendering;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>
/// What the reference engine, npm's <c>dotprompt</c> with <c>handlebars</c>, makes of a template, PromptLsp makes of it as well: the same messages, and it
/// rejects the same. A test run tries the same templates every time; with <c>PROPERTY_EFFORT=10</c> in the environment, ten times as many.
/// </summary>
public sealed class AgreementTests
{
    private const int Tries = 2000, AtOnce = 200;

    private static readonly int Effort = int.TryParse(
        Environment.GetEnvironmentVariable("PROPERTY_EFFORT"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out int effort
    )
        ? effort
        : 1;

    [Fact]
    public async Task Random_templates_give_what_the_reference_engine_gives()
    {
        if (!ReferenceEngine.IsInstalled)
            return;
        using var engine = new ReferenceEngine();
        int rendered = 0;
        for (int from = 1; from <= Tries * Effort; from += AtOnce)
        {
            DotpromptCase[] cases = [.. Enumerable.Range(from, AtOnce).Select(DotpromptTemplates.Case)];
            string[] answers = await engine.Render(cases);
            for (int i = 0; i < cases.Length; i++)
            {
                string theirs = DotpromptCase.Theirs(answers[i]), ours = cases[i].Ours(out RenderedPrompt result);
                Assert.True(ours == theirs, $"Template {from + i}:\n{cases[i].ToJson()}\ntheirs: {answers[i]}\nours:   {ours} {result.Failure}");
                rendered += theirs == DotpromptCase.Rejected ? 0 : 1;
            }
        }
        Assert.True(rendered > Tries * Effort / 3, $"Only {rendered} templates are right.");
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void A_case_of_a_name_gives_what_it_should(string template, string expected) => Assert.Equal(expected, Case(template).Ours(out _));

    [Fact]
    public async Task The_cases_of_a_name_are_what_the_reference_engine_gives()
    {
        if (!ReferenceEngine.IsInstalled)
            return;
        using var engine = new ReferenceEngine();
        DotpromptCase[] cases = [.. Cases.Select(c => Case(c.Template))];
        string[] answers = await engine.Render(cases);
        Assert.Equal(Cases.Select(c => (c.Template, c.Expected)), cases.Zip(answers, (c, a) => (c.Template, DotpromptCase.Theirs(a))));
    }

    public static TheoryData<string, string> Named
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string template, string expected) in Cases)
                data.Add(template, expected);
            return data;
        }
    }

    private static DotpromptCase Case(string template) => new(template)
    {
        Input = new Dictionary<string, object?>
        {
            ["a"] = 1L,
            ["b"] = 2L,
            ["t"] = true,
            ["s"] = "text",
            ["xs"] = new object?[] { "x", "y" },
            ["mixed"] = new object?[] { 1L, null, new object?[] { 2L, 3L } },
            ["o"] = new Dictionary<string, object?> { ["b"] = "inner", ["10"] = "ten", ["2"] = "two" },
            ["zero"] = 0L,
            ["__proto__"] = "own",
            ["big"] = 1e21,
            ["small"] = 1.5e-7,
        },
        Context = new Dictionary<string, object?> { ["brand"] = new Dictionary<string, object?> { ["voice"] = "kind" } },
        Partials = new Dictionary<string, string>
        {
            ["lines"] = "one\ntwo {{a}}\n",
            ["empty"] = "",
            ["broken"] = "{{#if}",
            ["layout"] = "<{{> @partial-block}}>{{> nav}}",
            ["tree"] = "{{name}}({{#each kids}}{{> tree}}{{/each}})",
        },
    };

    private static readonly (string Template, string Expected)[] Cases =
    [
        // Side by side two numbers add up, and a text between them, even none, does not let them.
        ("{{a}}{{b}}", "[user] \"3\""),
        ("{{a}}{{t}}", "[user] \"2\""),
        ("{{a}}{{! }}{{b}}", "[user] \"3\""),
        ("{{nothing}}{{a}}{{b}}", "[user] \"12\""),
        ("{{a}} {{b}}", "[user] \"1 2\""),
        ("{{#if t}}{{a}}{{/if}}{{b}}", "[user] \"3\""),
        ("{{#each xs}}{{@index}}{{/each}}{{a}}{{b}}", "[user] \"0112\""),
        ("{{#*inline \"p\"}}{{a}}{{/inline}}{{> p}}{{> p}}", "[user] \"2\""),
        // Numbers, lists and maps as JavaScript writes them.
        ("{{big}} {{small}} {{mixed}} {{o}}", "[user] \"1e+21 1.5e-7 1,,2,3 [object Object]\""),
        (
            "{{json o}} {{json nothing}} {{json s indent=2}}",
            "[user] \"{\\u00222\\u0022:\\u0022two\\u0022,\\u002210\\u0022:\\u0022ten\\u0022,\\u0022b\\u0022:\\u0022inner\\u0022} undefined \\u0022text\\u0022\""
        ),
        ("{{__proto__}}{{constructor}}{{hasOwnProperty}}.", "[user] \"own.\""),
        ("{{xs.length}} {{s.length}} {{s.[0]}} {{xs.[1]}} {{lookup xs 0}}", "[user] \"2 4 t y x\""),
        // Subjects.
        ("{{#with o}}{{b}}{{../b}}{{a}}.{{/with}}", "[user] \"inner2.\""),
        ("{{#with this}}{{../a}}.{{/with}}", "[user] \".\""),
        ("{{#each xs as |x i|}}{{x}}{{i}}{{a}}{{/each}}", "[user] \"x0y1\""),
        ("{{#each o}}{{@key}}={{this}}{{#unless @last}},{{/unless}}{{/each}}", "[user] \"2=two,10=ten,b=inner\""),
        ("{{#zero}}{{this}}{{/zero}}{{#with zero}}!{{/with}}{{#if zero}}?{{else}}-{{/if}}{{#if zero includeZero=true}}+{{/if}}", "[user] \"0!-+\""),
        ("{{#s}}{{this}}{{/s}}{{^nothing}}none{{/nothing}}{{#t}}{{a}}{{/t}}", "[user] \"textnone1\""),
        ("{{#if t as |x|}}{{x}}{{/if}}", DotpromptCase.Rejected),
        ("{{@brand.voice}} {{@root.s}} {{@index}}.", "[user] \"kind text .\""),
        // Lines that vanish.
        ("a\n{{#if t}}\nb\n{{/if}}\nc", "[user] \"a\\u000ab\\u000ac\""),
        ("a\r\n  {{#if t}}  \r\nb\r\n{{else}}\r\nx\r\n{{/if}}\r\nc", "[user] \"a\\u000d\\u000ab\\u000d\\u000ac\""),
        ("a\r{{#if t}}\rb\r{{/if}}\rc", "[user] \"a\\u000d\\u000db\\u000d\\u000dc\""),
        ("a\n  {{> lines}}\nb", "[user] \"a\\u000a  one\\u000a  two 1\\u000ab\""),
        ("a\n  {{> empty}}\nb", "[user] \"a\\u000ab\""),
        ("a\n  {{#> lines}}{{/lines}}\nb", "[user] \"a\\u000a  one\\u000atwo 1\\u000a\\u000ab\""),
        ("a {{~#if t~}} b {{~else~}} c {{~/if~}} d", "[user] \"abd\""),
        ("\\{{a}} \\\\{{a}} {{{{s}}}}{{a}}{{{{/s}}}}{{{{nothing}}}}x{{{{/nothing}}}}", "[user] \"{{a}} \\u005c1 {{a}}\""),
        // Partials.
        ("{{#> layout}}{{#*inline \"nav\"}}[{{a}}]{{/inline}}in{{/layout}}", "[user] \"<in>[1]\""),
        ("{{#> gone}}instead{{/gone}}", "[user] \"instead\""),
        ("{{> gone}}", DotpromptCase.Rejected),
        ("{{#if nothing}}{{> gone}}{{> broken}}{{if a}}{{/if}}ok", "[user] \"ok\""),
        ("{{#if nothing}}{{*gone}}{{/if}}ok", DotpromptCase.Rejected),
        ("{{> tree this name=\"n\" kids=xs}}", "[user] \"n(()())\""),
        ("{{> lines a=b}}{{> (lookup this \"s\")}}", DotpromptCase.Rejected),
        // What is rejected, and what is not.
        ("{{xs.0}}", DotpromptCase.Rejected),
        ("{{xs.0.length}}", "[user] \"1\""),
        ("{ {{a}}}", DotpromptCase.Rejected),
        ("{{#if a}}{{else}}{{else}}{{/if}}", DotpromptCase.Rejected),
        ("{{^if a}}x{{else if b}}y{{/if}}", DotpromptCase.Rejected),
        ("{{#if a}}{{/unless}}", DotpromptCase.Rejected),
        ("{{#if nothing}}{{unknown a}}{{/if}}", DotpromptCase.Rejected),
        ("{{> lines a b}}", DotpromptCase.Rejected),
        ("a\0b", DotpromptCase.Rejected),
        ("{{lookup o \"a\0b\"}}.", "[user] \".\""),
        ("{{!-- a }} {{b}} --}}ok{{! b }}", "[user] \"ok\""),
        ("{{s \"a\n}} b\"}}", DotpromptCase.Rejected),
        ("{{json \"a\n}} b\"}}", "[user] \"\\u0022a\\u005cn}} b\\u0022\""),
        ("{{json \"a\\\"\"}} {{json 'b'}}", "[user] \"\\u0022a\\u005c\\u0022\\u0022 \\u0022b\\u0022\""),
        // Messages.
        ("x{{role \"system\"}}y{{history}}z{{media url=\"u v\"}}", "[user] \"x\" [system] \"y\" [model] \"z\"<media \"u\" \"v\">"),
        ("{{role \"System\"}}lost{{role \"user\"}}kept {{role \"B\"}}", "[user] \"kept <<<dotprompt:role:B>>>\""),
        ("{{#role \"model\"}}lost{{/role}}kept{{section \"code\"}}", "[model] \"kept\"<section \"code\">"),
        ("{{role nothing}}x", "[undefined] \"x\""),
    ];
}
