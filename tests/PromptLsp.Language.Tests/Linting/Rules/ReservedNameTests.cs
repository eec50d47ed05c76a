namespace PromptLsp.Language.Tests.Linting;

public sealed class ReservedNameTests
{
    [Fact]
    public void A_local_that_hides_a_namespace_in_use() => Lint("""
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
        {{ string = "x" }}{{ ticket | string.upcase }}
           ^^^^^^ error reserved-name: `string` hides the functions of `string.`, which the body uses; give it another name, such as `string_value`
        """);

    [Fact]
    public void A_local_that_hides_nothing_in_use() => Lint("""
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
        {{ math = "x" }}{{ math }}{{ ticket | string.upcase }}
        """);
}
