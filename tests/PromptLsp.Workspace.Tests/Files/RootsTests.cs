using PromptLsp.Testing;
using PromptLsp.Workspace.Files;
using Xunit;

namespace PromptLsp.Workspace.Tests.Files;

/// <summary>Which folder bounds a file.</summary>
public sealed class RootsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptlsp-roots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_nearest_settings_file_makes_the_root()
    {
        Write("promptlsp.yaml", "team/promptlsp.yaml", "team/prompts/.git/HEAD");
        Assert.Equal("team", RootOf("team/prompts/a.prompt"));
        Assert.Equal("", RootOf("other/a.prompt"));
    }

    [Fact]
    public void Without_settings_the_nearest_repository_makes_it()
    {
        Write(".git/HEAD", "vendor/lib/.git");
        Assert.Equal("vendor/lib", RootOf("vendor/lib/x/a.prompt"));
        Assert.Equal("", RootOf("vendor/a.prompt"));
    }

    [Fact]
    public void Without_either_the_opened_folder_makes_it() => Assert.Equal("open", RootOf("open/x/y/a.prompt", "open"));

    [Fact]
    public void An_opened_folder_does_not_bound_what_lies_in_another_of_a_longer_name() => Assert.Equal("open-too", RootOf("open-too/a.prompt", "open"));

    [Fact]
    public void Of_opened_folders_in_one_another_the_nearest_counts() => Assert.Equal("a/b", RootOf("a/b/c/x.prompt", "a", "a/b"));

    [Fact]
    public void A_file_by_itself_is_bounded_by_its_folder() => Assert.Equal("x/y", RootOf("x/y/a.prompt"));

    [Fact]
    public void The_home_folder_is_no_root()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var roots = new Roots(new Disk(), [home]);
        string below = Path.Join(home, "promptlsp-has-no-such-folder");
        Assert.Equal(below, roots.Of(Path.Join(below, "a.prompt")).Folder);
    }

    private string RootOf(string file, params string[] opened)
    {
        var roots = new Roots(new Disk(), [.. opened.Select(o => Path.Combine(_folder, o))]);
        string relative = Path.GetRelativePath(_folder, roots.Of(Path.Combine(_folder, file)).Folder).Replace('\\', '/');
        return relative == "." ? "" : relative;
    }

    private void Write(params string[] paths)
    {
        foreach (string path in paths)
        {
            string full = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, "");
        }
    }
}
