using PromptLsp.Language.Completion;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Tests.Completion;

/// <summary>Values that a place asks for are offered there, in quotes and without.</summary>
public sealed class ExpectedValuesTests
{
    private const string Header = """
        ---
        template: scriban
        input:
          schema:
            customer(object):
              name: string
              tier(enum): [free, pro]
            orders(array):
              id: string
              status(enum): [open, shipped]
            strict?: boolean
        ---
        """ + "\n";

    private static readonly PromptEnvironment Workspace = PromptEnvironment.None with
    {
        Partials = () => [new("mails/far", "mails/_far.prompt"), new("voice", "_voice.prompt")],
        Include = path => path == "voice" ? new(IncludeStatus.Found, new("_voice.prompt", () => Model(Voice)), []) : new(IncludeStatus.Missing, null, []),
    };

    private const string Voice = """
        ---
        input:
          schema:
            tone?(enum, how warm): [warm, formal]
            brief?: boolean
            to: string
          default: { brief: true }
        ---
        """;

    [Theory]
    [InlineData("{{ if customer.tier == $$ }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ if customer.tier == \"$$\" }}", "free", "pro")]
    [InlineData("{{ if customer.tier != \"$$ }}", "free", "pro")]
    [InlineData("{{ if (customer.tier == $$) && strict }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ $$ == customer.tier }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ case customer.tier }}{{ when $$ }}{{ end }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ case customer.tier }}{{ when $$", "\"free\"", "\"pro\"")]
    [InlineData("{{ case customer.tier }}{{ when \"free\" || $$ }}{{ end }}", "\"pro\"", "\"free\"")]
    [InlineData("{{ case customer.tier\nwhen $$ }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ case customer.tier }}{{ when \"free\" }}a{{ when $$ }}{{ end }}", "\"pro\"", "\"free\"")]
    [InlineData("{{ customer.tier ?? $$ }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ customer.tier | object.default $$ }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ [$$] | array.contains customer.tier }}", "\"free\"", "\"pro\"")]
    [InlineData("{{ [\"free\", \"$$\"] | array.contains customer.tier }}", "free", "pro")]
    [InlineData("{{ orders | array.map \"status\" | array.contains \"$$\" }}", "open", "shipped")]
    [InlineData("{{ for o in orders }}{{ o.status == \"$$\" }}{{ end }}", "open", "shipped")]
    [InlineData("{{ strict == $$ }}", "true", "false")]
    [InlineData("{{ orders | array.map $$ }}", "\"id\"", "\"status\"")]
    [InlineData("{{ orders | array.sort \"$$\" }}", "id", "status")]
    [InlineData("{{ array.sort orders \"$$\" }}", "id", "status")]
    [InlineData("{{ customer[\"$$\"] }}", "name", "tier")]
    [InlineData("{{ customer[$$] }}", "\"name\"", "\"tier\"")]
    [InlineData("{{ customer | object.has_key \"$$\" }}", "name", "tier")]
    [InlineData("{{ include \"voice\" tone: $$ }}", "\"warm\"", "\"formal\"")]
    [InlineData("{{ include \"voice\" tone: \"$$\" }}", "warm", "formal")]
    [InlineData("{{ include \"voice\" tone: \"$$ }}", "warm", "formal")]
    [InlineData("{{ include \"voice\" brief: $$", "true", "false")]
    [InlineData("{{ include $$ }}", "\"voice\"", "\"mails/far\"")]
    [InlineData("{{ include \"$$\" }}", "voice", "mails/far")]
    [InlineData("{{ include_join [\"$$\"] \"\\n\" }}", "voice", "mails/far")]
    [InlineData("{{ role $$ }}", "\"system\"", "\"user\"")]
    [InlineData("{{ role \"system\" }}x{{ role $$ }}", "\"user\"", "\"model\"")]
    [InlineData("{{ role \"user\" }}x{{ role \"$$\" }}", "model", "user")]
    [InlineData("{{ date.now | date.to_string \"$$\" }}", "%F", "%d %B %Y")]
    [InlineData("{{ media customer.name contentType: $$ }}", "\"image/png\"", "\"image/jpeg\"")]
    public void They_come_first(string body, string first, string second) =>
        Assert.Equal([first, second], Complete(Header + body, Workspace).List.Items.Take(2).Select(i => i.Label));

    [Theory]
    [InlineData("{{ include $$ }}", "\"voice\"", "{{ include \"voice\" }}")]
    [InlineData("{{ include $$\"tone\" }}", "\"voice\"", "{{ include \"voice\" }}")]
    [InlineData("{{ if customer.tier == $$\"free\" }}", "\"pro\"", "{{ if customer.tier == \"pro\" }}")]
    [InlineData("{{ role $$\"user\" }}", "\"system\"", "{{ role \"system\" }}")]
    [InlineData("{{ include \"to$$ne\" }}", "voice", "{{ include \"voice\" }}")]
    [InlineData("{{ include \"vo$$ }}", "voice", "{{ include \"voice\" }}")]
    [InlineData("{{ include \"$$\nmore", "voice", "{{ include \"voice\"\nmore")]
    [InlineData("{{ case customer.tier }}{{ when fr$$ }}", "\"free\"", "{{ case customer.tier }}{{ when \"free\" }}")]
    [InlineData("{{ if customer.tier == p$$o }}", "\"pro\"", "{{ if customer.tier == \"pro\" }}")]
    public void What_stands_there_is_replaced_and_quotes_are_whole(string body, string label, string expected) =>
        Assert.Equal(Header + expected, Complete(Header + body, Workspace).Accept(label).Text);

    [Theory]
    [InlineData("{{ e == $$ }}", "\"a\\\"b\"", "{{ e == \"a\\\"b\" }}")]
    [InlineData("{{ e == \"$$\" }}", "a\"b", "{{ e == \"a\\\"b\" }}")]
    [InlineData("{{ e == '$$' }}", "a\"b", "{{ e == 'a\"b' }}")]
    public void Quotes_in_a_value_are_escaped(string body, string label, string expected)
    {
        const string header = "---\ninput: { schema: { e(enum): ['a\"b'] } }\n---\n";
        Assert.Equal(header + expected, Complete(header + body).Accept(label).Text);
    }

    [Fact]
    public void A_system_message_is_the_last_choice_behind_others() =>
        Assert.Equal("system", Complete(Header + "{{ role \"user\" }}x{{ role \"$$\" }}").List.Items[^1].Label);

    [Theory]
    [InlineData("{{ strict == $$ }}", "true false null")]
    [InlineData("{{ customer.tier == $$ }}", "null")]
    [InlineData("{{ for o in $$ }}{{ end }}", "")]
    [InlineData("{{ x = $$ }}", "true false null")]
    public void Words_come_once_and_where_they_can_be_meant(string body, string words) =>
        Assert.Equal(words, string.Join(' ', Complete(Header + body).List.Items.Where(i => i.Kind == CompletionKind.Value).Select(i => i.Label)));

    [Fact]
    public void They_are_found_by_typing_the_word_as_well_as_the_quote() =>
        Assert.Equal("free", Complete(Header + "{{ if customer.tier == $$ }}").List.Items[0].FilterText);

    [Fact]
    public void A_string_that_can_be_anything_offers_nothing() => Complete(Header + "{{ x = \"$$\" }}").ShouldBe("""
        nothing
        """);

    [Fact]
    public void A_partial_takes_its_inputs_by_name_alone_those_that_must_be_given_first() =>
        Complete(Header + "{{ include \"voice\" $$ }}", Workspace)
            .ShouldBe(
                """
                parameter to:  string
                parameter tone:  enum: warm, formal?
                parameter brief:  boolean?
                """
            );

    [Fact]
    public void An_argument_that_is_given_is_not_offered_again_and_a_name_keeps_its_colon()
    {
        Complete(Header + "{{ include \"voice\" tone: \"warm\" $$ }}", Workspace).ShouldNotHave("tone:");
        Complete(Header + "{{ include \"voice\" t$$x: \"warm\" }}", Workspace).Accept("tone").ShouldBe("""
            ---
            template: scriban
            input:
              schema:
                customer(object):
                  name: string
                  tier(enum): [free, pro]
                orders(array):
                  id: string
                  status(enum): [open, shipped]
                strict?: boolean
            ---
            {{ include "voice" tone: "warm" }}
            """);
    }
}
