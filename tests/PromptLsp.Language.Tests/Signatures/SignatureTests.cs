using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Signatures;

/// <summary>Which parameter is typed at ‸.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData("{{ string.truncate ‸ }}", 0)]
    [InlineData("{{ string.truncate q ‸ }}", 1)]
    [InlineData("{{ q | string.truncate ‸ }}", 1)]
    [InlineData("{{ q | string.truncate 5‸ }}", 1)]
    [InlineData("{{ q | string.truncate 5 ‸ }}", 2)]
    [InlineData("{{ q | string.upcase | string.replace ‸ }}", 1)]
    public void What_is_piped_in_is_the_first(string text, int active)
    {
        int at = text.IndexOf('‸', StringComparison.Ordinal);
        PromptModel prompt = new(PromptDocument.Parse(new(text.Remove(at, 1))), PromptEnvironment.None);
        Assert.Equal(active, Language.Signatures.Signatures.At(prompt, at)?.Active);
    }
}
