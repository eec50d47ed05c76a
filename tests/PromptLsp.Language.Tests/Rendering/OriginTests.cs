using PromptLsp.Language.Rendering;
using PromptLsp.Language.Text;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>Which spans of a message are whose values.</summary>
public sealed class OriginTests
{
    private const string Header = """
        ---
        input: { schema: { name: string, ticket: string }, untrusted: [ticket] }
        samples: { one: { name: Ada, ticket: Help me } }
        ---

        """;

    [Fact] public void Values_are_told_from_text() =>
        Show(Render(Header + "Hi {{ name }}, you say {{ ticket | string.upcase }}.")).ShouldBe("Hi <name:Ada>, you say <!ticket:HELP ME>.");

    [Fact] public void A_captured_value_stays_one() =>
        Show(Render(Header + "{{ capture all }}a {{ name }} b {{ ticket }}{{ end }}[{{ all }}]")).ShouldBe("[a <name:Ada> b <!ticket:Help me>]");

    [Fact] public void A_local_carries_on_what_it_was_made_of() =>
        Show(Render(Header + "{{ said = ticket | string.downcase }}{{ said }}")).ShouldBe("<!ticket:help me>");

    [Fact]
    public void An_item_of_a_loop_is_of_the_input_that_is_looped_over() =>
        Show(
                Render(
                    """
                    ---
                    input: { schema: { orders(array): { id: string, tags(array): string }, first: integer } }
                    samples: { one: { orders: [{ id: A1, tags: [x, y] }], first: 1 } }
                    ---
                    {{ for order in orders }}{{ order.id }} {{ for tag in order.tags }}{{ tag }}{{ end }}{{ end }} {{ for n in first..2 }}{{ n }}{{ end }} {{ with orders[0] }}{{ id }}{{ end }}
                    """
                )
            )
            .ShouldBe("<orders:A1> <orders:x><orders:y> <first:1><first:2> <orders:A1>");

    [Fact] public void What_is_made_of_locals_is_of_their_inputs_and_of_no_function() =>
        Show(Render(Header + "{{ a = name; b = a + '!'; b = b | string.upcase; b }}")).ShouldBe("<name:ADA!>");

    [Fact] public void A_function_writes_its_callers_values() =>
        Show(Render(Header + "{{ func twice(x) }}{{ x }}{{ x }}{{ end }}{{ twice name }}")).ShouldBe("<:Ada><:Ada>");

    [Fact]
    public void Values_in_a_partial_are_told_with_their_file() =>
        Show(Render(Header + "{{ include \"p\" text: ticket other: name }}", ("_p.prompt", "{{ text }} {{ other }}")))
            .ShouldBe("<_p.prompt!text:Help me> <_p.prompt other:Ada>");

    [Fact]
    public void A_value_that_starts_a_message_ends_at_its_mark() =>
        Show(Render(Header + "{{ capture all }}{{ name }}{{ role \"system\" }}{{ ticket }}{{ end }}{{ all | string.strip }}"))
            .ShouldBe("<!ticket,name:Ada>|<!ticket,name:Help me>");

    private static Shown Show(Rendered rendered) =>
        new(string.Join('|', rendered.Result.Messages.Select(m => string.Concat(m.Parts.OfType<TextPart>().Select(Draw)))));

    private static string Draw(TextPart part)
    {
        string text = part.Text;
        foreach (WrittenValue value in part.Values.Reverse())
        {
            Origin origin = value.Origin;
            string mark = $"<{origin.Path}{(origin.IsUntrusted ? "!" : origin.Path is null ? "" : " ")}{string.Join(",", origin.Inputs)}:";
            text = text.Insert(value.Span.End, ">").Insert(value.Span.Start, mark);
        }
        return text;
    }

    private sealed record Shown(string Text)
    {
        public void ShouldBe(string expected) => Assert.Equal(expected, Text);
    }
}
