using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
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
        Fix($"---\ninput: {{ schema: {{ o?: {{ a: string }} }} }}\n---\n{body}", "Wrap in `if`").ShouldBe($"---\ninput: {{ schema: {{ o?: {{ a: string }} }} }}\n---\n{mended}");

    [Fact]
    public void An_input_that_a_sample_leaves_out_is_not_made_required() =>
        Assert.DoesNotContain(FixesOf("---\ninput: { schema: { a?: string } }\nsamples: { s: { } }\n---\n{{ a }}"), title => title.StartsWith("Make", StringComparison.Ordinal));

    [Theory]
    [InlineData("  default: { unused: q }")]
    [InlineData("  untrusted: [unused]")]
    [InlineData("samples: { s: { unused: q, b: q } }")]
    [InlineData("tests: [{ input: { unused: q, b: q }, expect: [{ contains: q }] }]")]
    public void An_input_that_is_named_elsewhere_is_not_removed(string elsewhere) =>
        Assert.DoesNotContain(FixesOf($"---\ninput:\n  schema: {{ unused: string, b: string }}\n{elsewhere}\n---\n{{{{ b }}}}"), title => title.StartsWith("Remove", StringComparison.Ordinal));

    [Fact]
    public void Members_are_declared_with_members_of_their_own() =>
        Fix("---\ninput: { schema: { a: string } }\n---\n{{ a }}{{ b.c.d }}{{ b.e }}", "Declare `b` in `input.schema`").ShouldBe("---\ninput: { schema: { a: string, b: { c: { d: string }, e: string } } }\n---\n{{ a }}{{ b.c.d }}{{ b.e }}");

    [Fact]
    public void What_samples_do_without_is_declared_optional() =>
        Fix("---\ninput: { schema: { a: string } }\nsamples: { s: { a: x } }\n---\n{{ a }}{{ b }}", "Declare `b` in `input.schema`").ShouldBe("---\ninput: { schema: { a: string, b?: string } }\nsamples: { s: { a: x } }\n---\n{{ a }}{{ b }}");

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
