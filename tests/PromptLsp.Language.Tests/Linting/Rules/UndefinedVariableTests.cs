namespace PromptLsp.Language.Tests.Linting;

public sealed class UndefinedVariableTests
{
    [Fact]
    public void A_misspelt_input_is_reported_with_what_was_meant() => Lint("""
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
        {{ tikcet }}
           ^^^^^^ warning undefined-variable: `tikcet` is not declared; did you mean `ticket`?
        """);

    [Fact]
    public void A_name_near_nothing_may_be_declared() => Lint("""
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
        {{ weather }}
           ^^^^^^^ warning undefined-variable: `weather` is not declared; declare it in `input.schema`, or assign it
        """);

    [Fact]
    public void Locals_loop_variables_and_functions_are_known() =>
        Lint(
            """
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
            {{ x = 1 }}{{ x }}{{ for o in customer.orders }}{{ o.title }}{{ for.index }}{{ end }}{{ string.upcase ticket }}{{ date.now.year }}{{ func shout(s); ret s; end }}{{ shout ticket }}
            """
        );

    [Fact]
    public void A_name_that_a_loop_assigns_later_is_known() => Lint("""
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
        {{ for o in customer.orders }}{{ if o.price > 1 }}{{ last }}{{ end }}{{ last = o.title }}{{ end }}
        """);

    [Fact]
    public void A_capture_and_a_with_bring_names() => Lint("""
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
        {{ capture greeting }}Hi{{ end }}{{ greeting }}{{ with customer }}{{ name }}{{ end }}
        """);

    [Fact]
    public void A_broken_island_costs_only_itself() => Lint("""
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
        {{ customer. }} {{ weather }} {{ if ticket == "x" }}
                   ^ error template-syntax: a name is missing after `.`
                           ^^^^^^^ warning undefined-variable: `weather` is not declared; declare it in `input.schema`, or assign it
        {{ "open }} {{ ticket }}
           ^^^^^ error template-syntax: this string is never closed; add its closing quote
        {{ end }}
        """);

    [Fact]
    public void What_is_escaped_is_to_reach_the_model_with_its_braces() => Lint("""
        ---
        lint: { disable: [unused-input] }
        input: { schema: { name: string } }
        ---
        Write {%{ {{name}} }%} and {%%{ {name} }%%} where the name goes.
        """);
}
