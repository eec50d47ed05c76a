using System.Text.Json;
using PromptLsp.Language.Linting;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>Usage, help and errors: the same for every command.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("rules --nonsense")]
    [InlineData("rules --format yaml")]
    [InlineData("rules no-such-rule")]
    public async Task Wrong_usage_is_one_line_and_status_2(string command)
    {
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal("", _shell.Out);
        Assert.Matches("^promptlsp: .+\n$", _shell.Error);
        Assert.Equal(1, _shell.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("chek", "there is no command `chek`; did you mean `check`? (`promptlsp --help` says more)")]
    [InlineData("frobnicate", "there is no command `frobnicate` (`promptlsp --help` says more)")]
    [InlineData("check --nope", "there is no option `--nope`; see `promptlsp check --help`")]
    public async Task What_there_is_not_is_named(string command, string says)
    {
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal($"promptlsp: {says}\n", _shell.Error);
    }

    [Fact]
    public async Task Help_lists_the_commands_and_is_no_error()
    {
        Assert.Equal(0, await _shell.Run("--help"));
        Assert.Equal("", _shell.Error);
        Assert.Contains("  rules", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_told()
    {
        Assert.Equal(0, await _shell.Run("--version"));
        Assert.Matches(@"^\d+\.\d+\.\d+", _shell.Out);
    }

    [Fact]
    public async Task Every_commands_help_ends_with_an_example_of_it()
    {
        foreach (string command in CommandLine.Names)
        {
            Assert.Equal(0, await _shell.Run(command + " --help"));
            Assert.Contains("\nExample:\n  promptlsp " + command, _shell.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_command_has_its_place_in_the_docs()
    {
        string[] headings = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "cli.md")).Where(l => l.StartsWith("## ", StringComparison.Ordinal))];
        Assert.All(CommandLine.Names, name => Assert.Contains(headings, h => h.Contains($"`{name}`", StringComparison.Ordinal) || h.Contains($"`{name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rule_that_was_misspelt_is_guessed()
    {
        Assert.Equal(2, await _shell.Run("rules undefined-varable"));
        Assert.Contains("did you mean `undefined-variable`?", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_listed_in_their_groups()
    {
        Assert.Equal(0, await _shell.Run("rules"));
        foreach (Rule rule in Rules.All)
            Assert.Contains($"  {rule.Id} ", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("Variables\n", _shell.Out, StringComparison.Ordinal);
        Assert.All(_shell.Out.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task A_rules_page_is_shown()
    {
        Assert.Equal(0, await _shell.Run("rules undefined-variable"));
        Assert.StartsWith("# undefined-variable", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_told_as_json()
    {
        Assert.Equal(0, await _shell.Run("rules --format json"));
        Assert.Equal(Rules.All.Select(r => r.Id), JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Select(r => r.GetProperty("id").GetString()!));
    }
}
