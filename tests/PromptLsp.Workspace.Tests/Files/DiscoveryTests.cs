using PromptLsp.Workspace.Files;
using Xunit;

namespace PromptLsp.Workspace.Tests.Files;

/// <summary>Which files a search finds, and in what order.</summary>
public sealed class DiscoveryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptlsp-search-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folders_own_prompts_come_before_those_below_it()
    {
        Write("b.prompt", "a/z.prompt", "a/b/c.prompt", "a.prompt", "a-b/x.prompt", "notes.md");
        Assert.Equal(["a.prompt", "b.prompt", "a/z.prompt", "a/b/c.prompt", "a-b/x.prompt"], Find());
    }

    [Fact]
    public void What_git_ignores_is_left_out()
    {
        Write("a.prompt", "out/b.prompt", "x/keep.prompt", "x/drop.prompt");
        File.WriteAllText(Path.Combine(_folder, ".gitignore"), "out/\ndrop.prompt\n");
        Assert.Equal(["a.prompt", "x/keep.prompt"], Find());
    }

    [Fact]
    public void Ignore_files_above_the_folder_count_up_to_the_repository()
    {
        Write("x/y/keep.prompt", "x/y/drop.prompt", "x/y/tied.prompt");
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        File.WriteAllText(Path.Combine(_folder, ".gitignore"), "drop.prompt\n/x/y/tied.prompt\n");
        Assert.Equal(["x/y/keep.prompt"], Find("x/y"));
    }

    [Fact]
    public void Folders_of_tools_are_left_out()
    {
        Write(".git/a.prompt", "node_modules/p/b.prompt", ".promptlsp/c.prompt", "bin/e.prompt", ".github/d.prompt");
        Assert.Equal([".github/d.prompt"], Find());
    }

    [Fact]
    public void A_link_to_a_folder_is_not_followed()
    {
        Write("a/b.prompt");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "loop"), _folder);
        Assert.Equal(["a/b.prompt"], Find());
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_prompts() => Assert.Empty(Find("nowhere"));

    private void Write(params string[] paths)
    {
        foreach (string path in paths)
        {
            string full = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, "Hello.");
        }
    }

    private IEnumerable<string> Find(string folder = "") =>
        Discovery
            .Prompts(Path.Combine(_folder, folder), TestContext.Current.CancellationToken)
            .Select(f => Path.GetRelativePath(_folder, f).Replace('\\', '/'));
}
