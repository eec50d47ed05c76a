using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Hover;

public sealed class FrontMatterHoverTests
{
    private const string Prompt = """
        ---
        model: openai/gpt-4o-mini
        config: { temperature: 0.2 }
        input:
          schema:
            customer(object, who asks):
              name: string, full name
              tier(enum): [free, pro]
            ticket: string
          untrusted: [ticket]
        output: { format: json }
        lint: { disable: [unused-input] }
        samples:
          angry: { ticket: "Third time!", customer: { tier: pro } }
        tests:
          - sample: angry
        mine: { a: b }
        ---
        {{ ticket }} {{ customer.name }}
        """;

    private static readonly PromptEnvironment Workspace = new() { Models = [new("openai/gpt-4o-mini", 128000, 0.15, 0.6)] };

    [Fact]
    public void A_key_says_what_it_means() => At("tempe", "rature").On("temperature").ShouldBe("""
        **temperature** number

        How freely the model chooses: near 0 the likeliest words, above 1 surprising ones. From 0 to 2.

        ```yaml
        temperature: 0.2
        ```
        """);

    [Fact]
    public void A_value_says_what_its_key_means() => At("temperature: 0", ".2").On("0.2").ShouldBe("""
        **temperature** number

        How freely the model chooses: near 0 the likeliest words, above 1 surprising ones. From 0 to 2.

        ```yaml
        temperature: 0.2
        ```
        """);

    [Fact]
    public void A_word_says_what_it_means() => At("format: js", "on").On("json").ShouldBe("""
        **json**

        JSON that fits `schema`.
        """);

    [Fact]
    public void A_model_says_what_it_can_and_costs() => At("openai/", "gpt").On("openai/gpt-4o-mini").ShouldBe("""
        **openai\/gpt\-4o\-mini**

        Reads up to 128 000 tokens. A million tokens of prompt cost 0.15 USD. A million tokens of answer cost 0.6 USD.
        """);

    [Fact]
    public void An_input_says_what_it_is() => At("    tick", "et: string").On("ticket").ShouldBe("""
        ```yaml
        ticket: string
        ```

        Sample: `"Third time!"`

        *untrusted input*
        """);

    [Fact]
    public void A_member_says_whose_it_is() => At("      na", "me: string").On("name").ShouldBe("""
        ```yaml
        name: string
        ```

        full name

        *member of `customer`*
        """);

    [Fact]
    public void A_type_says_what_it_takes() => At("ticket: str", "ing").On("string").ShouldBe("""
        **string**

        Text.
        """);

    [Theory]
    [InlineData("tags(ar$$ray, all): string", "array", "A list; the type of its items stands behind the colon.")]
    [InlineData("who:\n      tier?(en$$um): [a, b]", "enum", "One of some values, listed behind the colon.")]
    [InlineData("type: object\n    proper$$ties: { a: { type: string } }", "properties", "An object's members, each with a schema.")]
    [InlineData("type: object\n    properties: { type: { $$type: string } }", "type", "What kind of value it is.")]
    public void The_words_of_a_schema_say_what_they_mean(string line, string word, string meaning) =>
        HoverAt($"---\ninput:\n  schema:\n    {line}\n---\n").On(word).ShouldBe($"**{word}**\n\n{meaning}");

    [Fact]
    public void A_member_of_a_schema_without_a_name_says_where_it_is_declared() => HoverAt("---\noutput: { schema: { rep$$ly: string } }\n---\n").On("reply").ShouldBe("""
        ```yaml
        reply: string
        ```

        *declared by this schema*
        """);

    [Fact]
    public void A_samples_keys_are_inputs_and_members()
    {
        At("angry: { tic", "ket").On("ticket");
        At("customer: { ti", "er: pro").On("tier").ShouldBe("""
            ```yaml
            tier: enum: free, pro
            ```

            *member of `customer`*
            """);
    }

    [Fact]
    public void A_test_shows_its_sample() => At("sample: an", "gry").On("angry").ShouldBe("""
        ```yaml
        { ticket: "Third time!", customer: { tier: "pro" } }
        ```

        ---

        **Preview** with the sample `angry`

        **user**

        ```text
        Third time! 
        ```
        """);

    [Fact]
    public void A_rule_says_what_it_finds() => At("unused-", "input").On("unused-input");

    [Fact]
    public void A_key_of_the_users_own_says_nothing() => At("mi", "ne:").ShouldBe("nothing");

    [Fact]
    public void Settings_have_their_own_keys()
    {
        HoverSettings("environ$$ments: [dev]").On("environments");
        HoverSettings("context:\n  user:\n    sch$$ema: { name: string }").On("schema");
        HoverSettings("context:\n  user:\n    schema: { na$$me: string }").On("name");
        HoverSettings("rules: { unused-in$$put: off }").On("unused-input").ShouldBe("""
        **unused-input**

        **What**

        An input that neither the body nor any partial it includes reads.

        **Why**

        Whoever calls the prompt has to find a value for it, and it changes nothing. Often it is what is left of a sentence that went.

        **Example**

        Bad:

        ```prompt
        ---
        input:
          schema:
            topic: string
            mood: string
        ---
        Write a haiku about {{ topic }}.
        ```

        Good:

        ```prompt
        ---
        input:
          schema:
            topic: string
            mood: string
        ---
        Write a {{ mood }} haiku about {{ topic }}.
        ```

        **Fix**

        Remove the input from the schema, or use it.
        """);
        HoverSettings("rules: { unused-input: o$$ff }").On("off").ShouldBe("""
            **off**

            Never shown.
            """);
    }

    private static Hovered At(string before, string after)
    {
        int at = Prompt.IndexOf(before + after, StringComparison.Ordinal);
        Assert.True(at >= 0, before + after);
        return HoverAt(Prompt.Insert(at + before.Length, "$$"), Workspace);
    }
}
