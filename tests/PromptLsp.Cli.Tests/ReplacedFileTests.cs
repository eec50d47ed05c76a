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
    public void A_byte_order_mark_stays()
    {
        using var folder = new PromptFolder();
        folder.Write("a.prompt", "\uFEFFHello.\n");
        string path = Path.Combine(folder.Folder, "a.prompt");
        ReplacedFile.WriteText(path, "Hello.\n", "Mended.\n");
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "Mended.\n"u8], File.ReadAllBytes(path));
    }
}
