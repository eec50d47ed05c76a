using System.Collections.Frozen;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Completion;

public sealed class FrontMatterCompletionTests
{
    private static readonly PromptEnvironment Workspace = new()
    {
        Models = [new("openai/gpt-4o", 128000, 2.5, 10), new("openai/gpt-4o-mini", 128000, 0.15, 0.6)],
        Schemas = new Dictionary<string, PromptType> { ["Address"] = ObjectType.Open }.ToFrozenDictionary(),
    };

    private const string Whole = """
        input:
          schema:
            customer(object, who asks):
              name: string, full name
              tier(enum): [free, pro, enterprise]
            ticket: string
            urgent: boolean
        samples:
          calm: { ticket: Hello }
          angry: { ticket: "Third time!" }
        ---
        {{ customer.name }} {{ ticket }} {{ language }}
        """;

    [Fact]
    public void A_key_is_completed_with_its_colon() => Complete("---\nna$$\n---\n").Accept("name").ShouldBe("""
        ---
        name: 
        ---

        """);

    [Fact]
    public void Keys_that_stand_already_are_not_offered_again() => Complete("""
        ---
        name: x
        model: y
        $$
        config: {}
        input: {}
        output: {}
        ---
        """).ShouldBe("""
        key limits  map
        key samples  map
        key tests  list
        key description  text
        key owner  text or list
        key tags  list
        key variant  text
        key version  text
        key tools  list
        key toolDefs  list
        key toolChoice  text
        key maxTurns  whole number
        key returnToolRequests  true or false
        key template  scriban or handlebars or liquid
        key lint  map
        key metadata  anything
        """);

    [Theory]
    [InlineData("config:\n  $$")]
    [InlineData("config:\n  te$$")]
    [InlineData("config:\n  topP: 1\n  te$$\n  topK: 5\nname: x")]
    [InlineData("config: { $$ }")]
    [InlineData("config: { te$$")]
    [InlineData("config: { topP: 0.1, $$ }\nname: x")]
    [InlineData("config: {\n  topP: 0.1,\n  te$$\n}")]
    [InlineData("name: [broken\nconfig:\n  te$$")]
    [InlineData("name: @broken\nconfig:\n  te$$")]
    [InlineData("name\nconfig:\n  $$")]
    [InlineData("name: x\r\nconfig:\r\n  te$$\r\n")]
    public void Config_keys_complete_in_broken_yaml_too(string yaml) => Complete($"---\n{yaml}\n---\n").ShouldHave("key temperature  number");

    [Fact]
    public void A_key_before_a_colon_is_replaced_alone() => Complete("---\nconfig: { temp$$arture: 0.2 }\n---\n").Accept("temperature").ShouldBe("""
        ---
        config: { temperature: 0.2 }
        ---

        """);

    [Fact]
    public void A_list_key_brings_its_brackets() => Complete("---\nta$$\n---\n").Accept("tags").ShouldBe("""
        ---
        tags: [$0]
        ---

        """);

    [Theory]
    [InlineData("model: $$")]
    [InlineData("model:$$")]
    [InlineData("model: op$$enai/gpt")]
    [InlineData("model: \"$$\"")]
    [InlineData("model: \"op$$")]
    [InlineData("{ model: $$ }")]
    public void Models_come_from_the_workspace(string yaml) => Complete($"---\n{yaml}\n---\n", Workspace).ShouldBe("""
        model openai/gpt-4o  128 000 tokens, 2.5 in, 10 out
        model openai/gpt-4o-mini  128 000 tokens, 0.15 in, 0.6 out
        """);

    [Theory]
    [InlineData("model: op$$enai/gpt", "model: openai/gpt-4o")]
    [InlineData("model: \"op$$\"", "model: \"openai/gpt-4o\"")]
    [InlineData("model:$$", "model: openai/gpt-4o")]
    [InlineData("model: $$ # mine", "model: openai/gpt-4o # mine")]
    public void A_value_is_replaced_whole(string yaml, string expected) => Assert.Equal($"---\n{expected}\n---\n", Complete($"---\n{yaml}\n---\n", Workspace).Accept("openai/gpt-4o").Text);

    [Fact]
    public void Words_complete() => Complete("---\noutput: { format: $$ }\n---\n").ShouldBe("""
        value text
        value json
        value media
        value jsonl
        value array
        value enum
        """);

    [Theory]
    [InlineData("    name: $$")]
    [InlineData("    name: st$$")]
    [InlineData("    tags(array, all): $$")]
    [InlineData("    who:\n      name: $$")]
    [InlineData("    who: { name: $$ }")]
    public void Types_complete_in_picoschema(string line) => Complete($"---\ninput:\n  schema:\n{line}\n---\n", Workspace).ShouldBe("""
        type string
        type number
        type integer
        type boolean
        type null
        type any
        type Address  object
        """);

    [Fact]
    public void A_description_is_left_alone() => Complete("---\ninput:\n  schema:\n    name: string, th$$\n---\n").ShouldBe("nothing");

    [Fact]
    public void What_stands_in_parentheses_completes() => Complete("---\ninput:\n  schema:\n    tags(ar$$\n---\n").Accept("array").ShouldBe("""
        ---
        input:
          schema:
            tags(array): 
        ---

        """);

    [Fact]
    public void Names_that_the_body_uses_are_offered_as_inputs() => Complete("---\ninput:\n  schema:\n    $$\n---\n{{ topic }} {{ mood }}").ShouldHave("input mood  used in the body", "input topic  used in the body");

    [Fact]
    public void Json_schema_has_its_own_words() => Complete("---\noutput:\n  schema:\n    type: object\n    properties:\n      a: { type: $$ }\n---\n").ShouldBe("""
        type string
        type number
        type integer
        type boolean
        type object
        type array
        type null
        """);

    [Theory]
    [InlineData("  new: { $$ }")]
    [InlineData("  new:\n    $$")]
    [InlineData("  new: { tick$$")]
    public void Samples_are_made_of_inputs(string line) => Complete("---\nsamples:\n" + line + "\n" + Whole.Replace("samples:", "limits:", StringComparison.Ordinal)).ShouldBe("""
        input customer  object
        input ticket  string
        input urgent  boolean
        """);

    [Fact]
    public void Members_and_values_of_inputs_complete_in_samples()
    {
        Complete("---\ntests:\n  - input: { customer: { $$ } }\n" + Whole).ShouldBe("""
            field name  string
            field tier  enum: free, pro, enterprise
            """);
        Complete("---\ntests:\n  - input: { customer: { tier: $$ } }\n" + Whole).ShouldBe("""
            enumvalue free
            enumvalue pro
            enumvalue enterprise
            """);
        Complete("---\ntests:\n  - input:\n      urgent: $$\n" + Whole).ShouldBe("""
            value true
            value false
            """);
    }

    [Fact]
    public void Tests_complete()
    {
        Complete("---\ntests:\n  - $$\n" + Whole).ShouldBe("""
            key name  text
            key sample  text
            key input  map
            key expect  list or map
            key output  anything
            """);
        Complete("---\ntests:\n  - name: x\n    sample: $$\n" + Whole).ShouldBe("""
            sample calm  { ticket: "Hello" }
            sample angry  { ticket: "Third time!" }
            """);
        Complete("---\ntests:\n  - name: x\n    expect: [{ $$ }]\n" + Whole).ShouldHave("key contains  text or list", "key max-tokens  whole number");
        Complete("---\ntests:\n  - expect:\n      - messages: [$$]\n" + Whole).ShouldHave("role system", "role user");
    }

    [Fact]
    public void Rules_complete_where_they_are_turned_off()
    {
        Complete("---\nlint: { disable: [$$] }\n---\n").ShouldHave("value unused-input");
        Complete("---\n# promptlsp-disable-next-line $$\nname: x\n---\n").ShouldHave("value unused-input");
        Complete("---\n# promptlsp-$$\n---\n").Accept("promptlsp-disable").ShouldBe("""
            ---
            # promptlsp-disable 
            ---

            """);
    }

    [Fact]
    public void Untrusted_names_an_input() => Complete("---\n" + Whole.Replace("samples:", "  untrusted: [ticket, $$]\nsamples:", StringComparison.Ordinal)).ShouldBe("""
        input customer  object
        input urgent  boolean
        """);

    [Theory]
    [InlineData("---\n$$")]
    [InlineData("---\nname: x\n$$")]
    [InlineData("---\nname: x\ncon$$")]
    public void A_file_just_begun_completes(string text) => Complete(text).ShouldHave("key config  map");

    [Theory]
    [InlineData("---\nmetadata: { $$ }\n---\n")]
    [InlineData("---\nmine: { $$ }\n---\n")]
    [InlineData("---\ndescription: some te$$xt\n---\n")]
    [InlineData("---\n# a com$$ment\n---\n")]
    [InlineData("---\nname: x\n---$$\n")]
    [InlineData("-$$--\nname: x\n---\n")]
    [InlineData("---\ndescription: |\n  te$$xt\n---\n")]
    public void Where_nothing_is_known_nothing_is_offered(string text) => Complete(text).ShouldBe("nothing");
}
