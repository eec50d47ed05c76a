namespace PromptLsp.Language.Tests.Completion;

/// <summary>Comments in the body that turn rules off; those of front matter are tested with it.</summary>
public sealed class SuppressionCompletionTests
{
    private static string[] Labels(string body) => [.. Complete(body).List.Items.Select(i => i.Label)];

    [Theory]
    [InlineData("{{ # promptlsp-$$ }}", "promptlsp-disable-next-line promptlsp-disable promptlsp-enable")]
    [InlineData("{{ # pro$$mptlsp }}", "promptlsp-disable-next-line promptlsp-disable promptlsp-enable")]
    [InlineData("{{ # $$ }}", "")]
    [InlineData("{{ # a note $$ }}", "")]
    [InlineData("{{ ## promptlsp-disable\nmore $$ ## }}", "")]
    public void A_comment_turns_rules_off(string body, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Labels(body));

    [Fact]
    public void A_rule_that_is_named_is_not_offered_again()
    {
        string[] rules = Labels("{{ # promptlsp-disable-next-line unused-input, un$$ }}");
        Assert.Contains("undefined-variable", rules);
        Assert.DoesNotContain("unused-input", rules);
        Assert.EndsWith(
            "{{ # promptlsp-disable-next-line unused-input }}",
            Complete("{{ # promptlsp-disable-next-line un$$def }}").Accept("unused-input").Text,
            StringComparison.Ordinal
        );
    }
}
