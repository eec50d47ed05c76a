namespace PromptLsp.Language.Tests.Linting;

public sealed class TypeMismatchTests
{
    [Fact]
    public void A_loop_over_a_number() => Lint("""
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
        {{ for x in customer.orders.size }}{{ x }}{{ end }}
                    ^^^^^^^^^^^^^^^^^^^^ warning type-mismatch: `customer.orders.size` is an integer; a loop needs a list
        """);

    [Fact]
    public void A_member_of_a_text() => Lint("""
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
        {{ ticket.author }}
                  ^^^^^^ warning type-mismatch: `ticket` is a string and has no member `author`
        """);

    [Fact]
    public void A_member_of_a_list() => Lint("""
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
        {{ customer.orders.title }}
                           ^^^^^ warning type-mismatch: `customer.orders` is a list and has no member `title`; loop over it, or take one item with `[0]`
        """);

    [Fact]
    public void A_comparison_with_what_can_never_be() => Lint("""
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
        {{ if customer.tier == "enterprice" }}x{{ end }}
                               ^^^^^^^^^^^^ warning type-mismatch: `customer.tier` is never `enterprice`; did you mean `enterprise`?
        """);

    [Fact]
    public void A_case_that_can_never_be() => Lint("""
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
        {{ case customer.tier }}{{ when "fre" }}x{{ when "pro" }}y{{ end }}
                                        ^^^^^ warning type-mismatch: `customer.tier` is never `fre`; did you mean `free`?
        """);

    [Fact]
    public void An_object_printed_as_text() => Lint("""
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
        {{ customer }}
           ^^^^^^^^ warning type-mismatch: `customer` is an object; print one of its members such as `.name`, or `| object.to_json`
        """);

    [Fact]
    public void Lists_and_texts_have_a_size() => Lint("""
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
        {{ customer.orders.size }} {{ ticket.size }}
        """);

    [Fact]
    public void True_or_false_and_numbers_are_never_words() => Lint("""
        ---
        input: { schema: { vip: boolean, n: integer, s: string } }
        ---
        {{ if vip == "yes" }}a{{ end }}{{ if n == "many" }}b{{ end }}
                     ^^^^^ warning type-mismatch: `vip` is true or false, and never `yes`
                                                  ^^^^^^ warning type-mismatch: `n` is a number, and never `many`
        {{ if vip == "true" || n == "3" || s == "yes" }}c{{ end }}
        """);

    [Fact]
    public void A_truth_has_no_fallback() => Lint("""
        ---
        input: { schema: { note?: string, vip: boolean } }
        ---
        {{ (note && vip) || "x" }}
           ^^^^^^^^^^^^^^^^^^^^ warning type-mismatch: `||` gives true or false, and none of its sides
        """);

    [Fact]
    public void Texts_in_a_calculation_and_lists_of_objects_as_they_stand() => Lint("""
        ---
        input: { schema: { name: string, n: number, xs(array): { kind: string }, any: any } }
        ---
        {{ name - 1 }}{{ name * 2 }}{{ name + 1 }}{{ n - any }}{{ n / 2 }}
           ^^^^^^^^ warning type-mismatch: `name` is a string, and `-` takes numbers: it stops the rendering
        {{ n / name }}
           ^^^^^^^^ warning type-mismatch: `name` is a string, and `/` takes numbers: it stops the rendering
        {{ xs }}{{ xs | object.to_json }}
           ^^ warning type-mismatch: `xs` is a list of objects; loop over it, or write `| object.to_json`
        {{ xs[0] }}{{ xs[0].kind }}
           ^^^^^ warning type-mismatch: `xs[0]` is an object; print one of its members such as `.kind`, or `| object.to_json`
        """);
}
