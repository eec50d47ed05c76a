using PromptLsp.Language.Semantics;
using PromptLsp.Language.Signatures;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Signatures;

/// <summary>Which parameter is typed at ‸, and of what.</summary>
public sealed class SignatureTests
{
    private static readonly PromptEnvironment Workspace = PromptEnvironment.None with
    {
        Include = path =>
            path == "voice"
                ? new(
                    IncludeStatus.Found,
                    new("_voice.prompt", () => Model("---\ndescription: How we sound.\ninput:\n  schema: { tone?: \"string, how warm\", to: string }\n---\n")),
                    []
                )
                : new(IncludeStatus.Missing, null, []),
    };

    private static Signature? At(string text)
    {
        int at = text.IndexOf('‸', StringComparison.Ordinal);
        PromptModel prompt = new(PromptDocument.Parse(new(text.Remove(at, 1))), Workspace);
        return Language.Signatures.Signatures.At(prompt, at);
    }

    [Theory]
    [InlineData("{{ string.truncate ‸ }}", 0)]
    [InlineData("{{ string.truncate q ‸ }}", 1)]
    [InlineData("{{ string.truncate q ‸", 1)]
    [InlineData("{{ string.truncate(‸) }}", 0)]
    [InlineData("{{ string.truncate(q, ‸) }}", 1)]
    [InlineData("{{ q | string.truncate ‸ }}", 1)]
    [InlineData("{{ q | string.truncate 5‸ }}", 1)]
    [InlineData("{{ q | string.truncate 5 ‸ }}", 2)]
    [InlineData("{{ q | string.truncate 5 \"‸\" }}", 2)]
    [InlineData("{{ q | string.truncate ellipsis: ‸ }}", 2)]
    [InlineData("{{ q | string.truncate ellipsis: \"…\" length: ‸ }}", 1)]
    [InlineData("{{ q | string.upcase | string.replace ‸ }}", 1)]
    public void What_is_piped_in_is_the_first(string text, int active) => Assert.Equal(active, At(text)?.Active);

    [Theory]
    [InlineData("{{ func f(x, y) }}{{ end }}{{ f ‸ }}", "f(x, y)", 0)]
    [InlineData("{{ func f(x, y) }}{{ end }}{{ f 1 ‸", "f(x, y)", 1)]
    [InlineData("{{ func f(x, y) }}{{ end }}{{ 1 | f ‸ }}", "f(x, y)", 1)]
    [InlineData("{{ func f(x, y = 2) }}{{ end }}{{ f y: ‸ }}", "f(x, y?)", 1)]
    [InlineData("{{ func f(x) }}{{ end }}{{ f 1 ‸ }}", "f(x)", null)]
    [InlineData("{{ f(a, b) = a + b }}{{ f 1 ‸ }}", "f(a, b)", 1)]
    public void The_prompts_own_functions_have_one(string text, string label, int? active) =>
        Assert.Equal((label, active), At(text) is { } found ? (found.Label, found.Active) : default);

    [Theory]
    [InlineData("{{ include \"voice\" ‸ }}", 0)]
    [InlineData("{{ include \"voice\" ‸", 0)]
    [InlineData("{{ include \"voice\" tone: ‸ }}", 1)]
    [InlineData("{{ include \"voice\" tone: \"wa‸\" }}", 1)]
    [InlineData("{{ include \"voice\" to‸ne: \"warm\" }}", 1)]
    [InlineData("{{ include \"voice\" to: q ‸ }}", 1)]
    [InlineData("{{ include \"voice\" to: q tone: q ‸ }}", null)]
    public void An_include_takes_what_its_partial_does_what_must_be_given_first(string text, int? active) =>
        Assert.Equal(
            ("include \"voice\" to: string  tone?: string", "How we sound.", active),
            At(text) is { } found ? (found.Label, found.Summary, found.Active) : default
        );

    [Theory]
    [InlineData("{{ include ‸ }}", "include(template_name: string, …args): string")]
    [InlineData("{{ include \"vo‸ice\" }}", "include(template_name: string, …args): string")]
    [InlineData("{{ string.truncate (string.split ‸) }}", "string.split(text: string, match: string): array")]
    [InlineData("{{ string.trunc‸ate q }}", null)]
    [InlineData("{{ q‸ | string.truncate 5 }}", null)]
    [InlineData("{{ q | string.truncate 5 }}‸", null)]
    [InlineData("{{ date.now ‸ }}", "date.now(): date")]
    [InlineData("{{ q ‸ }}", null)]
    [InlineData("{{ # string.truncate ‸ }}", null)]
    public void Elsewhere_there_is_the_innermost_call_or_none(string text, string? label) => Assert.Equal(label, At(text)?.Label);

    [Theory]
    [InlineData("{{#ifEquals ‸}}{{/ifEquals}}", "#ifEquals value other", 0)]
    [InlineData("{{#ifEquals status ‸}}{{/ifEquals}}", "#ifEquals value other", 1)]
    [InlineData("{{#ifEquals sta‸tus \"open\"}}{{/ifEquals}}", "#ifEquals value other", 0)]
    [InlineData("{{#ifEquals status \"op‸en\"}}{{/ifEquals}}", "#ifEquals value other", 1)]
    [InlineData("{{#ifEquals status \"open\" ‸}}{{/ifEquals}}", "#ifEquals value other", null)]
    [InlineData("{{#unlessEquals status ‸", "#unlessEquals value other", 1)]
    [InlineData("{{#if ‸}}{{/if}}", "#if value includeZero=false", 0)]
    [InlineData("{{#if count includeZero=‸}}{{/if}}", "#if value includeZero=false", 1)]
    [InlineData("{{#if a}}{{else if ‸}}{{/if}}", "else if value includeZero=false", 0)]
    [InlineData("{{#each ‸}}{{/each}}", "#each items", 0)]
    [InlineData("{{#with ‸}}{{/with}}", "#with object", 0)]
    [InlineData("{{#each items}}‸{{/each}}", null, null)]
    [InlineData("{{#if (lookup items ‸)}}{{/if}}", "lookup(value: string or array or object or null, name: string or integer): any", 1)]
    public void A_block_says_which_values_it_takes(string text, string? label, int? active)
    {
        Signature? found = At("---\ntemplate: handlebars\n---\n" + text);
        Assert.Equal((label, active), (found?.Label, found?.Active));
    }

    [Theory]
    [InlineData("{{#if a b}}{{else if c}}{{/if}}{{#each xs as |x|}}{{/each}}{{^ifEquals a 1}}{{/ifEquals}}{{#> p q=1}}{{/p}}")]
    [InlineData("{{# if a}}{{#with (lookup a 'b')}}{{else with c}}{{/with}}{{#*inline 'p'}}{{/inline}}{{{{raw}}}}{{{{/raw}}}}")]
    public void There_is_an_answer_after_every_letter(string text)
    {
        const string Header = "---\ntemplate: handlebars\n---\n";
        for (int end = 0; end <= text.Length; end++)
            Assert.NotEqual("", At(Header + text[..end] + "‸")?.Label);
    }
}
