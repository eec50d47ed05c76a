using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Who writes Jinja or Liquid out of habit is told Scriban's word, and not to declare an input of that name.</summary>
public sealed class ForeignWordsTests
{
    [Theory]
    [InlineData("{{ if a and b }}x{{ end }}", "`and` is not declared; write `&&`", "Change to `&&`")]
    [InlineData("{{ if a or b }}x{{ end }}", "`or` is not declared; write `||`", "Change to `||`")]
    [InlineData("{{ for x in xs }}{{ loop.index }}{{ end }}", "`loop` is not declared; write `for`", "Change to `for`")]
    [InlineData("{{ if a }}x{{ endif }}{{ end }}", "`endif` is not declared; write `end`", "Change to `end`")]
    [InlineData("{{ if not a }}x{{ end }}", "there is no function `not`; write `!`", "Change to `!`")]
    [InlineData("{{ unless a }}", "there is no function `unless`; write `if !(…)`", null)]
    [InlineData("{{ if a in xs }}x{{ end }}", "`in` is not declared; `list | array.contains value` asks whether a list has a value", null)]
    public void The_word_is_told(string body, string message, string? fix)
    {
        PromptModel prompt = new(PromptDocument.Parse(new("---\ninput: { schema: { a: boolean, b: boolean, xs(array): string } }\n---\n" + body)), PromptEnvironment.None);
        Finding finding = Assert.Single(Linter.Quick(prompt, TestContext.Current.CancellationToken), f => f.Rule is "undefined-variable" or "unknown-function");
        Assert.Equal(message, finding.Message);
        Assert.Equal(fix, finding.Fixes is [var only] ? only.Title : null);
    }
}
