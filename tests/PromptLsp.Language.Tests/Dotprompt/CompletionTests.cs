using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>Completions in Handlebars bodies.</summary>
public sealed class CompletionTests
{
    [Fact]
    public void All_that_code_can_begin_with() => Offers("Hi {{$$}}").ShouldBe("""
        input name  string
        input customer  object
        input orders  array of object
        input note  string?
        statement #if
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        statement #each
        function history  history(): nothing
        function media  media(url: string, contentType?: string): nothing
        function role  role(name: string): nothing
        function section  section(name: string): nothing
        statement !
        statement #ifEquals
        statement #unless
        statement #unlessEquals
        statement #with
        statement >
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        """);

    [Fact]
    public void Inside_a_loop() => Offers("{{#each orders}}{{$$}}{{/each}}").ShouldBe("""
        field title  string
        field price  number
        local this  object
        local @index  integer
        local @key  any
        local @first  boolean
        local @last  boolean
        statement #if
        statement else
        local @root  object
        local @metadata  object
        context @brand  object
        statement #each
        statement /each  closes #each orders
        function history  history(): nothing
        function media  media(url: string, contentType?: string): nothing
        function role  role(name: string): nothing
        function section  section(name: string): nothing
        statement !
        statement #ifEquals
        statement #unless
        statement #unlessEquals
        statement #with
        statement >
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        """);

    [Fact]
    public void Data() => Offers("{{#each orders}}{{@$$}}{{/each}}").ShouldBe("""
        local @index  integer
        local @key  any
        local @first  boolean
        local @last  boolean
        local @root  object
        local @metadata  object
        context @brand  object
        """);

    [Fact]
    public void Blocks() => Offers("{{#$$").ShouldBe("""
        statement #if
        statement #each
        statement #ifEquals
        statement #unless
        statement #unlessEquals
        statement #with
        input #customer  object
        input #orders  array of object
        """);

    [Fact]
    public void Block_that_is_begun() => Offers("{{#ea$$}}").Accept("#each").ShouldBe("""
        ---
        template: handlebars
        input:
          schema:
            name: string
            customer: { name: string, tier(enum): [free, pro], first-name: string }
            orders(array): { title: string, price: number }
            note?: string
        ---
        {{#each ${1:items}}}$0{{/each}}
        """);

    [Fact]
    public void Section_of_an_input() => Offers("{{#cu$$").Accept("#customer").ShouldBe("""
        ---
        template: handlebars
        input:
          schema:
            name: string
            customer: { name: string, tier(enum): [free, pro], first-name: string }
            orders(array): { title: string, price: number }
            note?: string
        ---
        {{#customer}}$0{{/customer}}
        """);

    [Fact]
    public void End() => Offers("{{#if note}}{{#each orders as |o|}}x{{/$$").ShouldBe("""
        statement /each  closes #each orders as |o|
        statement /if  closes #if note
        """);

    [Fact]
    public void End_accepted() => Offers("{{#if note}}{{#each orders as |o|}}x{{/$$}}").Accept("/each").ShouldBe("""
        ---
        template: handlebars
        input:
          schema:
            name: string
            customer: { name: string, tier(enum): [free, pro], first-name: string }
            orders(array): { title: string, price: number }
            note?: string
        ---
        {{#if note}}{{#each orders as |o|}}x{{/each}}
        """);

    [Fact]
    public void Outside() => Offers("{{#each orders}}{{../$$}}{{/each}}").ShouldBe("""
        field name  string
        field customer  object
        field orders  array of object
        field note  string?
        """);

    [Fact]
    public void Members() => Offers("{{customer.$$}}").ShouldBe("""
        field name  string
        field tier  enum: free, pro
        field first-name  string
        """);

    [Fact]
    public void Members_of_this() => Offers("{{#each orders}}{{this.$$}}{{/each}}").ShouldBe("""
        field title  string
        field price  number
        """);

    [Fact]
    public void Members_of_root() => Offers("{{#each orders}}{{@root.$$}}{{/each}}").ShouldBe("""
        field name  string
        field customer  object
        field orders  array of object
        field note  string?
        """);

    [Fact]
    public void Partials() => Offers("{{> $$}}").ShouldBe("""
        include voice  _voice.prompt
        include "a b"  _a b.prompt
        """);

    [Fact]
    public void Partials_begun() => Offers("{{> vo$$}}").Accept("voice").ShouldBe("""
        ---
        template: handlebars
        input:
          schema:
            name: string
            customer: { name: string, tier(enum): [free, pro], first-name: string }
            orders(array): { title: string, price: number }
            note?: string
        ---
        {{> voice}}
        """);

    [Fact]
    public void Parameters() => Offers("{{> voice $$}}").ShouldBe("""
        parameter tone=  enum: warm, formal
        parameter to=  string?
        """);

    [Fact]
    public void Parameter_values() => Offers("{{> voice tone=$$}}").ShouldBe("""
        enumvalue "warm"
        enumvalue "formal"
        input name  string
        input note  string?
        input customer  object
        input orders  array of object
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value null
        """);

    [Fact]
    public void Roles() => Offers("{{role \"$$\"}}").ShouldBe("""
        role system  role
        role user  role
        role model  role
        role tool  role
        role developer  role
        """);

    [Fact]
    public void Words() => Offers("{{#ifEquals customer.tier \"$$\"}}x{{/ifEquals}}").ShouldBe("""
        enumvalue free
        enumvalue pro
        """);

    [Fact]
    public void Words_unquoted() => Offers("{{#ifEquals customer.tier $$}}x{{/ifEquals}}").ShouldBe("""
        enumvalue "free"
        enumvalue "pro"
        input name  string
        input note  string?
        input customer  object
        input orders  array of object
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value null
        """);

    [Fact]
    public void Conditions() => Offers("{{#if $$}}x{{/if}}").ShouldBe("""
        input note  string?
        input name  string
        input customer  object
        input orders  array of object
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value true
        value false
        value null
        """);

    [Fact]
    public void Lists() => Offers("{{#each $$}}x{{/each}}").ShouldBe("""
        input orders  array of object
        input name  string
        input customer  object
        input note  string?
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        """);

    [Fact]
    public void Objects() => Offers("{{#with $$}}x{{/with}}").ShouldBe("""
        input customer  object
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        input name  string
        input orders  array of object
        input note  string?
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value true
        value false
        value null
        """);

    [Fact]
    public void Behind_else() => Offers("{{#if note}}x{{else $$}}{{/if}}").ShouldBe("""
        statement if
        """);

    [Fact]
    public void Options() => Offers("{{json customer $$}}").ShouldBe("""
        parameter indent=  integer?
        """);

    [Fact]
    public void Helper_of_the_application() => Offers("{{shout $$}}").ShouldBe("""
        input name  string
        input note  string?
        input customer  object
        input orders  array of object
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        parameter times=  integer?
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value null
        """);

    [Fact]
    public void Json() => Offers("{{json $$}}").ShouldBe("""
        input name  string
        input customer  object
        input orders  array of object
        input note  string?
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        parameter indent=  integer?
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value true
        value false
        value null
        """);

    [Fact]
    public void Block_parameters() => Offers("{{#each orders as |order i|}}{{#with order}}{{$$}}{{/with}}{{/each}}").ShouldBe("""
        local order  object
        local i  any
        field title  string
        field price  number
        local this  object
        local @index  integer
        local @key  any
        local @first  boolean
        local @last  boolean
        statement #if
        statement else
        local @root  object
        local @metadata  object
        context @brand  object
        statement #each
        statement /with  closes #with order
        function history  history(): nothing
        function media  media(url: string, contentType?: string): nothing
        function role  role(name: string): nothing
        function section  section(name: string): nothing
        statement !
        statement #ifEquals
        statement #unless
        statement #unlessEquals
        statement #with
        statement >
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        """);

    [Fact]
    public void Parenthesized() => Offers("{{#if ($$)}}x{{/if}}").ShouldBe("""
        input name  string
        input customer  object
        input orders  array of object
        input note  string?
        local this  object
        local @root  object
        local @metadata  object
        context @brand  object
        function json  json(value: any, indent?: integer): string
        function log  log(…values, level?: string): nothing
        function lookup  lookup(value: string or array or object or null, name: string or integer): any
        function shout  shout(text: string, times?: integer): string
        value true
        value false
        value null
        """);

    [Fact]
    public void Suppression() => Offers("{{! promptlsp-disable-next-line undef$$ }}").ShouldHave("value undefined-variable");

    private const string Head = """
        ---
        template: handlebars
        input:
          schema:
            name: string
            customer: { name: string, tier(enum): [free, pro], first-name: string }
            orders(array): { title: string, price: number }
            note?: string
        ---

        """;

    private static Offers Offers(string body) => Complete(Head + body, World);

    internal static PromptEnvironment World { get; } =
        PromptEnvironment.None with
        {
            Context = [new("brand", new ObjectType([new("voice", PromptType.String)], null), "How we sound.", null, "context/brand.yaml", null)],
            Helpers = new([
                new(
                    new(
                        "shout",
                        "Writes a text in capitals.",
                        [new("text", ValueShape.String, "What is written."), new("times", ValueShape.Integer) { IsNamed = true, IsOptional = true }],
                        ValueShape.String
                    )
                    {
                        Example = "shout text",
                        Result = "HELLO",
                        IsOfApplication = true,
                    },
                    "HELLO",
                    default
                ),
            ]),
            Include = static path =>
                path == "voice" ? new(IncludeStatus.Found, Voice, ["_voice.prompt"]) : new(IncludeStatus.Missing, null, ["_" + path + ".prompt"]),
            Partials = static () => [new("voice", "_voice.prompt"), new("a b", "_a b.prompt")],
        };

    private static Partial Voice { get; } =
        new(
            "_voice.prompt",
            static () =>
                Model(
                    "---\ntemplate: handlebars\ninput:\n  schema:\n    tone(enum, how we sound): [warm, formal]\n    to?: string, whom we speak to\n---\nBe {{tone}}{{#if to}} to {{to}}{{/if}}.",
                    PromptEnvironment.None with
                    {
                        Path = "_voice.prompt",
                    }
                )
        );
}
