using static PromptLsp.Testing.Editor;

namespace PromptLsp.Language.Tests.Hover;

/// <summary>A rule's page, wherever the rule is named.</summary>
public sealed class RuleHoverTests
{
    [Theory]
    [InlineData("{{~ # promptlsp-disable-next-line unused-in$$put ~}}\nHi")]
    [InlineData("{{# promptlsp-disable late-system, $$unused-input }}\nHi\n{{# promptlsp-enable }}")]
    [InlineData("---\n# promptlsp-disable-next-line unused-input$$\nname: a\n---\nHi")]
    [InlineData("---\nlint: { disable: [unu$$sed-input] }\n---\nHi")]
    public void A_rules_name_shows_its_page(string text) =>
        Assert.StartsWith("**unused-input**\n\n**What**\n\nAn input that neither", HoverAt(text).On("unused-input").Hover!.Markdown, StringComparison.Ordinal);

    [Fact]
    public void Other_words_of_such_a_comment_say_nothing() =>
        Assert.DoesNotContain("**What**", HoverAt("{{~ # promptlsp-disable-next-$$line unused-input ~}}\nHi").Hover?.Markdown ?? "", StringComparison.Ordinal);
}
