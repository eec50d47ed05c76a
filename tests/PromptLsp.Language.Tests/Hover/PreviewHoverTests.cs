using static PromptLsp.Testing.Editor;

namespace PromptLsp.Language.Tests.Hover;

/// <summary>The preview, on whatever a prompt is made of that has nothing else to say.</summary>
public sealed class PreviewHoverTests
{
    private const string Preview = """
        **Preview** with the sample `one`

        **system**

        ```text
        Be kind to Ada.
        ```
        """;

    [Fact] public void Text_shows_what_would_be_sent() => HoverAt("""
        ---
        samples: { one: { name: Ada } }
        ---
        {{ role "system" }}
        Be ki$$nd to {{ name }}.
        """).On("Be kind to {{ name }}.").ShouldBe(Preview);

    [Fact] public void The_fences_show_it() => HoverAt("""
        -$$--
        samples: { one: { name: Ada } }
        ---
        {{ role "system" }}
        Be kind to {{ name }}.
        """).On("---").ShouldBe(Preview);

    [Fact] public void The_closing_fence_shows_it() => HoverAt("""
        ---
        samples: { one: { name: Ada } }
        --$$-
        {{ role "system" }}
        Be kind to {{ name }}.
        """).On("---").ShouldBe(Preview);

    [Fact] public void A_sample_shows_itself() => HoverAt("""
        ---
        samples:
          one: { name: Ada }
          tw$$o: { name: Grace }
        ---
        Hi {{ name }}
        """).On("two").ShouldBe("""
        **sample** map

        Values of the inputs, by their names. Inputs left out take their defaults.

        ---

        **Preview** with the sample `two`

        **user**

        ```text
        Hi Grace
        ```
        """);

    [Fact] public void A_test_shows_the_sample_that_it_calls() => HoverAt("""
        ---
        samples: { one: { name: Ada }, two: { name: Grace } }
        tests: [{ sample: tw$$o, expect: [{ contains: Grace }] }]
        ---
        Hi {{ name }}
        """).On("two").ShouldBe("""
        ```yaml
        { name: "Grace" }
        ```

        ---

        **Preview** with the sample `two`

        **user**

        ```text
        Hi Grace
        ```
        """);

    [Fact] public void What_cannot_be_rendered_says_so() => HoverAt("---\ntemplate: liquid\n---\nHi {% if a %}yo$$u{% endif %}").ShouldBe("""
        *This prompt is written in Liquid, which PromptLsp reads but cannot render yet: there is no preview, and its tests do not run.*
        """);

    [Fact] public void A_file_in_another_format_says_so() => HoverAt("init do\n  mo$$del: x\nend").ShouldBe("""
        This file is written in the `init do` block language, which PromptLsp neither checks nor renders.
        """);

    [Fact] public void A_role_shows_it_under_what_there_is_to_say_of_the_role() => HoverAt("""
        ---
        samples: { one: { name: Ada } }
        ---
        {{ role "sys$$tem" }}
        Be kind to {{ name }}.
        """).ShouldBe("""
        **system**

        The standing orders: who the model is and what it may do.

        ---

        """ + "\n" + Preview);

    [Fact] public void Text_in_a_block_shows_it() => HoverAt("{{ if true }}a$$b{{ end }}").ShouldBe("""
        **Preview**

        **user**

        ```text
        ab
        ```
        """);

    [Fact] public void A_comment_shows_nothing() => HoverAt("a {{ # no$$te }}").ShouldBe("nothing");

    [Fact] public void A_name_shows_itself_alone() => HoverAt("""
        ---
        input: { schema: { name: "string, who it is" } }
        ---
        {{ na$$me }}
        """).On("name").ShouldBe("""
        ```yaml
        name: string
        ```

        who it is

        *input*
        """);
}
