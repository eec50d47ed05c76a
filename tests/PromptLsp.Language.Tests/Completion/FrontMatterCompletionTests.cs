using System.Collections.Frozen;
using PromptLsp.Language.Catalog.Types;
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
    public void A_value_is_replaced_whole(string yaml, string expected) =>
        Assert.Equal($"---\n{expected}\n---\n", Complete($"---\n{yaml}\n---\n", Workspace).Accept("openai/gpt-4o").Text);

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

    [Theory]
    [InlineData("tags($$", "array", "tags(array): ")]
    [InlineData("tags($$", "enum", "tags(enum): [$0]")]
    [InlineData("tags($$", "object", "tags(object):")]
    [InlineData("tags(ob$$)", "object", "tags(object)")]
    [InlineData("tags(ar$$ray): string", "enum", "tags(enum): string")]
    [InlineData("tags(ar$$, all of them): string", "array", "tags(array, all of them): string")]
    [InlineData("x: string\n    tags?($$): string", "array", "x: string\n    tags?(array): string")]
    [InlineData("x: string\n    ta$$gs(array): string", "topic", "x: string\n    topic(array): string")]
    public void What_stands_around_a_word_in_parentheses_stays(string line, string label, string expected)
    {
        Offers offers = Complete($"---\ninput:\n  schema:\n    {line}\n---\n{{{{ topic }}}}");
        Assert.Equal($"---\ninput:\n  schema:\n    {expected}\n---\n{{{{ topic }}}}", offers.Accept(label).Text);
        offers.ShouldNotHave("string");
    }

    [Fact]
    public void A_name_with_its_colon_is_not_replaced_by_a_type() =>
        Complete("---\ninput:\n  schema:\n    name: $$\n---\n{{ other }}")
            .Accept("string")
            .ShouldBe(
                """
                ---
                input:
                  schema:
                    name: string
                ---
                {{ other }}
                """
            );

    // A list that is open takes the Enter that begins the line below.
    [Theory]
    [InlineData("input:$$")]
    [InlineData("input:\n  schema:$$")]
    [InlineData("input:\n  schema:\n    customer:$$")]
    [InlineData("input:\n  untrusted:$$")]
    [InlineData("tags:$$")]
    [InlineData("samples:$$")]
    [InlineData("output:\n  schema:$$")]
    public void Right_behind_the_colon_of_what_goes_on_below_nothing_is_offered(string keys) =>
        Assert.Empty(Complete($"---\n{keys}\n---\n{{{{ ticket }}}}").List.Items);

    [Theory]
    [InlineData("input", "input:")]
    [InlineData("input:\n  sch", "input:\n  schema:")]
    [InlineData("input:\n  unt", "input:\n  untrusted: [$0]")]
    [InlineData("output:\n  sch", "output:\n  schema:")]
    [InlineData("ta", "tags: [$0]")]
    public void What_goes_on_below_opens_no_list_when_it_is_accepted(string typed, string accepted)
    {
        string key = accepted[(accepted.LastIndexOfAny([' ', '\n'], accepted.IndexOf(':', accepted.LastIndexOf('\n') + 1)) + 1)..].Split(':')[0];
        Offers offers = Complete($"---\n{typed}$$\n---\n");
        Assert.False(Assert.Single(offers.List.Items, i => i.Label == key).ThenComplete);
        Assert.Equal($"---\n{accepted}\n---\n", offers.Accept(key).Text);
    }

    [Theory]
    [InlineData("$$", "no, never", "\"no, never\"")]
    [InlineData("$$", "# 1", "\"# 1\"")]
    [InlineData("$$", "say \"no\"", "say \"no\"")]
    [InlineData("$$", "yes it is", "yes it is")]
    [InlineData("\"$$\"", "no, never", "\"no, never\"")]
    [InlineData("\"$$\"", "say \"no\"", "\"say \\\"no\\\"\"")]
    [InlineData("'$$'", "it's", "'it''s'")]
    [InlineData("'$$", "yes it is", "'yes it is'")]
    public void A_value_has_the_quotes_that_it_needs(string cursor, string label, string expected)
    {
        const string schema = """input: { schema: { e(enum): [yes it is, "no, never", "# 1", 'say "no"', "it's"] } }""";
        Assert.Equal(
            $"---\n{schema}\nsamples:\n  a:\n    e: {expected}\n---\n",
            Complete($"---\n{schema}\nsamples:\n  a:\n    e: {cursor}\n---\n").Accept(label).Text
        );
    }

    [Fact]
    public void A_key_in_quotes_keeps_its_colon_behind_them() => Assert.Equal("---\n\"model\"\n---\n", Complete("---\n\"mo$$\"\n---\n").Accept("model").Text);

    [Fact]
    public void An_item_between_brackets_brings_its_braces() =>
        Assert.Contains("expect: [{ contains: $0 \\}]", Complete("---\ntests:\n  - expect: [$$]\n" + Whole).Accept("contains").Text, StringComparison.Ordinal);

    [Fact]
    public void Names_that_the_body_uses_are_offered_as_inputs() =>
        Complete("---\ninput:\n  schema:\n    $$\n---\n{{ topic }} {{ mood }}").ShouldHave("input mood  used in the body", "input topic  used in the body");

    [Fact]
    public void Json_schema_has_its_own_words() =>
        Complete("---\noutput:\n  schema:\n    type: object\n    properties:\n      a: { type: $$ }\n---\n")
            .ShouldBe(
                """
                type string
                type number
                type integer
                type boolean
                type object
                type array
                type null
                """
            );

    [Theory]
    [InlineData("$$", "key description, key properties, key required, key enum, key default, key additionalProperties, key anyOf, key $ref")]
    [InlineData("properties:\n      a:\n        type: string\n        $$", "key description, key enum, key default, key anyOf, key $ref")]
    [InlineData("properties:\n      a: { type: array, $$ }", "key description, key items, key enum, key default, key anyOf, key $ref")]
    [InlineData(
        "properties:\n      a:\n        type: array\n        items:\n          ty$$",
        "key type, key description, key properties, key required, key items, key enum, key default, key additionalProperties, key anyOf, key $ref"
    )]
    [InlineData("properties:\n      $$", "input mood  used in the body, input topic  used in the body")]
    [InlineData("properties: { topic: { type: string } }\n    required: [$$]", "type topic")]
    [InlineData("properties: { topic: { type: string }, mood: {} }\n    required:\n      - topic\n      - $$", "type mood")]
    [InlineData("required: [$$]\n    properties: { topic: { type: string } }", "type topic")]
    [InlineData("properties: { topic: { $ref: $$ } }", "type #/$defs/word")]
    [InlineData("properties: { topic: { type: [$$] } }", "type string, type number, type integer, type boolean, type object, type array, type null")]
    [InlineData("additionalProperties: $$", "type false, type true")]
    [InlineData("properties: { topic: { description: $$ } }", "nothing")]
    [InlineData("default: { $$ }", "nothing")]
    public void Json_schema_completes_by_what_stands_around(string line, string expected) =>
        Complete($"---\ninput:\n  schema:\n    type: object\n    $defs: {{ word: {{ type: string }} }}\n    {line}\n---\n{{{{ topic }}}} {{{{ mood }}}}")
            .ShouldBe(expected.Replace(", ", "\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("$$", "properties", "properties:")]
    [InlineData("$$", "required", "required: [$0]")]
    [InlineData("properties: { a: { $$ } }", "properties", "properties: { a: { properties: { $0 \\} } }")]
    [InlineData("properties: { a: { $ref: $$ } }", "#/$defs/word", "properties: { a: { $ref: \"#/$defs/word\" } }")]
    [InlineData("properties: { a: { $ref: \"$$\" } }", "#/$defs/word", "properties: { a: { $ref: \"#/$defs/word\" } }")]
    public void What_json_schema_offers_is_valid_where_it_stands(string line, string label, string expected) =>
        Assert.Equal(
            $"---\noutput:\n  schema:\n    type: object\n    $defs: {{ word: {{}} }}\n    {expected}\n---\n",
            Complete($"---\noutput:\n  schema:\n    type: object\n    $defs: {{ word: {{}} }}\n    {line}\n---\n").Accept(label).Text
        );

    [Theory]
    [InlineData("  new: { $$ }")]
    [InlineData("  new:\n    $$")]
    [InlineData("  new: { tick$$")]
    public void Samples_are_made_of_inputs(string line) =>
        Complete("---\nsamples:\n" + line + "\n" + Whole.Replace("samples:", "limits:", StringComparison.Ordinal))
            .ShouldBe(
                """
                input customer  object
                input ticket  string
                input urgent  boolean
                """
            );

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
        Assert.Equal("---\nlint:\n  disable:\n    - secret\n---\n", Complete("---\nlint:\n  disable:\n    - $$\n---\n").Accept("secret").Text);
        Complete("---\n# promptlsp-disable-next-line $$\nname: x\n---\n").ShouldHave("value unused-input");
        Complete("---\n# promptlsp-$$\n---\n").Accept("promptlsp-disable").ShouldBe("""
            ---
            # promptlsp-disable 
            ---

            """);
    }

    [Fact]
    public void Untrusted_names_an_input() =>
        Complete("---\n" + Whole.Replace("samples:", "  untrusted: [ticket, $$]\nsamples:", StringComparison.Ordinal))
            .ShouldBe(
                """
                input customer  object
                input urgent  boolean
                """
            );

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
