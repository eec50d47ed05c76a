using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

public sealed class FrontMatterSlipsTests
{
    [Fact]
    public void The_opening_fence_is_missing() => Lint("""
        name: reply
        ^^^^^^^^^^^ warning front-matter-syntax: this front matter never begins, so that all of it goes to the model; put a line `---` above it
        input:
          schema: { x: string }
        ---
        Hi {{ x }}
        """);

    [Theory]
    [InlineData("name: Ada\nAn old customer of ours.\n---\nHi")]
    [InlineData("Name: Ada\n---\nHi")]
    [InlineData("name: Ada\n\nHi")]
    [InlineData("model: how we work\n- [ ] a: b: c\n---\nHi")]
    public void Text_is_not_taken_for_front_matter(string text) => Assert.Empty(Findings(Model(text)));

    [Fact]
    public void A_blank_is_missing_behind_a_colon() => Lint("""
        ---
        lint: { disable: [unused-input] }
        config: {temperature:0.2}
                 ^^^^^^^^^^^^^^^ warning front-matter-syntax: a blank is missing behind `:`; write `temperature: 0.2`
        input: { schema: {a:string} }
                          ^^^^^^^^ warning front-matter-syntax: a blank is missing behind `:`; write `a: string`
        ---
        Hi
        """);

    [Fact]
    public void Addresses_and_quoted_keys_are_whole() => Lint("""
        ---
        metadata: { "a:b": , c: http://example.com }
        ---
        Hi
        """);

    [Fact]
    public void Settings_of_the_model_beside_config() => Lint("""
        ---
        temperature: 0.2
        ^^^^^^^^^^^ warning unknown-key: nothing reads `temperature` here; `temperature` belongs under `config`
        examples: [a]
        mode: fast
        ---
        Hi
        """);
}
