using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>What is said of Handlebars bodies: their mistakes, each at its place, and nothing that only an application can know.</summary>
public sealed class FindingTests
{
    [Theory]
    [InlineData("{{#if a}}x", "#if", "this `{{#if}}` is never closed; add `{{/if}}`")]
    [InlineData("{{#if a}}x{{/each}}", "/each", "`/each` does not close `#if`; write `{{/if}}`")]
    [InlineData("x{{/if}}", "/if", "`/if` closes nothing; remove it or open a block before it")]
    [InlineData("x{{else}}", "else", "this `else` belongs to no block; remove it or open one before it")]
    [InlineData("{{xs.0}}", "0", "a number stands in brackets: `xs.[0]`")]
    [InlineData("{ {{a}}}", "}}}", "`}}}` closes `{{{`, and this opens with `{{`; put a blank before a brace that is text")]
    [InlineData("{{a\n", "{{", "this `{{` is never closed; add `}}`")]
    [InlineData("{{#if a == b}}x{{/if}}", "==", "Handlebars has no operator `==`; write `{{#ifEquals a b}}`")]
    public void A_mistake_is_found_at_its_place(string body, string place, string message)
    {
        Finding finding = Assert.Single(Findings(Model(Front + body)), f => f.Severity == Severity.Error);
        Assert.Equal(("template-syntax", place, message), (finding.Rule, (Front + body).Substring(finding.Span.Start, finding.Span.Length), finding.Message));
    }

    [Theory]
    [InlineData("{{> of_the_application}}")]
    [InlineData("{{> @partial-block}}")]
    public void What_an_application_may_have_is_no_mistake(string body) =>
        Assert.DoesNotContain(Findings(Model(Front + body)), f => f.Severity is Severity.Error or Severity.Warning);

    [Theory]
    [InlineData("{{helperOfTheApplication a}}")]
    [InlineData("{{#helperOfTheApplication a}}x{{/helperOfTheApplication}}")]
    public void A_helper_that_nobody_declares_is_a_warning(string body) =>
        Assert.Equal("unknown-function", Assert.Single(Findings(Model(Front + body)), f => f.Severity == Severity.Warning).Rule);

    private const string Front = "---\nname: x\ndescription: A prompt.\nowner: me\ntemplate: handlebars\n---\nHello. ";
}
