using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

public sealed class UntrustedInSystemTests
{
    [Theory]
    [InlineData("{{ ticket }}", true)]
    [InlineData("{{ ticket | string.strip }}", true)]
    [InlineData("{{ urgent ? ticket : 'none' }}", true)]
    [InlineData("{{ ticket ? 'Answer it.' : 'Ask for one.' }}", false)]
    [InlineData("{{ ticket == '' }}", false)]
    [InlineData("{{ urgent }}", false)]
    public void A_partial_that_writes_it_among_orders_is_told_and_one_that_only_asks_for_it_is_not(string body, bool isTold)
    {
        using PromptFolder folder = new(
            ("a.prompt", "---\ninput: { schema: { ticket: string, urgent: boolean }, untrusted: [ticket] }\n---\n{{ include 'p' ticket: ticket urgent: urgent }}"),
            ("_p.prompt", "---\ninput: { schema: { ticket?: string, urgent?: boolean } }\n---\n{{ role 'system' }}" + body));
        string[] told = [.. Editor.Findings(folder.Model("a.prompt")).Select(f => f.Rule).Where(rule => rule == "untrusted-in-system")];
        Assert.Equal(isTold ? ["untrusted-in-system"] : [], told);
    }
}
