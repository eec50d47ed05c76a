using System.Diagnostics;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>An emptied file makes no version and stops nothing: it is the moment at which somebody needs the history.</summary>
public sealed class EmptiedPromptTests : IDisposable
{
    private const string Prompt = HistoryShell.Prompt;

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public async Task A_snapshot_says_so_and_goes_on(string nothing)
    {
        await _shell.Version("1\n");
        _shell.Shell.With(Prompt, nothing).With("prompts/new.prompt", nothing).With("prompts/other.prompt", "Hi");
        Assert.Equal(0, await _shell.Run("snapshot"));
        Assert.Equal($"`prompts/new.prompt` is empty, which makes no version\n`{Prompt}` is empty, which makes no version\n", _shell.Error);
        Assert.Equal("v1       prompts/other.prompt  3639efcd\n3 prompts, 1 new version\n", _shell.Out);
        Assert.Equal("v1 observed\n", await _shell.Log());
        await Whole();
        await _shell.Run("snapshot --format json");
        Assert.Equal(2, _shell.Json.GetProperty("empty").GetArrayLength());
    }

    [Theory]
    [InlineData("1\n", "v1", "v2 rolled-back \"oops\"\nv1 observed\n", "1\n")]
    [InlineData("1\n2\n", "v2", "v2 observed\nv1 observed\n", "1\n2\n")]
    public async Task It_comes_back(string text, string version, string log, string then)
    {
        await _shell.Version("1\n");
        if (text != "1\n")
            await _shell.Version(text);
        else
            await _shell.Version("other\n");
        _shell.Shell.With(Prompt, "");
        Assert.Equal(0, await _shell.Run($"rollback {Prompt} --to {version} -m oops"));
        Assert.Contains("it was empty before", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(then, _shell.Text);
        Assert.Equal(text == "1\n" ? "v3 rolled-back \"oops\"\nv2 observed\nv1 observed\n" : log, await _shell.Log());
        await Whole();
    }

    [Theory]
    [InlineData($"tag {Prompt} stable")]
    [InlineData($"describe {Prompt} -m why")]
    public async Task It_is_no_version_to_speak_of(string command)
    {
        _shell.Shell.With(Prompt, "");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal($"promptlsp: `{Prompt}` is empty, which makes no version; write something first\n", _shell.Error);
        await _shell.Version("1\n");
        _shell.Shell.With(Prompt, "");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal($"promptlsp: `{Prompt}` is empty, which makes no version; name one: v1 is the newest\n", _shell.Error);
        Assert.Equal(0, await _shell.Run($"tag {Prompt} stable --at v1"));
    }

    [Fact]
    public async Task What_a_prompt_pulls_in_may_be_empty()
    {
        _shell.Shell.With("promptlsp.yaml", "partials: [prompts]\ncontext: { brand: brand.yaml }\n").With("prompts/_voice.prompt", "").With("brand.yaml", "");
        await _shell.Version("{{ include 'voice' }} {{ brand }}\n");
        Assert.Equal("v1 observed\n", await _shell.Log());
        _shell.Shell.With("prompts/_voice.prompt", "Kind.");
        await _shell.Version("{{ include 'voice' }}, {{ brand }}\n");
        Assert.Equal((1, ""), (await _shell.Run($"diff {Prompt}@v1 v2 --rendered"), _shell.Error));
        Assert.Contains("Kind.", _shell.Out, StringComparison.Ordinal);
        await Whole();
    }

    [Fact]
    public async Task Git_may_have_known_it_empty()
    {
        Directory.Delete(Path.Combine(_shell.Shell.Folder, ".git"), recursive: true);
        Git("init", "-q");
        string[] texts = ["1\n", "", "2\n", ""];
        foreach (string text in texts)
        {
            _shell.Shell.With(Prompt, text);
            Git("add", "-A");
            Git("-c", "user.name=Grace", "-c", "user.email=g@example.com", "commit", "-qm", "Change");
        }
        Assert.Equal(0, await _shell.Run("import-git prompts"));
        Assert.Equal("v2 imported \"Change\"\nv1 imported \"Change\"\n", await _shell.Log());
        await Whole();
    }

    private async Task Whole()
    {
        Assert.Equal(0, await _shell.Run("audit verify"));
        await _shell.Run("doctor");
        Assert.Contains(", whole\n", _shell.Out, StringComparison.Ordinal);
    }

    private void Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _shell.Shell.Folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
