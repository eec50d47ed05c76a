using PromptLsp.Testing;

namespace PromptLsp.Cli.Tests;

/// <summary>Pipes and devices in the place of files: every command names them in a line and goes on or ends; none waits.</summary>
public sealed class SpecialFilesTests : IDisposable
{
    private readonly Shell _shell = new Shell().With("good.prompt", "---\ndescription: A.\nowner: me\n---\nHello.\n");

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("check pipe.prompt")]
    [InlineData("check link.prompt")]
    [InlineData("render pipe.prompt")]
    [InlineData("render link.prompt")]
    [InlineData("inspect pipe.prompt")]
    [InlineData("fingerprint pipe.prompt")]
    [InlineData("format pipe.prompt")]
    [InlineData("test pipe.prompt")]
    [InlineData("snapshot pipe.prompt")]
    [InlineData("render good.prompt --input pipe.prompt")]
    [InlineData("render good.prompt --history pipe.prompt")]
    [InlineData("check good.prompt --baseline pipe.prompt")]
    [InlineData("check good.prompt --write-baseline pipe.prompt")]
    [InlineData("doctor --restore-history pipe.prompt")]
    public async Task One_that_is_named_ends_the_command_with_a_line(string command)
    {
        Pipe("pipe.prompt");
        File.CreateSymbolicLink(Path.Join(_shell.Folder, "link.prompt"), "/dev/zero");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Matches(@"^[^\n]*(pipe|link)\.prompt[^\n]*\n\z", _shell.Error);
    }

    [Theory]
    [InlineData("check .", 1)]
    [InlineData("test .", 2)]
    [InlineData("snapshot .", 2)]
    [InlineData("format --check .", 2)]
    [InlineData("duplicates .", 2)]
    [InlineData("portfolio", 2)]
    [InlineData("site --out pages", 2)]
    public async Task One_in_a_folder_is_named_and_the_others_are_dealt_with(string command, int status)
    {
        Pipe("pipe.prompt");
        Assert.Equal(status, await _shell.Run(command));
        Assert.Contains("pipe.prompt", _shell.Out + _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test .", "promptlsp: ", 2)]
    [InlineData("format --check .", "promptlsp: ", 2)]
    [InlineData("duplicates .", "promptlsp: ", 2)]
    [InlineData("portfolio", "promptlsp: ", 2)]
    [InlineData("site --out pages", "promptlsp: ", 2)]
    [InlineData("check .", "", 1)]
    public async Task One_that_is_no_text_or_too_large_is_named_too(string command, string mark, int status)
    {
        await File.WriteAllBytesAsync(Path.Join(_shell.Folder, "picture.prompt"), [0x89, 0x50, 0xFF, 0xFE], TestContext.Current.CancellationToken);
        _shell.With("large.prompt", new string('x', (5 * 1024 * 1024) + 1));
        Assert.Equal(status, await _shell.Run(command));
        string told = status == 1 ? _shell.Out : _shell.Error;
        Assert.Contains(mark + "`picture.prompt` is not UTF-8; save it as UTF-8", told, StringComparison.Ordinal);
        const string TooLarge = "`large.prompt` is over 5 MB and is not read; divide it, or give what is no prompt another ending";
        Assert.Contains(mark + TooLarge, told, StringComparison.Ordinal);
        if (command.StartsWith("site", StringComparison.Ordinal))
            Assert.Contains("wrote 1 prompt,", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("promptlsp.yaml")]
    [InlineData(".gitignore")]
    [InlineData("brand.yaml")]
    [InlineData("_voice.prompt")]
    [InlineData(".git/HEAD")]
    [InlineData(".git/config")]
    [InlineData(".git/index")]
    [InlineData(".git/packed-refs")]
    [InlineData(".git/refs/heads/main")]
    [InlineData(".git")]
    [InlineData(".promptlsp/.gitignore")]
    [InlineData(".promptlsp/history.db")]
    [InlineData(".promptlsp/history.db-wal")]
    [InlineData(".promptlsp/history.db-shm")]
    [InlineData(".promptlsp/history.db-journal")]
    public async Task One_in_the_place_of_any_file_that_is_looked_for_holds_up_no_command(string path)
    {
        if (path != "promptlsp.yaml")
            _shell.With("promptlsp.yaml", "context:\n  brand: brand.yaml\n");
        if (path.StartsWith(".git/", StringComparison.Ordinal) && path != ".git/HEAD")
            _shell.With(".git/HEAD", "ref: refs/heads/main\n");
        _shell.With("uses.prompt", "---\ndescription: A.\nowner: me\n---\n{{ include \"voice\" }} {{ brand }}\n");
        Pipe(path);
        foreach (
            string command in (string[])
                [
                    "check .",
                    "render uses.prompt",
                    "inspect uses.prompt",
                    "fingerprint uses.prompt",
                    "snapshot .",
                    "log uses.prompt",
                    "tags uses.prompt",
                    "tag uses.prompt a",
                    "audit verify",
                    "import-git uses.prompt",
                    "doctor",
                ]
        )
        {
            int status = await _shell.Run(command);
            Assert.InRange(status, 0, 2);
            Assert.DoesNotContain("internal error", _shell.Error, StringComparison.Ordinal);
        }
    }

    private void Pipe(string path) => SpecialFiles.Pipe(Path.Join(_shell.Folder, path));
}
