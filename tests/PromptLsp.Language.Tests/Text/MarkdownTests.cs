using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Text;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("\u061C", "Arabic letter mark")]
    [InlineData("\u202E", "right-to-left override")]
    [InlineData("\u2028", "line separator")]
    [InlineData("\uFEFF", "byte order mark")]
    [InlineData("\u0007", "U+0007")]
    public void What_hides_or_turns_text_is_shown_by_name(string character, string name)
    {
        Assert.Equal($"a‹{name}›b", Markdown.Visible($"a{character}b"));
        Assert.Equal($"`a‹{name}›b`", Markdown.Code($"a{character}b"));
        Assert.DoesNotContain(character, Markdown.Escape(character), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("**name** text", "name text")]
    [InlineData("- `tier` enum\\: free\\, pro", "- tier enum: free, pro")]
    [InlineData("Sample: `` a`b ``, *input*", "Sample: a`b, input")]
    [InlineData("`` `a` ``", "`a`")]
    [InlineData("`a*b\\c` and `open", "a*b\\c and open")]
    [InlineData("```yaml\na: **b** \\* `c`\n```\n\nend", "a: **b** \\* `c`\n\nend")]
    [InlineData("````text\n```\n*in*\n```\n````", "```\n*in*\n```")]
    public void Without_its_marks_it_is_the_text_alone(string markdown, string plain) => Assert.Equal(plain, Markdown.Plain(markdown));

    [Theory]
    [InlineData("![x](http://e) <b> `` ` a ` `` * \\ # _")]
    [InlineData("`")]
    [InlineData(" `` ")]
    [InlineData("a\\")]
    public void What_is_put_in_comes_out_of_it_as_it_was(string text)
    {
        Assert.Equal(text, Markdown.Plain(Markdown.Escape(text)));
        Assert.Equal(text, Markdown.Plain(Markdown.Block(text)));
        Assert.Equal(text.Trim(), Markdown.Plain(Markdown.Code(text)).Trim());
    }
}
