namespace PromptLsp.Language.Tests.Linting;

public sealed class UnknownMemberTests
{
    [Fact]
    public void A_misspelt_member_is_reported() => Lint("""
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
        {{ customer.nmae }}
                    ^^^^ warning unknown-member: `customer` has no member `nmae`; did you mean `name`?
        """);

    [Fact]
    public void Members_of_what_a_loop_takes_from_two_pipes_are_known() => Lint("""
        ---
        input: { schema: { "orders(array)": { title: string } } }
        ---
        {{ for order in orders | array.compact | array.reverse }}{{ order.titel }}{{ end }}
                                                                          ^^^^^ warning unknown-member: `order` has no member `titel`; did you mean `title`?
        """);

    [Fact]
    public void Members_of_a_loop_variable_are_held_to_the_schema() => Lint("""
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
        {{ for o in customer.orders }}{{ o.titel }}{{ end }}
                                           ^^^^^ warning unknown-member: `o` has no member `titel`; did you mean `title`?
        """);

    [Fact]
    public void Members_flow_through_assignments_and_functions() => Lint("""
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
        {{ first = customer.orders | array.first }}{{ first.cost }}
                                                            ^^^^ warning unknown-member: `first` has no member `cost`; it has `title`, `price`
        """);

    [Fact]
    public void Facts_of_the_loop_are_members() => Lint("""
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
        {{ for o in customer.orders }}{{ for.indx }}{{ end }}
                                             ^^^^ error template-syntax: `for` has no member `indx`; did you mean `index`?
        """);
}
