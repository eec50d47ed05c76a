namespace PromptLsp.Language.Tests.Completion;

public sealed class CodeCompletionTests
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
    public void What_the_prompt_is_given_comes_first_then_a_message_a_condition_or_an_include() =>
        Complete(Header + "{{ $$ }}")
            .ShouldHave(
                "input customer  object",
                "input ticket  string",
                "function role  role(name: string): nothing",
                "statement if",
                "function include  include(template_name: string, …args): string",
                "namespace string  functions"
            );

    [Fact]
    public void Within_a_line_names_come_first() =>
        Complete(Header + "Dear {{ $$ }}")
            .ShouldHave(
                "input customer  object",
                "input ticket  string",
                "input note  string?",
                "statement if",
                "namespace date  functions",
                "function role  role(name: string): nothing",
                "namespace string  functions",
                "function include_join  include_join(template_names: array, separator: string, prefix?: string, suffix?: string): string"
            );

    [Fact]
    public void An_input_without_a_name_is_not_offered() => Complete("---\ninput: { schema: { \"\": string, a: string } }\n---\n{{ $$ }}").ShouldNotHave("");

    [Fact]
    public void A_word_is_replaced_whole() => Complete(Header + "{{ cus$$tomer }}").Accept("ticket").ShouldBe("""
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
        {{ ticket }}
        """);

    [Fact]
    public void Members_complete_after_a_dot() => Complete(Header + "{{ customer.$$ }}").ShouldBe("""
        field name  string
        field tier  enum: free, pro, enterprise
        field tags  array of string
        field orders  array of object
        """);

    [Fact]
    public void Members_complete_in_an_island_without_its_end() => Complete(Header + "{{ customer.na$$\nMore text {{ ticket }}").ShouldBe("""
        field name  string
        field tier  enum: free, pro, enterprise
        field tags  array of string
        field orders  array of object
        """);

    [Fact]
    public void Members_of_a_loop_variable_complete() => Complete(Header + "{{ for o in customer.orders }}{{ o.$$ }}{{ end }}").ShouldBe("""
        field title  string
        field price  number
        """);

    [Fact]
    public void Members_flow_through_indexes_pipes_and_assignments() => Complete(Header + "{{ x = (customer.orders | array.first) }}{{ x.$$ }}").ShouldBe("""
        field title  string
        field price  number
        """);

    [Theory]
    [InlineData("{{ for o in $$ }}")]
    [InlineData("{{ for o in z$$ }}")]
    [InlineData("{{ for o in $$ }}{{ end }}")]
    public void What_can_be_looped_over_comes_first(string body) =>
        Complete("---\ninput: { schema: { a: string, zs(array): string } }\n---\n" + body).ShouldHave("input zs  array of string", "input a  string");

    [Fact]
    public void Facts_of_the_loop_complete() => Complete(Header + "{{ for o in customer.orders }}{{ for.$$ }}{{ end }}").ShouldBe("""
        field index  integer
        field rindex  integer
        field first  boolean
        field last  boolean
        field even  boolean
        field odd  boolean
        field length  integer
        field changed  boolean
        """);

    [Fact]
    public void Behind_a_pipe_functions_that_fit_come_first() =>
        Complete(Header + "{{ ticket | $$ }}")
            .ShouldHave(
                "function string.upcase  string.upcase(text: string): string",
                "function html.escape  html.escape(text: string): string",
                "function array.first  array.first(list: array): any"
            );

    [Fact]
    public void Functions_of_a_namespace_complete_after_its_dot() => Complete(Header + "{{ ticket | string.trunc$$ }}").Accept("truncate").ShouldBe("""
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
        {{ ticket | string.truncate ${1:length} }}
        """);

    [Fact]
    public void An_enum_completes_behind_a_comparison() =>
        Complete(Header + "{{ if customer.tier == $$ }}")
            .ShouldHave("enumvalue \"free\"", "enumvalue \"pro\"", "enumvalue \"enterprise\"", "input customer  object");

    [Fact]
    public void An_enum_completes_inside_quotes() => Complete(Header + "{{ if customer.tier == \"$$\" }}").ShouldBe("""
        enumvalue free
        enumvalue pro
        enumvalue enterprise
        """);

    [Fact]
    public void An_enum_completes_in_a_when() => Complete(Header + "{{ case customer.tier }}{{ when \"$$\" }}{{ end }}").ShouldBe("""
        enumvalue free
        enumvalue pro
        enumvalue enterprise
        """);

    [Fact]
    public void Roles_complete_inside_quotes() => Complete(Header + "{{ role \"$$\" }}").ShouldBe("""
        role system  role
        role user  role
        role model  role
        role tool  role
        role developer  role
        """);

    [Fact]
    public void Roles_complete_inside_an_open_quote() => Complete(Header + "{{ role \"s$$\ntext").Accept("system").ShouldBe("""
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
        {{ role "system"
        text
        """);

    [Fact]
    public void Roles_complete_with_their_quotes() => Complete(Header + "{{ role $$ }}").ShouldHave("role \"system\"  role", "role \"user\"  role");

    [Fact]
    public void A_block_brings_its_end() => Complete(Header + "{{ if$$ }}").Accept("if").ShouldBe("""
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
        {{ if ${1:condition} }}$0{{ end }}
        """);

    [Fact]
    public void End_comes_first_where_a_block_is_open() =>
        Complete(Header + "{{ if note }}x{{ e$$ }}").ShouldHave("statement end  closes if note", "statement else", "input ticket  string");

    [Fact]
    public void No_end_where_nothing_is_open() => Complete(Header + "{{ e$$ }}").ShouldNotHave("end", "else", "when", "break");

    [Fact]
    public void Text_offers_nothing() => Complete(Header + "Hello $$").ShouldBe("""
        nothing
        """);

    [Fact]
    public void A_comment_offers_nothing() => Complete(Header + "{{ # no$$te }}").ShouldBe("""
        nothing
        """);

    [Fact]
    public void Before_a_dot_stands_what_has_members() => Complete(Header + "{{ cus$$tomer.tier }}").ShouldBe("""
        input customer  object
        input ticket  string
        input note  string?
        namespace array  functions
        namespace date  functions
        namespace html  functions
        namespace math  functions
        namespace object  functions
        namespace regex  functions
        namespace string  functions
        namespace timespan  functions
        """);

    [Theory]
    [InlineData("{{ n = 1 }}{{ n > $$ }}", "n")]
    [InlineData("{{ n = 1 }}{{ ticket | string.truncate $$ }}", "n")]
    [InlineData("{{ n = 1 }}{{ for o in customer.orders limit: $$ }}{{ end }}", "n")]
    [InlineData("{{ n = 1 }}{{ for i in 1..$$ }}{{ end }}", "n")]
    [InlineData("{{ n = 1 }}{{ n | string.append $$ }}", "ticket")]
    [InlineData("{{ $$.size }}", "ticket")]
    [InlineData("{{ tic$$.tier }}", "customer")]
    public void What_fits_the_place_comes_first(string body, string first) => Assert.Equal(first, Complete(Header + body).List.Items[0].Label);

    [Theory]
    [InlineData("{{ ticket == $$ }}")]
    [InlineData("{{ ticket | string.append $$ }}")]
    [InlineData("{{ x = $$ }}")]
    public void A_message_is_no_value(string body) => Complete(Header + body).ShouldNotHave("role", "history", "media", "section");

    [Theory]
    [InlineData("{{ x = inc$$ }}", "include_join", "{{ x = include_join ${1:template_names} \"${2:separator}\" }}")]
    [InlineData("{{ ticket | string.append inc$$ }}", "include_join", "{{ ticket | string.append (include_join ${1:template_names} \"${2:separator}\") }}")]
    public void A_call_among_arguments_has_parentheses(string body, string label, string expected) =>
        Assert.Equal(Header + expected, Complete(Header + body).Accept(label).Text);

    [Theory]
    [InlineData("{{ x = $$ }}", false)]
    [InlineData("{{ x = 1 }}{{ x = $$ }}", true)]
    [InlineData("{{ x = 1 }}{{ x += $$ }}", true)]
    [InlineData("{{ for o in customer.orders }}{{ x = $$ }}{{ end }}", false)]
    public void What_is_being_assigned_has_no_value_yet_unless_it_had_one(string body, bool isOffered) =>
        Assert.Equal(isOffered, Complete(Header + body).List.Items.Any(i => i.Label == "x"));

    [Theory]
    [InlineData("{{ who.$$ }}", "first-name", "{{ who[\"first-name\"] }}")]
    [InlineData("{{ who.fi$$ | string.upcase }}", "first-name", "{{ who[\"first-name\"] | string.upcase }}")]
    [InlineData("{{ who.$$ }}", "age", "{{ who.age }}")]
    [InlineData("{{ who[\"$$\"] }}", "first-name", "{{ who[\"first-name\"] }}")]
    public void A_name_that_is_no_word_of_code_stands_in_brackets(string body, string label, string expected)
    {
        const string header = "---\ninput: { schema: { who: { first-name: string, age: integer }, a-b: string } }\n---\n";
        Assert.Equal(header + expected, Complete(header + body).Accept(label).Text);
        Assert.Equal(header + "{{ this[\"a-b\"] }}", Complete(header + "{{ $$ }}").Accept("a-b").Text);
        Assert.Equal(header + "{{ this[\"a-b\"] }}", Complete(header + "{{ a-$$ }}").Accept("a-b").Text);
    }

    [Fact]
    public void A_list_whose_name_is_no_word_is_looped_over_all_the_same()
    {
        const string header = "---\ninput: { schema: { brand: { tone-words(array): string } } }\n---\n";
        Assert.Equal(
            header + "{{ for tone_word in brand[\"tone-words\"] }}",
            Complete(header + "{{ for $$ }}").Accept("tone_word in brand[\"tone-words\"]").Text
        );
    }

    [Fact]
    public void Right_behind_a_bracket_there_is_nothing_to_say() => Assert.Empty(Complete(Header + "{{ customer.orders[0]$$ }}").List.Items);

    [Fact]
    public void A_loop_does_not_offer_its_own_variable_as_its_source() => Complete(Header + "{{ for o in $$ }}{{ end }}").ShouldNotHave("o", "for");
}
