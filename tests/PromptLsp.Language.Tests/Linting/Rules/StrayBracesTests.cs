namespace PromptLsp.Language.Tests.Linting;

public sealed class StrayBracesTests
{
    [Fact]
    public void Braces_behind_code_that_is_closed() => Lint("""
        ---
        input: { schema: { x: string, "code?": string } }
        ---
        {{ x }}}}
               ^^ warning stray-braces: this `}}` closes nothing, and the model reads it; remove it
        {{ x }} }} and
                ^^ warning stray-braces: this `}}` closes nothing, and the model reads it; remove it
        {{ x }}}
               ^ warning stray-braces: this `}` closes nothing, and the model reads it; remove it
        {{ if code }}}}yes{{ end }}}}
                     ^^ warning stray-braces: this `}}` closes nothing, and the model reads it; remove it
                                   ^^ warning stray-braces: this `}}` closes nothing, and the model reads it; remove it
        """);

    [Fact]
    public void Braces_behind_a_name() =>
        Lint(
            """
            ---
            input: { schema: { customer: { name: string } } }
            ---
            Dear customer.name }}, we write to {{ customer.name }}, yes, customer.name }}.
                               ^^ warning stray-braces: this `}}` closes nothing, and the model reads it; remove it
                                                                                       ^^ warning stray-braces: this `}}` closes nothing, and the model reads it; remove it
            """
        );

    [Fact]
    public void Braces_that_close_what_the_text_opens() => Lint("""
        ---
        input: { schema: { x: string, items(array): string, "code?": string } }
        ---
        Answer as {"a": {"b": {{ x }}}} please, {"a": {"b": "{{ x }}"}}.
        {
          "a": {
            "b": {{ x }}}}
        {{ for i in items }}{"k": {"v": {{ i }}}}{{ end }}
        {"a": {"b": {{ if code }}1}}{{ else }}2}}{{ end }}
        {"a": {"b": {{ case x }}{{ when "1" }}1}}{{ when "2" }}2}}{{ else }}3}}{{ end }}
        Literal: {{ "{{" }} name }} and {{ "{{ name }}" }}.
        {%{ raw {{ x }} }}}} }%}
        """);

    [Fact]
    public void Braces_in_quotes_and_in_code() => Lint("""
        ---
        input: { schema: { x: string } }
        ---
        Use `}}` to close, and write "}}" at the end of {{ x }}.
        }}
        return a; }}
        """);

    // Its engine rejects a third brace, and a fourth.
    [Fact]
    public void Handlebars() => Lint("""
        ---
        template: handlebars
        ---
        {{#if x}}a{{/if}}}}
                       ^^^^ error template-syntax: `}}}}` closes `{{{{`, and this opens with `{{`; put a blank before braces that are text
        {{x}} }} and {"a": {"b": {{x}} } } {{{x}}} {{{x}}}}}
                                                       ^^^^ error template-syntax: `}}}}` is not expected here
        """);

    [Theory]
    [InlineData("Dear {{ x }}}}, hello", "Remove `}}`", "Dear {{ x }}, hello")]
    [InlineData("Dear {{ x }} }}", "Remove `}}`", "Dear {{ x }}")]
    [InlineData("Dear x }}, hello", "Change to `{{ x }}`", "Dear {{ x }}, hello")]
    public void Its_fixes(string body, string title, string mended) =>
        Fix($"---\ninput: {{ schema: {{ x: string }} }}\n---\n{body}", title).ShouldBe($"---\ninput: {{ schema: {{ x: string }} }}\n---\n{mended}");
}
