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

    private static string DialectOf(string body) => PromptDocument.Parse(new(body)).Dialect.Name;
}
