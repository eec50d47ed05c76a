using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>A prompt that was renamed and edited at once keeps its history, if it is sure where it went.</summary>
public sealed class RenamedPromptTests : IDisposable
{
    private static readonly string Text = string.Concat(Enumerable.Range(1, 20).Select(i => $"Rule {i} says what to do.\n"));

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    private static string Edited(int line) => Text.Replace($"Rule {line} says", $"Rule {line} tells", StringComparison.Ordinal);

    private HistoryShell With(string path, string text)
    {
        _shell.Shell.With(path, text);
        return _shell;
    }

    private void Without(string path) => _shell.Shell.Without(path);

    [Fact]
    public async Task An_edited_line_does_not_part_it_from_its_history()
    {
        await With("p/a.prompt", Text).Run("snapshot");
        Without("p/a.prompt");
        Assert.Equal(0, await With("p/b.prompt", Edited(7)).Run("snapshot"));
        Assert.Equal("moved    p/a.prompt → p/b.prompt\nv2       p/b.prompt  afca592a  +1 −1\n1 prompt, 1 new version\n", _shell.Out);
        Assert.Equal("v2 observed\nv1 observed\n", await _shell.Log("p/b.prompt"));
        Assert.Equal(0, await _shell.Run("audit verify"));
    }

    [Fact]
    public async Task Of_two_that_are_as_like_none_is_taken()
    {
        await With("p/a.prompt", Text).Run("snapshot");
        Without("p/a.prompt");
        With("p/b.prompt", Edited(7));
        With("p/c.prompt", Edited(9));
        Assert.Equal(2, await _shell.Run("log p/b.prompt"));
        Assert.Equal("promptlsp: `p/b.prompt` has no history yet; `promptlsp snapshot p/b.prompt` begins one\n", _shell.Error);
        await _shell.Run("snapshot");
        Assert.Contains("deleted  p/a.prompt\n", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("moved", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_likest_is_taken()
    {
        await With("p/a.prompt", Text).Run("snapshot");
        Without("p/a.prompt");
        With("p/b.prompt", Edited(7).Replace("Rule 3", "Law 3", StringComparison.Ordinal));
        await With("p/c.prompt", Edited(9)).Run("snapshot");
        Assert.Contains("moved    p/a.prompt → p/c.prompt\n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_another_prompt_begins_anew()
    {
        await With("p/a.prompt", Text).Run("snapshot");
        Without("p/a.prompt");
        await With(
                "p/b.prompt",
                string.Concat(Text.Split('\n').Take(10).Select(l => l + "\n"))
                    + string.Concat(Enumerable.Range(1, 10).Select(i => $"Another thing {i} to know.\n"))
            )
            .Run("snapshot");
        Assert.Contains("deleted  p/a.prompt\n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_may_be_exchanged_with_edits_elsewhere()
    {
        string other = Text.Replace("Rule", "Hint", StringComparison.Ordinal);
        With("p/a.prompt", Text);
        await With("p/b.prompt", other).Run("snapshot");
        Without("p/a.prompt");
        Without("p/b.prompt");
        With("q/b.prompt", Edited(1));
        await With("q/a.prompt", other.Replace("Hint 2 ", "Clue 2 ", StringComparison.Ordinal)).Run("snapshot");
        Assert.Contains("moved    p/a.prompt → q/b.prompt\n", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("moved    p/b.prompt → q/a.prompt\n", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Commands_that_read_name_the_history_that_it_has_under_its_old_name(int line)
    {
        await With("p/a.prompt", Text).Run("snapshot");
        Without("p/a.prompt");
        With("p/b.prompt", line == 0 ? Text : Edited(line));
        foreach (string command in (string[])["log p/b.prompt", "show p/b.prompt@v1", "diff p/b.prompt", "blame p/b.prompt"])
        {
            Assert.Equal(2, await _shell.Run(command));
            Assert.Equal(
                "promptlsp: `p/b.prompt` has no history under this name yet, but that of `p/a.prompt`, which is gone: `promptlsp snapshot` carries it over, `promptlsp log p/a.prompt` shows it\n",
                _shell.Error
            );
        }
        Assert.Equal(0, await _shell.Run("tag p/b.prompt x"));
        Assert.Equal(line == 0 ? "v1 observed x\n" : "v2 observed x\nv1 observed\n", await _shell.Log("p/b.prompt"));
    }
}
