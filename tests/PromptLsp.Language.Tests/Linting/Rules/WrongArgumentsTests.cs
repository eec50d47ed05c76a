namespace PromptLsp.Language.Tests.Linting;

public sealed class WrongArgumentsTests
{
    [Fact]
    public void Too_few() =>
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
            {{ ticket | string.truncate }}
                        ^^^^^^^^^^^^^^^ error wrong-arguments: `string.truncate` needs 2 arguments, and is given 1; it reads `string.truncate(text: string, length: integer, ellipsis?: string): string`
            """
        );

    [Fact]
    public void Too_many() =>
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
            {{ ticket | string.upcase 1 }}
                                      ^ error wrong-arguments: `string.upcase` takes at most 1 argument, and is given 2; it reads `string.upcase(text: string): string`
            """
        );

    [Fact]
    public void A_name_that_the_function_does_not_have() => Lint("""
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
        {{ ticket | string.truncate length: 3 elipsis: "x" }}
                                              ^^^^^^^ warning wrong-arguments: `string.truncate` has no parameter `elipsis`; did you mean `ellipsis`?
        """);

    [Fact]
    public void Half_a_call_is_left_alone() => Lint("""
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
        {{ ticket | string.truncate length: }}
                                          ^ error template-syntax: a value is missing for `length`
        """);

    [Fact]
    public void Functions_of_messages_are_held_to_their_names_too() => Lint("""
        ---
        input: { schema: { photo: string } }
        ---
        {{ media ulr: photo }}
                 ^^^ warning wrong-arguments: `media` has no parameter `ulr`; did you mean `url`?
        {{ media url: photo contentType: "image/png" }}
        """);

    [Fact]
    public void A_regular_expression_that_cannot_be_read() => Lint("""
        {{ "a [b]" | regex.replace "[" "" }}
                                   ^^^ error wrong-arguments: this regular expression cannot be read: a `]` is missing
        {{ regex.split "a b" `*` }}{{ "[" | regex.escape }}{{ "a" | string.replace "[" "" }}
                             ^^^ error wrong-arguments: this regular expression cannot be read: a `*`, `+` or `?` has nothing before it to repeat
        """);
}
