using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>A quick fix mends, and breaks nothing else.</summary>
public sealed class QuickFixTests
{
    [Theory]
    [InlineData("x  {{- o.a -}}  y", "x  {{- if o }}{{ o.a }}{{ end -}}  y")]
    [InlineData("{{~ o.a }} y", "{{~ if o }}{{ o.a }}{{ end }} y")]
    [InlineData("{{ o.a | string.upcase }}", "{{ if o }}{{ o.a | string.upcase }}{{ end }}")]
    public void A_value_in_an_if_keeps_its_trimming(string body, string mended) =>
        Fix($"---\ninput: {{ schema: {{ o?: {{ a: string }} }} }}\n---\n{body}", "Wrap in `if`")
            .ShouldBe($"---\ninput: {{ schema: {{ o?: {{ a: string }} }} }}\n---\n{mended}");

    [Fact]
    public void An_input_that_a_sample_leaves_out_is_not_made_required() =>
        Assert.DoesNotContain(
            FixesOf("---\ninput: { schema: { a?: string } }\nsamples: { s: { } }\n---\n{{ a }}"),
            title => title.StartsWith("Make", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("  default: { unused: q }")]
    [InlineData("  untrusted: [unused]")]
    [InlineData("samples: { s: { unused: q, b: q } }")]
    [InlineData("tests: [{ input: { unused: q, b: q }, expect: [{ contains: q }] }]")]
    public void An_input_that_is_named_elsewhere_is_not_removed(string elsewhere) =>
        Assert.DoesNotContain(
            FixesOf($"---\ninput:\n  schema: {{ unused: string, b: string }}\n{elsewhere}\n---\n{{{{ b }}}}"),
            title => title.StartsWith("Remove", StringComparison.Ordinal)
        );

    [Fact]
    public void Members_are_declared_with_members_of_their_own() =>
        Fix("---\ninput: { schema: { a: string } }\n---\n{{ a }}{{ b.c.d }}{{ b.e }}", "Declare `b` in `input.schema`")
            .ShouldBe("---\ninput: { schema: { a: string, b: { c: { d: string }, e: string } } }\n---\n{{ a }}{{ b.c.d }}{{ b.e }}");

    [Theory]
    [InlineData("{ }", "{ b: string }")]
    [InlineData("{}", "{ b: string }")]
    [InlineData(
        "{ type: object, properties: { a: { type: string } }, required: [a] }",
        "{ type: object, properties: { a: { type: string }, b: { type: string } }, required: [a, b] }"
    )]
    [InlineData(
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string }, b: { type: string } }, required: [b] }"
    )]
    [InlineData(
        "{ type: object, additionalProperties: false }",
        "{ type: object, additionalProperties: false, properties: { b: { type: string } }, required: [b] }"
    )]
    [InlineData(
        "\n    type: object\n    properties:\n      a: { type: string }",
        "\n    type: object\n    properties:\n      a: { type: string }\n      b: { type: string }\n    required: [b]"
    )]
    [InlineData(
        "\n    required:\n    - a\n    properties:\n      a:\n        type: string",
        "\n    required:\n    - a\n    - b\n    properties:\n      a:\n        type: string\n      b: { type: string }"
    )]
    public void A_name_is_declared_in_whatever_schema_there_is(string schema, string declared) =>
        Fix($"---\ninput:\n  schema: {schema}\n---\n{{{{ b }}}}", "Declare `b` in `input.schema`")
            .ShouldBe($"---\ninput:\n  schema: {declared}\n---\n{{{{ b }}}}");

    [Theory]
    [InlineData("os(array): { a: string }", "{{ for o in os }}{{ o.b }}{{ end }}", "os(array): { a: string, b: string }", "o")]
    [InlineData("os(array):\n      a: string", "{{ for o in os }}{{ o.b.c }}{{ end }}", "os(array):\n      a: string\n      b: { c: string }", "o")]
    [InlineData("o: {}", "{{ o.b }}", "o: { b: string }", "o")]
    [InlineData("o: { p: { a: string } }", "{{ q = o.p }}{{ for x in q.b }}{{ x }}{{ end }}", "o: { p: { a: string, b(array): string } }", "q")]
    [InlineData(
        "type: object\n    required: [o]\n    properties:\n      o: { type: array, items: { type: object, properties: { a: { type: string } } } }",
        "{{ o[0].b }}",
        "type: object\n    required: [o]\n    properties:\n      o: { type: array, items: { type: object, properties: { a: { type: string }, b: { type: string } }, required: [b] } }",
        "o[0]"
    )]
    public void A_member_is_added_where_its_object_is_declared(string schema, string body, string added, string owner) =>
        Fix($"---\ninput:\n  schema:\n    {schema}\n---\n{body}", $"Add `b` to the schema of `{owner}`")
            .ShouldBe($"---\ninput:\n  schema:\n    {added}\n---\n{body}");

    [Fact]
    public void A_member_that_a_sample_does_without_is_added_as_optional() =>
        Fix("---\ninput: { schema: { o: { a: string } } }\nsamples: { s: { o: { a: x } } }\n---\n{{ o.b }}", "Add `b` to the schema of `o`")
            .ShouldBe("---\ninput: { schema: { o: { a: string, b?: string } } }\nsamples: { s: { o: { a: x } } }\n---\n{{ o.b }}");

    [Theory]
    [InlineData("{{ os | array.map \"b\" }}", "os")]
    [InlineData("{{ os[0][\"b\"] }}", "os[0]")]
    public void A_member_that_is_named_by_a_text_is_added_too(string body, string owner) =>
        Fix($"---\ninput: {{ schema: {{ os(array): {{ a: string }} }} }}\n---\n{body}", $"Add `b` to the schema of `{owner}`")
            .ShouldBe($"---\ninput: {{ schema: {{ os(array): {{ a: string, b: string }} }} }}\n---\n{body}");

    [Theory]
    [InlineData("T: { id: string }", "{{ t.b }}", "T: { id: string, b: string }")]
    [InlineData("T:\n    id: string\n    of: { a: string }", "{{ t.of.b }}", "T:\n    id: string\n    of: { a: string, b: string }")]
    [InlineData(
        "T: { type: object, properties: { id: { type: string } } }",
        "{{ t.b }}",
        "T: { type: object, properties: { id: { type: string }, b: { type: string } }, required: [b] }"
    )]
    public void A_member_of_a_named_schema_is_added_where_the_workspace_declares_it(string schema, string body, string added)
    {
        using PromptFolder folder = new(
            ("promptlsp.yaml", $"schemas:\n  {schema}\n"),
            ("a.prompt", $"---\ninput: {{ schema: {{ t: T }} }}\n---\n{body}")
        );
        Fix fix = Findings(folder.Model("a.prompt")).Single(f => f.Rule == "unknown-member").Fixes.Single(f => f.Title.StartsWith("Add", StringComparison.Ordinal));
        (string path, SourceText text, ImmutableArray<TextEdit> edits) = fix.OtherFile!.Value;
        Assert.Equal(("promptlsp.yaml", $"schemas:\n  {added}\n"), (path, text.With(edits).Content));
    }

    [Theory]
    [InlineData("o: { a: string, b(enum): [free, pro] }", "{ o: { a: x } }", "{ o: { a: x, b: free } }")]
    [InlineData("o(array): { a: string, b: integer }", "{ o: [{ a: x }] }", "{ o: [{ a: x, b: 0 }] }")]
    [InlineData("b: boolean", "{ }", "{ b: false }")]
    [InlineData("a: string, b: { c: string }", "\n    a: x", "\n    a: x\n    b: { c: \"\" }")]
    public void What_a_sample_lacks_is_added_with_a_value_that_fits(string schema, string sample, string mended) =>
        Fix($"---\ninput: {{ schema: {{ {schema} }} }}\nsamples:\n  s: {sample}\n---\n", "Add `b`")
            .ShouldBe($"---\ninput: {{ schema: {{ {schema} }} }}\nsamples:\n  s: {mended}\n---\n");

    [Theory]
    [InlineData("{ schema: { n?: string } }", "{ schema: { n?: string }, default: { n: \"\" } }")]
    [InlineData("{ schema: { n?: integer }, default: { } }", "{ schema: { n?: integer }, default: { n: 0 } }")]
    [InlineData(
        "\n  schema:\n    n?(enum): [free, pro]\n    m: string\n  default:\n    m: x",
        "\n  schema:\n    n?(enum): [free, pro]\n    m: string\n  default:\n    m: x\n    n: free"
    )]
    public void An_optional_input_is_given_a_default_that_fits(string input, string mended) =>
        Fix($"---\nlint: {{ disable: [unused-input] }}\ninput: {input}\n---\n{{{{ n }}}}", "Give `n` a default in `input.default`")
            .ShouldBe($"---\nlint: {{ disable: [unused-input] }}\ninput: {mended}\n---\n{{{{ n }}}}");

    [Theory]
    [InlineData("n?: string", "n ?? \"\"", "n")]
    [InlineData("n?(enum): [free, pro]", "n ?? \"free\"", "n")]
    [InlineData("n: { x?: number }", "n.x ?? 0", "n.x")]
    public void An_optional_value_is_given_a_default_where_it_stands(string schema, string mended, string value) =>
        Fix($"---\ninput: {{ schema: {{ {schema} }} }}\n---\n{{{{ {value} }}}}", $"Change to `{mended}`")
            .ShouldBe($"---\ninput: {{ schema: {{ {schema} }} }}\n---\n{{{{ {mended} }}}}");

    [Theory]
    [InlineData(
        "{{ role \"system\" }}\nAnswer:\n{{ q }}\n{{ role \"user\" }}\nHi\n",
        "{{ role \"system\" }}\nAnswer:\n{{ role \"user\" }}\n<q>\n{{ q }}\n</q>\nHi\n"
    )]
    [InlineData("{{ role \"system\" }}\nAnswer:\n{{ q }}\nBe kind.\n", "{{ role \"system\" }}\nAnswer:\nBe kind.\n{{ role \"user\" }}\n<q>\n{{ q }}\n</q>\n")]
    [InlineData("{{ role \"system\" }}Answer: {{ q }}", "{{ role \"system\" }}Answer: \n{{ role \"user\" }}\n<q>\n{{ q }}\n</q>\n")]
    [InlineData(
        "{{ role \"system\" }}\n{{ for x in qs }}\n- {{ x }}\n{{ end }}\n{{ role \"user\" }}Hi",
        "{{ role \"system\" }}\n{{ role \"user\" }}\n{{ for x in qs }}\n- {{ x }}\n{{ end }}\nHi"
    )]
    [InlineData("{{ role \"system\" }}\nA: {{ q | string.strip }}!\n", "{{ role \"system\" }}\nA: !\n{{ role \"user\" }}\n{{ q | string.strip }}\n")]
    public void What_comes_from_outside_is_moved_to_a_user_message(string body, string moved)
    {
        const string Head = "---\nlint: { disable: [unused-input] }\ninput: { schema: { q: string, qs(array): string }, untrusted: [q, qs] }\n---\n";
        Fix(Head + body, "Move it to a `user` message").ShouldBe(Head + moved);
        Assert.DoesNotContain(Findings(Model(Head + moved)), f => f.Rule is "untrusted-in-system" or "undelimited-untrusted");
    }

    [Theory]
    [InlineData("{{ role \"system\" }}{{ x = q }}{{ x }}{{ x = 1 }}{{ role \"user\" }}{{ x }}")]
    [InlineData("{{ role \"system\" }}{{ if q }}{{ q }}{{ role \"user\" }}{{ end }}")]
    [InlineData("{{ role \"system\" }}{{ if q }}{{ y = 1 }}{{ q }}{{ end }}{{ y }}")]
    public void What_would_mean_something_else_is_not_moved(string body) =>
        Assert.DoesNotContain(
            FixesOf($"---\ninput: {{ schema: {{ q: string }}, untrusted: [q] }}\n---\n{body}"),
            title => title.StartsWith("Move", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("string", "{{ string | string.upcase }}", "{{ string_value | string.upcase }}")]
    [InlineData("role", "{{ role 'user' }}{{ x = role }}{{ x }}", "{{ role 'user' }}{{ x = role_value }}{{ x }}")]
    public void A_reserved_name_is_renamed_wherever_it_is_named_and_no_function_is(string name, string body, string mended)
    {
        static string Head(string name) =>
            $"---\ninput:\n  schema:\n    {name}?: string\n  default: {{ {name}: a }}\n  untrusted: [{name}]\nsamples: {{ s: {{ {name}: b }} }}\ntests:\n- {{ input: {{ {name}: c }}, expect: [{{ contains: c }}] }}\n---\n";
        Fix(Head(name) + body, $"Rename to `{name}_value`").ShouldBe(Head(name + "_value") + mended);
    }

    [Theory]
    [InlineData("when", "Hi {{ when }}{{ for x in xs }}{{ break }}{{ end }}", "Hi {{ when_value }}{{ for x in xs }}{{ break }}{{ end }}")]
    [InlineData("end", "{{ if true }}{{ end }}{{ end }}", "{{ if true }}{{ end }}{{ end_value }}")]
    [InlineData("with", "{{~ with ~}}", "{{~ with_value ~}}")]
    [InlineData("case", "{{case}} {{ case }}", "{{case_value}} {{ case_value }}")]
    [InlineData("break", "{{ for x in xs }}{{ break }}{{ end }}{{ break }}", "{{ for x in xs }}{{ break }}{{ end }}{{ break_value }}")]
    [InlineData("null", "{{ null }}{{ null | string.upcase }}", "{{ null_value }}{{ null | string.upcase }}")]
    public void A_word_that_stands_alone_in_its_braces_is_renamed_with_the_input(string name, string body, string mended)
    {
        static string Head(string name) => $"---\ninput: {{ schema: {{ {name}: string, xs(array): string }} }}\n---\n";
        Fix(Head(name) + body, $"Rename to `{name}_value`").ShouldBe(Head(name + "_value") + mended);
    }

    [Fact]
    public void What_samples_do_without_is_declared_optional() =>
        Fix("---\ninput: { schema: { a: string } }\nsamples: { s: { a: x } }\n---\n{{ a }}{{ b }}", "Declare `b` in `input.schema`")
            .ShouldBe("---\ninput: { schema: { a: string, b?: string } }\nsamples: { s: { a: x } }\n---\n{{ a }}{{ b }}");

    [Fact]
    public void A_setting_of_the_model_goes_under_config() =>
        Fix("---\ntemprature: 0.2\n---\nHi", "Put `temperature` under `config`").ShouldBe("---\nconfig:\n  temperature: 0.2\n---\nHi");

    [Fact]
    public void Tabs_become_spaces() =>
        Fix("---\ninput:\n\tschema: { a: string }\n---\n{{ a }}", "Change to spaces").ShouldBe("---\ninput:\n  schema: { a: string }\n---\n{{ a }}");

    [Theory]
    [InlineData("{{ plan == pro ? 1 : 2 }}", "Change to `\"pro\"`", "{{ plan == \"pro\" ? 1 : 2 }}")]
    [InlineData("{{ due-date }}", "Change to `this[\"due-date\"]`", "{{ this[\"due-date\"] }}")]
    [InlineData("{{ for plam in plam }}{{ plam }}{{ end }}", "Change to `plan`", "{{ for plam in plan }}{{ plam }}{{ end }}")]
    public void A_name_becomes_what_was_meant(string body, string title, string mended)
    {
        const string Head = "---\ninput: { schema: { plan(enum): [free, pro], due-date: string } }\n---\n";
        Fix(Head + body, title).ShouldBe(Head + mended);
    }

    private static IEnumerable<string> FixesOf(string text) => Findings(Model(text)).SelectMany(f => f.Fixes).Select(f => f.Title);
}
