using PromptLsp.Cli.Versions;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Cli.Tests;

public sealed class ReplacedFileTests
{
    [Fact]
    public void What_another_program_has_written_meanwhile_stays()
    {
        using var folder = new PromptFolder();
        folder.Write("a.prompt", "Hello from the editor.\n");
        string path = Path.Combine(folder.Folder, "a.prompt");
        CommandFailure failure = Assert.Throws<CommandFailure>(() => ReplacedFile.WriteText(path, "Hello.\n", "Mended.\n"));
        Assert.Contains("has been changed meanwhile", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Hello from the editor.\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Folder));
    }

    [Fact]
    public void What_a_killed_write_has_left_goes_with_the_next_one()
    {
        using var folder = new PromptFolder();
        foreach (string name in (string[])["a.prompt", ".promptlsp-5qqnhhhu.tck", ".promptlsp-abcdefgh.123", ".promptlsp-notes.txt", "a.prompt.5qqnhhhu.tck"])
        {
            folder.Write(name, "Hello.\n");
            // One of them is young: somebody may be writing it.
            if (name != ".promptlsp-abcdefgh.123")
                File.SetLastWriteTimeUtc(Path.Combine(folder.Folder, name), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        }
        ReplacedFile.WriteText(Path.Combine(folder.Folder, "a.prompt"), "Hello.\n", "Mended.\n");
        Assert.Equal(
            [".promptlsp-abcdefgh.123", ".promptlsp-notes.txt", "a.prompt", "a.prompt.5qqnhhhu.tck"],
            Directory.GetFiles(folder.Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_byte_order_mark_stays()
    {
        using var folder = new PromptFolder();
        folder.Write("a.prompt", "\uFEFFHello.\n");
        string path = Path.Combine(folder.Folder, "a.prompt");
        ReplacedFile.WriteText(path, "Hello.\n", "Mended.\n");
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "Mended.\n"u8], File.ReadAllBytes(path));
    }
}
