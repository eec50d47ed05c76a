namespace PromptLsp.Language.Tests.Linting;

public sealed class ConstantConditionTests
{
    [Fact]
    public void Empty_text_is_true() => Lint("""
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
        {{ if ticket }}x{{ end }}
              ^^^^^^ warning constant-condition: `ticket` is always there, and empty text counts as true too; write `ticket != ""`
        """);

    [Fact]
    public void An_empty_list_is_true() => Lint("""
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
        {{ if customer.orders && note }}x{{ end }}
              ^^^^^^^^^^^^^^^ warning constant-condition: `customer.orders` is always there, and an empty list counts as true too; write `customer.orders.size > 0`
        """);

    [Fact]
    public void What_may_be_missing_may_be_asked_for() => Lint("""
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
        {{ if note }}{{ note }}{{ end }}{{ if ticket != "" }}x{{ end }}
        """);
}
