using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Workspace.Tests.Tokens;

public sealed class TokenCountersTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("hello world", 2)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10)]
    [InlineData("😀", 1)]
    public async Task Tokens_are_counted_as_o200k_does(string text, int tokens)
    {
        await TokenCounters.LoadAsync();
        TokenCounter? counter = TokenCounters.For("openai/gpt-4o-mini");
        Assert.NotNull(counter);
        Assert.True(counter.IsExact);
        Assert.Equal(tokens, counter.Count(text));
    }

    [Fact] public async Task A_long_text_is_counted_the_same_the_second_time()
    {
        await TokenCounters.LoadAsync();
        string text = string.Concat(Enumerable.Repeat("hello world ", 1000));
        TokenCounter counter = TokenCounters.For("openai/gpt-4o")!;
        Assert.Equal(counter.Count(text), counter.Count(text));
        Assert.InRange(counter.Count(text), 2000, 2001);
    }

    [Theory]
    [InlineData("openai/gpt-4o-mini", true)]
    [InlineData("gpt-5", true)]
    [InlineData("openai/o3-mini", true)]
    [InlineData("azure/openai/gpt-4.1", true)]
    [InlineData("openai/gpt-4", false)]
    [InlineData("openai/gpt-4-turbo", false)]
    [InlineData("anthropic/claude-sonnet-4", false)]
    [InlineData("", false)]
    public void Other_vocabularies_are_only_near(string model, bool isExact) => Assert.Equal(isExact, TokenCounters.IsExactFor(model));
}
