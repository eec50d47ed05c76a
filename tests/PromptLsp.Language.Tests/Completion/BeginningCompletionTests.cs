using PromptLsp.Language.Completion;

namespace PromptLsp.Language.Tests.Completion;

/// <summary>The first thing in a file: front matter, and its keys in the order in which they are mostly written.</summary>
public sealed class BeginningCompletionTests
{
    [Fact]
    public void An_empty_file_begins_with_front_matter() => Complete("$$").Accept("--- with inputs").ShouldBe("""
        ---
        name: ${1:untitled}
        description: ${2:what it is for}
        input:
          schema:
            ${3:question}: ${4:string}, ${5:what it holds}
        ---
        {{ role "system" }}
        $6
        {{ role "user" }}
        {{ ${3:question} }}$0
        """);

    [Theory]
    [InlineData("p$$")]
    [InlineData("prompt$$\n")]
    public void So_does_the_word(string text) => Assert.StartsWith("---\nname: ", Complete(text).Accept("prompt").Text, StringComparison.Ordinal);

    [Fact]
    public void The_word_before_a_text_is_a_word() => Complete("prompt$$\nHello {{ name }}").ShouldNotHave("prompt");

    [Theory]
    [InlineData("$$Hello {{ name }}")]
    [InlineData("--$$\nHello {{ name }}")]
    [InlineData("---$$\nHello {{ name }}")]
    public void Front_matter_goes_before_a_text_that_was_there_first(string text) => Complete(text).Accept("---").ShouldBe("""
        ---
        name: ${1:untitled}
        description: ${2:what it is for}
        $0
        ---
        Hello {{ name }}
        """);

    [Theory]
    [InlineData("---\n$$")]
    [InlineData("---\n$$\nHello {{ name }}")]
    [InlineData("---\nna$$\nHello {{ name }}")]
    [InlineData("---\ndescription: x\nowner: y\n$$\nHello {{ name }}")]
    public void Behind_the_fence_come_keys(string text) => Assert.Contains(Complete(text).List.Items, i => i.Kind == CompletionKind.Key && i.Label == "name");

    [Fact]
    public void Keys_follow_those_above_and_rare_ones_come_last() =>
        Complete("---\nname: x\ninput: {}\n$$\n---\n")
            .ShouldHave("key output  map", "key samples  map", "key tests  list", "key description  text", "key variant  text", "key metadata  anything");
}
