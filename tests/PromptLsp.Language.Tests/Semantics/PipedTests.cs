using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Tests.Rendering;

namespace PromptLsp.Language.Tests.Semantics;

/// <summary>A pipe goes into the call that stands first behind it; operators and conditions take what it gives.</summary>
public sealed class PipedTests
{
    [Theory]
    [InlineData("\"abc\" | string.size > 2", "true", "boolean")]
    [InlineData("\"abc\" | string.size + 1", "4", "integer")]
    [InlineData("\"abc\" | string.size * 2 + 1", "7", "integer")]
    [InlineData("\"abc\" | string.size == 3 && true", "true", "boolean")]
    [InlineData("\"abc\" | string.upcase + \"d\" | string.size", "4", "integer")]
    [InlineData("\"abc\" | string.size > 5 ? \"y\" : \"n\"", "n", "string")]
    public void It_means_what_the_engine_makes_of_it(string code, string expected, string type)
    {
        PromptModel prompt = new(PromptDocument.Parse(new($"{{{{ {code} }}}}")), PromptEnvironment.None);
        Assert.Empty(Linter.Quick(prompt, TestContext.Current.CancellationToken));
        Assert.Equal(type, Assert.Single(prompt.Facts.Outputs).Type.Display);
        Rendered.Render(prompt.Document.Text.Content).ShouldBe("[user]\n" + expected);
    }
}
