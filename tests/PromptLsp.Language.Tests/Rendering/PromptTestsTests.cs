using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>The <c>tests</c> of prompts, run over one prompt that renders to a system message "Be kind, Ada." and a user message of JSON.</summary>
public sealed class PromptTestsTests
{
    [Theory]
    [InlineData("contains: Ada")]
    [InlineData("not-contains: \"{{\"")]
    [InlineData("icontains: be KIND")]
    [InlineData("starts-with: Be kind")]
    [InlineData("regex: 'kind, \\w+\\.$'")]
    [InlineData("equals: \"Be kind, Ada.\\n{\\\"n\\\": 1}\"")]
    [InlineData("messages: [system, user]")]
    [InlineData("max-tokens: 100")]
    [InlineData("contains: [Be kind, Ada]")]
    [InlineData("not-contains: [Eve, Bob]")]
    [InlineData("icontains: [BE, ada]")]
    [InlineData("is-json: false")]
    public void What_holds_passes(string assertion) => Assert.Null(WhyOf(assertion));

    [Theory]
    [InlineData("contains: Eve", "\"Eve\" is not in \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("not-contains: Ada", "\"Ada\" is there: \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("starts-with: Ada", "the text starts with \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("equals: x", "the text is \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("regex: '^Ada'", "\"Be kind, Ada.⏎{\"n\": 1}\" does not match")]
    [InlineData("regex: '('", "`(` is no regular expression: a `)` is missing")]
    [InlineData("messages: [user]", "the messages are system, user")]
    [InlineData("max-tokens: 3", "there are 21 tokens")]
    [InlineData("is-json", "the text is no JSON in its line 1: \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("contain: Ada", "`contain` is no assertion; did you mean `contains`?")]
    [InlineData("contains: [Ada, Eve]", "\"Eve\" is not in \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("not-contains: [Eve, Ada]", "\"Ada\" is there: \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("icontains: [be kind, Eve]", "\"Eve\" is not in \"Be kind, Ada.⏎{\"n\": 1}\"")]
    [InlineData("regex: [Be, kind]", "`regex` needs a text")]
    [InlineData("equals: { a: b }", "`equals` needs a text")]
    public void What_does_not_hold_says_what_came_instead(string assertion, string why) => Assert.Equal(why, WhyOf(assertion));

    [Theory]
    [InlineData("is-json", null)]
    [InlineData("is-json: false", "the text is JSON")]
    [InlineData("json-schema: { n: integer }", null)]
    [InlineData("json-schema: { n: string }", "`n` must be text, and `1` is a number; put it in quotes")]
    [InlineData("json-schema: { type: object, properties: { n: { type: integer } }, required: [n] }", null)]
    public void Json_is_held_against_a_schema(string assertion, string? why) => Assert.Equal(why, WhyOf(assertion, "{\"n\": 1}"));

    [Fact] public void Aliases_of_roles_count_as_the_role() => Assert.Null(WhyOf("messages: [assistant]", "{{ role \"model\" }}x"));

    [Fact] public void Inputs_of_a_test_stand_over_those_of_its_sample() => Assert.True(Assert.Single(Run("""
        ---
        samples: { a: { x: 1, y: 2 } }
        tests: [{ sample: a, input: { y: 3 }, expect: { equals: "1 3" } }]
        ---
        {{ x }} {{ y }}
        """)).Passed);

    [Fact] public void Nothing_is_invented_for_a_test() => Assert.True(Assert.Single(Run("""
        ---
        input: { schema: { name: string } }
        tests: [{ expect: { equals: "Hi" } }]
        ---
        Hi {{ name }}
        """)).Passed);

    [Fact] public void A_test_without_its_sample_cannot_run()
    {
        PromptTestResult result = Assert.Single(Run("---\ntests: [{ name: t, sample: nope, expect: [{ contains: x }] }]\n---\nx"));
        Assert.Equal(("t", "there is no sample `nope`", false), (result.Name, result.Error, result.Passed));
    }

    [Fact] public void A_template_that_fails_fails_its_tests()
    {
        PromptTestResult result = Assert.Single(Run("---\ntests: [{ expect: [{ contains: x }] }]\n---\n{{ a.b }}"));
        Assert.Equal(("test 1", "Cannot get the member a.b for a null object.", false), (result.Name, result.Error, result.Passed));
        Assert.NotNull(result.Failure);
    }

    [Fact] public void What_asks_a_model_is_not_run()
    {
        PromptTestResult result = Assert.Single(Run("---\ntests: [{ expect: [{ output: { contains: x } }] }]\n---\nx"));
        Assert.False(result.Passed);
        Assert.StartsWith("`output` asks a model, and nothing here does", result.Error, StringComparison.Ordinal);
    }

    [Fact] public void What_asks_a_model_beside_an_assertion_is_not_run()
    {
        PromptTestResult result = Assert.Single(Run("---\ntests: [{ expect: [{ output: { contains: x } }, { contains: x }] }]\n---\nx"));
        Assert.True(result.Passed);
        Assert.Equal([TestOutcome.NotRun, TestOutcome.Passed], result.Assertions.Select(a => a.Outcome));
    }

    [Theory]
    [InlineData("{ sample: a }")]
    [InlineData("{ sample: a, expect: }")]
    [InlineData("{ sample: a, expect: [] }")]
    [InlineData("{ sample: a, expect: {} }")]
    [InlineData("{ sample: a, expect: [{}] }")]
    [InlineData("{ sample: a, assert: [{ contains: Hi }] }")]
    [InlineData("{ sample: a, expects: [{ contains: Hi }] }")]
    [InlineData("{ sample: a, expected: Hi }")]
    [InlineData("null")]
    [InlineData("{ sample: a, contains: Hi }")]
    [InlineData("{ sample: a, contains: Hi, expect: [{ contains: Hi }] }")]
    [InlineData("{ sample: a, assert: [{ contains: nope }], expect: [{ contains: Hi }] }")]
    [InlineData("{ sample: a, max_tokens: 1, expect: [{ contains: Hi }] }")]
    [InlineData("{ sample: a, output: { contains: Hi } }")]
    [InlineData("{ sample: a, expect: [{ output: { contains: Hi } }] }")]
    [InlineData("{ sample: a, expect: [{ contain: Hi }] }")]
    [InlineData("{ sample: a, expect: [{ contains: Hi }, { is-polite: true }] }")]
    [InlineData("{ sample: a, expect: [contains] }")]
    [InlineData("{ sample: a, expect: [{ contains: }] }")]
    [InlineData("{ sample: a, expect: [{ contains: \"\" }] }")]
    [InlineData("{ sample: a, expect: [{ contains: [] }] }")]
    [InlineData("{ sample: a, expect: [{ contains: [Hi, \"\"] }] }")]
    [InlineData("{ sample: a, expect: [{ regex: \"\" }] }")]
    [InlineData("{ sample: a, expect: [{ starts-with: }] }")]
    [InlineData("{ sample: a, expect: [{ max-tokens: }] }")]
    [InlineData("{ sample: a, expect: [{ json-schema: }] }")]
    public void What_checks_nothing_never_passes_and_is_an_error(string test)
    {
        string text = $"---\nsamples: {{ a: {{}} }}\ntests: [{test}]\n---\nHi";
        Assert.All(Run(text), result => Assert.Equal(TestOutcome.Failed, result.Outcome));
        Assert.Contains(
            PromptLsp.Testing.Editor.Findings(Model(text)),
            f => f is { Rule: "invalid-test", Severity: PromptLsp.Language.Catalog.Severity.Error }
        );
    }

    [Theory]
    [InlineData("tests: { greets: { expect: [{ contains: Hi }] } }")]
    [InlineData("tests: greets")]
    [InlineData("tests: [greets]")]
    [InlineData("tests: [[{ contains: Hi }]]")]
    public void What_is_no_list_of_tests_never_passes(string tests) => Assert.Equal(TestOutcome.Failed, Assert.Single(Run($"---\n{tests}\n---\nHi")).Outcome);

    [Theory]
    [InlineData("{ expect: [{ equals: \"\" }], note: mine, skip.reason: x }", "")]
    [InlineData("{ expect: [{ messages: [] }] }", "")]
    [InlineData("{ expect: is-json }", "1")]
    [InlineData("{ expect: { contains: H, regex: i } }", "Hi")]
    public void What_checks_something_is_no_error(string test, string body) => Assert.True(Assert.Single(Run($"---\ntests: [{test}]\n---\n{body}")).Passed);

    [Fact] public void Tests_in_a_dialect_without_an_engine_neither_pass_nor_fail()
    {
        PromptTestResult result = Assert.Single(Run("---\ntemplate: liquid\ntests: [{ expect: [{ contains: x }] }]\n---\nx"));
        Assert.Equal((TestOutcome.NotRun, "cannot be run yet, since liquid templates are not rendered here"), (result.Outcome, result.Error));
    }

    private static string? WhyOf(string assertion, string body = "{{ role \"system\" }}\nBe kind, {{ name }}.\n{{ role \"user\" }}\n{\"n\": 1}\n")
    {
        PromptTestResult result = Assert.Single(
            Run($"---\nsamples: {{ a: {{ name: Ada }} }}\ntests:\n  - sample: a\n    expect:\n      - {assertion}\n---\n{body}")
        );
        AssertionResult checkedOne = Assert.Single(result.Assertions);
        Assert.Equal(result.Passed, checkedOne.Outcome == TestOutcome.Passed);
        return checkedOne.Why;
    }

    private static IEnumerable<PromptTestResult> Run(string text)
    {
        PromptEnvironment counting = PromptEnvironment.None with { Tokens = _ => new(text => text.Trim().Length, IsExact: true) };
        return PromptTests.Run(new(Model(text).Document, counting), RenderLimits.Command, TestContext.Current.CancellationToken);
    }
}
