using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>One slip is one finding, also where several rules see it.</summary>
public sealed class OneSlipTests
{
    [Fact]
    public void What_fails_with_whatever_values_is_not_said_again_of_a_sample() => Lint("""
        ---
        input: { schema: { n: integer, s: string, xs(array): string } }
        samples: { one: { n: 3, s: "x", xs: [a] } }
        ---
        {{ for i in n }}{{ i }}{{ end }}
                    ^ warning type-mismatch: `n` is an integer; a loop needs a list
        {{ string.upcase }} {{ s }}
           ^^^^^^^^^^^^^ error wrong-arguments: `string.upcase` needs 1 argument, and is given 0; it reads `string.upcase(text: string): string`
        {{ xs.join(", ") }}
              ^^^^ warning type-mismatch: `xs` is a list and has no member `join`; write `xs | array.join`
        """);

    [Fact]
    public void A_sample_of_the_wrong_type_is_not_blamed_on_the_template() => Lint("""
        ---
        input: { schema: { n: number } }
        samples:
          words: { n: many }
                      ^^^^ error sample-mismatch: `n` must be a number, and `many` is text
          zero: { n: 0 }
        ---
        {{ 100 - n }} {{ 100 % n }}
                             ^ error render-failure: this fails with the sample `zero`: a number is divided by zero; mend the template or the sample
        """);

    [Fact]
    public void A_key_that_lost_its_type_to_the_slip_beside_it() => Lint("""
        ---
        input:
          schema:
            a: string
             b: string
             ^ error front-matter-syntax: `b` is indented under a line that already has its value; move it left, or end the line above in `:`
            c: number, how: many
        ---
        {{ a }}
        """);

    [Fact]
    public void A_name_declared_twice() => Lint("""
        ---
        input: { schema: { x: string, x: integer } }
                                      ^ error front-matter-syntax: `x` stands twice, first on line 2; keep one
        ---
        {{ x }}
        """);

    [Fact]
    public void JSON_Schema_inside_Picoschema() =>
        Lint(
            """
            ---
            input:
              schema:
                n: { type: integer, description: how many }
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error invalid-schema: JSON Schema cannot stand inside Picoschema; write `n: type, description`, or all of the schema as JSON Schema
                s: { type: string }
            ---
            {{ n }} {{ s }}
                       ^ warning type-mismatch: `s` is an object with a member `type`, as Picoschema reads `{ type: string }`; a value of that type is declared by `: string` alone
            """
        );

    [Fact]
    public void A_type_of_another_language() => Lint("""
        ---
        input:
          schema:
            xs: array<string>
                ^^^^^^^^^^^^^ error invalid-schema: Picoschema has no `array<string>`; a list is written `xs(array): string`
        ---
        {{ xs }}
        """);

    [Fact]
    public void A_misspelt_rule_turns_nothing_off() =>
        Lint(
            """
            ---
            input: { schema: { x: string } }
            ---
            {{ # promptlsp-disable-next-line undefined-varible for it is given later }}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint blank-line: this line holds only code, and leaves an empty line in what the model gets
                                             ^^^^^^^^^^^^^^^^^ warning invalid-value: there is no rule `undefined-varible`; did you mean `undefined-variable`?
            {{ x }} {{ weather }}
                       ^^^^^^^ warning undefined-variable: `weather` is not declared; declare it in `input.schema`, or assign it
            """
        );

    [Fact]
    public void Settings_that_go_to_the_model_as_they_are() => Lint("""
        ---
        config: { stop: [END], seed: 3, temprature: 1 }
                                        ^^^^^^^^^^ warning unknown-key: `temprature` goes to the model as it is; did you mean `temperature`?
        ---
        Sum up.
        """);

    [Fact]
    public void An_outsiders_words_in_a_capture_or_a_function() =>
        Lint(
            """
            ---
            input: { schema: { q: string }, untrusted: [q] }
            ---
            {{ func quote }}<q>{{ q }}</q>{{ end }}{{ func length; ret q.size; end }}{{ role "system" }}
            {{ capture said }}{{ if q != "" }}Asked: {{ q }}{{ end }}{{ end }}{{ capture asked }}{{ if q != "" }}yes{{ end }}{{ end }}
            {{ said }} {{ asked }} {{ quote }} {{ length }}
               ^^^^ warning untrusted-in-system: `said` comes from outside and stands in a `system` message, whose words are orders; move it to a `user` message
                                      ^^^^^ warning untrusted-in-system: `quote` comes from outside and stands in a `system` message, whose words are orders; move it to a `user` message
            """
        );

    [Fact]
    public void Members_that_the_body_assigns_itself() => Lint("""
        ---
        input: { schema: { o: { name: string } } }
        ---
        {{ o.greeting = "Hi " + o.name }}{{ o["end"] = "!" }}{{ o.greeting }}{{ o.end }}
        """);

    [Fact]
    public void What_JSON_Schema_leaves_open() => Lint("""
        ---
        input:
          schema:
            type: object
            required: [a, b]
            properties:
              a: { type: object, required: [x], properties: { x: { type: string } }, patternProperties: { "^y": { type: string } } }
              b: { type: object, required: [x], properties: { x: { type: string } }, allOf: [{ properties: { y: { type: string } } }, { required: [y] }] }
        ---
        {{ a.x }} {{ a.y1 }} {{ b.x }} {{ b.y }}
        """);

    [Theory]
    [InlineData("voice.prompt", "voice")]
    [InlineData("parts/_tone.prompt", "parts/tone")]
    public void A_partial_is_included_without_its_underscore_and_ending(string written, string meant)
    {
        using PromptFolder folder = new(("a.prompt", $"{{{{ include '{written}' }}}}"), ("_voice.prompt", "x"), ("parts/_tone.prompt", "x"));
        Assert.Contains(
            Findings(folder.Model("a.prompt")),
            f => f.Message == $"there is no partial `{written}`; did you mean `{meant}`?" && f.Fixes[0].Title == $"Change to `{meant}`"
        );
    }

    [Theory]
    [InlineData("'voice' 'warm'", "a partial is given values by name: `tone: 'warm'`", "Give it as `tone`")]
    [InlineData("'voice' 'kind' tone: 'warm'", "a partial is given values by name: `name: 'kind'`", null)]
    [InlineData("'voice' 1 + 2", "a partial is given values by name: `tone: 1 + 2`", "Give it as `tone`")]
    [InlineData("'plain' tone", "a partial is given values by name: `name: tone`", null)]
    public void What_a_partial_is_given_without_a_name_is_lost(string include, string message, string? fix)
    {
        using PromptFolder folder = new(
            ("a.prompt", $"{{{{ tone = 'warm' }}}}{{{{ include {include} }}}}{{{{ tone }}}}"),
            ("_voice.prompt", "---\ninput: { schema: { tone: string } }\n---\n{{ tone }}"),
            ("_plain.prompt", "x")
        );
        Finding found = Assert.Single(Findings(folder.Model("a.prompt")));
        Assert.Equal(("include-arguments", message, fix), (found.Rule, found.Message, found.Fixes.FirstOrDefault()?.Title));
    }

    [Fact]
    public void Words_of_JSON_Schema_that_are_misspelt() => Lint("""
        ---
        input:
          schema:
            type: object
            requierd: [a]
            ^^^^^^^^ warning invalid-schema: JSON Schema has no `requierd`; did you mean `required`?
            properties:
              a: { typ: string, x-note: [b], itms: 3, cost: 2, note: { a: 1 } }
                   ^^^ warning invalid-schema: JSON Schema has no `typ`; did you mean `type`?
              b: { type: array, item: { type: string } }
                                ^^^^ warning invalid-schema: JSON Schema has no `item`; did you mean `items`?
              typ: { type: string }
        ---
        {{ a }} {{ b | array.join ", " }} {{ typ }}
           ^ hint optional-unguarded: `a` is optional and may be missing here; ask for it with `if`, or give it a default
                   ^ hint optional-unguarded: `b` is optional and may be missing here; ask for it with `if`, or give it a default
                                             ^^^ hint optional-unguarded: `typ` is optional and may be missing here; ask for it with `if`, or give it a default
        """);

    [Fact]
    public void A_comment_above_the_front_matter_suppresses_as_well() => Lint("""
        # promptlsp-disable unused-input
        ---
        input: { schema: { x: string } }
        ---
        Hi
        """);

    [Fact]
    public void A_role_of_a_local_is_told_once_and_not_where_it_may_be_another() => Lint("""
        {{ who = "sytem" }}{{ role who }}Be kind.{{ role who }}Be short.
                 ^^^^^^^ error unknown-role: there is no role `sytem`; did you mean `system`?
        {{ other = "sytem" }}{{ other = "user" }}{{ role other }}Hi
        """);

    [Fact]
    public void Members_in_brackets() => Lint("""
        ---
        input: { schema: { o: { name: string }, open: { name: string, (*): any }, xs(array): { name: string } } }
        ---
        {{ o["nmae"] }} {{ o["name"] }} {{ open["nmae"] }} {{ o[open.name] }} {{ o[""] }}
              ^^^^ warning unknown-member: `o` has no member `nmae`; did you mean `name`?
        {{ for x in xs }}{{ x["nam"] }}{{ end }}{{ o["greeting"] = "Hi" }}{{ o["greeting"] }}
                               ^^^ warning unknown-member: `x` has no member `nam`; did you mean `name`?
        """);

    [Theory]
    [InlineData("In Handlebars: {%{ {{#if x}}…{{/if}} {{> p}} }%} {{ name }}", "scriban")]
    [InlineData("{%{{{ x }}}%} {{ if a }}{{ else }}{{ end }}", "scriban")]
    [InlineData("{%%{ }%} {{else}} }%%} {{ name }}", "scriban")]
    [InlineData("{%{ {{#if x}} }%} {{#if y}}{{/if}}", "handlebars")]
    [InlineData("{%{ is never closed {{#if y}}{{/if}}", "handlebars")]
    public void What_is_shown_literally_tells_no_language(string body, string dialect) => Assert.Equal(dialect, Model(body).Document.Dialect.Name);
}
