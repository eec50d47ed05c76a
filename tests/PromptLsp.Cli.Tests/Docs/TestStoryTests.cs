using PromptLsp.Language.Catalog;
using Xunit;

namespace PromptLsp.Cli.Tests.Docs;

/// <summary>The prompts by which <c>docs/format.md</c> describes tests: they are clean, their tests pass, and show every assertion.</summary>
public sealed class TestStoryTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_tests_of_the_page_pass_and_show_every_assertion()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "format.md")).ReplaceLineEndings("\n");
        string[] examples =
        [
            .. page[page.IndexOf("\n## Tests\n", StringComparison.Ordinal)..]
                .Split("```prompt\n")
                .Skip(1)
                .Select(part => part[..part.IndexOf("```\n", StringComparison.Ordinal)]),
        ];
        for (int i = 0; i < examples.Length; i++)
            _shell.With($"{i}.prompt", examples[i]);
        Assert.Equal(
            (0, "3 tests, 3 passed, 0 failed"),
            (await _shell.Run("test"), _shell.Out.Split('\n')[^2].Split(", ") is [var a, var b, var c, ..] ? $"{a}, {b}, {c}" : "")
        );
        Assert.Equal((0, ""), (await _shell.Run("check --severity hint"), _shell.Error));
        Assert.All(
            Keys.FrontMatter.Find("tests")!.Each!.Find("expect")!.Members.Select(m => m.Name).Where(name => name != "output"),
            name => Assert.Contains(examples, text => text.Contains($"{name}: ", StringComparison.Ordinal))
        );
    }
}
