using PromptLsp.Language.Formatting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Formatting;

public sealed class CommentToggleTests
{
    [Theory]
    [InlineData("Summarise in {{ language }}.", @"{{~ # Summarise in {{ language }\}. ~}}")]
    [InlineData("  {{ for q in queues }}", @"  {{~ # {{ for q in queues }\} ~}}")]
    [InlineData(@"a }\} b }}} c", @"{{~ # a }\\} b }\}\} c ~}}")]
    [InlineData("## Heading", "{{~ # ## Heading ~}}")]
    [InlineData("{\"a\": {\"b\": 1}}", "{{~ # {\"a\": {\"b\": 1}\\} ~}}")]
    public void A_line_becomes_a_comment_and_comes_back_as_it_was(string line, string comment)
    {
        string text = $"{{{{ role \"user\" }}}}\n{line}\nlast";
        string commented = Toggle(text, 1);
        Assert.Equal($"{{{{ role \"user\" }}}}\n{comment}\nlast", commented);
        Assert.Equal(text, Toggle(commented, 1));
        Assert.Equal("last", Rendered(commented));
    }

    [Theory]
    [InlineData("Hi {{name}} -- {{!-- a --}} b", @"{{!-- Hi {{name}} -- {{!-- a --\}} b --}}")]
    [InlineData("{{#each items}}", "{{!-- {{#each items}} --}}")]
    public void Handlebars_has_comments_of_its_own(string line, string comment)
    {
        string text = $"---\ntemplate: handlebars\n---\nfirst\n{line}\nlast";
        string commented = Toggle(text, 4);
        Assert.Equal(text.Replace(line, comment, StringComparison.Ordinal), commented);
        Assert.Equal(text, Toggle(commented, 4));
        Assert.Equal("first\nlast", Rendered(commented));
    }

    [Theory]
    [InlineData("{{# note }}", "note")]
    [InlineData("{{ # note }}", "note")]
    [InlineData("{{#note}}", "note")]
    public void Comments_that_people_wrote_are_taken_away_too(string comment, string line) =>
        Assert.Equal($"---\ntemplate: scriban\n---\n{line}\n", Toggle($"---\ntemplate: scriban\n---\n{comment}\n", 3));

    [Fact]
    public void Several_lines_are_comments_together_or_none()
    {
        const string text = "one\n\n{{~ # two ~}}\nthree {{ x }}";
        string commented = Toggle(text, 0, 1, 2, 3);
        Assert.Equal("{{~ # one ~}}\n\n{{~ # {{~ # two ~}\\} ~}}\n{{~ # three {{ x }\\} ~}}", commented);
        Assert.Equal(text, Toggle(commented, 0, 1, 2, 3));
    }

    [Fact]
    public void Front_matter_has_the_comments_of_YAML()
    {
        const string text = "---\ninput:\n  schema:\n    a: string\n---\nHi {{ a }}";
        string commented = Toggle(text, 0, 2, 3);
        Assert.Equal("---\ninput:\n  # schema:\n  #   a: string\n---\nHi {{ a }}", commented);
        Assert.Equal(text, Toggle(commented, 2, 3));
    }

    [Fact]
    public void Of_a_language_known_by_name_alone_nothing_is_written() =>
        Assert.Null(CommentToggle.Edits(PromptDocument.Parse(new("{% if a %}b{% endif %}")), [0]));

    private static string Toggle(string text, params int[] lines)
    {
        PromptDocument document = PromptDocument.Parse(new(text));
        return document.Text.With([.. CommentToggle.Edits(document, lines)!.Value]).Content;
    }

    private static string Rendered(string text) =>
        string.Concat(
                Renderer.Render(Editor.Model(text), Inputs.None, RenderLimits.Command, TestContext.Current.CancellationToken).Messages.Select(m => m.Text)
            )
            .Trim();
}
