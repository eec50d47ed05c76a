using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>What a shell puts in for Tab: one word, quoted as that shell needs it, of which nothing is ever run.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task Every_shells_script_asks_what_could_stand_there(string shell)
    {
        Assert.Equal(0, await _shell.Run("completion " + shell));
        Assert.Contains($"promptlsp \"[complete:{shell}]\"", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("compgen", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("eval", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fing", "fingerprint")]
    [InlineData("check --f", "--fix --format")]
    [InlineData("check --format s", "sarif")]
    [InlineData("check --format=g", "--format=github")]
    [InlineData("check --format=", "--format=github --format=json --format=sarif --format=text")]
    [InlineData("completion f", "fish")]
    [InlineData("rules undefined-v", "undefined-variable")]
    [InlineData("check --rule undefined-v", "undefined-variable")]
    [InlineData("check --fix ", "")]
    [InlineData("check pro", "")]
    public async Task What_could_stand_there_is_told(string line, string words) => Assert.Equal(words, string.Join(' ', await Words("zsh", line)));

    [Fact]
    public async Task Samples_tags_and_versions_are_known()
    {
        _shell.With("a.prompt", "---\nsamples: { angry: {}, calm: {} }\n---\nHi").With("promptlsp.yaml", "");
        await _shell.Run("snapshot");
        await _shell.Run("tag a.prompt stable");
        await _shell.With("a.prompt", "Ho").Run("snapshot");
        _shell.With("a.prompt", "---\nsamples: { angry: {}, calm: {} }\n---\nHi");
        Assert.Equal(["angry", "calm"], await Words("zsh", "render a.prompt --sample "));
        Assert.Equal(["angry"], await Words("zsh", "render a.prompt --sample an"));
        Assert.Equal(["stable", "v1", "v2"], await Words("zsh", "rollback a.prompt --to "));
        Assert.Equal(["a.prompt@stable", "a.prompt@v1", "a.prompt@v2"], await Words("zsh", "show a.prompt@"));
        Assert.Equal(["stable"], await Words("zsh", "untag a.prompt "));
        Assert.Empty(await Words("zsh", "render nowhere.prompt --sample "));
    }

    [Fact]
    public async Task Environments_and_evaluations_are_known()
    {
        _shell.With("promptlsp.yaml", "environments: [dev, production]\n").With("a.prompt", "Hi");
        _shell.With("evaluations/tickets.yaml", "prompt: a.prompt\nrows: [{}]\nexpect: [{ contains: x }]\n");
        await _shell.Run("snapshot");
        Assert.Equal(["production"], await Words("zsh", "env pro"));
        Assert.Equal(["dev", "production"], await Words("zsh", "freeze "));
        Assert.Equal(["dev", "production"], await Words("zsh", "promote a.prompt --to "));
        Assert.Equal(["evaluations/tickets.yaml"], await Words("zsh", "eval e"));
        Assert.Equal(["v1"], await Words("zsh", "eval evaluations/tickets.yaml --ref "));
    }

    [Theory]
    [InlineData("render a.prompt --sample ", "", @"\$\(touch\ x\) it\'s new\ customer")]
    [InlineData("render a.prompt --sample n", "n", @"new\ customer")]
    [InlineData(@"render a.prompt --sample new\ c", @"new\ c", @"new\ customer")]
    [InlineData("render a.prompt --sample \"new c", "new c", "new customer")]
    [InlineData("render a.prompt --sample 'it", "it", @"it'\''s")]
    [InlineData("render a.prompt --sample \"$", "$", @"\$(touch x)")]
    [InlineData("show a.prompt@v", "v", "v1")]
    [InlineData("show a.prompt@v", "@v", "@v1")]
    [InlineData("show a.prompt@v", "a.prompt@v", "a.prompt@v1")]
    [InlineData("check --format=g", "g", "github")]
    public async Task Bash_gets_what_it_replaces_and_quoted(string line, string replaced, string words)
    {
        _shell
            .With("promptlsp.yaml", "")
            .With("a.prompt", "---\nsamples: { \"$(touch x)\": {}, \"new customer\": {}, \"it's\": {}, \"two\\nlines\": {} }\n---\nHi");
        await _shell.Run("snapshot");
        Assert.Equal(words, string.Join(' ', await Words("bash", line, replaced)));
    }

    [Fact]
    public async Task PowerShell_gets_literal_words()
    {
        _shell.With("a.prompt", "---\nsamples: { \"$(touch x)\": {}, plain: {}, \"it's\": {} }\n---\nHi");
        Assert.Equal(["'$(touch x)'", "'it''s'", "plain"], await Words("powershell", "render a.prompt --sample "));
    }

    [Theory]
    [InlineData("render a.prompt --sample \\$\\(touch\\ PWNED1\t", "<render><a.prompt><--sample><$(touch PWNED1)>")]
    [InlineData("render a.prompt --sample \\`\t", "<render><a.prompt><--sample><`touch PWNED2`>")]
    [InlineData("render a.prompt --sample a\t", "<render><a.prompt><--sample><a;touch PWNED3>")]
    [InlineData("render a.prompt --sample new\t", "<render><a.prompt><--sample><new customer>")]
    [InlineData("render a.prompt --sample \"new c\t", "<render><a.prompt><--sample><new customer>")]
    [InlineData("render a.prompt --sample 'new c\t", "<render><a.prompt><--sample><new customer>")]
    [InlineData("render a.prompt --sample \"wo\t", "<render><a.prompt><--sample><wow!x>")]
    [InlineData("show prompts/support2.prompt@p\t", "<show><prompts/support2.prompt@prod>")]
    [InlineData("show \"prompts/support2.prompt@p\t", "<show><prompts/support2.prompt@prod>")]
    [InlineData("check --format=g\t", "<check><--format=github>")]
    [InlineData("check prompts/odd\t", "<check><prompts/odd\r\n$(touch PWNED4).prompt>")]
    [InlineData("render a.prompt --sample \t\t", "<render><a.prompt><--sample>")]
    public async Task Bash_itself_puts_in_one_word_and_runs_nothing(string typed, string words)
    {
        if (!OperatingSystem.IsLinux())
            return;
        _shell
            .With("promptlsp.yaml", "")
            .With("prompts/support2.prompt", "Hi")
            .With("prompts/odd\n$(touch PWNED4).prompt", "Hi")
            .With(
                "a.prompt",
                "---\nsamples: { \"$(touch PWNED1)\": {}, \"`touch PWNED2`\": {}, \"a;touch PWNED3\": {}, \"new customer\": {}, \"wow!x\": {}, \"two\\nlines\": {} }\n---\nHi"
            );
        await _shell.Run("snapshot prompts/support2.prompt");
        await _shell.Run("tag prompts/support2.prompt prod");
        string[] before = Files();
        // What is completed is shown, not run; the same function completes both.
        _shell.With(
            ".promptlsp/rc",
            "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'\nsource <(promptlsp completion bash)\nshown() { printf '['; printf '<%s>' \"$@\"; printf ']\\n'; exit; }\n"
                + "complete -o bashdefault -o default -F _promptlsp shown\n"
        );
        (_, string screen, _) = await OtherProcess.Run(
            _shell.Folder,
            $"shown {typed}\n",
            "script",
            "-qec",
            "bash --noprofile --rcfile .promptlsp/rc -i",
            "/dev/null"
        );
        Assert.Contains($"[{words}]", screen, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    private string[] Files() =>
        [
            .. Directory
                .GetFiles(_shell.Folder, "*", SearchOption.AllDirectories)
                .Where(f => !f.Contains(".promptlsp", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    private async Task<string[]> Words(string shell, string line, params string[] replaced)
    {
        var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = output, Error = TextWriter.Null, In = () => TextReader.Null, Folder = _shell.Folder };
        Assert.Equal(0, await CommandLine.RunAsync([$"[complete:{shell}]", "promptlsp " + line, .. replaced], terminal, TestContext.Current.CancellationToken));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
