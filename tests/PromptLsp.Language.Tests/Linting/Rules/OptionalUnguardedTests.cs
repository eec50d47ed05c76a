namespace PromptLsp.Language.Tests.Linting;

public sealed class OptionalUnguardedTests
{
    [Fact]
    public void An_optional_input_outside_any_guard() => Lint("""
        ---
        lint: { disable: [unused-input] }
        input:
          schema:
            customer(object, who wrote the ticket):
              name: string, full name
              tier(enum, the plan they pay for): [free, pro, enterprise]
              tags(array): string
              orders(array, what they bought):
                title: string
                price: number
            ticket: string, the ticket's text
            note?: string
        ---
        Mind {{ note }}
                ^^^^ hint optional-unguarded: `note` is optional and may be missing here; ask for it with `if`, or give it a default
        """);

    [Fact]
    public void A_local_that_a_block_gives_an_optional_value() => Lint("""
        ---
        input: { schema: { xs(array): { t: string, u?: string }, ok: boolean } }
        ---
        {{ for x in xs }}{{ y = x.u }}{{ y }}{{ end }}
                                         ^ hint optional-unguarded: `y` is optional and may be missing here; ask for it with `if`, or give it a default
        {{ for x in xs }}{{ if x.u }}{{ z = x.u }}{{ z }}{{ end }}{{ end }}
        {{ for x in xs }}{{ w = x.u }}{{ if w }}{{ w }}{{ end }}{{ end }}
        {{ if ok }}{{ given = xs[0].u }}{{ end }}{{ if ok }}{{ given }}{{ end }}
        """);

    [Fact]
    public void Guards() => Lint("""
        ---
        lint: { disable: [unused-input] }
        input:
          schema:
            customer(object, who wrote the ticket):
              name: string, full name
              tier(enum, the plan they pay for): [free, pro, enterprise]
              tags(array): string
              orders(array, what they bought):
                title: string
                price: number
            ticket: string, the ticket's text
            note?: string
        ---
        {{ if note }}{{ note }}{{ end }}{{ note ?? "none" }}{{ note ? note : "" }}{{ if note != null && note.size > 0 }}{{ note }}{{ end }}
        """);

    [Fact]
    public void To_be_another_text_is_no_question_whether_it_is_there() =>
        Lint(
            """
            ---
            input: { schema: { note?: string, who?: { a: string } } }
            ---
            {{ if note != "" }}{{ note.size }}{{ end }}
                                  ^^^^ warning optional-unguarded: `note` is optional and may be missing here, which stops the rendering (`note != ""` holds then too); ask for it with `if`, or give it a default
            {{ if who && who.a != "x" }}{{ who.a }}{{ end }}
            {{ if note && note != "" }}{{ note.size }}{{ end }}
            {{ if note != null && note != "" }}{{ note.size }}{{ end }}
            {{ if note == "x" }}{{ note.size }}{{ end }}
            """
        );
}
