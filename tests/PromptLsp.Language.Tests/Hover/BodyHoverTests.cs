namespace PromptLsp.Language.Tests.Hover;

public sealed class BodyHoverTests
{
    private const string Header = """
        ---
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
        """ + "\n";

    [Fact]
    public void A_variable_shows_type_description_and_origin() => HoverAt(Header + "{{ tic$$ket }}").On("ticket").ShouldBe("""
        ```yaml
        ticket: string
        ```

        the ticket\'s text

        *input*
        """);

    [Fact]
    public void An_object_lists_its_members() => HoverAt(Header + "{{ cus$$tomer.name }}").On("customer").ShouldBe("""
        ```yaml
        customer: object
        ```
        - `name` string: full name
        - `tier` enum\: free\, pro\, enterprise: the plan they pay for
        - `tags` array of string
        - `orders` array of object: what they bought

        who wrote the ticket

        *input*
        """);

    [Fact]
    public void A_member_shows_its_own() => HoverAt(Header + "{{ customer.ti$$er }}").On("tier").ShouldBe("""
        ```yaml
        tier: enum: free, pro, enterprise
        ```

        the plan they pay for

        *member of `customer`*
        """);

    [Fact]
    public void A_member_shows_its_sample() => HoverAt("---\ninput: { schema: { who: { name: { first: string } } } }\nsamples: { a: { who: { name: { first: Ada } } } }\n---\n{{ who.name.fi$$rst }}").On("first").ShouldBe("""
        ```yaml
        first: string
        ```

        Sample: `"Ada"`

        *member of `who.name`*
        """);

    [Fact]
    public void A_loop_variable_shows_what_it_is() => HoverAt(Header + "{{ for o in customer.orders }}{{ $$o.title }}{{ end }}").On("o").ShouldBe("""
        ```yaml
        o: object
        ```
        - `title` string
        - `price` number

        one item of the list

        *the loop's variable*
        """);

    [Fact]
    public void A_function_of_the_body_shows_what_it_takes() => HoverAt(Header + "{{ func greet(who, how = 1); ret who; end }}{{ gre$$et ticket }}").On("greet").ShouldBe("""
        ```scriban
        greet(who, how?)
        ```

        *function of this prompt*
        """);

    [Fact]
    public void A_function_shows_its_signature_and_an_example() => HoverAt(Header + "{{ ticket | string.up$$case }}").On("string.upcase").ShouldBe("""
        ```scriban
        string.upcase(text: string): string
        ```

        Makes every letter a capital.
        - `text` The text.

        ```scriban
        {{ "ada" | string.upcase }}
        → ADA
        ```
        """);

    [Fact]
    public void A_statement_shows_what_it_does() => HoverAt(Header + "{{ i$$f note }}{{ end }}").On("if").ShouldBe("""
        **if**

        Renders what follows where a condition holds.
        """);
}
