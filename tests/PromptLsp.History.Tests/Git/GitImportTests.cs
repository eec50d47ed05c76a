using PromptLsp.History.Git;
using PromptLsp.History.Store;
using Xunit;

namespace PromptLsp.History.Tests.Git;

public sealed class GitImportTests : IDisposable
{
    private readonly GitFiles _files = new();

    public GitImportTests() => _files.Git("init", "-q");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_past_of_a_file_comes_oldest_first_and_across_renames()
    {
        _files.With("old.prompt", "You are kind.\nBe short.\nBe clear.\n").Commit("Greet", 1);
        _files.With("other.txt", "1").Commit("Nothing to do with it", 2);
        _files.Git("mv", "old.prompt", "new.prompt");
        _files.Commit("Move", 3);
        _files.With("new.prompt", "You are kind.\r\nBe short.\nBe clear.\n").Commit("Change: \u201equotes\u201c and 日本語", 4);
        Assert.Equal(
            [
                ("Greet", "Ada <ada@example.com>", "2026-03-01T12:01:00Z", "You are kind.\nBe short.\nBe clear.\n"),
                ("Move", "Ada <ada@example.com>", "2026-03-01T12:03:00Z", "You are kind.\nBe short.\nBe clear.\n"),
                ("Change: \u201equotes\u201c and 日本語", "Ada <ada@example.com>", "2026-03-01T12:04:00Z", "You are kind.\r\nBe short.\nBe clear.\n"),
            ],
            Import("new.prompt").Select(v => (v.Subject, v.Author, $"{v.At:yyyy-MM-ddTHH:mm:ssZ}", System.Text.Encoding.UTF8.GetString(v.Bytes))));
        Assert.Equal(_files.Git("rev-parse", "HEAD"), Import("new.prompt")[^1].Commit);
    }

    [Fact]
    public void A_file_that_was_deleted_and_came_back_has_both_lives()
    {
        _files.With("a.prompt", "1").Commit("one", 1);
        File.Delete(_files.At("a.prompt"));
        _files.Commit("gone", 2);
        _files.With("a.prompt", "2").Commit("two", 3);
        Assert.Equal(["one", "two"], Import("a.prompt").Select(v => v.Subject));
    }

    [Fact]
    public void What_a_merge_made_is_a_version_and_one_that_took_a_side_is_none()
    {
        _files.With("a.prompt", "1").Commit("one", 1);
        _files.Git("checkout", "-qb", "side");
        _files.With("a.prompt", "2").Commit("two", 2);
        _files.Git("checkout", "-q", "-");
        _files.With("other.txt", "1").Commit("elsewhere", 3);
        _files.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "merge", "-q", "--no-commit", "side");
        _files.Commit("side taken", 3);
        _files.Git("checkout", "-qb", "again");
        _files.With("a.prompt", "3").Commit("three", 4);
        _files.Git("checkout", "-q", "-");
        _files.With("a.prompt", "4").Commit("four", 5);
        _files.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "merge", "-q", "-s", "ours", "--no-commit", "again");
        _files.With("a.prompt", "3 and 4").Commit("both", 6);
        Assert.Equal(["one", "two", "three", "four", "both"], Import("a.prompt").Select(v => v.Subject));
        using var repository = GitRepository.Of(_files.Folder);
        string[] changes = [.. repository.AllChanges("HEAD", "a.prompt").Select(c => _files.Git("log", "-1", "--format=%s", c.Commit)).Order(StringComparer.Ordinal)];
        Assert.Equal(["both", "four", "one", "three", "two"], changes);
        Assert.Equal("3 and 4", System.Text.Encoding.UTF8.GetString(Import("a.prompt")[^1].Bytes));
    }

    [Theory]
    [InlineData(":(top)a.prompt")]
    [InlineData("--all.prompt")]
    [InlineData("*.prompt")]
    [InlineData("ä \" b.prompt")]
    public void Any_name_is_only_a_name(string name)
    {
        _files.With(name, "1").With("other.prompt", "2").Commit("one", 1);
        Assert.Equal("1", System.Text.Encoding.UTF8.GetString(Assert.Single(Import(name)).Bytes));
    }

    [Fact]
    public void What_was_a_link_or_is_too_large_is_left_out()
    {
        _files.With("a.prompt", new string('x', 6 * 1024 * 1024)).Commit("large", 1);
        File.Delete(_files.At("a.prompt"));
        File.CreateSymbolicLink(_files.At("a.prompt"), "elsewhere");
        _files.Commit("link", 2);
        File.Delete(_files.At("a.prompt"));
        _files.With("a.prompt", "small").Commit("small", 3);
        Assert.Equal(["small"], Import("a.prompt").Select(v => v.Subject));
    }

    [Fact]
    public void A_subject_that_looks_like_our_own_format_is_still_a_subject()
    {
        string subject = "commit 0123456789abcdef0123456789abcdef01234567";
        _files.With("a.prompt", "1").Commit(subject, 1).With("a.prompt", "2").Commit(":100644 100644 a b M", 2);
        Assert.Equal([subject, ":100644 100644 a b M"], Import("a.prompt").Select(v => v.Subject));
    }

    [Fact]
    public void A_file_that_git_does_not_know_has_no_past()
    {
        _files.With("a.prompt", "1").Commit("one", 1).With("b.prompt", "1");
        Assert.Empty(Import("b.prompt"));
    }

    [Fact]
    public void Without_a_commit_the_reason_is_told_in_one_line()
    {
        _files.With("a.prompt", "1");
        var failure = Assert.Throws<HistoryException>(() => Import("a.prompt"));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains("a.prompt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_git_inside_the_workspace_or_found_by_a_relative_path_is_not_run()
    {
        _files.With("tools/git", "#!/bin/sh\ntouch ran\n").With("tools/git.exe", "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_files.At("tools/git"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string searched = string.Join(Path.PathSeparator, "", ".", "tools", _files.At("tools"));
        Assert.Null(GitProgram.Find(searched, [_files.Folder]));
        Assert.NotNull(GitProgram.Find(searched, [_files.At("elsewhere")]));
    }

    private List<GitVersion> Import(string name) =>
        [.. GitImport.NewestFirst(_files.At(name), _files.Folder, GitLimits.Asked, TestContext.Current.CancellationToken).Reverse()];
}
