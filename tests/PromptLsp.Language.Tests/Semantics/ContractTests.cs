using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Tests.Semantics;

/// <summary>What breaks those who use an older version, and what does not.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("a: string", "a: string", "")]
    [InlineData("a: string", "a: string\n    b: string", "breaks: the input `b` is new and required")]
    [InlineData("a: string", "a: string\n    b?: string", "the input `b` is new and optional")]
    [InlineData("a: string\n    b: string", "a: string", "breaks: the input `b` is gone")]
    [InlineData("a: string\n    b?: string", "a: string", "the input `b` is gone")]
    [InlineData("a?: string", "a: string", "breaks: the input `a` was optional and is required now")]
    [InlineData("a: string", "a?: string", "")]
    [InlineData("a: string", "a: number", "breaks: the input `a` was string and takes only number now")]
    [InlineData("a: integer", "a: number", "the input `a` was integer and takes number now")]
    [InlineData("a(enum): [x, y]", "a(enum): [x, y, z]", "the input `a` was one of x, y and takes one of x, y, z now")]
    [InlineData("a(enum): [x, y, z]", "a(enum): [x, y]", "breaks: the input `a` was one of x, y, z and takes only one of x, y now")]
    [InlineData("a(enum): [x, y]", "a: string", "the input `a` was one of x, y and takes string now")]
    [InlineData("a: string", "a: any", "the input `a` was string and takes any now")]
    [InlineData("c(object):\n      d: string", "c(object):\n      d: string\n      e: string", "breaks: the input `c.e` is new and required")]
    [InlineData("xs(array):\n      p: number", "xs(array):\n      p: string", "breaks: the input `xs[].p` was number and takes only string now")]
    public void Inputs(string old, string now, string changes) =>
        Assert.Equal(changes, Changes($"input:\n  schema:\n    {old}", $"input:\n  schema:\n    {now}"));

    [Fact]
    public void A_default_makes_a_new_input_optional() =>
        Assert.Equal(
            "the input `b` is new and optional",
            Changes("input:\n  schema:\n    a: string", "input:\n  schema:\n    a: string\n    b: string\n  default: { b: x }")
        );

    [Fact]
    public void Without_a_schema_nobody_knows_what_callers_give() => Assert.Equal("", Changes("name: x", "input:\n  schema:\n    a: string"));

    [Theory]
    [InlineData("a: string", "a: string\n    b: string", "the output `b` is new")]
    [InlineData("a: string\n    b: string", "a: string", "breaks: the output `b` is gone")]
    [InlineData("a: string", "a?: string", "breaks: the output `a` was always there and may be left out now")]
    [InlineData("a: string", "a(enum): [x, y]", "the output `a` was string and is one of x, y now")]
    [InlineData("a(enum): [x, y]", "a: string", "breaks: the output `a` was one of x, y and is string now")]
    [InlineData("xs(array):\n      p: integer", "xs(array):\n      p: number", "breaks: the output `xs[].p` was integer and is number now")]
    public void Outputs(string old, string now, string changes) =>
        Assert.Equal(changes, Changes($"output:\n  schema:\n    {old}", $"output:\n  schema:\n    {now}"));

    [Fact]
    public void An_output_without_its_schema_promises_nothing() =>
        Assert.Equal("breaks: the output has no schema any more", Changes("output:\n  schema:\n    a: string", "name: x"));

    private static string Changes(string old, string now) =>
        string.Join(
            "; ",
            Contract.Changes(Model($"---\n{old}\n---\n").Header, Model($"---\n{now}\n---\n").Header).Select(c => (c.IsBreaking ? "breaks: " : "") + c.Message)
        );
}
