using PromptLsp.History.Git;

namespace PromptLsp.History.Tests.Git;

/// <summary>What git tracks, read from its index in every form that git writes.</summary>
public sealed class GitIndexTests
{
    [Theory]
    [InlineData("2", "sha1")]
    [InlineData("3", "sha1")]
    [InlineData("4", "sha1")]
    [InlineData("2", "sha256")]
    [InlineData("4", "sha256")]
    public void A_tracked_file_is_found_and_another_is_not(string version, string format)
    {
        using var files = new GitFiles();
        files.Git("init", "-q", $"--object-format={format}");
        for (int i = 0; i < 300; i++)
            files.With($"a folder with a long name {i % 7}/file {i}", "");
        files.With("inner/.promptlsp/.gitignore", "*").With("inner/.promptlsp/history.db", "").With("later", "");
        files.Git("add", ".");
        AssertTracked(files, false);
        files.Git("add", "-f", "inner/.promptlsp");
        // Makes git write version 3.
        if (version == "3")
            files.Git("add", "--intent-to-add", "-f", files.With("new", "x").At("new"));
        files.Git("update-index", "--index-version", version == "3" ? "2" : version);
        Assert.Equal(int.Parse(version, null), File.ReadAllBytes(files.At(".git/index"))[7]);
        AssertTracked(files, true);
        Assert.False(GitIndex.Tracks(files.At("inner"), ".promptlsp/other"));
        Assert.False(GitIndex.Tracks(files.At("later"), ".promptlsp/history.db"));
    }

    [Fact]
    public void A_split_index_is_read_in_both_its_parts()
    {
        using var files = new GitFiles();
        files.Git("init", "-q");
        files.With("inner/.promptlsp/history.db", "").With("a", "");
        files.Git("add", "-f", ".");
        files.Git("update-index", "--split-index");
        files.With("b", "").Git("add", "b");
        AssertTracked(files, true);
    }

    [Fact]
    public void Without_git_nothing_is_tracked_and_what_is_no_index_is_none()
    {
        using var files = new GitFiles();
        AssertTracked(files, false);
        files.With(".git/index", "");
        AssertTracked(files, false);
        files.With(".git/index", "DIRC\0\0\0\u0004\u007F\u007F\u007F\u007F" + new string('\u007F', 100_000));
        AssertTracked(files, false);
    }

    private static void AssertTracked(GitFiles files, bool expected) => Assert.Equal(expected, GitIndex.Tracks(files.At("inner"), ".promptlsp/history.db"));
}
