using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;

namespace PromptLsp.Language.Tests.Linting;

public sealed class UnknownDialectTests
{
    [Theory]
    [InlineData("{{lang:en-US|ja-JP}}")]
    [InlineData("{{name of the user}}")]
    [InlineData("{{first name}}, {{last name}}")]
    [InlineData("{{user's name}}")]
    [InlineData("{{x|y|z}}")]
    [InlineData("{{TODO: fill in}}")]
    [InlineData("{{ 2nd name }}")]
    public void Placeholders_of_another_language_in_a_plain_text_are_told_once(string placeholder) =>
        Assert.True(
            Findings(Model($"Translate into {placeholder} please.\n")).ToArray() is [{ Rule: "unknown-dialect", Severity: Severity.Hint }],
            placeholder
        );

    [Theory]
    [InlineData("{{ name | upper }}")]
    [InlineData("{{ string.upcase 'x }}")]
    [InlineData("{{ x = 1 }}{{ user name }}")]
    public void A_slip_in_a_prompt_is_none(string body) => Assert.DoesNotContain(Findings(Model(body)), f => f.Rule == "unknown-dialect");
}
