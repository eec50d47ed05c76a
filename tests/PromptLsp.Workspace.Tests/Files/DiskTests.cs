using PromptLsp.Testing;
using PromptLsp.Workspace.Files;
using Xunit;

namespace PromptLsp.Workspace.Tests.Files;

/// <summary>What is read, what is refused, and what is remembered.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly PromptFolder _folder = new();

    private string File => Path.Join(_folder.Folder, "a.prompt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_byte_order_mark_is_no_text()
    {
        System.IO.File.WriteAllBytes(File, [0xEF, 0xBB, 0xBF, (byte)'h', (byte)'i']);
        Assert.Equal("hi", new Disk().Read(File).Text.Content);
    }

    [Fact]
    public void What_cannot_be_text_says_why()
    {
        Assert.Equal(FileStatus.Missing, new Disk().Read(File).Status);
        Assert.Equal(FileStatus.NotAFile, new Disk().Read(_folder.Folder).Status);
        System.IO.File.WriteAllBytes(File, [0xFF, 0xFE, 0x41]);
        Assert.Equal(FileStatus.NotUtf8, new Disk().Read(File).Status);
        using (FileStream large = System.IO.File.OpenWrite(File))
            large.SetLength(Disk.LargestFile + 1);
        Assert.Equal(FileStatus.TooLarge, new Disk().Read(File).Status);
    }

    [Fact]
    public void A_device_is_no_file() => Assert.Equal(FileStatus.NotAFile, new Disk().Read("/dev/zero").Status);

    [Fact]
    public void A_pipe_is_no_file_and_nobody_waits_for_it()
    {
        SpecialFiles.Pipe(File);
        Assert.Equal(FileStatus.NotAFile, new Disk().Read(File).Status);
        string link = Path.Join(_folder.Folder, "link.prompt");
        System.IO.File.CreateSymbolicLink(link, File);
        Assert.Equal(FileStatus.NotAFile, Disk.Load(link).Status);
    }

    [Fact]
    public void A_file_that_became_a_pipe_is_none_any_more()
    {
        var disk = new Disk();
        _folder.Write("a.prompt", "one");
        Assert.Equal("one", disk.Read(File).Text.Content);
        System.IO.File.Delete(File);
        SpecialFiles.Pipe(File);
        disk = disk.Renewed();
        Assert.Equal(FileStatus.NotAFile, disk.Read(File).Status);
    }

    [Fact]
    public void A_pipe_among_the_files_that_git_ignores_by_ignores_nothing()
    {
        _folder.Write("a.prompt", "one");
        SpecialFiles.Pipe(Path.Join(_folder.Folder, ".gitignore"));
        Assert.Equal([File], Discovery.Prompts(_folder.Folder, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_link_is_as_old_and_as_long_as_what_it_leads_to()
    {
        var disk = new Disk();
        string link = Path.Join(_folder.Folder, "link.prompt");
        _folder.Write("a.prompt", "one");
        System.IO.File.CreateSymbolicLink(link, File);
        Assert.Equal("one", disk.Read(link).Text.Content);
        _folder.Write("a.prompt", "three");
        disk = disk.Renewed();
        Assert.Equal("three", disk.Read(link).Text.Content);
        using (FileStream large = System.IO.File.OpenWrite(File))
            large.SetLength(Disk.LargestFile + 1);
        Assert.Equal(FileStatus.TooLarge, Disk.Load(link).Status);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("link.prompt")]
    public void A_link_to_nothing_cannot_be_read(string target)
    {
        string link = Path.Join(_folder.Folder, "link.prompt");
        System.IO.File.CreateSymbolicLink(link, target);
        Assert.Equal(FileStatus.Unreadable, new Disk().Read(link).Status);
    }

    [Fact]
    public void A_file_is_believed_until_it_is_refreshed()
    {
        var disk = new Disk();
        _folder.Write("a.prompt", "one");
        Assert.Equal("one", disk.Read(File).Text.Content);
        _folder.Write("a.prompt", "three");
        Assert.Equal("one", disk.Read(File).Text.Content);
        Assert.Equal("three", disk.Renewed().Read(File).Text.Content);
        Assert.Equal("one", disk.Read(File).Text.Content);
    }

    [Fact]
    public void A_file_that_stayed_the_same_is_the_same_text_after_a_refresh()
    {
        var disk = new Disk();
        _folder.Write("a.prompt", "one");
        FileText before = disk.Read(File);
        disk = disk.Renewed();
        Assert.Same(before.Text, disk.Read(File).Text);
    }
}
