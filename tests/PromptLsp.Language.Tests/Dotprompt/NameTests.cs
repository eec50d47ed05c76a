using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>What names mean in Handlebars bodies: subjects that blocks bring, what is around them, and what stands behind <c>@</c>.</summary>
public sealed class NameTests
{
    [Fact]
    public void Inputs_are_read_by_their_names() =>
        Lint(
            """
            ---
            template: handlebars
            input:
              schema:
                name: string
                unread: string
                ^^^^^^ hint unused-input: `unread` is never used; remove it, or use it in the body
                customer: { name: string, tier(enum): [free, pro] }
                orders(array): { title: string, price: number }
                tags(array): string
                note?: string
            ---
            Hello {{nmae}}, {{name}}, {{this.name}}, {{./name}}, {{@root.name}}, {{this.nmae}}, {{@root.nmae}}.
                    ^^^^ warning undefined-variable: `nmae` is not declared; did you mean `name`?
                                                                                        ^^^^ warning undefined-variable: `nmae` is not declared; did you mean `name`?
                                                                                                        ^^^^ warning undefined-variable: `nmae` is not declared; did you mean `name`?
            {{customer.nmae}} {{customer.tier.length}} {{tags.length}} {{orders.[0].titel}} {{orders.0.title}}
                       ^^^^ warning unknown-member: `customer` has no member `nmae`; did you mean `name`?
                                                                                    ^^^^^ warning unknown-member: `orders.[0]` has no member `titel`; did you mean `title`?
            {{#each orders}}{{title}} {{this.price}} {{titel}} {{name}} {{../name}} {{../nmae}} {{@root.name}} {{@index}} {{@last}}{{/each}}
                                                       ^^^^^ warning undefined-variable: the value of the block around has no member `titel`; did you mean `title`?
                                                                 ^^^^ warning undefined-variable: `name` is looked up in the value of the block around, which has no such member; outside it is `../name`
                                                                                         ^^^^ warning undefined-variable: `nmae` is not declared; did you mean `name`?
            {{#each tags}}{{this}} {{name}} {{length}} {{@../index}}{{/each}} {{@index}}
                                     ^^^^ warning undefined-variable: `name` is looked up in the value of the block around, which has no such member; outside it is `../name`
                                                                                ^^^^^^ warning undefined-variable: `@index` belongs to a loop, and is not there outside it
            {{#with customer}}{{name}} {{tier}} {{note}} {{#each ../orders}}{{title}}{{../tier}}{{../../note}}{{/each}}{{/with}}
                                                  ^^^^ warning undefined-variable: `note` is looked up in the value of the block around, which has no such member; outside it is `../note`
                                                                                                  ^^^^^^^^^^ hint optional-unguarded: `../../note` is optional and may be missing here; ask for it with `#if`, or give it a default
            {{#each orders as |order i|}}{{order.titel}} {{i}} {{order.title}} {{../name}}{{/each}}
                                                 ^^^^^ warning unknown-member: `order` has no member `titel`; did you mean `title`?
            {{#ifEquals customer.tier "por"}}x{{/ifEquals}}{{#if customer.tier}}y{{/if}}{{#unless note}}a{{else}}{{note}}{{/unless}}
                                      ^^^^^ warning type-mismatch: `customer.tier` is never `por`; did you mean `pro`?
                                                                 ^^^^^^^^^^^^^ warning constant-condition: `customer.tier` is always there, so this condition always holds
            {{#orders}}{{title}}{{titel}}{{/orders}}{{#customer}}{{tier}}{{/customer}}{{#note}}{{this}}{{/note}}
                                  ^^^^^ warning undefined-variable: the value of the block around has no member `titel`; did you mean `title`?
            {{customer}} {{tags}} {{json customer}} {{json customer indent=2}} {{lookup customer "tier"}} {{note}}
              ^^^^^^^^ warning type-mismatch: `customer` is an object, which prints as `[object Object]`; write `json customer`, or print one of its members such as `.name`
                                                                                                            ^^^^ hint optional-unguarded: `note` is optional and may be missing here; ask for it with `#if`, or give it a default
            {{#each customer}}{{@key}}: {{this}}{{/each}}{{#each name}}{{/each}}{{name.first}}
                                                                 ^^^^ warning type-mismatch: `name` is a string; a loop needs a list
                                                                                       ^^^^^ warning type-mismatch: `name` is a string and has no member `first`
            {{loud name}} {{#loud}}{{name}}{{/loud}} {{json}} {{history 1}} {{role "System"}} {{media "x"}}
              ^^^^ warning unknown-function: `loud` is no helper that is known here; if the application registers it, declare it under `helpers` in `promptlsp.yaml`
                             ^^^^ warning undefined-variable: `loud` is not declared; declare it in `input.schema`
                                                       ^^^^ error wrong-arguments: `json` is given nothing for `value`; it reads `json(value: any, indent?: integer): string`
                                                                        ^ warning wrong-arguments: `history` takes no argument; it reads `history(): nothing`
                                                                                   ^^^^^^^^ error unknown-role: there is no role `System`; did you mean `system`?
                                                                                                      ^^^ error wrong-arguments: `media` takes its arguments by name alone; it reads `media(url: string, contentType?: string): nothing`
            """
        );
}
