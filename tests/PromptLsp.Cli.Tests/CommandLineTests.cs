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
    [InlineData("chek", "there is no command `chek`; did you mean `check`? (`promptlsp --help` lists them)")]
    [InlineData("help chek", "there is no command `chek`; did you mean `check`? (`promptlsp --help` lists them)")]
    [InlineData("frobnicate", "there is no command `frobnicate` (`promptlsp --help` lists them)")]
    [InlineData("audit", "say which command (`promptlsp audit --help` lists them)")]
    [InlineData("check --nope", "there is no option `--nope` (`promptlsp check --help` says more)")]
    [InlineData("check --fromat=json", "there is no option `--fromat`; did you mean `--format`? (`promptlsp check --help` says more)")]
    [InlineData("render --nope", "there is no option `--nope` (`promptlsp render --help` says more)")]
    [InlineData("--format json check", "`--format` goes behind the command: `promptlsp check --format` (`promptlsp check --help` says more)")]
    [InlineData(
        "fingerprint",
        "`promptlsp fingerprint` needs a FILE, as in `promptlsp fingerprint prompts/reply.prompt` (`promptlsp fingerprint --help` says more)"
    )]
    [InlineData("fingerprint a b", "`b` is one word too many; it is `promptlsp fingerprint FILE` (`promptlsp fingerprint --help` says more)")]
    [InlineData("doctor a", "`a` is one word too many; `promptlsp doctor` takes only options (`promptlsp doctor --help` says more)")]
    [InlineData("show a.prompt v1", "`v1` is one word too many; a version goes behind the file: `a.prompt@v1` (`promptlsp show --help` says more)")]
    [InlineData("rollback a.prompt v1 -m x", "`v1` is one word too many; a version goes behind `--to`: `--to v1` (`promptlsp rollback --help` says more)")]
    [InlineData(
        "describe a.prompt",
        "`promptlsp describe` needs `-m NOTE`, as in `promptlsp describe prompts/reply.prompt v11 -m \"kinder to angry customers\"` (`promptlsp describe --help` says more)"
    )]
    [InlineData(
        "drift check",
        "`promptlsp drift check` needs an EVALUATION, as in `promptlsp drift check evaluations/tickets.yaml --format markdown` (`promptlsp drift check --help` says more)"
    )]
    [InlineData("check --baseline", "`--baseline` needs a value: `--baseline FILE` (`promptlsp check --help` says more)")]
    [InlineData("show a.prompt@", "behind the `@` of `a.prompt@` a version is missing: v12, a tag, a fingerprint's beginning, head, head~2")]
    [InlineData("render *.prompt", "there is no file `*.prompt`; folders are searched: name the folder")]
    [InlineData("check \"\"", "a path is empty; name a file or a folder")]
    [InlineData("render \"\"", "a path is empty; name a file or a folder")]
    [InlineData("check \u001b[31mred", "there is no file or folder `␛[31mred`; check the path")]
    [InlineData("completion tcsh", "there is no script for `tcsh`; there is one for bash, zsh, fish, powershell")]
    public async Task What_there_is_not_is_named(string command, string says)
    {
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal($"promptlsp: {says}\n", _shell.Error);
    }

    [Fact]
    public async Task An_answer_or_an_error_that_cannot_be_written_is_no_internal_error()
    {
        using var full = new FullDisk();
        using var error = new StringWriter { NewLine = "\n" };
        Terminal terminal = Silent with { Out = full, Error = error };
        Assert.Equal(2, await Run("rules", terminal));
        Assert.Equal("promptlsp: the answer cannot be written: the disk is full; check where it goes, and the disk\n", error.ToString());
        Assert.Equal(2, await Run("nonsense", terminal with { Error = full }));
    }

    [Fact]
    public async Task A_folder_that_somebody_has_removed_is_told_of()
    {
        using var error = new StringWriter { NewLine = "\n" };
        Terminal terminal = Silent with { Error = error, Folder = null };
        Assert.Equal(2, await Run("check", terminal));
        Assert.Equal("promptlsp: the folder that you are in is not there any more; go to one that is\n", error.ToString());
        Assert.Equal(0, await Run("--version", terminal));
    }

    [Fact]
    public async Task A_command_that_waits_for_standard_input_can_be_ended()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var never = new ManualResetEventSlim();
        Terminal terminal = Silent with
        {
            In = () =>
            {
                cancel.Cancel();
                never.Wait(TestContext.Current.CancellationToken);
                return TextReader.Null;
            },
        };
        Assert.Equal(130, await CommandLine.RunAsync(["check", "-"], terminal, cancel.Token));
        never.Set();
    }

    private Terminal Silent => new() { Out = TextWriter.Null, Error = TextWriter.Null, In = static () => TextReader.Null, Folder = _shell.Folder };

    private static Task<int> Run(string command, Terminal terminal) => CommandLine.RunAsync([command], terminal, TestContext.Current.CancellationToken);

    private sealed class FullDisk : StringWriter
    {
        // As the system says it.
        private static IOException Full => new("No space left on device", OperatingSystem.IsWindows() ? 112 : 28);

        public override void Write(char value) => throw Full;

        public override void Write(string? value) => throw Full;

        public override void WriteLine(string? value) => throw Full;
    }

    [Fact]
    public async Task Without_arguments_a_short_screen_says_what_there_is()
    {
        Assert.Equal(2, await _shell.Run(""));
        Assert.Equal("", _shell.Out);
        Assert.Contains("\n  promptlsp check prompts ", _shell.Error, StringComparison.Ordinal);
        Assert.InRange(_shell.Error.Count(c => c == '\n'), 5, 15);
    }

    [Theory]
    [InlineData("help check", "check --help")]
    [InlineData("help", "--help")]
    [InlineData("version", "--version")]
    public async Task What_other_programs_call_a_command_is_understood(string word, string option)
    {
        Assert.Equal(0, await _shell.Run(option));
        string answer = _shell.Out;
        Assert.Equal(0, await _shell.Run(word));
        Assert.Equal(answer, _shell.Out);
    }

    [Fact]
    public async Task Help_lists_the_commands_and_is_no_error()
    {
        Assert.Equal(0, await _shell.Run("--help"));
        Assert.Equal("", _shell.Error);
        Assert.Contains("  rules <RULE>  ", _shell.Out, StringComparison.Ordinal);
        Assert.All(_shell.Out.Split('\n'), static line => Assert.InRange(line.Length, 0, 160));
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
        Assert.All(
            CommandLine.Names,
            name => Assert.Contains(headings, h => h.Contains($"`{name}`", StringComparison.Ordinal) || h.Contains($"`{name} ", StringComparison.Ordinal))
        );
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
