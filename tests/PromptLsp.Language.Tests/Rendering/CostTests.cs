using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Rendering;

public sealed class CostTests
{
    [Theory]
    [InlineData(0.15, 412, "USD", "$0.062 per 1,000 calls")]
    [InlineData(0.15, 3, "USD", "$0.45 per million calls")]
    [InlineData(2.5, 412, "USD", "$0.0010")]
    [InlineData(2.5, 40_000, "EUR", "€0.10")]
    [InlineData(15, 1_000_000, "GBP", "£15.00")]
    [InlineData(1, 500_000, "CHF", "0.50 CHF")]
    [InlineData(3, 1_000_000_000, "USD", "$3,000.00")]
    [InlineData(0, 412, "USD", "$0")]
    public void It_is_said_with_its_currency_and_two_digits_that_say_something(double price, int tokens, string currency, string expected) =>
        Assert.Equal(expected, Cost.Of(Prompt(new ModelInfo("m", null, price, null) { Currency = currency }), tokens).ToString());

    [Fact]
    public void Without_a_price_it_is_unknown_and_not_nothing()
    {
        Assert.Null(Cost.Of(Prompt(new ModelInfo("m", 1000, null, 3)), 412));
        Assert.Null(Cost.Of(Prompt(new ModelInfo("other", 1000, 1, 3)), 412));
    }

    [Fact]
    public void A_guessed_count_has_a_guessed_cost() =>
        Assert.Equal(
            "≈ 1,000 tokens · ≈ $0.0010",
            TokenCount.Of(Prompt(new ModelInfo("m", null, 1, null)), 1000, new(static _ => 0, IsExact: false)).ToString()
        );

    private static PromptModel Prompt(ModelInfo model) => new(PromptDocument.Parse(new("---\nmodel: m\n---\nHi")), new() { Models = [model] });
}
