namespace PromptLsp.Language.Tests.Linting;

public sealed class UnknownFunctionTests
{
    [Fact]
    public void A_misspelt_function_behind_a_pipe() => Lint("""
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
        {{ ticket | string.upcas }}
                    ^^^^^^^^^^^^ error unknown-function: there is no function `string.upcas`; did you mean `string.upcase`?
        """);

    [Fact]
    public void A_function_without_its_namespace() => Lint("""
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
        {{ ticket | upcase }}
                    ^^^^^^ error unknown-function: there is no function `upcase`; did you mean `string.upcase`?
        """);

    [Fact]
    public void Words_of_other_languages() => Lint("""
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
        {{ if not note }}x{{ end }}
              ^^^ error template-syntax: `not` is no word of Scriban; write `!`
        """);

    [Fact]
    public void Statements_of_other_languages() => Lint("""
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
        {{ if note }}x{{ elsif customer.name != "" }}y{{ end }}
                         ^^^^^ error template-syntax: `elsif` is no word of Scriban; write `else if`
        """);
}
