using System.Text.Json;
using PromptLsp.Language.Linting;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>The examples are clean, their tests pass, and the broken ones show every finding there is.</summary>
public sealed class ExamplesTests : IDisposable
{
    private readonly Shell _shell = new(Path.Combine(Repository.Root, "examples"));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Only_what_is_broken_on_purpose_has_findings()
    {
        Assert.Equal(1, await _shell.Run("check . --format json"));
        Assert.Equal([], Findings().Select(f => f.File).Where(f => !f.StartsWith("broken/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_rule_has_a_finding_in_the_broken_ones()
    {
        await _shell.Run("check broken --format json");
        // What broke since the newest tag only a history can tell, and what runs only a folder of releases.
        Assert.Equal(
            Rules.All.Where(r => !r.IsAboutFiles).Select(r => r.Id).Where(id => id is not ("contract-break" or "environment-behind")).Order(StringComparer.Ordinal),
            Findings().Select(f => f.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_evaluation_is_read_without_a_complaint()
    {
        Assert.Equal(2, await _shell.Run("eval evaluations/triage.yaml --model nobody/small"));
        Assert.StartsWith("promptlsp: there is no provider `nobody`;", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("support")]
    [InlineData("coding")]
    [InlineData("extraction")]
    [InlineData("handlebars")]
    public async Task Tests_of_the_clean_ones_pass(string folder)
    {
        Assert.Equal(0, await _shell.Run($"test {folder}"));
        Assert.Contains("ok ", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_of_the_clean_ones_renders()
    {
        foreach (string folder in (string[])["support", "coding", "extraction", "handlebars"])
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(_shell.Folder, folder), "*.prompt"))
                Assert.Equal(0, await _shell.Run($"render {folder}/{Path.GetFileName(file)}"));
        }
    }

    private IEnumerable<(string File, string Rule)> Findings() =>
        JsonDocument.Parse(_shell.Out).RootElement.GetProperty("findings").EnumerateArray()
            .Select(f => (f.GetProperty("file").GetString()!, f.GetProperty("rule").GetString()!));
}
