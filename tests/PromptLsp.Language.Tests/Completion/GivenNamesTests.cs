using PromptLsp.Language.Completion;

namespace PromptLsp.Language.Tests.Completion;

/// <summary>A prompt without a schema takes what it is given: what it reads, and what its samples hold, completes like inputs.</summary>
public sealed class GivenNamesTests
{
    private const string Samples = "---\nsamples:\n  a: { order: { id: 1, lines: [{ sku: x }] } }\n  b: { order: { note: hi }, \"two words\": 1 }\n---\n";

    [Theory]
    [InlineData("{{ topic }} and {{ $$ }}", "topic")]
    [InlineData("{{ topic }} and {{ top$$ }}", "topic")]
    [InlineData("{{ topic }} and {{ topic$$ }}", "topic")]
    [InlineData("{{ a.b }} {{ for x in c }}{{ d = e }}{{ end }} and {{ $$ }}", "d a c e")]
    [InlineData(Samples + "{{ $$ }} {{ topic }}", "order topic")]
    [InlineData("---\ninput: { schema: { declared: string } }\n---\n{{ topic }} and {{ $$ }}", "declared")]
    [InlineData("---\nname: [broken\n---\n{{ topic }} and {{ $$ }}", "topic")]
    public void Names_that_the_prompt_reads_elsewhere_are_offered(string text, string names) =>
        Assert.Equal(
            names,
            string.Join(' ', Complete(text).List.Items.Where(i => i.Kind is CompletionKind.Input or CompletionKind.Local).Select(i => i.Label))
        );

    [Theory]
    [InlineData("{{ order.id }} {{ order.total }} {{ order.$$ }}", "id total")]
    [InlineData("{{ order.id }} {{ order.i$$ }}", "id")]
    [InlineData("{{ for o in orders }}{{ o.id }}{{ o.$$ }}{{ end }}", "id")]
    [InlineData("{{ for o in orders }}{{ o.id }}{{ end }}{{ orders[0].$$ }}", "id")]
    [InlineData("{{ order.id }}{{ x = order; x.$$ }}", "id")]
    [InlineData(Samples + "{{ order.$$ }}", "id lines note")]
    [InlineData(Samples + "{{ for l in order.lines }}{{ l.$$ }}{{ end }}", "sku")]
    [InlineData("{{ if tone == \"warm\" }}{{ end }}{{ if tone == \"$$\" }}{{ end }}", "warm")]
    [InlineData("{{ x = x; x.$$ }}", "")]
    public void So_are_their_members_and_words(string text, string labels) =>
        Assert.Equal(labels, string.Join(' ', Complete(text).List.Items.Select(i => i.Label)));

    [Fact]
    public void A_list_is_offered_to_a_loop() => Complete("{{ for o in orders }}{{ o.id }}{{ end }}{{ for $$ }}").ShouldBe("""
        local order in orders  array of object
        """);

    [Fact]
    public void A_hover_tells_where_they_come_from() => HoverAt(Samples + "{{ or$$der.id }}").On("order").ShouldBe("""
        ```yaml
        order: object
        ```
        - `id` integer
        - `lines` array of object
        - `note` string

        Sample: `{ id: 1, lines: [{ sku: "x" }] }`

        *given by whoever renders this*
        """);
}
