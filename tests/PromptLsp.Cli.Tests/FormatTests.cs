using System.Text;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp format</c>: writes, or only tells.</summary>
public sealed class FormatTests : IDisposable
{
    private const string Loose = "---\nmodel:  x\n---\n{{a|b}}  text\n";
    private const string Even = "---\nmodel: x\n---\n{{ a | b }}  text\n";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Files_are_formatted_in_place_and_a_second_time_changes_nothing()
    {
        _shell.With("a.prompt", Loose).With("sub/b.prompt", Even);
        Assert.Equal(0, await _shell.Run("format"));
        Assert.Equal("a.prompt\n2 files, 1 formatted\n", _shell.Out);
        Assert.Equal(Even, _shell.Read("a.prompt"));
        Assert.Equal(0, await _shell.Run("format"));
        Assert.Equal("2 files, 0 formatted\n", _shell.Out);
    }

    [Fact]
    public async Task A_file_whose_name_is_as_long_as_can_be_is_formatted_too()
    {
        string name = new string('a', 248) + ".prompt";
        Assert.Equal(0, await _shell.With(name, Loose).Run("format"));
        Assert.Equal(Even, _shell.Read(name));
    }

    [Fact]
    public async Task Standard_input_keeps_its_byte_order_mark()
    {
        Assert.Equal(0, await _shell.Run("format -", "\uFEFF" + Loose));
        Assert.Equal("\uFEFF" + Even, _shell.Out);
        Assert.Equal(0, await _shell.Run("format -", Loose));
        Assert.Equal(Even, _shell.Out);
    }

    [Fact]
    public async Task Check_and_diff_only_tell()
    {
        _shell.With("a.prompt", Loose);
        Assert.Equal(1, await _shell.Run("format --check"));
        Assert.Equal("a.prompt\n1 file, 1 not formatted\n", _shell.Out);
        Assert.Equal(1, await _shell.Run("format --diff"));
        Assert.Contains("-{{a|b}}  text\n+{{ a | b }}  text\n", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(Loose, _shell.Read("a.prompt"));
        Assert.Equal(0, await _shell.With("a.prompt", Even).Run("format --check"));
    }

    [Fact]
    public async Task Standard_input_is_written_to_standard_output()
    {
        Assert.Equal(0, await _shell.Run("format -", Loose));
        Assert.Equal(Even, _shell.Out);
        Assert.Equal(1, await _shell.Run("format - --check --stdin-filename x.prompt", Loose));
        Assert.Equal("x.prompt\n", _shell.Out);
    }

    [Fact]
    public async Task A_byte_order_mark_and_line_ends_stay()
    {
        _shell.With("a.prompt", "\uFEFF{{a}}\r\n");
        Assert.Equal(0, await _shell.Run("format a.prompt"));
        Assert.Equal("\uFEFF{{ a }}\r\n", Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_shell.Folder, "a.prompt"))));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_keeps_nothing_else_back()
    {
        File.WriteAllBytes(Path.Combine(_shell.Folder, "a.prompt"), [0xFF]);
        Assert.Equal(2, await _shell.With("b.prompt", Loose).Run("format"));
        Assert.Equal("promptlsp: `a.prompt` is not UTF-8; save it as UTF-8\n", _shell.Error);
        Assert.Equal(Even, _shell.Read("b.prompt"));
    }
}
