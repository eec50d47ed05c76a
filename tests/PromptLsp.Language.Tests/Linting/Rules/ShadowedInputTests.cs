namespace PromptLsp.Language.Tests.Linting;

public sealed class ShadowedInputTests
{
    [Fact]
    public void A_loop_variable_that_hides_an_input() => Lint("""
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
        {{ for ticket in customer.tags }}{{ ticket }}{{ end }}
               ^^^^^^ hint shadowed-input: `ticket` hides the input of that name; give it a name of its own unless that is meant
        """);

    [Fact]
    public void An_input_made_better_keeps_its_name() => Lint("""
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
        {{ ticket = ticket | string.strip }}{{ ticket }}
        """);
}
