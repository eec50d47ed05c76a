using PromptLsp.Testing;
using PromptLsp.Workspace.Files;
using Xunit;

namespace PromptLsp.Workspace.Tests.Files;

/// <summary>Where a path that a prompt names may lead.</summary>
public sealed class RootTests
{
    [Theory]
    [InlineData("a.prompt", PathStatus.Inside)]
    [InlineData("./x/../a.prompt", PathStatus.Inside)]
    [InlineData("x/y/../../a.prompt", PathStatus.Inside)]
    [InlineData("x/", PathStatus.Inside)]
    [InlineData(".", PathStatus.Inside)]
    [InlineData("./", PathStatus.Inside)]
    [InlineData("..", PathStatus.Outside)]
    [InlineData("../beside.prompt", PathStatus.Outside)]
    [InlineData("x/../../beside.prompt", PathStatus.Outside)]
    [InlineData("/etc/passwd", PathStatus.Outside)]
    [InlineData("~/secret", PathStatus.Outside)]
    [InlineData("", PathStatus.Missing)]
    [InlineData("a\0b", PathStatus.Missing)]
    public void A_path_stays_below_the_root(string path, PathStatus expected)
    {
        using var folder = new PromptFolder();
        Assert.Equal(expected, RootOf(folder).Resolve(folder.Folder, path).Status);
    }

    [Fact]
    public void A_folder_whose_name_begins_like_the_root_is_outside()
    {
        using var folder = new PromptFolder();
        Assert.Equal(PathStatus.Outside, RootOf(folder).Resolve(folder.Folder, $"../{Path.GetFileName(folder.Folder)}-too/a.prompt").Status);
    }

    [Fact]
    public void A_link_is_judged_by_where_it_leads()
    {
        using PromptFolder folder = new(("inside/a.prompt", "")), other = new(("secret.prompt", ""));
        File.CreateSymbolicLink(Path.Join(folder.Folder, "out.prompt"), Path.Join(other.Folder, "secret.prompt"));
        Directory.CreateSymbolicLink(Path.Join(folder.Folder, "elsewhere"), other.Folder);
        Directory.CreateSymbolicLink(Path.Join(folder.Folder, "again"), Path.Join(folder.Folder, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Join(folder.Folder, "near"), "inside");

        Assert.Equal(PathStatus.Outside, RootOf(folder).Resolve(folder.Folder, "out.prompt").Status);
        Assert.Equal(PathStatus.Outside, RootOf(folder).Resolve(folder.Folder, "elsewhere/secret.prompt").Status);
        Assert.Equal(PathStatus.Outside, RootOf(folder).Resolve(folder.Folder, "again/secret.prompt").Status);
        Assert.Equal(PathStatus.Outside, RootOf(folder).Resolve(folder.Folder, "elsewhere/not-there.prompt").Status);
        Assert.Equal(PathStatus.Inside, RootOf(folder).Resolve(folder.Folder, "near/a.prompt").Status);
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        using var folder = new PromptFolder();
        File.CreateSymbolicLink(Path.Join(folder.Folder, "a"), "b");
        File.CreateSymbolicLink(Path.Join(folder.Folder, "b"), "a");
        Assert.Equal(PathStatus.Missing, RootOf(folder).Resolve(folder.Folder, "a/x.prompt").Status);
    }

    [Fact]
    public void A_root_that_is_a_link_itself_holds_its_files()
    {
        using PromptFolder folder = new(("a.prompt", "")), home = new();
        string link = Path.Join(home.Folder, "link");
        Directory.CreateSymbolicLink(link, folder.Folder);
        Assert.Equal((PathStatus.Inside, Path.Join(link, "a.prompt")), new Root(link, new Disk()).Resolve(link, "a.prompt"));
    }

    private static Root RootOf(PromptFolder folder) => new(folder.Folder, new Disk());
}
