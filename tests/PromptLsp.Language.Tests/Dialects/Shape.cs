namespace PromptLsp.Language.Tests.Dialects;

/// <summary>A shape of the tree, written in each dialect, around a place that names something of the header.</summary>
/// <param name="Name">What the header declares: <c>name</c>, <c>customer</c>, <c>title</c>.</param>
/// <param name="Bodies">By dialect; <c>«»</c> stands around the name.</param>
public sealed record Shape(string Description, string Name, params (string Dialect, string Body)[] Bodies)
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        Of("an input that is written", "name", "Hi {{ «name» }}", "Hi {{«name»}}"),
        Of("an input in a condition", "note", "{{ if «note» }}x{{ end }}", "{{#if «note»}}x{{/if}}"),
        Of("an input in a condition that is turned round", "note", "{{ if !«note» }}x{{ end }}", "{{#unless «note»}}x{{/unless}}"),
        Of(
            "an input in the second condition",
            "note",
            "{{ if tier == \"pro\" }}x{{ else if «note» }}y{{ end }}",
            "{{#ifEquals tier \"pro\"}}x{{else if «note»}}y{{/ifEquals}}"
        ),
        Of("an input in a branch", "name", "{{ if note }}x{{ else }}{{ «name» }}{{ end }}", "{{#if note}}x{{else}}{{«name»}}{{/if}}"),
        Of("an input that is compared", "tier", "{{ if «tier» == \"pro\" }}x{{ end }}", "{{#ifEquals «tier» \"pro\"}}x{{/ifEquals}}"),
        Of("an input that a loop goes through", "orders", "{{ for o in «orders» }}x{{ end }}", "{{#each «orders» as |o|}}x{{/each}}"),
        Of("an object that a block brings in", "customer", "{{ with «customer» }}x{{ end }}", "{{#with «customer»}}x{{/with}}"),
        Of("an owner", "customer", "{{ «customer».city }}", "{{«customer».city}}"),
        Of("an argument", "customer", "{{ object.to_json «customer» }}", "{{json «customer»}}"),
        Of("an argument of a call inside", "orders", "{{ if (array.size «orders») > 0 }}x{{ end }}", "{{#if (lookup «orders» 0)}}x{{/if}}"),
        Of("an argument of an include", "name", "{{ include \"voice\" to: «name» }}", "{{> voice to=«name»}}"),
        Of("a role's text before it", "name", "{{ role \"system\" }}\nBe kind to {{ «name» }}.", "{{role \"system\"}}\nBe kind to {{«name»}}."),
        Of("the index of a list", "orders", "{{ «orders»[0].title }}", "{{«orders».[0].title}}"),
        Of("a member that is written", "city", "{{ customer.«city» }}", "{{customer.«city»}}"),
        Of("a member in a condition", "city", "{{ if customer.«city» != \"\" }}x{{ end }}", "{{#if customer.«city»}}x{{/if}}"),
        Of("a member of a loop's variable", "title", "{{ for o in orders }}{{ o.«title» }}{{ end }}", "{{#each orders as |o|}}{{o.«title»}}{{/each}}"),
        Of(
            "a member of a loop's variable in a condition",
            "title",
            "{{ for o in orders }}{{ if o.«title» != \"\" }}x{{ end }}{{ end }}",
            "{{#each orders as |o|}}{{#if o.«title»}}x{{/if}}{{/each}}"
        ),
        Of(
            "a member of a loop's variable in a loop inside",
            "title",
            "{{ for o in orders }}{{ for p in o.parts }}{{ o.«title» }}{{ end }}{{ end }}",
            "{{#each orders as |o|}}{{#each o.parts as |p|}}{{o.«title»}}{{/each}}{{/each}}"
        ),
        Of(
            "a member as an argument",
            "title",
            "{{ for o in orders }}{{ string.upcase o.«title» }}{{ end }}",
            "{{#each orders as |o|}}{{json o.«title»}}{{/each}}"
        ),
        Of("a member of what a block brings in", "city", "{{ with customer }}{{ «city» }}{{ end }}", "{{#with customer}}{{«city»}}{{/with}}"),
        Of("a member of a list's item", "title", "{{ orders[0].«title» }}", "{{orders.[0].«title»}}"),
        Of("a context variable", "brand", "{{ «brand».voice }}", "{{@«brand».voice}}"),
        Of("a member of a context variable", "voice", "{{ brand.«voice» }}", "{{@brand.«voice»}}"),
        Only("a member of the subject", "title", "handlebars", "{{#each orders}}{{«title»}}{{/each}}"),
        Only("a member of the subject, said to be one", "title", "handlebars", "{{#each orders}}{{this.«title»}}{{/each}}"),
        Only("an input outside of the subject", "name", "handlebars", "{{#each orders}}{{../«name»}}{{/each}}"),
        Only("an input of the root", "name", "handlebars", "{{#each orders}}{{@root.«name»}}{{/each}}"),
        Only("a value that decides its block", "customer", "handlebars", "{{#«customer»}}x{{/customer}}"),
        Only("a piped value", "name", "scriban", "{{ «name» | string.upcase }}"),
        Only("a value that is assigned", "name", "scriban", "{{ x = «name» }}{{ x }}"),
    ];

    public string In(string dialect) => Bodies.First(b => b.Dialect == dialect).Body;

    private static Shape Of(string description, string name, string scriban, string handlebars) =>
        new(description, name, ("scriban", scriban), ("handlebars", handlebars));

    private static Shape Only(string description, string name, string dialect, string body) => new(description, name, (dialect, body));
}
