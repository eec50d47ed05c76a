using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

public sealed class IncludeTests
{
    [Fact] public void Named_arguments_are_the_partials_variables() =>
        Render("{{ include \"voice\" tone: \"warm\" size: 2 }}", ("_voice.prompt", "{{ tone }} {{ size }}")).ShouldBe("[user]\nwarm 2");

    [Fact] public void A_partial_without_inputs_sees_its_callers_variables() =>
        Render("{{ a = 1; for b in [2]; include \"p\"; end }}", ("_p.prompt", "{{ a }}{{ b }}")).ShouldBe("[user]\n12");

    [Fact] public void A_partial_with_inputs_sees_only_its_own() => Render(
        "{{ a = 1; include \"p\" b: 2 }}",
        ("_p.prompt", """
            ---
            input: { schema: { b: integer, c: string }, default: { c: three } }
            ---
            {{ a }}{{ b }}{{ c }}
            """)).ShouldBe("[user]\n2three");

    [Fact] public void What_a_partial_assigns_stays_in_it() =>
        Render("{{ a = 1 }}{{ include \"p\" }}{{ a }}{{ b }}", ("_p.prompt", "{{ a = 2; b = 3 }}{{ a }}")).ShouldBe("[user]\n21");

    [Fact] public void A_partial_can_start_messages() =>
        Render("{{ include \"p\" }}u", ("_p.prompt", "{{ role \"system\" }}s{{ role \"user\" }}")).ShouldBe("[system]\ns\n[user]\nu");

    [Fact]
    public void An_include_can_be_piped_captured_and_assigned() =>
        Render(
                "{{ include \"p\" | string.upcase }}{{ x = include \"p\" }}{{ capture y }}{{ include \"p\" }}{{ end }}-{{ x }}-{{ y }}-{{ \"p\" | include }}",
                ("_p.prompt", "hi")
            )
            .ShouldBe("[user]\nHI-hi-hi-hi");

    [Fact] public void Several_partials_can_be_joined() =>
        Render("{{ include_join [\"a\", \"b\"] \", \" \"<\" \">\" }}", ("_a.prompt", "1"), ("_b.prompt", "2")).ShouldBe("[user]\n<1, 2>");

    [Fact] public void A_missing_partial_is_told_at_the_include() =>
        Render("{{ include \"nope\" }}").ShouldFail("include \"nope\"", "there is no `nope` to include");

    [Fact] public void A_circle_of_partials_is_spelled_out() =>
        Render("{{ include \"a\" }}", ("_a.prompt", "{{ include \"b\" }}"), ("_b.prompt", "{{ if true }}{{ include \"a\" }}{{ end }}"))
            .ShouldBe("! Values: `_a.prompt` includes itself: _a.prompt → _b.prompt → _a.prompt at _b.prompt[16..27)");

    [Fact]
    public void A_failure_in_a_partial_is_told_there() =>
        Render("{{ include \"a\" }}", ("_a.prompt", "---\nname: a\n---\n{{ x.y }}"))
            .ShouldBe("! Values: Cannot get the member x.y for a null object. at _a.prompt[21..22)");
}
