using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Syntax.Dialects;

public sealed class DialectChoiceTests
{
    [Theory]
    [InlineData("{{json a}}")]
    [InlineData("{{{a}}}")]
    [InlineData("{{> voice}}")]
    [InlineData("{{#note}}")]
    public void One_mark_of_Handlebars_does_not_turn_a_body_with_ends_into_it(string mark)
    {
        Assert.Equal("scriban", DialectOf("{{ if a }}b{{ end }}" + mark));
        Assert.Equal("handlebars", DialectOf("Hi " + mark));
        Assert.Equal("handlebars", DialectOf("{{#if a}}b{{/if}} {{ end }}" + mark));
    }

    [Fact]
    public void The_last_end_that_goes_takes_Scriban_with_it()
    {
        PromptDocument before = PromptDocument.Parse(new("{{ if a }}b{{ end }}\n{{json a}}\n"));
        Assert.Equal("scriban", before.Dialect.Name);
        Assert.Equal("handlebars", PromptDocument.Parse(new("{{ if a }}b\n{{json a}}\n"), null, before).Dialect.Name);
    }

    [Theory]
    [InlineData("{{lookup items 0}}")]
    [InlineData("First: {{items.[0]}}, {{items.[1].name}}")]
    [InlineData("{{xs.length}} orders")]
    [InlineData("{{~order.lines.length~}}")]
    [InlineData("{{&name}}")]
    [InlineData("{{user.[first name]}}")]
    public void Plain_forms_that_only_Handlebars_has_are_marks_of_it(string body) => Assert.Equal("handlebars", DialectOf(body));

    [Theory]
    [InlineData("{{ \"a.[0]\" }}")]
    [InlineData("{{ xs.size }} and {{ items[0].name }}")]
    [InlineData("{{ if xs.length > 3 }}many{{ end }}")]
    [InlineData("{{ plan.length + 1 }}")]
    [InlineData("{{ a && b }}")]
    [InlineData("{{ xs.length }}")]
    [InlineData("{{ if vip }}\n{{xs.length}}")]
    [InlineData("{{ name | string.upcase }} {{xs.length}}")]
    [InlineData("{{ for x in xs }}{{ x.length }}{{ end }}")]
    [InlineData("---\ninput:\n  schema:\n    plan(object):\n      length: integer\n---\n{{plan.length}} days")]
    public void What_Scriban_has_too_is_none(string body) => Assert.Equal("scriban", DialectOf(body));

    [Fact]
    public void A_member_declared_in_the_place_of_another_decides_anew()
    {
        const string file = "---\ninput:\n  schema:\n    plan(object):\n      length: integer\n---\n{{plan.length}} days";
        PromptDocument before = PromptDocument.Parse(new(file));
        Assert.Equal("handlebars", PromptDocument.Parse(new(file.Replace("length:", "height:")), null, before).Dialect.Name);
    }

    private static string DialectOf(string body) => PromptDocument.Parse(new(body)).Dialect.Name;
}
