using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

public sealed class SampleTests
{
    [Theory]
    [InlineData("name: string", "\"Ada\"")]
    [InlineData("customer_name: string", "\"Ada\"")]
    [InlineData("productName: string", "\"‹productName›\"")]
    [InlineData("contactEmail: string", "\"ada@example.com\"")]
    [InlineData("notes: string", "\"‹notes›\"")]
    [InlineData("price: number", "19.9")]
    [InlineData("year: integer", "2024")]
    [InlineData("isMember: boolean", "true")]
    [InlineData("tier(enum): [free, pro]", "\"free\"")]
    [InlineData("tags(array): string", "[\"‹tag›\", \"‹tag 2›\"]")]
    [InlineData("users(array): { name: string, role(enum): [admin, agent] }", "[{ name: \"Ada\", role: \"admin\" }, { name: \"Grace\", role: \"agent\" }]")]
    [InlineData("nothing: any", "\"‹nothing›\"")]
    public void A_missing_value_is_invented_by_name_and_type(string declaration, string value)
    {
        PromptModel prompt = Model($"---\ninput:\n  schema:\n    {declaration}\n---\nx");
        SampleChoice choice = SampleChoice.Of(prompt);
        Assert.Equal(value, ValueText.Of(Assert.Single(choice.Inputs.Values).Value, 200));
        Assert.False(choice.IsDeclared);
    }

    [Fact] public void A_type_that_holds_itself_is_invented_to_an_end()
    {
        PromptModel prompt = Model("""
            ---
            input:
              schema:
                type: object
                properties: { node: { $ref: "#/$defs/node" } }
                $defs: { node: { type: object, properties: { next: { $ref: "#/$defs/node" }, kids: { type: array, items: { $ref: "#/$defs/node" } } } } }
            ---
            x
            """);
        Assert.NotEmpty(SampleChoice.Of(prompt).Inputs.Values);
    }

    [Fact]
    public void What_is_not_declared_is_invented_by_its_use() =>
        Assert.Equal(
            """{ user: { name: "Ada", address: { city: "Oslo" } }, items: [{ tags: ["‹tag›", "‹tag 2›"], id: "A-1042" }, { tags: ["‹tag›", "‹tag 2›"], id: "A-1043" }], urgent: true, tier: "free" }""",
            ValueText.Of(
                SampleChoice
                    .Of(
                        Model(
                            """
                            {{ user.name }} {{ user.address.city }}
                            {{ for item in items }}{{ item.id }}{{ for tag in item.tags }}{{ tag }}{{ end }}{{ end }}
                            {{ if urgent }}!{{ end }}{{ if tier == "free" || tier == "pro" }}{{ x = 1 }}{{ x }}{{ end }}
                            """
                        )
                    )
                    .Inputs.Values,
                400
            )
        );

    [Fact]
    public void What_blocks_make_their_subject_is_invented_with_what_is_read_of_it() =>
        Assert.Equal(
            """{ customer: { name: "Ada", address: { city: "Oslo" } }, items: [{ id: "A-1042" }, { id: "A-1043" }], currency: "EUR" }""",
            ValueText.Of(
                SampleChoice.Of(Model("""
                    {{#with customer}}{{name}} {{this.address.city}}{{/with}}
                    {{#each items}}{{id}} {{../currency}}{{/each}}
                    """)).Inputs.Values,
                400));

    [Fact] public void The_first_sample_is_chosen_and_only_what_it_must_have_is_invented()
    {
        SampleChoice choice = SampleChoice.Of(Model("""
            ---
            input:
              schema: { name: string, city: string, note?: string, tone: string }
              default: { tone: warm }
            samples: { first: { name: Bo }, second: { name: Cy } }
            ---
            x
            """));
        Assert.Equal("first", choice.Sample?.Name);
        Assert.Equal("{ name: \"Bo\", city: \"Oslo\" }", ValueText.Of(choice.Inputs.Values));
        Assert.Equal(["city"], choice.Invented);
    }

    [Fact] public void A_prompt_that_declares_nothing_is_rendered_with_its_sample_alone() =>
        Assert.True(SampleChoice.Of(Model("---\nsamples: { a: { x: 1 } }\n---\n{{ x }} {{ y }}")).IsDeclared);

    [Fact] public void Context_without_a_sample_is_invented_where_it_is_read()
    {
        PromptEnvironment environment = PromptEnvironment.None with
        {
            Context =
            [
                new("user", new ObjectType([new Field("name", PromptType.String)], null), null, null, "promptlsp.yaml", null),
                new("unread", PromptType.String, null, null, "promptlsp.yaml", null),
            ],
        };
        SampleChoice choice = SampleChoice.Of(new PromptModel(Model("Hi {{ user.name }}").Document, environment));
        Assert.Equal(["user"], choice.Invented);
    }
}
