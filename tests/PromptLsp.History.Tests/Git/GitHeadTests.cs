using PromptLsp.History.Git;
using Xunit;

namespace PromptLsp.History.Tests.Git;

/// <summary>Held against what git itself says, and against what nobody should believe.</summary>
public sealed class GitHeadTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly GitFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Branch_and_commit_are_those_that_git_tells()
    {
        _files.Git("init", "-q");
        Assert.Equal(new GitHead("main", null), GitHead.Read(_files.Folder));
        string commit = _files.With("sub/a.prompt", "1").Commit("one", 1).Git("rev-parse", "HEAD");
        Assert.Equal(new GitHead("main", commit), GitHead.Read(_files.At("sub")));
        _files.Git("checkout", "-q", "-b", "feature/kind-words");
        Assert.Equal(new GitHead("feature/kind-words", commit), GitHead.Read(_files.Folder));
        _files.Git("pack-refs", "--all");
        Assert.Equal(new GitHead("feature/kind-words", commit), GitHead.Read(_files.Folder));
        _files.Git("checkout", "-q", "--detach");
        Assert.Equal(new GitHead(null, commit), GitHead.Read(_files.Folder));
    }

    [Fact]
    public void A_linked_working_tree_has_a_head_of_its_own()
    {
        _files.Git("init", "-q", "here");
        _files.With("here/a.prompt", "1").Git("-C", "here", "add", "-A");
        _files.Git("-C", "here", "-c", "user.name=Ada", "-c", "user.email=a@b", "commit", "-q", "-m", "one");
        _files.Git("-C", "here", "worktree", "add", "-q", "-b", "other", "../there");
        Assert.Equal(new GitHead("other", _files.Git("-C", "there", "rev-parse", "HEAD")), GitHead.Read(_files.At("there")));
    }

    [Theory]
    [InlineData("ref: refs/heads/../../secret")]
    [InlineData("ref: refs/heads/a..b")]
    [InlineData("ref: /etc/passwd")]
    [InlineData("ref: refs/heads/.hidden")]
    [InlineData("ref: refs/heads/a//b")]
    [InlineData("ref: refs/heads/a\u0007")]
    [InlineData("ref: secret")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF01234567")]
    [InlineData("0123456789abcdef0123456789abcdef0123456")]
    [InlineData("")]
    public void What_is_no_name_of_git_s_is_not_believed(string head)
    {
        _files.With(".git/HEAD", head).With(".git/secret", Commit).With("secret", Commit);
        Assert.Equal(new GitHead(null, null), GitHead.Read(_files.Folder));
    }

    [Theory]
    [InlineData("not a commit")]
    [InlineData("ref: refs/heads/main")]
    [InlineData("ref: ../../secret")]
    public void A_branch_that_leads_to_no_commit_has_none(string branch)
    {
        _files.With(".git/HEAD", "ref: refs/heads/main\n").With(".git/refs/heads/main", branch).With("secret", Commit);
        Assert.Equal(new GitHead("main", null), GitHead.Read(_files.Folder));
    }

    [Fact]
    public void A_branch_that_is_a_link_is_not_followed()
    {
        _files.With(".git/HEAD", "ref: refs/heads/main\n").With(".git/refs/heads/other", "").With("secret", Commit);
        File.CreateSymbolicLink(_files.At(".git/refs/heads/main"), _files.At("secret"));
        Assert.Equal(new GitHead("main", null), GitHead.Read(_files.Folder));
    }

    [Fact]
    public void Packed_branches_are_compared_by_their_whole_names()
    {
        string packed =
            $"# pack-refs with: peeled fully-peeled sorted \n{Commit.Replace('0', '1')} refs/heads/not/refs/heads/main\n{Commit} refs/heads/main\n^{Commit.Replace('0', '2')}\n";
        _files.With(".git/HEAD", "ref: refs/heads/main\n").With(".git/packed-refs", packed);
        Assert.Equal(new GitHead("main", Commit), GitHead.Read(_files.Folder));
    }

    [Fact]
    public void A_longer_commit_is_read_too()
    {
        _files.With(".git/HEAD", Commit + Commit[..24] + "\n");
        Assert.Equal(new GitHead(null, Commit + Commit[..24]), GitHead.Read(_files.Folder));
    }

    [Fact]
    public void Where_there_is_no_repository_nothing_is_known()
    {
        _files.With(".git", "gitdir: nowhere\n");
        Assert.Equal(new GitHead(null, null), GitHead.Read(_files.Folder));
    }

    [Fact]
    public void A_file_that_claims_another_repository_is_not_believed()
    {
        _files.With("other/.git/HEAD", Commit + "\n").With("work/.git", "gitdir: ../other/.git\n").With("linked/a", "");
        Directory.CreateSymbolicLink(_files.At("linked/.git"), _files.At("other/.git"));
        Assert.Equal(new GitHead(null, null), GitHead.Read(_files.At("work")));
        Assert.Equal(new GitHead(null, null), GitHead.Read(_files.At("linked")));
    }

    [Fact]
    public void Linked_working_trees_and_submodules_are_known_by_what_git_keeps_of_them()
    {
        _files.With("main/a", "").With("part/a", "");
        foreach (string folder in (string[])["main", "part"])
        {
            _files.Git("-C", folder, "init", "-q");
            _files.Git("-C", folder, "add", "a");
            _files.Git("-C", folder, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "a");
        }
        _files.Git("-C", "main", "worktree", "add", "-q", "../tree", "-b", "feature");
        _files.Git("-C", "main", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../part", "sub");
        Assert.Equal(new GitHead("feature", _files.Git("-C", "tree", "rev-parse", "HEAD")), GitHead.Read(_files.At("tree")));
        Assert.Equal(new GitHead("main", _files.Git("-C", "part", "rev-parse", "HEAD")), GitHead.Read(_files.At("main/sub")));
    }
}
