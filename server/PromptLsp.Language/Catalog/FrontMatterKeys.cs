using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.KeyShape;

namespace PromptLsp.Language.Catalog;

/// <summary>The keys of a prompt's front matter: Dotprompt's, and those of ours.</summary>
internal static class FrontMatterKeys
{
    public static ImmutableArray<CatalogKey> All { get; } =
    [
        new("name", Is.Text, "What the prompt is called. Programs load it by this name; with `variant` it is unique in the workspace.")
        {
            Example = "name: support-reply",
        },
        new("variant", Is.Text, "Which of several versions of one prompt this is, such as a shorter one to compare with.")
        {
            IsRare = true,
            Example = "variant: short",
        },
        new("version", Is.Text, "The author's own version number. The history keeps versions by itself.") { IsRare = true, Example = "version: \"2.1\"" },
        new("description", Is.Text, "What the prompt is for, in a sentence.") { Example = "description: Answers a customer's ticket in our voice." },
        new("owner", Is.Text | Is.List, "Who answers for the prompt: a team, a person, an e-mail address.")
        {
            Example = "owner: \"@acme/support\"",
            IsOurs = true,
            Each = new("owner", Is.Text, "A team, a person or an e-mail address."),
        },
        new("tags", Is.List, "Words to find the prompt by.")
        {
            Example = "tags: [support, tier-1]",
            IsOurs = true,
            Value = "[$0]",
            Each = new("tag", Is.Text, "A word to find the prompt by."),
        },
        new("model", Is.Text, "The model that the prompt is written for: `provider/model`, one of the workspace's `models` where it lists some.")
        {
            Example = "model: openai/gpt-4o-mini",
            Content = KeyContent.Model,
        },
        new("config", Is.Map, "Settings for the model. Other keys than these go to the model as they are. Never put an API key here.")
        {
            Example = "config: { temperature: 0.2, maxOutputTokens: 600 }",
            Members = Config,
            TakesOtherKeys = true,
        },
        new("input", Is.Map, "What the prompt is given: its inputs, their defaults, and which of them come from outside.")
        {
            Example = "input:\n  schema:\n    ticket: string, the ticket's text",
            Members = Input,
        },
        new("output", Is.Map, "What the model must return.") { Example = "output: { format: json, schema: { reply: string } }", Members = Output },
        new("tools", Is.List, "The tools that the model may call, by name.")
        {
            IsRare = true,
            Example = "tools: [searchOrders]",
            Value = "[$0]",
            Each = new("tool", Is.Text | Is.Map, "A tool's name, or its definition."),
        },
        new("toolDefs", Is.List, "Tools defined in the prompt itself.")
        {
            IsRare = true,
            Example = "toolDefs:\n  - name: searchOrders\n    description: Finds orders of a customer\n    inputSchema: { customer: string }",
            Each = new("tool", Is.Map, "One tool.")
            {
                Members =
                [
                    new("name", Is.Text, "The tool's name, as the model calls it."),
                    new("description", Is.Text, "When the model should call it."),
                    new("inputSchema", Is.Text | Is.Map, "What the tool takes.") { Content = KeyContent.Schema },
                    new("outputSchema", Is.Text | Is.Map, "What the tool gives back.") { Content = KeyContent.Schema },
                ],
            },
        },
        new("toolChoice", Is.Text, "Whether the model may, must or must not call tools.")
        {
            IsRare = true,
            Words = [new("auto", "As the model sees fit."), new("required", "It must call one."), new("none", "It must not.")],
            TakesOtherWords = true,
        },
        new("maxTurns", Is.Integer, "How many rounds of tool calls there may be.")
        {
            IsRare = true,
            Least = 0,
            Example = "maxTurns: 5",
        },
        new("returnToolRequests", Is.Boolean, "The application gets the model's tool calls instead of having them carried out.")
        {
            IsRare = true,
            Words = TrueOrFalse,
        },
        new("limits", Is.Map, "The budget of the rendered prompt; going over it is a finding.")
        {
            Example = "limits: { tokens: 4000 }",
            IsOurs = true,
            Members = Limits,
        },
        new("samples", Is.Map, "Named sets of inputs, for previews and tests.")
        {
            Example = "samples:\n  angry: { ticket: \"Third time I ask!\" }",
            IsOurs = true,
            Each = new("sample", Is.Map, "Values of the inputs, by their names. Inputs left out take their defaults.") { Content = KeyContent.InputValues },
        },
        new("tests", Is.List, "What must hold of the rendered prompt. Each test renders one sample and checks it; none of these needs a model.")
        {
            Example = "tests:\n  - name: greets by name\n    sample: angry\n    expect: [{ contains: Ada }]", IsOurs = true, Each = TestKeys.Test,
        },
        new("template", Is.Text, "The language of the body, where it must be said.")
        {
            IsRare = true, Example = "template: scriban", IsOurs = true,
            Words = TemplateLanguages,
        },
        new("lint", Is.Map, "Settings of the linter for this file.")
        {
            IsRare = true, Example = "lint: { disable: [unused-input] }",
            IsOurs = true,
            Members =
            [
                new("disable", Is.List, "Rules that are off for this file.")
                {
                    Example = "disable: [unused-input]", Value = "[$0]", Each = new("rule", Is.Text, "A rule's name.") { Content = KeyContent.Rule },
                },
            ],
        },
        new("metadata", Is.Anything, "Yours: whatever your own programs want to know. Nothing here is ever a finding.") { IsRare = true },
    ];

    internal static ImmutableArray<CatalogWord> TemplateLanguages =>
    [
        new("scriban", "`{{ if x }}…{{ end }}`; understood in full."),
        new("handlebars", "`{{#if x}}…{{/if}}`, as in Dotprompt."),
        new("liquid", "`{% if x %}…{% endif %}`."),
    ];

    internal static ImmutableArray<CatalogWord> TrueOrFalse => [new("true", "Yes."), new("false", "No.")];

    private static ImmutableArray<CatalogKey> Config =>
        [
            new("temperature", Is.Number, "How freely the model chooses: near 0 the likeliest words, above 1 surprising ones.")
            {
                Example = "temperature: 0.2",
                Least = 0,
                MostUsual = 2,
            },
            new("topP", Is.Number, "The model chooses among the likeliest words that together reach this probability.")
            {
                IsRare = true,
                Example = "topP: 0.9",
                Least = 0,
                Most = 1,
            },
            new("topK", Is.Integer, "The model chooses among this many of the likeliest words.")
            {
                IsRare = true,
                Example = "topK: 40",
                Least = 0,
            },
            new("maxOutputTokens", Is.Integer, "The longest answer, in tokens.") { Example = "maxOutputTokens: 600", Least = 1 },
            new("stopSequences", Is.List, "The answer ends before the first of these.")
            {
                Example = "stopSequences: [\"END\"]",
                Value = "[$0]",
                Each = new("sequence", Is.Text, "A text that ends the answer."),
            },
        ];

    private static ImmutableArray<CatalogKey> Input =>
        [
            new(
                "schema",
                Is.Text | Is.Map,
                "The inputs and their types: Picoschema (`name: type, description`) or JSON Schema. With it, a name in the body that it does not "
                    + "list is a finding."
            )
            {
                Example = "schema:\n  name: string, full name\n  tier(enum): [free, pro]\n  tags?(array): string",
                Content = KeyContent.Schema,
            },
            new("default", Is.Map, "Values used when the caller gives none.")
            {
                Example = "default: { tone: warm }",
                Content = KeyContent.InputValues,
                Value = "{ $0 }",
            },
            new(
                "untrusted",
                Is.List,
                "Inputs that come from end users or other outside sources. They must not reach a system message, and need tags around them."
            )
            {
                Example = "untrusted: [ticket]",
                IsOurs = true,
                Value = "[$0]",
                Each = new("input", Is.Text, "The name of an input.") { Content = KeyContent.InputName },
            },
        ];

    private static ImmutableArray<CatalogKey> Output =>
        [
            new("format", Is.Text, "How the model must answer.")
            {
                Example = "format: json",
                TakesOtherWords = true,
                Words =
                [
                    new("text", "Running text."),
                    new("json", "JSON that fits `schema`."),
                    new("media", "An image, a sound or another file."),
                    new("jsonl", "One JSON value a line."),
                    new("array", "A JSON list."),
                    new("enum", "One of some words."),
                ],
            },
            new("schema", Is.Text | Is.Map, "What the answer holds: Picoschema or JSON Schema.")
            {
                Example = "schema: { reply: string, escalate: boolean }",
                Content = KeyContent.Schema,
            },
        ];

    private static ImmutableArray<CatalogKey> Limits =>
    [
        new("tokens", Is.Integer, "How many tokens the rendered prompt may have, with any of its samples.") { Example = "tokens: 4000", Least = 1 },
        new("cost", Is.Number, "What one rendering may cost, in the currency of the workspace's prices.") { IsRare = true, Example = "cost: 0.01", Least = 0 },
    ];
}
