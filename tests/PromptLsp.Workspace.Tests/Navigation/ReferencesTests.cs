using static PromptLsp.Testing.Project;

namespace PromptLsp.Workspace.Tests.Navigation;

public sealed class ReferencesTests
{
    [Fact]
    public void A_parameter_is_named_by_every_prompt_that_includes_its_partial() => References("""
        == _voice.prompt
        ---
        input:
          schema:
            to$$ne?: string
          default: { tone: warm }
        ---
        Be {{ tone }}.
        == a.prompt
        {{ include "voice" tone: "cold" }}
        == b.prompt
        {{ tone = "mild" }}{{ include "voice" tone: tone }}
        == c.prompt
        {{ include "voice" }} {{ tone }}
        """).ShouldBe("""
        _voice.prompt: [tone]?: string
        _voice.prompt: default: { [tone]: warm }
        _voice.prompt: Be {{ [tone] }}.
        a.prompt: {{ include "voice" [tone]: "cold" }}
        b.prompt: {{ tone = "mild" }}{{ include "voice" [tone]: tone }}
        """);

    [Fact]
    public void Without_an_index_the_folder_is_searched() => ReferencesWithoutIndex("""
        == _voice.prompt
        Be {{ tone }}.
        == sub/a.prompt
        Not it: {{ include "voice" tone: "cold" }}
        == a.prompt
        {{ include "voice" to$$ne: "cold" }}
        """).ShouldBe("""
        _voice.prompt: Be {{ [tone] }}.
        a.prompt: {{ include "voice" [tone]: "cold" }}
        """);

    [Fact]
    public void Keys_of_an_object_that_is_given_to_a_partial_are_its_members() => References("""
        == _card.prompt
        ---
        input:
          schema:
            who: { name: string }
            all(array): { name: string }
        ---
        {{ who.na$$me }}
        == a.prompt
        {{ include "card" who: { name: "Ada" } all: [{ name: "Bo" }] }}
        """).ShouldBe("""
        _card.prompt: who: { [name]: string }
        _card.prompt: {{ who.[name] }}
        a.prompt: {{ include "card" who: { [name]: "Ada" } all: [{ name: "Bo" }] }}
        """);

    [Fact]
    public void Words_that_name_a_member_are_uses_of_it() => References("""
        == a.prompt
        ---
        input:
          schema:
            items(array):
              title: string
            one: { title: string }
        samples:
          s: { items: [{ title: A }] }
        ---
        {{ items | array.map "title" | array.join ", " }}
        {{ items | array.sort "title" }}
        {{ for x in items }}{{ x["title"] }}{{ x.ti$$tle }}{{ end }}
        {{ if one | object.has_key "title" }}{{ end }}
        """).ShouldBe("""
        a.prompt: [title]: string
        a.prompt: s: { items: [{ [title]: A }] }
        a.prompt: {{ items | array.map "[title]" | array.join ", " }}
        a.prompt: {{ items | array.sort "[title]" }}
        a.prompt: {{ for x in items }}{{ x["[title]"] }}{{ x.[title] }}{{ end }}
        """);

    [Fact]
    public void A_context_variable_is_named_by_all_prompts_that_do_not_hide_it() => References("""
        == promptlsp.yaml
        context: { brand: brand.yaml }
        == brand.yaml
        name: Kestrel
        == a.prompt
        {{ bra$$nd.name }}
        == sub/b.prompt
        ---
        samples:
          s: { brand: { name: Other } }
        ---
        {{ for x in [1] }}{{ brand.name }}{{ end }}
        == hidden.prompt
        ---
        input: { schema: { brand: string } }
        ---
        {{ brand }}
        == other/promptlsp.yaml
        context: { brand: brand.yaml }
        == other/c.prompt
        {{ brand }}
        """).ShouldBe("""
        promptlsp.yaml: context: { [brand]: brand.yaml }
        a.prompt: {{ [brand].name }}
        sub/b.prompt: s: { [brand]: { name: Other } }
        sub/b.prompt: {{ for x in [1] }}{{ [brand].name }}{{ end }}
        """);

    [Fact]
    public void A_member_of_a_context_variable_is_named_in_its_file_and_in_all_prompts() => References("""
        == promptlsp.yaml
        context:
          brand: context/brand.json
        == context/brand.json
        { "name": "Kestrel", "links": [{ "url": "a" }, { "url": "b" }] }
        == a.prompt
        {{ brand.links | array.map "u$$rl" }}
        == b.prompt
        {{ for link in brand.links }}{{ link.url }}{{ end }}
        """).ShouldBe("""
        context/brand.json: { "name": "Kestrel", "links": [{ "[url]": "a" }, { "[url]": "b" }] }
        a.prompt: {{ brand.links | array.map "[url]" }}
        b.prompt: {{ for link in brand.links }}{{ link.[url] }}{{ end }}
        """);

    [Fact]
    public void A_partial_is_named_by_its_includes_and_its_own_name() => References("""
        == promptlsp.yaml
        partials: [partials]
        == a.prompt
        {{ include "vo$$ice" }}
        == b.prompt
        {{ include "partials/voice" }} {{ include "voice" }}
        == partials/_voice.prompt
        ---
        name: our voice
        ---
        == partials/c.prompt
        {{ include "c" }}
        """).ShouldBe("""
        a.prompt: {{ include "[voice]" }}
        b.prompt: {{ include "[partials/voice]" }} {{ include "[voice]" }}
        partials/_voice.prompt: name: [our voice]
        """);

    [Fact]
    public void From_its_name_one_gets_to_the_prompts_that_include_it() => References("""
        == a.prompt
        {{ include "voice" }}
        == _voice.prompt
        ---
        name: our$$ voice
        ---
        """).ShouldBe("""
        _voice.prompt: name: [our voice]
        a.prompt: {{ include "[voice]" }}
        """);

    [Fact]
    public void A_schema_of_the_workspace_is_named_by_schemas() => References("""
        == promptlsp.yaml
        schemas:
          Address: { street: string }
          Person: { home: Address }
        context:
          user: { schema: { home: Address }, sample: { home: { street: x } } }
        == a.prompt
        ---
        input:
          schema:
            home: Add$$ress, where they live
            others(array): Address
        ---
        {{ home.street }}
        """).ShouldBe("""
        promptlsp.yaml: [Address]: { street: string }
        promptlsp.yaml: Person: { home: [Address] }
        promptlsp.yaml: user: { schema: { home: [Address] }, sample: { home: { street: x } } }
        a.prompt: home: [Address], where they live
        a.prompt: others(array): [Address]
        """);

    [Fact]
    public void A_member_of_such_a_schema_is_named_wherever_a_value_has_its_type() => References("""
        == promptlsp.yaml
        schemas:
          Address: { str$$eet: string }
          Person: { home: Address }
        context:
          user: { schema: Person, sample: { home: { street: x } } }
        == a.prompt
        ---
        input:
          schema: { home: Address, street: string }
        samples:
          s: { home: { street: x }, street: y }
        ---
        {{ home.street }} {{ street }} {{ user.home.street }}
        == b.prompt
        ---
        input: { schema: Address }
        ---
        {{ street }}
        """).ShouldBe("""
        promptlsp.yaml: Address: { [street]: string }
        promptlsp.yaml: user: { schema: Person, sample: { home: { [street]: x } } }
        a.prompt: s: { home: { [street]: x }, street: y }
        a.prompt: {{ home.[street] }} {{ street }} {{ user.home.[street] }}
        b.prompt: {{ [street] }}
        """);

    [Fact]
    public void A_model_is_named_by_the_prompts_that_use_it() => References("""
        == promptlsp.yaml
        models:
          openai/gpt-4o: { context: 1000 }
        == a.prompt
        ---
        model: openai/gpt$$-4o
        ---
        == b.prompt
        ---
        model: "openai/gpt-4o"
        ---
        """).ShouldBe("""
        promptlsp.yaml: [openai/gpt-4o]: { context: 1000 }
        a.prompt: model: [openai/gpt-4o]
        b.prompt: model: "[openai/gpt-4o]"
        """);

    [Fact]
    public void Members_of_an_object_that_the_body_makes_are_found_where_they_are_read() => References("""
        == a.prompt
        {{ x = { title: "a", note: "b" } }}{{ x.ti$$tle }} {{ x["title"] }} {{ x.note }}
        """).ShouldBe("""
        a.prompt: {{ x = { [title]: "a", note: "b" } }}{{ x.[title] }} {{ x["[title]"] }} {{ x.note }}
        """);

    [Fact]
    public void A_definition_that_is_used_twice_has_its_values_in_both_places() => References("""
        == a.prompt
        ---
        input:
          schema:
            type: object
            properties:
              home: { $ref: "#/$defs/place" }
              work: { $ref: "#/$defs/place" }
            $defs:
              place: { type: object, properties: { street: { type: string } }, required: [street] }
        samples:
          s: { home: { street: a }, work: { street: b } }
        ---
        {{ home.street }} {{ work.str$$eet }}
        """).ShouldBe("""
        a.prompt: place: { type: object, properties: { [street]: { type: string } }, required: [[street]] }
        a.prompt: s: { home: { [street]: a }, work: { [street]: b } }
        a.prompt: {{ home.[street] }} {{ work.[street] }}
        """);

    [Fact]
    public void A_search_that_nobody_waits_for_ends() => Assert.Throws<OperationCanceledException>(static () => ReferencesCancelled("""
        == _voice.prompt
        Be {{ to$$ne }}.
        """));
}
