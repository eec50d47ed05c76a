using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.KeyShape;

namespace PromptLsp.Language.Catalog;

/// <summary>The keys of <c>promptlsp.yaml</c>.</summary>
internal static class WorkspaceKeys
{
    public static ImmutableArray<CatalogKey> All { get; } =
    [
        new("context", Is.Map, "Variables that every prompt of the workspace can use.")
        {
            Example = "context:\n  brand: context/brand.yaml\n  user:\n    schema: { name: string }\n    sample: { name: Ada }",
            Each = new(
                "variable",
                Is.Text | Is.Map,
                "A YAML or JSON file whose values are the variable; or what the application gives at run time, with `schema` and `sample`."
            )
            {
                Content = KeyContent.Path,
                Members =
                [
                    new("schema", Is.Text | Is.Map, "What the application gives: Picoschema or JSON Schema.")
                    {
                        Example = "schema: { name: string }",
                        Content = KeyContent.Schema,
                    },
                    new("sample", Is.Anything, "A value for previews and tests.") { Example = "sample: { name: Ada }", Content = KeyContent.ValueOfSchema },
                    new("description", Is.Text, "What the variable holds, in a sentence."),
                ],
            },
        },
        new("schemas", Is.Map, "Schemas with names, which `input.schema` and `output.schema` of any prompt can use like `string`.")
        {
            Example = "schemas:\n  Address: { street: string, city: string }",
            Each = new("schema", Is.Text | Is.Map, "Picoschema or JSON Schema.") { Content = KeyContent.Schema },
        },
        new("helpers", Is.Map, "Functions that the application registers with the template engine, for dialects which take some: Handlebars.")
        {
            Example = "helpers:\n  shout:\n    arguments: { text: string }\n    type: string\n    doc: Writes a text in capitals.\n    example: HELLO",
            Each = new("helper", Is.Map, "A helper: what it takes, what it gives, and what stands for that in previews.")
            {
                Members =
                [
                    new("arguments", Is.Text | Is.Map, "What it takes by place, in this order, as Picoschema.")
                    {
                        Example = "arguments: { text: string }",
                        Content = KeyContent.Schema,
                    },
                    new("options", Is.Text | Is.Map, "What it takes by name (`name=value`), as Picoschema.")
                    {
                        Example = "options: { length: integer }",
                        Content = KeyContent.Schema,
                    },
                    new("type", Is.Text | Is.Map, "What it gives.") { Example = "type: string", Content = KeyContent.Schema },
                    new("doc", Is.Text, "What it does, in a sentence.") { Example = "doc: Writes a text in capitals." },
                    new("example", Is.Anything, "What it gives in previews and tests.") { Example = "example: HELLO" },
                ],
            },
        },
        new("template", Is.Text, "The language of bodies that do not say theirs. Left out, what a body shows decides.")
        {
            Example = "template: scriban",
            Words = FrontMatterKeys.TemplateLanguages,
        },
        new("partials", Is.List | Is.Text, "Folders in which includes are looked up, behind the including file's own.")
        {
            Example = "partials: [prompts/partials]",
            Value = "[$0]",
            Each = new("folder", Is.Text, "A folder, from the root.") { Content = KeyContent.Path },
        },
        new("models", Is.Map | Is.List, "The models that prompts may use. With it, any other model is a finding. Prices are per million tokens.")
        {
            Example = "models:\n  openai/gpt-4o-mini: { context: 128000, input: 0.15, output: 0.60 }",
            Each = new("model", Is.Map | Is.Text, "A model: how much it can read, and what it costs.")
            {
                Members =
                [
                    new("context", Is.Integer, "How many tokens the model can read at once.") { Example = "context: 128000", Least = 1 },
                    new("input", Is.Number, "What a million tokens of prompt cost.") { Example = "input: 0.15", Least = 0 },
                    new("output", Is.Number, "What a million tokens of answer cost.") { Example = "output: 0.60", Least = 0 },
                    new(
                        "provider",
                        Is.Text,
                        "Who is asked for the model, by the name that your own providers.yaml gives them. Left out, what stands before the `/` of the model."
                    )
                    {
                        IsRare = true,
                        Example = "provider: openrouter",
                    },
                ],
            },
        },
        new("currency", Is.Text, "What the prices of `models` are in: `USD` where it is not said.") { Example = "currency: EUR" },
        new("rules", Is.Map, "How much each rule's findings matter, in this workspace.")
        {
            Example = "rules: { unused-input: off, missing-owner: warning }",
            Content = KeyContent.Rule,
            Each = new("severity", Is.Text | Is.Boolean, "How much the rule's findings matter.") { Words = Severities },
        },
        new("environments", Is.Map | Is.List, "Where prompts run, in the order in which they get there, and what must hold before one does.")
        {
            Example = "environments:\n  dev: {}\n  production:\n    require: { tests: pass, approvals: 1 }",
            Each = new("environment", Is.Map | Is.Text, "A place where prompts run: for each prompt it holds one release, or none.")
            {
                Members =
                [
                    new(
                        "from",
                        Is.Text,
                        "The environment whose releases come here: the one before it where this is left out. The first takes the prompts themselves."
                    )
                    {
                        Example = "from: staging",
                    },
                    new("require", Is.Map, "What must hold before a release comes here.")
                    {
                        Example = "require: { tests: pass, findings: error, approvals: 1 }",
                        Members = Requirements,
                    },
                    new("context", Is.Map, "Context variables whose values are others here, by their files.")
                    {
                        Example = "context: { brand: context/brand.production.yaml }",
                        Each = new("file", Is.Text, "A YAML or JSON file, from the root.") { Content = KeyContent.Path },
                    },
                ],
            },
        },
        new("releases", Is.Text, "The folder, tracked by git, that holds what runs where: `releases` where it is not said.")
        {
            Example = "releases: releases",
            Content = KeyContent.Path,
            IsRare = true,
        },
        new("teams", Is.Map, "Who belongs to the teams that `approvers`, `override` and `owners` name.")
        {
            Example = "teams:\n  \"@acme/leads\": [ada@example.com, bo@example.com]",
            Each = new("team", Is.List | Is.Text, "Mail addresses, as git and the file of signers have them.")
            {
                Each = new("person", Is.Text, "A mail address."),
            },
        },
        new("signers", Is.Text, "The file of keys whose signatures count, in the format of git's allowed signers: `.promptlsp-signers` where it is not said.")
        {
            Example = "signers: .promptlsp-signers",
            Content = KeyContent.Path,
            IsRare = true,
        },
        new("revoked", Is.Text, "A file of keys that count no more: one public key a line, or what `ssh-keygen -k` writes.")
        {
            Example = "revoked: .promptlsp-revoked",
            Content = KeyContent.Path,
            IsRare = true,
        },
        new("tags", Is.Map, "Tags that stay where they are, or belong to somebody, by their names; `*` stands for any characters.")
        {
            Example = "tags:\n  \"*-stable\": { immutable: true }",
            Each = new("pattern", Is.Map, "What holds for tags of this name.")
            {
                Members =
                [
                    new("immutable", Is.Boolean, "Such a tag is neither moved nor taken away.") { Example = "immutable: true" },
                    new("owners", Is.List | Is.Text, "Who may put, move and take away such a tag: teams and mail addresses.")
                    {
                        Example = "owners: [\"@acme/leads\"]",
                        Each = new("owner", Is.Text, "A team or a mail address."),
                    },
                ],
            },
        },
        new("history", Is.Map, "How the history of prompts is kept and shown.")
        {
            Example = "history: { fold: 2m }",
            Members =
            [
                new("fold", Is.Text | Is.Integer, "Saves of one author this near to one another are shown as one: `30s`, `2m`, `1h`.") { Example = "fold: 2m" },
            ],
        },
        new("metadata", Is.Anything, "Yours: whatever your own programs want to know."),
    ];

    private static ImmutableArray<CatalogKey> Requirements =>
        [
            new("tests", Is.Text, "No test of the prompt's fails.") { Example = "tests: pass", Words = [new("pass", "All tests pass.")] },
            new("findings", Is.Text, "No finding of this severity or above.")
            {
                Example = "findings: error",
                Words = [.. Severities.Where(s => s.Name != "off")],
            },
            new("contract", Is.Text, "Nothing breaks for callers of what runs there now.")
            {
                Example = "contract: compatible",
                Words = [new("compatible", "No breaking change of inputs or outputs.")],
            },
            new("soak", Is.Text, "How long it has been in the environment before, by the history of the main branch.") { Example = "soak: 2h" },
            new("why", Is.Boolean, "A reason is given.") { Example = "why: true" },
            new("approvals", Is.Integer, "How many people say yes, each by a signature of their own.") { Example = "approvals: 1", Least = 0 },
            new("approvers", Is.List | Is.Text, "Who can say yes: teams and mail addresses. Left out, everybody whose signature counts.")
            {
                Example = "approvers: [\"@acme/leads\"]",
                Each = new("approver", Is.Text, "A team or a mail address."),
            },
            new("not-author", Is.Boolean, "Whoever wrote it does not count among those who say yes.") { Example = "not-author: true" },
            new("unsigned", Is.Text, "An approval counts without a signature, which then proves nothing.")
            {
                Example = "unsigned: allowed",
                Words = [new("allowed", "Anybody can write an approval in anybody's name.")],
                IsRare = true,
            },
            new(
                "evaluation",
                Is.Map | Is.List,
                "What an evaluation shows of the prompt that it measures, against what runs there now; `promptlsp eval FILE --for ENV` asks the model."
            )
            {
                Example = "evaluation: { of: evaluations/tickets.yaml, verdict: not-worse }",
                Members = RequiredEvaluation,
                Each = new("evaluation", Is.Map, "One of several evaluations.") { Members = RequiredEvaluation },
            },
            new("override", Is.List | Is.Text, "Who may let a release in although something of this does not hold; it stays visible for ever.")
            {
                Example = "override: [\"@acme/on-call\"]",
                Each = new("person", Is.Text, "A team or a mail address."),
            },
        ];

    private static ImmutableArray<CatalogKey> RequiredEvaluation =>
        [
            new("of", Is.Text, "The evaluation, from the root.") { Example = "of: evaluations/tickets.yaml", Content = KeyContent.Path },
            new("verdict", Is.Text, "What it must show.")
            {
                Example = "verdict: not-worse",
                Words =
                [
                    new("not-worse", "It is not shown to be worse, and cannot be worse by more than the evaluation's `delta`."),
                    new("better", "It is shown to be better."),
                ],
            },
        ];

    private static ImmutableArray<CatalogWord> Severities =>
        [
            .. new (Severity Severity, string Meaning)[]
            {
                (Severity.Off, "Never shown."),
                (Severity.Hint, "Shown faintly."),
                (Severity.Information, "Shown, and no more."),
                (Severity.Warning, "Shown as a warning; `check` fails."),
                (Severity.Error, "Shown as an error; `check` fails."),
            }.Select(s => new CatalogWord(s.Severity.ToString().ToLowerInvariant(), s.Meaning)),
        ];
}
