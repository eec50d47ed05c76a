using PromptLsp.History.Git;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.History.Tests.Git;

public sealed class GitAuthorTests : IDisposable
{
    private readonly GitFiles _files = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal) { ["USER"] = "ada", ["GIT_CONFIG_NOSYSTEM"] = "1" };

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_repository_comes_before_the_user()
    {
        _files
            .With("home/.gitconfig", "[user]\n\tname = Ada\n\temail = ada@home\n")
            .With("work/.git/config", "[core]\nbare = false\n[user]\n\temail = ada@work\n");
        Assert.Equal("Ada <ada@work>", Author());
    }

    [Fact]
    public void The_environment_comes_before_both()
    {
        _files.With("home/.gitconfig", "[user]\nname = Ada\nemail = ada@home\n");
        _variables["GIT_AUTHOR_NAME"] = "Grace";
        Assert.Equal("Grace <ada@home>", Author());
    }

    [Fact]
    public void The_configuration_may_lie_where_XDG_says()
    {
        _variables["XDG_CONFIG_HOME"] = _files.At("xdg");
        _files.With("xdg/git/config", "[user]\nname = Ada\nemail = a@xdg\n");
        Assert.Equal("Ada <a@xdg>", Author());
    }

    [Fact]
    public void Without_any_configuration_it_is_the_systems_user()
    {
        _variables["GIT_CONFIG_GLOBAL"] = _files.At("none");
        Assert.Equal("ada", Author());
    }

    [Theory]
    [InlineData("[user] name = \"Ada  L # 1\" ; mine\nemail = a@b # c", "Ada  L # 1 <a@b>")]
    [InlineData("[USER]\nName = Ada \\\nLovelace\nemail = a@b", "Ada Lovelace <a@b>")]
    [InlineData("[user \"other\"]\nname = Grace\n[user]\nname = \\\"Ada\\\"\nemail = a@b", "\"Ada\" <a@b>")]
    [InlineData("[user]\nname = Ada\nname = Grace\nemail = <a@b>\t", "Grace <a@b>")]
    [InlineData("[user]\nname = Ada\\n<script>\nemail = a@b", "Adascript <a@b>")]
    public void It_is_read_as_git_reads_it(string configuration, string author)
    {
        _files.With("home/.gitconfig", configuration);
        Assert.Equal(author, Author());
    }

    [Fact]
    public void Included_files_count_where_their_condition_is_met()
    {
        _files
            .With("work/.git/HEAD", "")
            .With("home/ada", "[user]\nname = Ada\n")
            .With("home/work", "[user]\nemail = ada@work\n")
            .With("home/play", "[user]\nemail = ada@play\n")
            .With(
                "home/.gitconfig",
                $"[include]\npath = ada\n[user]\nemail = ada@home\n[includeIf \"gitdir:{_files.Folder.Replace('\\', '/')}/\"]\npath = ~/work\n[includeIf \"gitdir:~/play/\"]\npath = play\n"
            );
        Assert.Equal("Ada <ada@work>", Author());
    }

    [Fact]
    public void A_file_that_includes_itself_is_read_for_all_that()
    {
        _files.With("home/.gitconfig", "[user]\nname = Ada\nemail = a@b\n[include]\npath = .gitconfig\n");
        Assert.Equal("Ada <a@b>", Author());
    }

    [Fact]
    public void Files_that_include_one_another_over_and_over_are_read_once()
    {
        string all = string.Concat(Enumerable.Range(0, 20).Select(i => $"[include]\npath = {i}\npath = config\n"));
        foreach (string file in Enumerable.Range(0, 20).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append("config"))
            _files.With($"work/.git/{file}", all + "[user]\nname = Ada\nemail = a@b\n");
        Assert.Equal("Ada <a@b>", Author());
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("~/outside")]
    [InlineData("link")]
    [InlineData("linked/outside")]
    [InlineData("pipe")]
    public void A_repository_includes_nothing_from_outside_of_it(string path)
    {
        _files
            .With("outside", "[user]\nname = Eve\n")
            .With("home/outside", "[user]\nname = Eve\n")
            .With(
                "work/.git/config",
                $"[include]\npath = {path}\n[includeIf \"gitdir:{_files.Folder.Replace('\\', '/')}/\"]\npath = {path}\n[user]\nemail = a@b\n"
            );
        File.CreateSymbolicLink(_files.At("work/.git/link"), _files.At("outside"));
        Directory.CreateSymbolicLink(_files.At("work/.git/linked"), _files.Folder);
        SpecialFiles.Pipe(_files.At("work/.git/pipe"));
        Assert.Equal("ada <a@b>", Author());
    }

    [Fact]
    public void A_repositorys_configuration_is_no_link_to_somewhere_else()
    {
        _files.With("outside", "[user]\nname = Eve\n").With("work/.git/HEAD", "");
        File.CreateSymbolicLink(_files.At("work/.git/config"), _files.At("outside"));
        Assert.Equal("ada", Author());
    }

    private string Author()
    {
        Directory.CreateDirectory(_files.At("work"));
        return GitAuthor.Read(_files.At("work"), name => _variables.GetValueOrDefault(name), _files.At("home"));
    }
}
