namespace PromptLsp.Language.Tests.Completion;

/// <summary>Code that the first word on a line of text begins.</summary>
public sealed class TextCompletionTests
{
    private const string Header = "---\nname: x\n---\n";

    [Theory]
    [InlineData("fo$$", "for", "{{ for ${1:item} in ${2:items} ~}}\n$0\n{{ end ~}}")]
    [InlineData("  i$$", "if", "  {{~ if ${1:condition} ~}}\n$0\n{{~ end ~}}")]
    [InlineData("role$$", "role", "{{ role \"${1|system,user,model,tool,developer|}\" }}\n$0")]
    [InlineData("inc$$", "include", "{{ include \"$1\" }}$0")]
    [InlineData("his$$", "history", "{{ history }}$0")]
    [InlineData("ca$$", "case", "{{ case ${1:subject} }}{{ when ${2:value} ~}}\n$0\n{{ end ~}}")]
    public void A_word_becomes_code(string typed, string word, string code) => Assert.Equal(Header + code, Complete(Header + typed).Accept(word).Text);

    [Fact]
    public void On_an_empty_line_all_are_offered() =>
        Complete(Header + "$$").ShouldHave("statement case  code", "statement for  code", "statement if  code", "statement role  code");

    // Enter at the end of a line of prose ends the line.
    [Theory]
    [InlineData("Write for$$")]
    [InlineData("fo$$ the customer")]
    [InlineData("For$$")]
    [InlineData("use$$")]
    [InlineData("  $$")]
    [InlineData("{{ x }} fo$$")]
    public void Prose_is_left_alone(string text) => Assert.Empty(Complete(Header + text).List.Items);
}
