using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Syntax;

public sealed class FrontMatterTests
{
    [Theory]
    [InlineData("---\nname: x\n---\nbody", "name: x\n", "body")]
    [InlineData("---  \r\nname: x\r\n---\t\r\nbody", "name: x\r\n", "body")]
    [InlineData("---\rname: x\r---\rbody", "name: x\r", "body")]
    [InlineData("\uFEFF---\nname: x\n---\nbody", "name: x\n", "body")]
    [InlineData("# licence\n\n---\nname: x\n---\nbody", "name: x\n", "body")]
    [InlineData("---\n---\nbody", "", "body")]
    [InlineData("---\nname: x\n---", "name: x\n", "")]
    [InlineData("---\na: |\n  ---\n---\nbody\n---\nmore", "a: |\n  ---\n", "body\n---\nmore")]
    [InlineData("---\na: x\n--- \n----\n", "a: x\n", "----\n")]
    public void Front_matter_stands_between_fences(string text, string yaml, string body)
    {
        FrontMatter front = FrontMatter.Parse(new(text));
        Assert.Equal((yaml, body, true), (text.Substring(front.Content.Start, front.Content.Length), text[front.Span.End..], front.Problems.IsEmpty));
    }

    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("", "")]
    [InlineData("\uFEFFHello", "Hello")]
    [InlineData("Hello\n---\na: b\n---\n", "Hello\n---\na: b\n---\n")]
    [InlineData("---\nOnce upon a time", "---\nOnce upon a time")]
    [InlineData("---\n\nNote: this is prose", "---\n\nNote: this is prose")]
    [InlineData("---", "---")]
    [InlineData("# Title\nText\n---\nname: x\n---\n", "# Title\nText\n---\nname: x\n---\n")]
    public void Without_it_all_is_body(string text, string body)
    {
        FrontMatter front = FrontMatter.Parse(new(text));
        Assert.False(front.Exists);
        Assert.Equal(body, text[front.Span.End..]);
    }

    [Theory]
    [InlineData("---\nname: x\nHello {{ y }}: z", "---", "this front matter is never closed; put a line `---` behind its last key")]
    [InlineData("---\n# c\n\nmodel: x\n", "---", "this front matter is never closed; put a line `---` behind its last key")]
    [InlineData(
        "---\njust some text\n---\n",
        "just some text",
        "front matter is made of `key: value` lines, and this is none; text between `---` lines is not sent to the model"
    )]
    [InlineData("---\nmod\n---\n", "mod", "`mod` needs a `:` behind it; front matter is made of `key: value` lines")]
    public void What_is_wrong_is_said_in_one_place(string content, string at, string message)
    {
        FrontMatter front = FrontMatter.Parse(new(content));
        Problem problem = Assert.Single(front.Problems);
        Assert.Equal((at, message), (content.Substring(problem.Span.Start, problem.Span.Length), problem.Message));
    }
}
