using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Semantics.Schemas;

public sealed class ConformanceTests
{
    private const string Schema =
        "{ name?: string, n?: number, i?: integer, ok?: boolean, tier?(enum): [free, pro, 5, null], tags?(array): string, who?: { mail: string }, x?: any }";

    [Theory]
    [InlineData("name: Ada")]
    [InlineData("n: 1.5\ni: 2.0\nok: false")]
    [InlineData("tier: pro")]
    [InlineData("tier: 5")]
    [InlineData("tier: null")]
    [InlineData("tags: [a, b]\nwho: { mail: c }")]
    [InlineData("name: null\ntags:")]
    [InlineData("x: { anything: [1] }")]
    [InlineData("tags: &t [a]\nx: *t")]
    public void What_fits_is_no_problem(string yaml) => Assert.Empty(Check(yaml).Problems);

    [Theory]
    [InlineData("name: 12345", "12345", "`name` must be text, and `12345` is a number; put it in quotes", "name: \"12345\"")]
    [InlineData("name: [a]", "[a]", "`name` must be text, and this is a list", null)]
    [InlineData("n: many", "many", "`n` must be a number, and `many` is text", null)]
    [InlineData("n: '5'", "'5'", "`n` must be a number, and this is text; take the quotes away", "n: 5")]
    [InlineData("i: 1.5", "1.5", "`i` must be a whole number, and `1.5` is a number", null)]
    [InlineData("ok: yes", "yes", "`ok` must be `true` or `false`; did you mean `true`?", "ok: true")]
    [InlineData("tier: prro", "prro", "`tier` must be one of `free`, `pro`, `5`, `null`; did you mean `pro`?", "tier: pro")]
    [InlineData("tags: a", "a", "`tags` must be a list, and this is text", null)]
    [InlineData("tags: [a, 1]", "1", "`tags[1]` must be text, and `1` is a number; put it in quotes", "tags: [a, \"1\"]")]
    [InlineData("who: {}", "who", "`who` lacks its `mail`", null)]
    [InlineData("who: { mial: x }", "mial", "`who` has no `mial`; did you mean `mail`?", "who: { mail: x }")]
    [InlineData("nmae: Ada", "nmae", "there is no `nmae`; did you mean `name`?", "name: Ada")]
    [InlineData("zzz: 1", "zzz", "there is no `zzz`; there are `name`, `n`, `i`, `ok`, `tier`, `tags`, …", null)]
    public void What_does_not_is_said_at_the_value(string yaml, string at, string message, string? mended)
    {
        (SourceText text, Problem[] problems) = Check(yaml);
        Problem problem = Assert.Single(problems);
        Assert.Equal((at, message), (text[problem.Span], problem.Message));
        Assert.Equal(mended, problem.Repair is { } repair ? text.With(repair.Edit).Content : null);
    }

    [Fact]
    public void A_required_input_must_be_given_somewhere()
    {
        var inputs = (ObjectType)Read("{ a: string, b: string }").Type;
        var text = new SourceText("{}");
        var values = (YamlMapping)YamlTree.Parse(text, new(0, 2)).Root!;
        Assert.Equal(
            ["the input `a` is required, and nothing is given for it here"],
            Conformance.OfInputs(values, inputs, new(0, 2), name => name == "b").Select(p => p.Message)
        );
    }

    [Fact]
    public void Unions_inside_unions_end()
    {
        string deep =
            string.Concat(Enumerable.Repeat("{ anyOf: [{ type: array, items: ", 20))
            + "{ type: string }"
            + string.Concat(Enumerable.Repeat(" }, { type: array, items: { type: number } }] }", 20));
        string value = new string('[', 25) + "true" + new string(']', 25);
        var text = new SourceText(value);
        Assert.NotEmpty(Conformance.Problems(YamlTree.Parse(text, new(0, value.Length)).Root!, Read(deep).Type, "value", default));
    }

    private static (SourceText Text, Problem[] Problems) Check(string yaml)
    {
        var text = new SourceText(yaml);
        var values = (YamlMapping)YamlTree.Parse(text, new(0, yaml.Length)).Root!;
        return (text, [.. Conformance.OfInputs(values, (ObjectType)Read(Schema).Type, new(0, 1), _ => false)]);
    }

    private static PromptSchema Read(string yaml)
    {
        var text = new SourceText(yaml);
        return PromptSchema.Read(text, YamlTree.Parse(text, new(0, yaml.Length)).Root!, new Dictionary<string, PromptType>());
    }
}
