using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Semantics;

public sealed class IncludeGraphTests
{
    [Fact]
    public void Each_file_is_gone_into_once_however_the_includes_go_round()
    {
        PromptModel prompt = Model(
            "a",
            new()
            {
                ["a"] = "{{ include 'b' }}{{ include 'c' }}{{ include 'none' }}",
                ["b"] = "{{ include 'c' }}{{ include 'a' }}",
                ["c"] = "{{ include 'b' }}{{ include name }}",
            });
        Assert.Equal(["b", "c"], IncludeGraph.PartialsOf(prompt).Select(p => p.Path));
        Assert.Equal(
            ["a>b first", "b>c first", "c>b", "c>?", "b>a", "a>c", "a>none missing"],
            IncludeGraph.Below(prompt).Select(i =>
                $"{i.From.Environment.Path}>{i.Written ?? "?"}{(i.IsFirst ? " first" : i is { Written: not null, Partial: null } ? " missing" : "")}"));
    }

    [Fact]
    public void A_chain_of_many_thousand_partials_is_followed_to_its_end()
    {
        const int Many = 20_000;
        PromptModel prompt = Model("0", Enumerable.Range(0, Many).ToDictionary(i => $"{i}", i => $"{{{{ include '{i + 1}' }}}}\n"), last: ($"{Many}", "{{ far }}"));
        Assert.Equal(Many, IncludeGraph.PartialsOf(prompt).Count());
        Assert.Contains("far", prompt.FreeNames);
    }

    [Theory]
    [InlineData("{{ role 'system' }}{{ q }}", "")]
    [InlineData("{{ r = 'system'; role r }}", "{{ q }}")]
    public void Partials_that_include_the_next_many_times_are_looked_through_for_what_they_write_among_orders(string last, string behind)
    {
        const string Head = "---\ninput: { schema: { q?: string }, untrusted: [q] }\n---\n";
        Dictionary<string, string> files = Enumerable
            .Range(1, 7)
            .ToDictionary(i => $"p{i}", i => Head + string.Concat(Enumerable.Repeat($"{{{{ include 'p{i + 1}' q: q }}}}\n", 40)));
        files["a"] = Head + "{{ include 'p1' q: q }}" + behind;
        Assert.Contains(
            "untrusted-in-system",
            Linter.All(Model("a", files, last: ("p8", Head + last)), static (_, _) => { }, CancellationToken.None).Select(f => f.Rule));
    }

    private static PromptModel Model(string path, Dictionary<string, string> files, (string Path, string Text)? last = null)
    {
        if (last is { } added)
            files[added.Path] = added.Text;
        var partials = new Dictionary<string, Partial>(StringComparer.Ordinal);
        foreach ((string file, string text) in files)
            partials[file] = new(file, () => new(PromptDocument.Parse(new SourceText(text), null), new() { Path = file, Include = Include }));
        return partials[path].Model;

        IncludeLookup Include(string name) =>
            partials.GetValueOrDefault(name) is { } found ? new(IncludeStatus.Found, found, []) : new(IncludeStatus.Missing, null, [name]);
    }
}
