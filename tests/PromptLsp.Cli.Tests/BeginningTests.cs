using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>init</c> and <c>new</c>: what they write is clean, its tests pass, and nothing that is there is touched.</summary>
public sealed class BeginningTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_new_workspace_is_clean_and_its_tests_pass()
    {
        Assert.Equal(0, await _shell.Run("init"));
        Assert.Equal(
            "wrote  promptlsp.yaml\nwrote  promptlsp.schema.json\nwrote  prompts/example.prompt\nwrote  prompts/partials/_voice.prompt\nwrote  .github/workflows/prompts.yml\n",
            _shell.Out
        );
        Assert.StartsWith("# yaml-language-server: $schema=./promptlsp.schema.json\n", _shell.Read("promptlsp.yaml"), StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("check --severity hint"));
        Assert.Equal(0, await _shell.Run("test"));
        Assert.Contains("1 test, 1 passed", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("format --check"));
        Assert.Equal(0, await _shell.Run("render prompts/example.prompt"));
        Assert.Contains("Write in a plain tone", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_stays()
    {
        _shell.With("sub/promptlsp.yaml", "rules: { unused-input: off }\n");
        Assert.Equal(0, await _shell.Run("init sub"));
        Assert.StartsWith("kept   sub/promptlsp.yaml\nwrote  sub/promptlsp.schema.json\n", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("rules: { unused-input: off }\n", _shell.Read("sub/promptlsp.yaml"));
        Assert.Equal(2, await _shell.Run("init sub/promptlsp.yaml"));
    }

    [Theory]
    [InlineData("chat", false)]
    [InlineData("extraction", false)]
    [InlineData("partial", false)]
    [InlineData("chat", true)]
    [InlineData("extraction", true)]
    [InlineData("partial", true)]
    public async Task Every_template_is_clean_and_in_the_dialect_of_its_neighbours(string template, bool inHandlebars)
    {
        if (inHandlebars)
            _shell.With("prompts/menu.prompt", "{{#if a}}{{a}}{{/if}}{{> voice}}\n").With("other.prompt", "{{ if a }}{{ end }}\n");
        string file = template == "partial" ? "prompts/_voice" : "prompts/reply";
        Assert.Equal((0, $"wrote {file}.prompt\n"), (await _shell.Run($"new {file} --template {template}"), _shell.Out));
        Assert.Equal(0, await _shell.Run($"check {file}.prompt --severity hint"));
        Assert.Equal(0, await _shell.Run($"test {file}.prompt"));
        Assert.Equal(0, await _shell.Run($"format {file}.prompt --check"));
        Assert.Equal(0, await _shell.Run($"render {file}.prompt"));
        Assert.Equal(0, await _shell.Run($"inspect {file}.prompt"));
        Assert.Contains($"\"template\": \"{(inHandlebars ? "handlebars" : "scriban")}\"", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_yaml_would_misread_is_quoted()
    {
        Assert.Equal(0, await _shell.Run("new \"1: a\""));
        Assert.Contains("name: \"1: a\"\n", _shell.Read("1: a.prompt"), StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("check"));
    }

    [Theory]
    [InlineData("new", "`promptlsp new` needs a FILE")]
    [InlineData("new a", "`a.prompt` is there already, and stays as it is")]
    [InlineData("new a.prompt", "`a.prompt` is there already, and stays as it is")]
    [InlineData("new sub/", "`sub/` names no file")]
    [InlineData("new \"a\tb\"", "a prompt's name holds no line ends, tabs or the like")]
    [InlineData("new b --template chta", "`--template chta` is none of chat, extraction, partial")]
    [InlineData("new a.prompt/b", "`a.prompt/b.prompt` cannot be written")]
    public async Task What_cannot_be_written_is_one_line(string command, string says)
    {
        Assert.Equal(2, await _shell.With("a.prompt", "Hi").Run(command));
        Assert.StartsWith("promptlsp: " + says, _shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, _shell.Error.Count(c => c == '\n'));
        Assert.Equal("Hi", _shell.Read("a.prompt"));
    }

    [Theory]
    [InlineData("check prompts/repyl.prompt", "did you mean `prompts/reply.prompt`?")]
    [InlineData("check promts", "did you mean `prompts`?")]
    [InlineData("render promts/reply.prompt", "did you mean `prompts/reply.prompt`?")]
    [InlineData("render prompts/reply", "did you mean `prompts/reply.prompt`?")]
    [InlineData("render Prompts/Reply.prompt", "did you mean `prompts/reply.prompt`?")]
    [InlineData("inspect reply.prompt", "did you mean `prompts/reply.prompt`?")]
    [InlineData("fingerprint reply", "did you mean `prompts/reply.prompt`?")]
    [InlineData("log prompts/repyl.prompt", "did you mean `prompts/reply.prompt`?")]
    [InlineData("snapshot prompts/repyl.prompt", "did you mean `prompts/reply.prompt`?")]
    [InlineData("render nowhere/at/all.prompt", "check the path")]
    public async Task A_misspelt_path_gets_a_suggestion(string command, string advice)
    {
        Assert.Equal(2, await _shell.With("prompts/reply.prompt", "Hi").Run(command));
        Assert.EndsWith($"; {advice}\n", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new ../../../etc/x")]
    [InlineData("new /etc/x")]
    [InlineData("new prompts/../../x.prompt")]
    public async Task A_prompt_is_made_in_its_workspace_only(string command)
    {
        _shell.With("promptlsp.yaml", "");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal($"promptlsp: `{command[4..]}` is outside of this workspace, {_shell.Folder}; go to the one it is for\n", _shell.Error);
        var below = new Shell(Path.Combine(_shell.Folder, "prompts"));
        Directory.CreateDirectory(below.Folder);
        Assert.Equal(0, await below.Run("new ../top"));
    }

    [Theory]
    [InlineData("init", "promptlsp.yaml")]
    [InlineData("new pr/b", "pr/b.prompt")]
    public async Task Where_nothing_can_be_written_nothing_is_left_and_the_reason_is_told(string command, string file)
    {
        if (OperatingSystem.IsWindows())
            return;
        (int status, _, string error) = await OtherProcess.Run(_shell.Folder, "", "sh", "-c", $"ulimit -f 0; promptlsp {command}");
        Assert.Equal(
            (
                2,
                $"promptlsp: `{file}` cannot be written (the file would be larger than this session may write); check the path, its permissions and the disk\n"
            ),
            (status, error)
        );
        Assert.Empty(Directory.GetFiles(_shell.Folder, "*", SearchOption.AllDirectories));
    }
}
