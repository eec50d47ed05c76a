using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.KeyShape;

namespace PromptLsp.Language.Catalog;

/// <summary>The keys of an evaluation: which rows a prompt is asked, and what must hold of the answers.</summary>
internal static class EvaluationKeys
{
    /// <summary>The kinds of assertion on an answer; those of tests mean the same as there.</summary>
    public static ImmutableArray<CatalogKey> Assertions { get; } =
    [
        new("contains", Is.Text | Is.List, "The answer has this text in it; of a list, all of them.") { Example = "contains: tracking", Each = OneText },
        new("not-contains", Is.Text | Is.List, "The answer does not have this text in it; of a list, none of them.")
        {
            Example = "not-contains: as per our policy",
            Each = OneText,
        },
        new("icontains", Is.Text | Is.List, "Like `contains`, in capitals or not.")
        {
            IsRare = true,
            Example = "icontains: refund",
            Each = OneText,
        },
        new("equals", Is.Text, "The answer is exactly this text, but for white space around it.") { Example = "equals: warranty" },
        new("starts-with", Is.Text, "The answer begins with this text.") { IsRare = true, Example = "starts-with: Dear" },
        new("regex", Is.Text, "This regular expression matches somewhere in the answer.")
        {
            Example = "regex: \"[A-Z]{3}-[0-9]+\"",
            Content = KeyContent.Regex,
        },
        new("is-json", Is.Boolean, "The answer is JSON.")
        {
            IsRare = true,
            Example = "is-json: true",
            Words = FrontMatterKeys.TrueOrFalse,
        },
        new("json-schema", Is.Text | Is.Map, "The answer is JSON that fits this schema; `output` stands for the one that the prompt declares.")
        {
            Example = "json-schema: output",
            Content = KeyContent.Schema,
        },
        new("exact-json", Is.Anything, "The answer is this value as JSON, its members in any order.") { Example = "exact-json: { queue: warranty }" },
        new("numeric", Is.Map, "There is this number at this place of the JSON that the answer is.")
        {
            Example = "numeric: { path: lines.0.price, equals: 12.5, tolerance: 0.01 }",
            Value = "{ path: $0, equals: 0 }",
            Members =
            [
                new("path", Is.Text, "Where the number stands: names and places, with dots between them.") { Example = "path: lines.0.price" },
                new("equals", Is.Number, "The number.") { Example = "equals: 12.5" },
                new("tolerance", Is.Number, "How far from it is near enough; 0 if it is not said.") { Example = "tolerance: 0.01", Least = 0 },
            ],
        },
        new("levenshtein", Is.Map, "So much of the answer is like this text. It scores.")
        {
            Example = "levenshtein: { to: \"Hello Ada\", at-least: 0.8 }", Value = "{ to: \"$0\", at-least: 0.8 }",
            Members = [new("to", Is.Text, "The text.") { Example = "to: Hello Ada" }, AtLeast],
        },
        new("tool-called", Is.Text | Is.Map, "The model wants this tool called; with `arguments`, with these alone.")
        {
            Example = "tool-called: find_order",
            Members =
            [
                new("name", Is.Text, "The tool.") { Example = "name: find_order" },
                new("arguments", Is.Anything, "What it is called with.") { Example = "arguments: { number: 17 }" },
            ],
        },
        new("max-tokens", Is.Number, "The answer has no more tokens than this.") { Example = "max-tokens: 300", Least = 0 },
        new("max-latency", Is.Number, "The answer takes no longer, in seconds.")
        {
            IsRare = true,
            Example = "max-latency: 5",
            Least = 0,
        },
        new("max-cost", Is.Number, "The answer costs no more, in the currency of `models`.")
        {
            IsRare = true,
            Example = "max-cost: 0.01",
            Least = 0,
        },
        new(
            "judge",
            Is.Map,
            "Another prompt of the workspace gives so much. It gets `answer`, `question` and `input`, and answers `{\"score\": 0.7}`. It scores."
        )
        {
            Example = "judge: { rubric: judges/tone.prompt, at-least: 0.7 }",
            Value = "{ rubric: $0, at-least: 0.7 }",
            Members =
            [
                new("rubric", Is.Text, "The judge: a prompt, from the workspace's root.")
                {
                    Example = "rubric: judges/tone.prompt",
                    Content = KeyContent.Prompt,
                },
                AtLeast,
                new("model", Is.Text, "Who judges, where it is not the rubric's own `model`.")
                {
                    Example = "model: openai/gpt-4o-mini",
                    Content = KeyContent.Model,
                },
            ],
        },
    ];

    public static ImmutableArray<CatalogKey> All { get; } =
    [
        new("prompt", Is.Text, "The prompt that is evaluated, from the workspace's root, or from here with `./`.")
        {
            Example = "prompt: support/reply.prompt",
            Content = KeyContent.Prompt,
        },
        new("description", Is.Text, "What the evaluation shows, in a sentence.") { IsRare = true },
        new("data", Is.Text, "A file of rows, one object of JSON a line: `input`, and where wanted `id`, `expect`, `tags`.")
        {
            Example = "data: data/tickets.jsonl",
            Content = KeyContent.Path,
        },
        new("expect", Is.List | Is.Map | Is.Text, "What must hold of every answer, all of it; a text alone is `equals`.")
        {
            Example = "expect:\n  - json-schema: output\n  - not-contains: as per our policy",
            Each = new("assertion", Is.Map, "One thing that must hold.") { Members = Assertions },
            Members = Assertions,
        },
        new("must-pass", Is.List | Is.Text, "Rows with one of these tags must pass, each time, or all fails.")
        {
            Example = "must-pass: [safety]",
            Value = "[$0]",
            Each = new("tag", Is.Text, "A tag of rows."),
        },
        new("repeat", Is.Integer, "How many answers each row gets; 1 if it is not said. The answers of a row count as one row.")
        {
            Example = "repeat: 3",
            Least = 1,
            Most = 100,
        },
        new("compare", Is.Map, "What a difference between two versions must be to matter.")
        {
            Example = "compare: { delta: 0.05 }",
            Value = "{ delta: ${0:0.05} }",
            Members =
            [
                new("delta", Is.Number, "The smallest difference that matters to you, as a share: `0.05` is five points. Say it before you look.")
                {
                    Example = "delta: 0.05",
                    Least = 0.0001,
                    Most = 1,
                },
                new("primary", Is.Text, "What decides.")
                {
                    Example = "primary: passed",
                    Words = [new("passed", "Whether answers pass."), new("score", "What `judge` and `levenshtein` give.")],
                },
            ],
        },
        new("keep", Is.Text, "What of the answers is stored.")
        {
            IsRare = true,
            Example = "keep: hashes",
            Words = [new("answers", "The answers."), new("hashes", "Only their hashes: no answer is stored.")],
        },
        new("rows", Is.List, "The rows, where they are not in a file.")
        {
            Example = "rows:\n  - input: { ticket: Where is my parcel? }\n    expect: { contains: tracking }",
            Each = new("row", Is.Map, "One row: what the prompt is given, and what must hold of the answer.") { Members = Row },
        },
    ];

    /// <summary>The keys of one row, here or in a file of its own.</summary>
    public static ImmutableArray<CatalogKey> Row =>
        [
            new("id", Is.Text | Is.Number | Is.Integer, "The row's name; its number if it is not said.") { Example = "id: late-parcel" },
            new("input", Is.Map, "Values of the prompt's inputs, by their names.")
            {
                Example = "input: { ticket: Where is my parcel? }",
                Content = KeyContent.InputValues,
            },
            new("expect", Is.List | Is.Map | Is.Text, "What must hold of this row's answer beside what must always hold; a text alone is `equals`.")
            {
                Example = "expect: { contains: tracking }",
                Each = new("assertion", Is.Map, "One thing that must hold.") { Members = Assertions },
                Members = Assertions,
            },
            new("tags", Is.List | Is.Text, "Words by which `must-pass` finds the row.")
            {
                Example = "tags: [safety]",
                Value = "[$0]",
                Each = new("tag", Is.Text, "A tag."),
            },
        ];

    private static CatalogKey AtLeast => new("at-least", Is.Number, "How much is enough, from 0 to 1.") { Example = "at-least: 0.7", Least = 0, Most = 1 };

    private static CatalogKey OneText => new("text", Is.Text, "A text.");
}
