using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Prompts as other people wrote them, where they are present: nothing throws, and nothing is an error that their own engine takes.</summary>
public sealed class CorpusTests
{
    // What the author's own engine refuses as well.
    private static readonly string[] Refused = ["/error-", "/06-partials.prompt", "/valid-blog-generator.prompt"];

    [Fact]
    public void No_prompt_of_others_gets_a_wrong_error()
    {
        foreach ((string path, string text) in Corpus.Prompts())
        {
            PromptModel prompt = Model(text);
            Finding[] errors = [.. Findings(prompt).Where(f => f.Severity == Severity.Error)];
            if (!Refused.Any(r => path.Contains(r, StringComparison.Ordinal)))
                Assert.True(errors.Length == 0, path + "\n" + Annotated.Draw(prompt.Document.Text, errors));
        }
    }

    [Fact]
    public void A_prompt_in_another_format_gets_one_hint_that_says_so()
    {
        foreach ((string path, string text) in Corpus.Prompts())
        {
            PromptModel prompt = Model(text);
            if (prompt.Document.OtherFormat is not null)
                Assert.True(Findings(prompt).ToArray() is [{ Rule: "unknown-dialect", Severity: Severity.Hint }], path);
        }
    }
}
