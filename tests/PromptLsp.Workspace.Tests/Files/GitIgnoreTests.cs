using System.Diagnostics;
using PromptLsp.Workspace.Files;
using Xunit;

namespace PromptLsp.Workspace.Tests.Files;

/// <summary>We leave out what git leaves out; where git is at hand, it is asked itself.</summary>
public sealed class GitIgnoreTests
{
    [Theory]
    [InlineData("a.prompt", "a.prompt", true)]
    [InlineData("a.prompt", "x/y/a.prompt", true)]
    [InlineData("/a.prompt", "x/a.prompt", false)]
    [InlineData("x/a.prompt", "x/a.prompt", true)]
    [InlineData("x/a.prompt", "y/x/a.prompt", false)]
    [InlineData("*.prompt", "x/a.prompt", true)]
    [InlineData("x/*.prompt", "x/y/a.prompt", false)]
    [InlineData("x/**/a.prompt", "x/a.prompt", true)]
    [InlineData("x/**/a.prompt", "x/y/z/a.prompt", true)]
    [InlineData("**/y/*.prompt", "x/y/a.prompt", true)]
    [InlineData("**/y/*.prompt", "y/a.prompt", true)]
    [InlineData("x/**", "x/a.prompt", true)]
    [InlineData("x/**", "y/a.prompt", false)]
    [InlineData("a?.prompt", "ab.prompt", true)]
    [InlineData("a?.prompt", "a.prompt", false)]
    [InlineData("[a-c].prompt", "b.prompt", true)]
    [InlineData("[!a-c].prompt", "b.prompt", false)]
    [InlineData("[^a-c].prompt", "d.prompt", true)]
    [InlineData(@"\!a.prompt", "!a.prompt", true)]
    [InlineData("# a.prompt", "# a.prompt", false)]
    [InlineData(@"\# a.prompt", "# a.prompt", true)]
    [InlineData("a.prompt   ", "a.prompt", true)]
    [InlineData("a.prompt/", "a.prompt", false)]
    [InlineData("*.prompt\n!keep.prompt", "keep.prompt", false)]
    [InlineData("!keep.prompt\n*.prompt", "keep.prompt", true)]
    [InlineData("a*b*c.prompt", "aXbYbZc.prompt", true)]
    [InlineData("a*b*c.prompt", "aXbYd.prompt", false)]
    [InlineData("", "a.prompt", false)]
    public void A_pattern_matches_as_in_git(string patterns, string path, bool ignored)
    {
        Assert.Equal(ignored, GitIgnore.None.Enter("", patterns).Ignores(path, isFolder: false));
        Assert.Equal(ignored, GitIgnores(patterns, path));
    }

    [Fact]
    public void A_pattern_for_folders_matches_folders() => Assert.True(GitIgnore.None.Enter("", "out/").Ignores("x/out", isFolder: true));

    [Fact]
    public void An_inner_file_overrules_an_outer_one()
    {
        GitIgnore inner = GitIgnore.None.Enter("", "*.prompt").Enter("x", "!a.prompt");
        Assert.False(inner.Ignores("x/a.prompt", isFolder: false));
        Assert.True(inner.Ignores("x/b.prompt", isFolder: false));
    }

    [Fact]
    public void An_inner_pattern_is_tied_to_its_own_folder()
    {
        GitIgnore inner = GitIgnore.None.Enter("x", "/a.prompt");
        Assert.True(inner.Ignores("x/a.prompt", isFolder: false));
        Assert.False(inner.Ignores("x/y/a.prompt", isFolder: false));
    }

    [Fact]
    public void A_hostile_pattern_is_not_slow()
    {
        string pattern = string.Concat(Enumerable.Repeat("**/a*a*a*/", 300)) + "b";
        string path = string.Concat(Enumerable.Repeat("aaaaaaaaaaaaaaaa/", 300)) + "c";
        Assert.False(GitIgnore.None.Enter("", pattern).Ignores(path, isFolder: false));
    }

    // `check-ignore` with a path that does not exist is asked by name alone.
    private static bool GitIgnores(string patterns, string path)
    {
        string folder = Directory.CreateTempSubdirectory("promptlsp-ignore-").FullName;
        try
        {
            Git(folder, "init", "-q");
            File.WriteAllText(Path.Combine(folder, ".gitignore"), patterns + "\n");
            return Git(folder, "-c", "core.excludesFile=", "check-ignore", "-q", "--no-index", "--", path) == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Git(string folder, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        git.WaitForExit();
        return git.ExitCode;
    }
}
