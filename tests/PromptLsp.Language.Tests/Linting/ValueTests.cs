using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Values where they cannot be: what is given to a partial, compared with an enum, named as a member of a list's items.</summary>
public sealed class ValueTests
{
    private const string Voice = """
        ---
        input:
          schema:
            tone?(enum): [warm, calm]
            count?: integer
            title?: string
            names?(array): string
            loud?: boolean
        ---
        {{ tone ?? "" }}{{ count ?? 0 }}{{ title ?? "" }}{{ names ?? [] | array.join "" }}{{ loud ? "!" : "" }}
        """;

    private const string Head = """
        ---
        input:
          schema:
            tone: string
            tier(enum): [free, pro]
            level(enum): [1, 2]
            count: integer
            orders(array): { title: string, price: number }
        lint: { disable: [unused-input] }
        ---

        """;

    [Theory]
    [InlineData("tone: 'wram'", "`voice` takes one of warm, calm for `tone`; did you mean `warm`?")]
    [InlineData("tone: 'shrill'", "`voice` takes one of warm, calm for `tone`, and never `shrill`")]
    [InlineData("tone: 'calm'", null)]
    [InlineData("tone: tone", null)]
    [InlineData("tone: tier", null)]
    [InlineData("count: 'many'", "`voice` takes an integer for `count`, and this is a string")]
    [InlineData("count: count", null)]
    [InlineData("count: orders.size", null)]
    [InlineData("count: null", null)]
    [InlineData("title: 5", null)]
    [InlineData("title: orders", "`voice` takes a string for `title`, and this is a list")]
    [InlineData("names: 'Ada'", "`voice` takes a list for `names`, and this is a string")]
    [InlineData("names: orders", null)]
    [InlineData("loud: 'yes'", "`voice` takes a boolean for `loud`, and this is a string")]
    [InlineData("loud: (count > 1)", null)]
    public void What_a_partial_is_given(string argument, string? message)
    {
        using PromptFolder folder = new(("a.prompt", Head + "{{ include 'voice' " + argument + " }}"), ("_voice.prompt", Voice));
        Assert.Equal(message, Findings(folder.Model("a.prompt")).SingleOrDefault()?.Message);
    }

    [Theory]
    [InlineData("{{ if tier == 5 }}x{{ end }}", "`tier` is never `5`; it is one of `free`, `pro`")]
    [InlineData("{{ if tier == true }}x{{ end }}", "`tier` is never `true`; it is one of `free`, `pro`")]
    [InlineData("{{ if level == 1 }}x{{ end }}", null)]
    [InlineData("{{ if level == 3 }}x{{ end }}", "`level` is never `3`; it is one of `1`, `2`")]
    [InlineData("{{ if tone == 5 }}x{{ end }}", null)]
    [InlineData("{{ orders | array.map 'pirce' | array.join ', ' }}", "the items have no member `pirce`; did you mean `price`?")]
    [InlineData("{{ orders | array.map 'price' | array.join ', ' }}", null)]
    [InlineData("{{ orders | array.sort 'titel' | array.size }}", "the items have no member `titel`; did you mean `title`?")]
    public void What_it_is_compared_with_or_taken_from(string body, string? message) =>
        Assert.Equal(message, Findings(Model(Head + body)).SingleOrDefault()?.Message);

    [Fact]
    public void A_missing_partial_is_made_where_partials_are_kept_or_beside()
    {
        using PromptFolder folder = new(
            ("prompts/a.prompt", "{{ include 'voice' }}"),
            ("promptlsp.yaml", "partials: [shared]"),
            ("shared/_x.prompt", "x"),
            ("prompts/b.prompt", "{{ include 'x' }}")
        );
        Assert.Equal(
            ["Create `shared/_voice.prompt`", "Create `prompts/_voice.prompt`"],
            Findings(folder.Model("prompts/a.prompt")).Single().Fixes.Select(f => f.Title)
        );
    }
}
