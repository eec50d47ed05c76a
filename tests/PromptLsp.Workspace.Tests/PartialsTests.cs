using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Workspace.Tests;

/// <summary>Where an include is looked for, and what it finds.</summary>
public sealed class PartialsTests
{
    private const string Settings = "partials: [prompts/partials, shared]\n";

    [Theory]
    [InlineData("voice", "prompts/_voice.prompt")]
    [InlineData("tone", "prompts/tone.prompt")]
    [InlineData("sub/rules", "prompts/sub/_rules.prompt")]
    [InlineData("footer", "prompts/partials/_footer.prompt")]
    [InlineData("legal", "shared/legal.prompt")]
    [InlineData("../shared/legal", "shared/legal.prompt")]
    public void An_include_finds(string include, string path)
    {
        using var folder = new PromptFolder(
            ("promptlsp.yaml", Settings),
            ("prompts/main.prompt", ""),
            ("prompts/_voice.prompt", ""),
            ("prompts/voice.prompt", ""),
            ("prompts/partials/_voice.prompt", ""),
            ("prompts/tone.prompt", ""),
            ("prompts/sub/_rules.prompt", ""),
            ("prompts/partials/_footer.prompt", ""),
            ("shared/_footer.prompt", ""),
            ("shared/legal.prompt", ""));
        IncludeLookup lookup = folder.Model("prompts/main.prompt").Environment.Include(include);
        Assert.Equal((IncludeStatus.Found, path), (lookup.Status, lookup.Found?.Path));
    }

    [Fact]
    public void An_include_that_finds_nothing_tells_where_it_looked()
    {
        using var folder = new PromptFolder(
            ("promptlsp.yaml", Settings),
            ("prompts/main.prompt", ""),
            ("prompts/partials/x.prompt", ""),
            ("shared/x.prompt", "")
        );
        IncludeLookup lookup = folder.Model("prompts/main.prompt").Environment.Include("voice");
        Assert.Equal(IncludeStatus.Missing, lookup.Status);
        Assert.Equal(
            [
                "prompts/_voice.prompt",
                "prompts/voice.prompt",
                "prompts/partials/_voice.prompt",
                "prompts/partials/voice.prompt",
                "shared/_voice.prompt",
                "shared/voice.prompt",
            ],
            lookup.Tried
        );
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("/etc/x")]
    [InlineData("out/secret")]
    public void Nothing_is_included_from_outside_the_root(string include)
    {
        using PromptFolder folder = new(("main.prompt", "")), other = new(("secret.prompt", "hush"));
        Directory.CreateSymbolicLink(Path.Join(folder.Folder, "out"), other.Folder);
        IncludeLookup lookup = folder.Model("main.prompt").Environment.Include(include);
        Assert.Equal((IncludeStatus.Outside, null), (lookup.Status, lookup.Found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sub/")]
    [InlineData("a\0b")]
    public void What_is_no_path_finds_nothing(string include)
    {
        using var folder = new PromptFolder(("main.prompt", ""));
        Assert.Equal(IncludeStatus.Missing, folder.Model("main.prompt").Environment.Include(include).Status);
    }

    [Fact]
    public void Partials_are_offered_by_the_shortest_way_to_write_them()
    {
        using var folder = new PromptFolder(
            ("promptlsp.yaml", Settings),
            ("prompts/main.prompt", ""),
            ("prompts/other.prompt", ""),
            ("prompts/_voice.prompt", ""),
            ("prompts/partials/legal/_eu.prompt", ""),
            ("shared/tone.prompt", ""));
        IEnumerable<PartialSummary> offered = folder.Model("prompts/main.prompt").Environment.Partials();
        Assert.Equal(
            ["voice: prompts/_voice.prompt", "legal/eu: prompts/partials/legal/_eu.prompt", "tone: shared/tone.prompt"],
            offered.Select(p => $"{p.Include}: {p.Path}"));
    }

    [Fact]
    public void Prompts_that_include_each_other_can_be_asked_anything()
    {
        using var folder = new PromptFolder(
            ("a.prompt", "{{ include \"b\" }}{{ x }}"),
            ("b.prompt", "{{ include \"a\" }}{{ y }}"),
            ("c.prompt", "{{ include \"c\" }}")
        );
        foreach (string path in (string[])["a.prompt", "b.prompt", "c.prompt"])
        {
            PromptModel prompt = folder.Model(path);
            Assert.NotNull(prompt.FreeNames);
            Assert.All(Findings(prompt), f => Assert.Equal("circular-include", f.Rule));
        }
    }
}
