using System.Collections.Immutable;
using PromptLsp.Language.Text;
using Is = PromptLsp.Language.Catalog.KeyShape;

namespace PromptLsp.Language.Catalog;

/// <summary>The keys of a test and its assertions.</summary>
internal static class TestKeys
{
    public static CatalogKey Test { get; } =
        new("test", Is.Map, "One test: what is rendered, and what must hold.")
        {
            Members =
            [
                new("name", Is.Text, "What the test shows, in a few words.") { Example = "name: greets by name" },
                new("sample", Is.Text, "The sample that is rendered.") { Example = "sample: angry", Content = KeyContent.SampleName },
                new("input", Is.Map, "Values of inputs for this test alone; they go before the sample's.")
                {
                    Example = "input: { ticket: \"\" }",
                    Content = KeyContent.InputValues,
                    Value = "{ $0 }",
                },
                new("expect", Is.List | Is.Map, "What must hold of the rendered prompt.")
                {
                    Example = "expect:\n  - contains: Ada\n  - max-tokens: 300",
                    Each = new("assertion", Is.Map | Is.Text, "One thing that must hold.") { Members = Assertions },
                    Members = Assertions,
                },
                new("output", Is.Anything, "What must hold of a model's answer. Checked only where a provider is set up.") { IsRare = true },
            ],
        };

    /// <summary>The kinds of assertion there are.</summary>
    public static ImmutableArray<CatalogKey> Assertions =>
        [
            new("contains", Is.Text | Is.List, "The rendered prompt has this text in it; of a list, all of them.")
            {
                Example = "contains: Ada",
                Each = OneText,
            },
            new("not-contains", Is.Text | Is.List, "The rendered prompt does not have this text in it; of a list, none of them.")
            {
                Example = "not-contains: \"{{\"",
                Each = OneText,
            },
            new("icontains", Is.Text | Is.List, "Like `contains`, in capitals or not.")
            {
                IsRare = true,
                Example = "icontains: refund",
                Each = OneText,
            },
            new("equals", Is.Text, "The rendered prompt is exactly this text.") { IsRare = true, Example = "equals: Hello Ada" },
            new("starts-with", Is.Text, "The rendered prompt begins with this text.") { IsRare = true, Example = "starts-with: You are" },
            new("regex", Is.Text, "This regular expression matches somewhere in the rendered prompt.")
            {
                Example = "regex: \"[A-Z]{3}-[0-9]+\"",
                Content = KeyContent.Regex,
            },
            new("max-tokens", Is.Integer, "The rendered prompt has no more tokens than this.") { Example = "max-tokens: 300", Least = 1 },
            new("messages", Is.List, "The rendered messages have these roles, in this order.")
            {
                Example = "messages: [system, user]",
                Value = "[$0]",
                Each = new("role", Is.Text, "A message's role.") { Content = KeyContent.Role },
            },
            new("is-json", Is.Boolean, "The rendered prompt is valid JSON.")
            {
                IsRare = true,
                Example = "is-json: true",
                Words = FrontMatterKeys.TrueOrFalse,
            },
            new("json-schema", Is.Text | Is.Map, "The rendered prompt is JSON that fits this schema.")
            {
                IsRare = true,
                Example = "json-schema: { reply: string }",
                Content = KeyContent.Schema,
            },
            new("output", Is.Anything, "What must hold of a model's answer. Checked only where a provider is set up.") { IsRare = true },
        ];

    /// <summary>The assertion of a name; null where there is none.</summary>
    public static CatalogKey? Assertion(string name) => Test.Find("expect")!.Find(name);

    /// <summary>The assertion that was meant by another word: <c>max_tokens</c>, <c>notContains</c>, <c>contians</c>, <c>matches</c>.</summary>
    public static string? MeantAssertion(string word)
    {
        string letters = Letters(word);
        string[] names = [.. Assertions.Select(a => a.Name)];
        return Array.Find(names, name => Letters(name) == letters) ?? (letters is "match" or "matches" or "pattern" ? "regex" : Spelling.Nearest(word, names));
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();

    private static CatalogKey OneText => new("text", Is.Text, "A text.");
}
