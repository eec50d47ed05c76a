using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Signatures;
using PromptLsp.Language.Tokens;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>Where a name of a Handlebars body is declared and read, what is said of it, and what renaming it changes.</summary>
public sealed class MentionTests
{
    [Fact]
    public void An_input_is_the_same_however_it_is_read() => Renamed("""
        ---
        template: handlebars
        input: { schema: { na$$me: string, "orders(array)": { name: string } } }
        ---
        {{name}} {{this.name}} {{./name}} {{@root.name}} {{#if name}}{{{name}}}{{/if}} {{> voice name=name}}
        {{#each orders}}{{name}} {{../name}} {{@root.name}} {{this.name}}{{/each}}
        """).ShouldBe("""
        ---
        template: handlebars
        input: { schema: { NEW: string, "orders(array)": { name: string } } }
        ---
        {{NEW}} {{this.NEW}} {{./NEW}} {{@root.NEW}} {{#if NEW}}{{{NEW}}}{{/if}} {{> voice name=NEW}}
        {{#each orders}}{{name}} {{../NEW}} {{@root.NEW}} {{this.name}}{{/each}}
        """);

    [Fact]
    public void A_member_is_read_by_its_bare_name_inside_a_block() => Renamed("""
        ---
        template: handlebars
        input: { schema: { title: string, "orders(array)": { ti$$tle: string } } }
        ---
        {{title}} {{#each orders}}{{title}} {{this.title}} {{../title}}{{/each}}
        {{#each orders as |order|}}{{order.title}}{{#with order}}{{title}}{{/with}}{{/each}} {{orders.[0].title}} {{lookup orders.[0] "title"}}
        """).ShouldBe("""
        ---
        template: handlebars
        input: { schema: { title: string, "orders(array)": { NEW: string } } }
        ---
        {{title}} {{#each orders}}{{NEW}} {{this.NEW}} {{../title}}{{/each}}
        {{#each orders as |order|}}{{order.NEW}}{{#with order}}{{NEW}}{{/with}}{{/each}} {{orders.[0].NEW}} {{lookup orders.[0] "NEW"}}
        """);

    [Fact]
    public void Block_parameters_belong_to_their_block() => Renamed("""
        ---
        template: handlebars
        input: { schema: { "orders(array)": { title: string } } }
        ---
        {{#each orders as |or$$der i|}}{{order.title}} {{#with order}}{{order.title}}{{/with}}{{/each}}
        {{#each orders as |order|}}{{order.title}}{{/each}}
        """).ShouldBe("""
        ---
        template: handlebars
        input: { schema: { "orders(array)": { title: string } } }
        ---
        {{#each orders as |NEW i|}}{{NEW.title}} {{#with NEW}}{{NEW.title}}{{/with}}{{/each}}
        {{#each orders as |order|}}{{order.title}}{{/each}}
        """);

    [Fact]
    public void Context_variables_stand_behind_their_sign() => Renamed("""
        ---
        template: handlebars
        input: { schema: { brand: string } }
        ---
        {{brand}} {{@bra$$nd.voice}} {{#with @brand}}{{voice}}{{/with}}
        """).ShouldBe("""
        ---
        template: handlebars
        input: { schema: { brand: string } }
        ---
        {{brand}} {{@NEW.voice}} {{#with @NEW}}{{voice}}{{/with}}
        """);

    [Fact]
    public void Partials_of_the_body() => Renamed("""
        ---
        template: handlebars
        ---
        {{> greeting}} {{#*inline "gree$$ting"}}Hello {{name}}{{/inline}} {{> greeting}}
        """).ShouldBe("""
        ---
        template: handlebars
        ---
        {{> NEW}} {{#*inline "NEW"}}Hello {{name}}{{/inline}} {{> NEW}}
        """);

    [Fact]
    public void A_helper_is_declared_in_the_settings()
    {
        string text = Front + "{{shout name}} {{#if (shout name)}}x{{/if}}";
        PromptModel prompt = Model(text, CompletionTests.World);
        Subject helper = Assert.IsType<Mention>(Mentions.At(prompt, text.IndexOf("shout", StringComparison.Ordinal) + 2)).Subject;
        Assert.Equal(2, Mentions.Of(prompt, helper).Length);
        var settings = new Language.Text.SourceText("helpers:\n  shout: { doc: Loud. }\n");
        Assert.Equal(helper, Assert.Single(Mentions.OfSettings(settings, CompletionTests.World)).Subject);
    }

    [Fact]
    public void Hover_tells_of_a_member_of_the_block_around() => HoverAt(Front + "{{#each orders}}{{ti$$tle}}{{/each}}").ShouldBe("""
        ```yaml
        title: string
        ```

        what was bought

        *member brought in by the block around*
        """);

    [Fact]
    public void Hover_tells_of_a_helper() => HoverAt(Front + "{{js$$on orders}}").ShouldBe("""
        ```handlebars
        json(value: any, indent?: integer): string
        ```

        Writes a value as JSON.
        - `value` What is written.
        - `indent` How many blanks a level is indented by; left out, all stands on one line.

        ```handlebars
        {{json customer indent=2}}
        ```
        """);

    [Fact]
    public void Hover_tells_of_a_block() => HoverAt(Front + "{{#unl$$ess orders}}x{{/unless}}").ShouldBe("""
        **#unless**

        Renders what follows where a value holds nothing: null, false, 0, empty text or an empty list.
        """);

    [Fact]
    public void Hover_tells_of_the_subject() => HoverAt(Front + "{{#each orders}}{{th$$is.title}}{{/each}}").ShouldBe("""
        ```yaml
        this: object
        ```
        - `title` string: what was bought

        *what bare names here are members of*
        """);

    [Fact]
    public void Hover_tells_of_what_is_outside() => HoverAt(Front + "{{#each orders}}{{../na$$me}}{{/each}}").ShouldBe("""
        ```yaml
        name: string
        ```

        *input*
        """);

    [Fact]
    public void Hover_tells_of_facts_of_the_loop() => HoverAt(Front + "{{#each orders}}{{@ind$$ex}}{{/each}}").ShouldBe("""
        ```yaml
        @index: integer
        ```

        The item\'s place\, from 0\.

        *facts of the loop*
        """);

    [Fact]
    public void Hover_tells_of_a_partial_and_its_parameter()
    {
        HoverAt(Front + "{{> voi$$ce tone=\"warm\"}}", CompletionTests.World).On("voice");
        HoverAt(Front + "{{> voice to$$ne=\"warm\"}}", CompletionTests.World).On("tone");
        HoverAt(Front + "{{sho$$ut name}}", CompletionTests.World).On("shout");
    }

    [Theory]
    [InlineData("{{json $$}}", "json(value: any, indent?: integer): string", "value: any")]
    [InlineData("{{json name indent=$$}}", "json(value: any, indent?: integer): string", "indent?: integer")]
    [InlineData(
        "{{#if (lookup name $$)}}x{{/if}}",
        "lookup(value: string or array or object or null, name: string or integer): any",
        "name: string or integer"
    )]
    [InlineData("{{> voice tone=$$}}", "> voice tone: enum: warm, formal  to?: string", "tone: enum: warm, formal")]
    [InlineData("{{shout $$}}", "shout(text: string, times?: integer): string", "text: string")]
    public void Signatures(string body, string label, string active)
    {
        string text = Front + body;
        int offset = text.IndexOf("$$", StringComparison.Ordinal);
        Signature signature = Assert.IsType<Signature>(Language.Signatures.Signatures.At(Model(text.Remove(offset, 2), CompletionTests.World), offset));
        Assert.Equal((label, active), (signature.Label, signature.Parameters[signature.Active!.Value].Label));
    }

    [Fact]
    public void Words_are_coloured_by_their_meaning()
    {
        PromptModel prompt = Model(
            Front
                + "{{name}} {{#each orders as |o i|}}{{title}} {{o.title}} {{@index}} {{../name}} {{json this}} {{@brand.voice}}{{/each}} {{> voice tone=name}}",
            CompletionTests.World
        );
        Assert.Equal(
            "Input name|Input orders|Variable o declared|Variable i declared|Member title|Variable o|Member title|Variable @index|Input name|Function json|Context @brand|Member voice|Input name",
            string.Join('|', SemanticTokens.Of(prompt).Select(t => $"{t.Kind} {prompt.Document.Text[t.Span]}{(t.IsDeclaration ? " declared" : "")}"))
        );
    }

    private const string Front =
        "---\ntemplate: handlebars\ninput: { schema: { name: string, \"orders(array)\": { title: \"string, what was bought\" } } }\n---\n";

    private static Edited Renamed(string text)
    {
        int offset = text.IndexOf("$$", StringComparison.Ordinal);
        PromptModel prompt = Model(text.Remove(offset, 2), CompletionTests.World);
        Subject subject = Assert.IsType<Mention>(Mentions.At(prompt, offset)).Subject;
        return new(
            prompt
                .Document.Text.With([.. Mentions.Of(prompt, subject).Select(m => new Language.Text.TextEdit(Renames.NameSpan(prompt.Document.Text, m), "NEW"))])
                .Content
        );
    }
}
