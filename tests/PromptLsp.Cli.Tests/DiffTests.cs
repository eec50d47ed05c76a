using System.Text.Json;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Diffs;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>Versions are compared: as text, as what the model gets, and line by line with the version each line came with.</summary>
public sealed class DiffTests : IDisposable
{
    private const string Prompt = HistoryShell.Prompt;

    private const string Greeting = """
        ---
        input: { schema: { customer: string } }
        samples: { ada: { customer: Ada } }
        ---
        Hello {{ customer }}.
        {{ include 'tone' }}

        """;

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_file_is_compared_with_the_newest_version()
    {
        await _shell.Version("You are kind.\nBe short.\n");
        _shell.Shell.With(Prompt, "You are kind.\nBe very short.\n");
        await Differs($"diff {Prompt}", $"""
            --- {Prompt}@v1
            +++ {Prompt}
            @@ -1,2 +1,2 @@
             You are kind.
            -Be short.
            +Be very short.

            """);
    }

    [Theory]
    [InlineData("@v1", "v1", "the file")]
    [InlineData(" v1", "v1", "the file")]
    [InlineData("@v1 v2", "v1", "v2")]
    [InlineData("@v2 v1", "v2", "v1")]
    [InlineData("@head~1 stable", "v1", "v2")]
    [InlineData("@v1 " + Prompt + "@v2", "v1", "v2")]
    [InlineData("@v1 " + Prompt, "v1", "the file")]
    [InlineData(" v1 " + Prompt, "v1", "the file")]
    public async Task Any_two_versions_are_compared(string references, string old, string @new)
    {
        await _shell.Version("1\n");
        await _shell.Version("2\n");
        await _shell.Run($"tag {Prompt} stable");
        _shell.Shell.With(Prompt, "3\n");
        await Differs($"diff {Prompt}{references} --stat", $"{Prompt}@{old} → {Prompt}{(@new == "the file" ? "" : "@" + @new)}  +1 −1\n");
    }

    [Fact]
    public async Task The_same_text_is_no_difference_whatever_its_line_ends()
    {
        await _shell.Version("1\n2\n");
        _shell.Shell.With(Prompt, "1\r\n2\r\n");
        Assert.Equal(0, await _shell.Run($"diff {Prompt}"));
        Assert.Equal(("", ""), (_shell.Out, _shell.Error));
    }

    [Fact]
    public async Task Old_and_new_stand_side_by_side()
    {
        await _shell.Version("You are kind.\nBe short.\nBye.\n");
        _shell.Shell.With(Prompt, "You are kind.\nBe very short.\nAnd clear.\nBye.\n");
        await Differs($"diff {Prompt} --side-by-side", $"""
            {Prompt}@v1                                    │ {Prompt}
             1  You are kind.                                          │  1  You are kind.
             2  Be short.                                              │  2  Be very short.
                                                                       │  3  And clear.
             3  Bye.                                                   │  4  Bye.

            """);
    }

    [Fact]
    public async Task A_change_that_came_through_another_file_is_told()
    {
        _shell.Shell.With("prompts/_tone.prompt", "Be kind.\n");
        await _shell.Version(Greeting);
        _shell.Shell.With("prompts/_tone.prompt", "Be kind.\nBe short.\n");
        await Differs($"diff {Prompt}", "changed through prompts/_tone.prompt, +1 −0\n");
        Assert.Equal(1, await _shell.Run($"diff {Prompt} --format json"));
        Assert.Equal("prompts/_tone.prompt", _shell.Json.GetProperty("changedThrough")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task What_the_model_gets_is_compared()
    {
        _shell.Shell.With("prompts/_tone.prompt", "Be kind.\n");
        await _shell.Version(Greeting);
        _shell
            .Shell.With("prompts/_tone.prompt", "Be short.\n")
            .With(Prompt, Greeting.Replace("{ customer: Ada }", "{ customer: Grace }", StringComparison.Ordinal));
        await Differs(
            $"diff {Prompt} --rendered --sample ada",
            $"""
            --- {Prompt}@v1
            +++ {Prompt}
            @@ -1,3 +1,3 @@
             ── user ──
             Hello Grace.
            -Be kind.
            +Be short.

            """);
    }

    [Fact]
    public async Task A_refactoring_that_changes_nothing_shows_nothing()
    {
        _shell.Shell.With("prompts/_tone.prompt", "Be kind.\n");
        await _shell.Version(Greeting);
        _shell.Shell.With(
            Prompt,
            Greeting
                .Replace("{{ include 'tone' }}", "Be kind.", StringComparison.Ordinal)
                .Replace("{{ customer }}", "{{ customer }}{{ # who asks }}", StringComparison.Ordinal)
        );
        Assert.Equal(0, await _shell.Run($"diff {Prompt} --rendered --set customer=Ada"));
        Assert.Equal("", _shell.Out);
    }

    [Fact]
    public async Task An_input_that_only_the_old_version_reads_comes_from_its_own_sample()
    {
        await _shell.Version("---\ninput: { schema: { a: string } }\nsamples: { one: { a: Old } }\n---\nHello {{ a }}.\n");
        _shell.Shell.With(Prompt, "---\ninput: { schema: { b: string } }\nsamples: { one: { b: New } }\n---\nHello {{ b }}.\n");
        Assert.Equal(1, await _shell.Run($"diff {Prompt} --rendered --sample one"));
        Assert.Contains("-Hello Old.\n+Hello New.\n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_the_old_version_misses_is_asked_for_whatever_sample_is_named()
    {
        await _shell.Version("---\ninput: { schema: { count: integer } }\nsamples: { one: { count: 1 } }\n---\nWrites: {{ count }}\n");
        _shell.Shell.With(Prompt, "---\ninput: { schema: { b?: string } }\nsamples: { angry: { b: x }, one: { b: y } }\n---\nWrites: {{ b }}\n");
        foreach (string given in (string[])["", " --sample angry"])
        {
            string command = given.Length == 0 ? $"diff {Prompt} --rendered --input b.yaml" : $"diff {Prompt} --rendered --sample angry";
            _shell.Shell.With("b.yaml", "b: x");
            Assert.Equal(2, await _shell.Run(command));
            Assert.Equal($"promptlsp: `{Prompt}@v1` needs `count`; give it with --set name=value, --input FILE or --sample NAME\n", _shell.Error);
            Assert.Equal(1, await _shell.Run(command + " --set count=3"));
            Assert.Contains("-Writes: 3\n+Writes: x\n", _shell.Out, StringComparison.Ordinal);
            Assert.Equal(2, await _shell.Run(command + " --set cuont=3"));
        }
        Assert.Equal(1, await _shell.Run($"diff {Prompt} --rendered --sample one"));
    }

    [Fact]
    public async Task A_version_that_does_not_render_is_told()
    {
        await _shell.Version("{{ include 'none' }}\n");
        Assert.Equal(2, await _shell.Run($"diff {Prompt} --rendered"));
        Assert.Matches($"^promptlsp: `{Prompt}(@v1)?` does not render: .+\n$", _shell.Error);
    }

    [Fact]
    public async Task A_program_is_told_the_words_too()
    {
        await _shell.Version("Be short.\n");
        _shell.Shell.With(Prompt, "Be brief.\n");
        Assert.Equal(1, await _shell.Run($"diff {Prompt} --format json"));
        Assert.Equal((1, JsonValueKind.Null), (_shell.Json.GetProperty("old").GetProperty("version").GetInt32(), _shell.Json.GetProperty("new").ValueKind));
        JsonElement line = _shell.Json.GetProperty("hunks")[0].GetProperty("lines")[1];
        Assert.Equal(
            ("added", "Be brief.", 3, 8),
            (
                line.GetProperty("kind").GetString(),
                line.GetProperty("text").GetString(),
                line.GetProperty("words")[0].GetProperty("start").GetInt32(),
                line.GetProperty("words")[0].GetProperty("end").GetInt32()
            )
        );
    }

    [Fact]
    public void Changed_words_stand_out_on_a_terminal()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output,
            Error = output,
            In = () => TextReader.Null,
            Folder = "/",
            HasColours = true,
            IsInteractive = true,
            Width = 40,
        };
        LineDiff diff = LineDiff.Of("Be short.\n", "Be brief\u202E.\n");
        DiffReport.WriteUnified(diff, "old", "new", terminal);
        Assert.Contains("\x1b[31m-\x1b[0m\x1b[31mBe \x1b[0m\x1b[7;31mshort\x1b[0m\x1b[31m.\x1b[0m\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("<U+202E>", output.ToString(), StringComparison.Ordinal);
        output.GetStringBuilder().Clear();
        DiffReport.WriteSideBySide(diff, "old", "new", terminal);
        Assert.Contains("\x1b[31mBe \x1b[0m\x1b[7;31mshort\x1b[0m\x1b[31m.\x1b[0m      │", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b c", 10, "a b c     ")]
    [InlineData("", 3, "   ")]
    [InlineData("one two three", 8, "one two |three   ")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij  ")]
    [InlineData("日本語", 4, "日本|語  ")]
    [InlineData("a\tb", 8, "a    b  ")]
    [InlineData("日", 1, "日")]
    public void A_line_is_broken_to_the_width_of_its_column(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', new Column(text, width).Lines));

    [Fact]
    public async Task Each_line_is_told_with_the_version_that_last_changed_it()
    {
        await _shell.Version("You are kind.\nBe short.\n", "first");
        await _shell.Version("You are kind.\nBe brief.\n", "said better");
        _shell.Shell.With(Prompt, "You are kind.\nBe brief.\nBye.\n");
        Assert.Equal(0, await _shell.Run($"blame {Prompt}"));
        Assert.Equal("""
            v1  Ada  just now   first        1 │ You are kind.
            v2  Ada  just now   said better  2 │ Be brief.
                     not saved               3 │ Bye.

            """.ReplaceLineEndings("\n"), _shell.Out);
        Assert.Equal(0, await _shell.Run($"blame {Prompt} --format json"));
        Assert.Equal(["1", "2", "null"], _shell.Json.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("version").GetRawText()));
        Assert.Equal(["2", "1"], _shell.Json.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("version").GetRawText()));
        Assert.Equal(0, await _shell.Run($"blame {Prompt}@v1"));
        Assert.Equal("v1  Ada  just now  first  1 │ You are kind.\nv1  Ada  just now  first  2 │ Be short.\n", _shell.Out);
    }

    private async Task Differs(string command, string expected)
    {
        Assert.Equal((1, ""), (await _shell.Run(command), _shell.Error));
        Assert.Equal(expected.ReplaceLineEndings("\n"), _shell.Out);
    }
}
