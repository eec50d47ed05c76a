using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Who writes Jinja or Liquid out of habit is told Scriban's word, and not to declare an input of that name.</summary>
public sealed class ForeignWordsTests
{
    [Theory]
    [InlineData("{{ if a and b }}x{{ end }}", "`and` is no word of Scriban; write `&&`", "Change to `&&`")]
    [InlineData("{{ if a or b }}x{{ end }}", "`or` is no word of Scriban; write `||`", "Change to `||`")]
    [InlineData("{{ for x in xs }}{{ loop.index }}{{ end }}", "`loop` is not declared; write `for`", "Change to `for`")]
    [InlineData("{{ if a }}x{{ endif }}", "`endif` is no word of Scriban; write `end`", "Change to `end`")]
    [InlineData("{{ if a }}x{{ endif }}{{ end }}", "`endif` is no word of Scriban; write `end`", "Change to `end`")]
    [InlineData("{{ if not a }}x{{ end }}", "`not` is no word of Scriban; write `!`", "Change to `!`")]
    [InlineData("{{ unless a }}x{{ end }}", "`unless` is no word of Scriban; write `if !a`", "Change to `if !a`")]
    [InlineData(
        "{{ if a in xs }}x{{ end }}",
        "`in` is no word of Scriban here; `list | array.contains value` asks whether a list has a value",
        "Change to `(xs | array.contains a)`"
    )]
    public void The_word_is_told(string body, string message, string? fix)
    {
        PromptModel prompt = new(
            PromptDocument.Parse(new("---\ninput: { schema: { a: boolean, b: boolean, xs(array): string } }\n---\n" + body)),
            PromptEnvironment.None
        );
        Finding finding = Assert.Single(Findings(prompt), f => f.Rule is "undefined-variable" or "unknown-function" or "template-syntax");
        Assert.Equal(message, finding.Message);
        Assert.Equal(fix, finding.Fixes is [var only] ? only.Title : null);
    }
}
