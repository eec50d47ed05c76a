using Xunit;

namespace PromptLsp.History.Tests;

/// <summary>Golden vectors: a fingerprint that was written down once must never come out differently. Each can be had from <c>sha256sum</c>.</summary>
public sealed class FingerprintTests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("Hello.\n", "a2c064616af4c66c576821616646bdfad5556a263b4b007847605118971f4389")]
    [InlineData("a\r\nb\rc\n", "880553fca8fcea94e325ee2cfb48e5a985cc797f39a14cc6d3cedecfeb2ae4d2")]
    [InlineData("\uFEFFHello.\n", "a2c064616af4c66c576821616646bdfad5556a263b4b007847605118971f4389")]
    [InlineData("trailing \t\n", "62037f373a01d854483eacdcf0df5e29a691dbd56b375ec922bdbdb69657b936")]
    [InlineData("e\u0301 😀", "2df8c6ba35bf531f9aa28291c255dfde879161ae419794447449f324abb67c8b")]
    public void A_text_has_one_fingerprint(string text, string expected) => Assert.Equal(expected, Fingerprint.Of(text));

    [Fact]
    public void Composed_and_decomposed_letters_differ_because_a_model_sees_the_difference() =>
        Assert.NotEqual(Fingerprint.Of("\u00E9"), Fingerprint.Of("e\u0301"));

    [Fact]
    public void What_is_pulled_in_counts_in_the_order_of_its_paths_bytes()
    {
        string own = Fingerprint.Of("own"), x = Fingerprint.Of("x"), y = Fingerprint.Of("y");
        string expected = Fingerprint.Of($"{own} .\n{x} a/b.yaml\n{Fingerprint.Missing} b.prompt\n{y} \uFFFD\n{x} 😀\n");
        Assert.Equal(expected, Fingerprint.Effective(own, [("😀", x), ("\uFFFD", y), ("b.prompt", Fingerprint.Missing), ("a/b.yaml", x), ("a/b.yaml", x)]));
    }

    [Fact]
    public void A_prompt_that_pulls_nothing_in_still_has_an_effective_fingerprint_of_its_own() =>
        Assert.Equal("d62653df9e0b3098c7f2a82c748d468c35ade9598e68dbcd152fb8910a283992", Fingerprint.Effective(Fingerprint.Of("Hello.\n"), []));
}
