using PromptLsp.Language.Linting;
using PromptLsp.Testing;

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
    public void An_empty_list_is_true() =>
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
            {{ if customer.orders && note }}x{{ end }}
                  ^^^^^^^^^^^^^^^ warning constant-condition: `customer.orders` is always there, and an empty list counts as true too; write `customer.orders.size > 0`
            """
        );

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

    [Fact]
    public void A_name_is_followed_through_others_that_are_given_a_value_once_and_in_no_block() => Lint("""
        {{ a = 'x' }}{{ b = a }}{{ c = (b) }}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint blank-line: this line holds only code, and leaves an empty line in what the model gets
        {{ if c }}1{{ end }}
              ^ warning constant-condition: `c` is always there, and empty text counts as true too; write `c != ""`
        {{ capture d }}text{{ end }}
        {{ if d }}2{{ end }}
              ^ warning constant-condition: `d` is always there, and empty text counts as true too; write `d != ""`
        {{ if tone }}{{ e = 'x' }}{{ capture f }}text{{ end }}{{ end }}
        {{ if e }}3{{ end }}{{ if f }}4{{ end }}
        """);

    [Fact]
    public void A_chain_of_names_is_not_followed_for_ever() =>
        Assert.Empty(
            Linter.Quick(
                Editor.Model(
                    "{{ v0 = 'x' }}" + string.Concat(Enumerable.Range(1, 50_000).Select(i => $"{{{{ v{i} = v{i - 1} }}}}")) + "{{ if v50000 }}1{{ end }}"
                ),
                CancellationToken.None
            )
        );
}
