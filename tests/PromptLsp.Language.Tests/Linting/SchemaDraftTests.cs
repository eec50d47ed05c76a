using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Prompts without a schema get one that their body fits.</summary>
public sealed class SchemaDraftTests
{
    private const string Body =
        "{{ role \"system\" }}{{ if urgent }}Hurry.{{ end }}{{ for o in orders }}{{ o.title }}{{ end }}Dear {{ user.name }}, {{ x = 1 }}{{ x }}{{ ticket }}\n";

    private const string Lines = "urgent?: boolean\n{0}orders(array): {{ title: string }}\n{0}user: {{ name: string }}\n{0}ticket: string\n";

    [Theory]
    [InlineData("", "---\ninput:\n  schema:\n    LINES---\n")]
    [InlineData("---\nname: a\n---\n", "---\nname: a\ninput:\n  schema:\n    LINES---\n")]
    [InlineData("---\n---\n", "---\ninput:\n  schema:\n    LINES---\n")]
    [InlineData("---\ninput:\n  default: { ticket: x }\n---\n", "---\ninput:\n  schema:\n    LINES  default: { ticket: x }\n---\n")]
    public void What_is_read_is_declared(string head, string declared)
    {
        string after = Drafted(head + Body)!;
        Assert.Equal(
            declared.Replace("LINES", string.Format(System.Globalization.CultureInfo.InvariantCulture, Lines, "    "), StringComparison.Ordinal) + Body,
            after
        );
        Assert.DoesNotContain(Findings(Model(after)), f => f.Severity is Severity.Error or Severity.Warning);
        Assert.Null(Drafted(after));
    }

    [Theory]
    [InlineData("Hi there.\n")]
    [InlineData("---\ninput: { default: { a: 1 } }\n---\n{{ a }}")]
    [InlineData("---\ninput: { schema: { a: string } }\n---\n{{ b }}")]
    [InlineData("---\nname: [\n---\n{{ a }}")]
    [InlineData("{% if a %}b{% endif %}")]
    public void Where_there_is_nothing_to_declare_or_no_place_nothing_is_offered(string text) => Assert.Null(Drafted(text));

    [Theory]
    [InlineData(
        "{{ for o in orders }}{{ for t in o.tags }}{{ t.id }}{{ end }}{{ if o.paid }}Paid.{{ end }}{{ o.by.name.first }}{{ end }}",
        "orders(array): { tags(array): { id: string }, paid?: boolean, by: { name: { first: string } } }"
    )]
    [InlineData(
        "{{#each orders}}{{title}}{{#each tags}}{{this}}{{/each}}{{#if paid}}Paid.{{/if}}{{/each}}",
        "orders(array): { title: string, tags(array): string, paid?: boolean }"
    )]
    [InlineData("{{#each orders as |order|}}{{order.title}}{{/each}}", "orders(array): { title: string }")]
    [InlineData("{{#with customer}}{{name}} {{address.city}}{{/with}}", "customer: { name: string, address: { city: string } }")]
    public void What_is_read_of_a_name_is_declared_however_deep_it_lies(string body, string declared) =>
        Assert.Contains($"    {declared}\n---\n", Drafted(body), StringComparison.Ordinal);

    private static string? Drafted(string text)
    {
        PromptModel prompt = Model(text);
        return SchemaDraft.Of(prompt) is { } edit ? prompt.Document.Text.With([edit]).Content : null;
    }
}
