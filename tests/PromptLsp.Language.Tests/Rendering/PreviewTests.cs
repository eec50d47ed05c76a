using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Semantics;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

public sealed class PreviewTests
{
    [Fact] public void Messages_stand_under_their_roles() => Show("""
        ---
        samples: { angry: { ticket: Third time! } }
        ---
        {{ role "system" }}
        Be kind.
        {{ history }}
        {{ role "user" }}
        {{ ticket }} {{ media url: "https://x/a.png" }}
        """, """
        **Preview** with the sample `angry`

        **system**

        ```text
        Be kind.
        ```

        *The conversation so far*

        **user**

        ```text
        Third time! 
        ```

        *media* `https://x/a.png`
        """);

    [Fact] public void What_is_invented_is_said_to_be() => Show("Hi {{ name }}", """
        **Preview** with `name` invented

        **user**

        ```text
        Hi Ada
        ```
        """);

    [Fact] public void A_failure_says_where_and_why() => Show("Hi\n{{ x = null; x.y }}", """
        **Preview**

        ⚠ **Fails** in line 2: Cannot get the member x\.y for a null object.

        **user**

        ```text
        Hi
        ```
        """);

    [Fact] public void Nothing_of_a_prompt_is_live() => Show("# a\n```\n![x](http://evil/x.png) <img src=x>\n````\n\u202Ehidden\u0007", """
        **Preview**

        **user**

        `````text
        # a
        ```
        ![x](http://evil/x.png) <img src=x>
        ````
        ‹right-to-left override›hidden‹U+0007›
        `````
        """);

    [Fact] public void A_role_and_a_sample_name_are_live_neither() => Show("---\nsamples: { \"`](x)<b>\": {} }\n---\n{{ role \"<img src=x>\" }}hi", """
        **Preview** with the sample `` `](x)<b> ``

        **\<img src\=x\>**

        ```text
        hi
        ```
        """);

    [Fact] public void A_long_message_is_cut()
    {
        string markdown = MarkdownOf("{{ for i in 1..3000; '😀'; end }}");
        Assert.Contains("\n… 2,000 more characters\n", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', markdown);
    }

    [Fact] public void Tokens_are_told_where_they_can_be_counted()
    {
        PromptEnvironment counting = PromptEnvironment.None with { Tokens = _ => new(text => text.Length, IsExact: false) };
        Assert.StartsWith("**Preview** · ≈ 5 tokens\n", MarkdownOf(new PromptModel(Model("hello").Document, counting)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_rendered_has_no_preview() => Assert.Null(Preview.Of(Model("{% if x %}y{% endif %}"), TestContext.Current.CancellationToken));

    private static void Show(string text, string expected) => Assert.Equal(expected, MarkdownOf(text));

    private static string MarkdownOf(string text) => MarkdownOf(Model(text));

    private static string MarkdownOf(PromptModel prompt) => PreviewMarkdown.Of(prompt, Preview.Of(prompt, TestContext.Current.CancellationToken)!);
}
