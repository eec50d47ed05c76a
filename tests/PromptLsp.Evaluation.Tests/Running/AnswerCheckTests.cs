using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Models.Asking;

namespace PromptLsp.Evaluation.Tests.Running;

public sealed class AnswerCheckTests
{
    [Theory]
    [InlineData("contains: Ada", "Hello Ada", null)]
    [InlineData("contains: [Ada, Bob]", "Hello Ada", "\"Bob\" is not in \"Hello Ada\"")]
    [InlineData("not-contains: policy", "As per our policy", "\"policy\" is there: \"As per our policy\"")]
    [InlineData("regex: '^H'", "Hello", null)]
    [InlineData("equals: Hello", " Hello\n", null)]
    [InlineData("is-json: true", "{", "the answer is no JSON in its line 1")]
    [InlineData("is-json: false", "Hi", null)]
    [InlineData("json-schema: output", "{\"reply\": \"Hi\"}", null)]
    [InlineData("json-schema: { total: number }", "{\"total\": \"x\"}", "`total`")]
    [InlineData("exact-json: { a: 1, b: [x] }", "{\"b\": [\"x\"], \"a\": 1.0}", null)]
    [InlineData("exact-json: { a: 1 }", "{\"a\": 2}", "the answer is {\"a\":2}")]
    [InlineData("exact-json: { a: 1 }", "a: 1", "the answer is no JSON in its line 1")]
    [InlineData("levenshtein: { to: kitten, at-least: 0.5 }", "sitting", null)]
    [InlineData("levenshtein: { to: kitten, at-least: 0.6 }", "sitting", "the answer is like it by 0.57")]
    [InlineData("numeric: { path: total, equals: 10, tolerance: 0.5 }", "{\"total\": 10.4}", null)]
    [InlineData("numeric: { path: lines.1.price, equals: 3 }", "{\"lines\": [{}, {\"price\": 4}]}", "`lines.1.price` is 4")]
    [InlineData("numeric: { path: total, equals: 10 }", "{\"sum\": 10}", "there is no number at `total`")]
    [InlineData("tool-called: find", "", null)]
    [InlineData("tool-called: { name: find, arguments: { id: 7 } }", "", null)]
    [InlineData("tool-called: { name: find, arguments: { id: 8 } }", "", "it is called with {\"id\": 7}")]
    [InlineData("tool-called: other", "", "what is called is find")]
    [InlineData("max-latency: 2", "", null)]
    [InlineData("max-latency: 1", "", "the answer took 1.5 s")]
    [InlineData("max-tokens: 19", "", "the answer has 20 tokens")]
    [InlineData("max-cost: 0.01", "", "the cost is not known: promptlsp.yaml has no price of the model")]
    public void An_assertion_holds_or_says_what_came_instead(string assertion, string text, string? problem)
    {
        var source = new SourceText(assertion);
        YamlEntry entry = ((YamlMapping)YamlTree.Parse(source, new TextSpan(0, assertion.Length)).Root!).Entries[0];
        var answer = new ModelAnswer
        {
            Text = text,
            ToolCalls = [new("find", "{\"id\": 7}")],
            Identity = new("p", null, null, null),
            Latency = TimeSpan.FromSeconds(1.5),
            OutputTokens = 20,
        };
        PromptModel prompt = new(PromptDocument.Parse(new SourceText("---\noutput: { schema: { reply: string } }\n---\nHi")), PromptEnvironment.None);
        string? found = AnswerCheck.Problem(
            new(entry.Key.Value, PromptValue.Of(entry.Value), entry.Value, source),
            answer,
            AnswerCost.Of(answer, [], null, null),
            prompt
        );
        if (problem is { Length: < 10 })
            Assert.Contains(problem, found, StringComparison.Ordinal);
        else
            Assert.Equal(problem, found);
    }

    [Theory]
    [InlineData("{\"score\": 0.7}", 0.7)]
    [InlineData("0.25", 0.25)]
    [InlineData("```json\n{\"score\": 1, \"why\": \"kind\"}\n```", 1.0)]
    [InlineData("{\"score\": 7}", null)]
    [InlineData("I would say 0.7", null)]
    [InlineData("", null)]
    public void A_judge_gives_a_score_or_none(string text, double? score) => Assert.Equal(score, Judging.ScoreIn(text));
}
