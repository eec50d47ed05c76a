using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Tests.Rendering;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>A member of an optional input that is left out stops the rendering: it is told where, and only where, the engine stops.</summary>
public sealed class OptionalMembersTests
{
    [Theory]
    [InlineData("{{ note.size }}", true)]
    [InlineData("{{ c.name }}", true)]
    [InlineData("{{ c.address.city }}", true)]
    [InlineData("{{ c?.name }}", false)]
    [InlineData("{{ if c }}{{ c.name }}{{ end }}", false)]
    [InlineData("{{ if c.name }}{{ c.name }}{{ end }}", null)]
    [InlineData("{{ d.name }}", false)]
    public void It_is_told_where_the_engine_stops(string body, bool? stops)
    {
        string text = "---\ninput: { schema: { note?: string, c?(object): { name: string, address(object): { city: string } }, d?(object): { name: string } }, default: { d: { name: x } } }\n---\n" + body;
        PromptModel prompt = new(PromptDocument.Parse(new(text)), PromptEnvironment.None);
        bool isTold = Linter.Quick(prompt, TestContext.Current.CancellationToken).Any(f => f.Rule == "optional-unguarded");
        Assert.Equal(stops ?? false, isTold);
        if (stops is { } expected)
            Assert.Equal(expected, Rendered.Render(text).Result.Failure is not null);
    }
}
