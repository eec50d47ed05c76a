using static PromptLsp.Testing.Project;

namespace PromptLsp.Workspace.Tests.Navigation;

public sealed class RenameTests
{
    private const string Voice = """
        == _voice.prompt
        ---
        input:
          schema:
            tone?: string
            pace?: string
          default: { tone: warm }
        samples:
          cold: { tone: cold }
        tests:
          - input: { "tone": dry }
        ---
        Be {{ tone }}.
        """;

    private const string Renamed = """
        _voice.prompt: mood?: string
        _voice.prompt: default: { mood: warm }
        _voice.prompt: cold: { mood: cold }
        _voice.prompt: - input: { "mood": dry }
        _voice.prompt: Be {{ mood }}.
        a.prompt: {{ include "voice" mood: "warm" }}
        """;

    [Theory]
    [InlineData("    tone?: string", "    to$$ne?: string")]
    [InlineData("{{ tone }}", "{{ tone$$ }}")]
    [InlineData("include \"voice\" tone:", "include \"voice\" $$tone:")]
    public void A_parameter_is_renamed_in_its_partial_and_in_its_callers(string place, string withCursor) => Rename((Voice + """

        == a.prompt
        {{ include "voice" tone: "warm" }}
        """).Replace(place, withCursor, StringComparison.Ordinal), "mood").ShouldBe(Renamed);

    [Fact]
    public void What_is_read_of_this_is_renamed_too() => Rename("""
        == a.prompt
        ---
        input: { schema: { ti$$er: string } }
        ---
        {{ this.tier }}{{ this["tier"] }}{{ tier }}
        """, "plan").ShouldBe("""
        a.prompt: input: { schema: { plan: string } }
        a.prompt: {{ this.plan }}{{ this["plan"] }}{{ plan }}
        """);

    [Fact]
    public void A_parameter_is_not_given_the_name_of_another() =>
        Rename(Voice.Replace("{{ tone }}", "{{ to$$ne }}", StringComparison.Ordinal), "pace")
            .ShouldBe("There is something named `pace` in this prompt already.");

    [Fact]
    public void Nor_of_one_that_is_given_already() => Rename("""
        == a.prompt
        {{ include "voice" tone: 1 mood: 2 }}
        == _voice.prompt
        Be {{ to$$ne }}.
        """, "mood").ShouldBe("There is something named `mood` in `a.prompt` already.");

    [Theory]
    [InlineData("2nd", "`2nd` is no name: letters, digits and `_`, not a digit first.")]
    [InlineData("", "`` is no name: letters, digits and `_`, not a digit first.")]
    [InlineData("end", "`end` is a word of the template language.")]
    [InlineData("null", "`null` is a word of the template language.")]
    [InlineData("role", "`role` is a function of the template language.")]
    [InlineData("brand", "There is something named `brand` in this prompt already.")]
    [InlineData("other", "There is something named `other` in this prompt already.")]
    public void A_name_that_cannot_be_is_refused(string name, string why) => Rename("""
        == promptlsp.yaml
        context: { brand: { sample: x } }
        == a.prompt
        ---
        input: { schema: { topic: string } }
        ---
        {{ top$$ic }}{{ other = 1 }}
        """, name).ShouldBe(why);

    [Fact]
    public void What_a_partial_takes_by_its_name_alone_is_not_renamed_from_outside() => Rename("""
        == _voice.prompt
        {{ tone }}
        == a.prompt
        {{ to$$ne = "warm" }}{{ include "voice" }}
        """, "mood").ShouldBe("`_voice.prompt` declares no inputs and takes `tone` from this prompt by its name; give it as an argument first: `tone: tone`.");

    [Fact]
    public void Nor_from_inside() => Rename("""
        == _voice.prompt
        {{ t$$one }}
        == a.prompt
        {{ tone = "warm" }}{{ include "voice" }}
        """, "mood").ShouldBe("`_voice.prompt` declares no inputs and takes `tone` from `a.prompt` by its name; give it as an argument first: `tone: tone`.");

    [Fact]
    public void A_context_variable_is_renamed_where_it_is_not_hidden() => Rename("""
        == promptlsp.yaml
        context:
          bra$$nd: { schema: { name: string } }
        == a.prompt
        {{ brand.name }}
        == b.prompt
        ---
        input: { schema: { brand: string } }
        ---
        {{ brand }}
        == c.prompt
        ---
        samples: { s: { brand: { name: x } } }
        ---
        {{ if brand }}{{ @brand.name }}{{ end }}
        """, "company").ShouldBe("""
        promptlsp.yaml: company: { schema: { name: string } }
        a.prompt: {{ company.name }}
        c.prompt: samples: { s: { company: { name: x } } }
        c.prompt: {{ if company }}{{ @company.name }}{{ end }}
        """);

    [Theory]
    [InlineData("{{ company = 1 }}", "There is something named `company` in `a.prompt` already.")]
    [InlineData("{{ company }}", "There is something named `company` in `a.prompt` already.")]
    [InlineData("{{ include \"b\" brand: 1 }}", "`brand` is also an argument for `b.prompt` in `a.prompt`, which hides the context variable there.")]
    public void A_context_variable_does_not_take_a_name_that_a_prompt_uses(string body, string why) => Rename($$$"""
        == promptlsp.yaml
        context:
          bra$$nd: { schema: { name: string } }
        == a.prompt
        {{{body}}}
        == b.prompt
        {{ brand }}
        """, "company").ShouldBe(why);

    [Fact]
    public void A_member_of_a_context_file_is_renamed_in_it() => Rename("""
        == promptlsp.yaml
        context: { brand: brand.yaml }
        == brand.yaml
        # ours
        name:   Kestrel # not twice
        == a.prompt
        {{ brand.na$$me }}
        == b.prompt
        {{ with brand }}{{ name }}{{ end }}{{ brand["name"] }}
        """, "title").ShouldBe("""
        brand.yaml: title:   Kestrel # not twice
        a.prompt: {{ brand.title }}
        b.prompt: {{ with brand }}{{ title }}{{ end }}{{ brand["title"] }}
        """);

    [Fact]
    public void A_member_that_stands_alone_does_not_take_the_name_of_a_variable() => Rename("""
        == promptlsp.yaml
        context: { brand: brand.yaml }
        == brand.yaml
        name: Kestrel
        == a.prompt
        {{ brand.na$$me }}
        == b.prompt
        {{ title = 1 }}{{ with brand }}{{ name }}{{ end }}
        """, "title").ShouldBe("There is something named `title` in `b.prompt` already.");

    [Fact]
    public void A_file_of_two_variables_keeps_its_names() => Rename("""
        == promptlsp.yaml
        context: { brand: brand.yaml, firm: brand.yaml }
        == brand.yaml
        name: Kestrel
        == a.prompt
        {{ brand.na$$me }} {{ firm.name }}
        """, "title").ShouldBe("The context variable `firm` reads the same file, and its uses would keep the old name.");

    [Fact]
    public void A_member_is_renamed_in_the_words_that_name_it() => Rename("""
        == a.prompt
        ---
        input:
          schema:
            items(array): { na$$me: string, size: integer }
        ---
        {{ items | array.sort "name" | array.map 'name' }}{{ items[0]["name"] }} "name"
        """, "title").ShouldBe("""
        a.prompt: items(array): { title: string, size: integer }
        a.prompt: {{ items | array.sort "title" | array.map 'title' }}{{ items[0]["title"] }} "name"
        """);

    [Theory]
    [InlineData("size", "The object has a member `size` already.")]
    [InlineData("first-name", "`first-name` is no name: letters, digits and `_`, not a digit first.")]
    public void A_member_does_not_take_the_name_of_another(string name, string why) => Rename("""
        == a.prompt
        ---
        input:
          schema:
            items(array): { na$$me: string, size: integer }
        ---
        """, name).ShouldBe(why);

    [Fact]
    public void A_schema_is_renamed_where_it_is_named() => Rename("""
        == promptlsp.yaml
        schemas:
          Address: { street: string }
          Person: { home: Address }
        == a.prompt
        ---
        input: { schema: { home: "Add$$ress, where they live" } }
        ---
        """, "Place").ShouldBe("""
        promptlsp.yaml: Place: { street: string }
        promptlsp.yaml: Person: { home: Place }
        a.prompt: input: { schema: { home: "Place, where they live" } }
        """);

    [Theory]
    [InlineData("string", "`string` is a type of its own in schemas.")]
    [InlineData("Person", "There is a schema `Person` already.")]
    public void A_schema_does_not_take_a_name_that_means_something(string name, string why) => Rename("""
        == promptlsp.yaml
        schemas:
          Add$$ress: { street: string }
          Person: { home: Address }
        """, name).ShouldBe(why);

    [Fact]
    public void A_sample_is_renamed_in_the_tests() => Rename("""
        == a.prompt
        ---
        samples:
          flat ty$$re: { a: 1 }
        tests:
          - sample: flat tyre
        ---
        {{ a }}
        """, "flat tire").ShouldBe("""
        a.prompt: flat tire: { a: 1 }
        a.prompt: - sample: flat tire
        """);

    [Fact]
    public void A_prompt_is_not_renamed_by_its_name() => Rename("""
        == a.prompt
        ---
        name: gr$$eeting
        ---
        """, "x").ShouldBe("Nothing here refers to a prompt by its `name`; type over it. Includes use the name of the file.");

    [Fact]
    public void A_variable_of_a_loop_is_renamed_in_its_loop() => Rename("""
        == a.prompt
        {{ for x in [1] }}{{ x$$ }}{{ end }}{{ for x in [2] }}{{ x }}{{ end }}
        """, "y").ShouldBe("""
        a.prompt: {{ for y in [1] }}{{ y }}{{ end }}{{ for x in [2] }}{{ x }}{{ end }}
        """);

    private const string Included = """
        == promptlsp.yaml
        partials: [partials]
        == partials/_voice.prompt
        ---
        name: voice
        ---
        == partials/_taken.prompt
        == a.prompt
        {{ include "vo$$ice" }}
        == sub/b.prompt
        {{ include '../partials/voice' }} {{ include "_voice" }}
        """;

    [Fact]
    public void A_partial_is_renamed_with_its_file() => Rename(Included, "tone").ShouldBe("""
        a.prompt: {{ include "tone" }}
        sub/b.prompt: {{ include '../partials/tone' }} {{ include "_tone" }}
        partials/_voice.prompt becomes partials/_tone.prompt
        """);

    [Theory]
    [InlineData("taken", "`taken` is `partials/_taken.prompt` in `a.prompt` already.")]
    [InlineData("a/b", "`a/b` is no name for a partial: letters, digits, `-`, `_` and `.`.")]
    public void A_partial_does_not_take_the_name_of_another(string name, string why) =>
        Rename(Included, name).ShouldBe(why.Replace("`a.prompt`", "this prompt", StringComparison.Ordinal));
}
