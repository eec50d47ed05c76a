using System.Text;
using System.Text.Json;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>Versions are recorded, listed, named, described, and come back.</summary>
public sealed class HistoryTests : IDisposable
{
    private const string Prompt = HistoryShell.Prompt;

    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_snapshot_makes_a_version_of_what_has_changed()
    {
        await _shell.Version("Be kind.\n", "first");
        Assert.Matches(@"^v1 +prompts/reply.prompt  [0-9a-f]{8}\n1 prompt, 1 new version\n$", _shell.Out);
        await _shell.Version("Be kind.\n", "second");
        Assert.Equal("1 prompt, 0 new versions\n", _shell.Out);
        await _shell.Version("Be kind.\r\n");
        Assert.Equal("1 prompt, 0 new versions\n", _shell.Out);
        await _shell.Version("Be very kind.\n");
        Assert.Contains("+1 −1", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("v2 observed\nv1 observed \"first\"\n", await _shell.Log());
    }

    [Fact]
    public async Task A_version_knows_who_made_it_on_which_commit_and_what_it_pulled_in()
    {
        const string Commit = "0123456789abcdef0123456789abcdef01234567";
        _shell.Shell.With(".git/refs/heads/main", Commit + "\n").With("prompts/_tone.prompt", "Be kind.\n");
        await _shell.Version("{{ include 'tone' }}\n");
        await _shell.Run($"show {Prompt} --format json");
        Assert.Equal("Ada <ada@example.com>", _shell.Json.GetProperty("author").GetString());
        Assert.Equal(Commit, _shell.Json.GetProperty("commit").GetString());
        Assert.Equal("Be kind.\n", _shell.Json.GetProperty("pulledIn")[0].GetProperty("text").GetString());
        Assert.NotEqual(_shell.Json.GetProperty("fingerprint").GetString(), _shell.Json.GetProperty("effective").GetString());
        string effective = _shell.Json.GetProperty("effective").GetString()!;
        await _shell.Run($"fingerprint {Prompt} --format json");
        Assert.Equal(effective, _shell.Json.GetProperty("effective").GetString());
    }

    [Fact]
    public async Task A_moved_prompt_keeps_its_history_and_a_deleted_one_too()
    {
        await _shell.Version("Be kind.\n");
        _shell.Shell.With("prompts/moved.prompt", "Be kind.\n").Without(Prompt);
        await _shell.Run("snapshot");
        Assert.Contains($"moved    {Prompt} → prompts/moved.prompt\n", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("v1 observed\n", await _shell.Log("prompts/moved.prompt"));
        _shell.Shell.Without("prompts/moved.prompt");
        await _shell.Run("snapshot prompts/moved.prompt");
        Assert.Contains("deleted  prompts/moved.prompt\n", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("v1 observed\n", await _shell.Log("prompts/moved.prompt"));
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_a_version_does_not_keep_the_others_out()
    {
        await File.WriteAllBytesAsync(Path.Combine(_shell.Shell.With("a.prompt", "").Folder, "a.prompt"), [0xFF], TestContext.Current.CancellationToken);
        _shell.Shell.With(Prompt, "Be kind.\n");
        Assert.Equal(2, await _shell.Run("snapshot"));
        Assert.Equal("promptlsp: `a.prompt` is not UTF-8; save it as UTF-8\n", _shell.Error);
        Assert.Equal("v1 observed\n", await _shell.Log());
    }

    [Fact]
    public async Task The_log_tells_who_when_and_why()
    {
        await _shell.Version("Be kind.\n", "first");
        await _shell.Version("Be kind.\nBe short.\n");
        await _shell.Run($"tag {Prompt} stable");
        Assert.Equal(0, await _shell.Run($"log {Prompt}"));
        Assert.Matches(@"^v2  [0-9a-f]{8}  just now  Ada  \+1 −0  stable  observed\nv1  [0-9a-f]{8}  just now  Ada +observed\n    first\n$", _shell.Out);
    }

    [Theory]
    [InlineData(" --author ADA", "v3 v2 v1")]
    [InlineData(" --author grace", "")]
    [InlineData(" --tag stab", "v2")]
    [InlineData(" --tag *", "v2")]
    [InlineData(" --grep FIRST", "v1")]
    [InlineData(" --since 2020-01-01", "v3 v2 v1")]
    [InlineData(" --since 2099-01-01T10:00", "")]
    [InlineData(" --limit 2", "v3 v2")]
    [InlineData(" --limit 0", "v3 v2 v1")]
    [InlineData("@stable", "v2 v1")]
    public async Task The_log_is_filtered(string options, string expected)
    {
        await _shell.Version("1\n", "first");
        await _shell.Version("2\n");
        await _shell.Run($"tag {Prompt} stable");
        await _shell.Version("3\n", "last");
        Assert.Equal(0, await _shell.Run($"log {Prompt}{options} --format json"));
        Assert.Equal(expected, string.Join(' ', _shell.Json.EnumerateArray().Select(v => $"v{v.GetProperty("version")}")));
        Assert.Equal(0, await _shell.Run($"log {Prompt}{options}"));
        Assert.Equal(expected, string.Join(' ', _shell.Out.Split('\n').Where(l => l.StartsWith('v')).Select(l => l.Split(' ')[0])));
    }

    [Theory]
    [InlineData("v1", "Be kind.\n")]
    [InlineData("stable", "Be kind.\n")]
    [InlineData("head~1", "Be kind.\n")]
    [InlineData("head", "Be short.")]
    public async Task A_version_is_shown_as_it_was(string reference, string expected)
    {
        await _shell.Version("Be kind.\n");
        await _shell.Run($"tag {Prompt} stable");
        await _shell.Version("Be short.");
        Assert.Equal(0, await _shell.Run($"show {Prompt}@{reference}"));
        Assert.Equal((expected, ""), (_shell.Out, _shell.Error));
    }

    [Fact]
    public async Task A_file_whose_name_has_an_at_sign_is_meant_by_its_whole_name()
    {
        _shell.Shell.With("@acme/a@v1.prompt", "Be kind.\n");
        await _shell.Run("snapshot");
        foreach (string name in (string[])["@acme/a@v1.prompt", "@acme/a@v1.prompt@v1"])
        {
            Assert.Equal(0, await _shell.Run("show " + name));
            Assert.Equal("Be kind.\n", _shell.Out);
        }
    }

    [Fact]
    public async Task A_tag_stands_on_what_is_on_disk()
    {
        _shell.Shell.With(Prompt, "Be kind.\n");
        Assert.Equal(0, await _shell.Run($"tag {Prompt} stable -m \"passed the review\""));
        Assert.Equal("v1 observed stable\n", await _shell.Log());
        Assert.Equal(0, await _shell.Run($"tags {Prompt}"));
        Assert.Matches(@"^stable  v1     [0-9a-f]{8}  just now, Ada  passed the review\n$", _shell.Out);
        Assert.Equal(0, await _shell.Run("tags --format json"));
        Assert.Equal(
            (Prompt, "stable", 1),
            (_shell.Json[0].GetProperty("file").GetString(), _shell.Json[0].GetProperty("name").GetString(), _shell.Json[0].GetProperty("version").GetInt32())
        );
    }

    [Fact]
    public async Task A_tag_moves_only_when_it_is_told_to()
    {
        await _shell.Version("1\n");
        await _shell.Run($"tag {Prompt} stable");
        await _shell.Version("2\n");
        Assert.Equal(2, await _shell.Run($"tag {Prompt} stable"));
        Assert.Matches(@"^promptlsp: `stable` is on v1 since .*; `--move` takes it to v2\n$", _shell.Error);
        Assert.Equal(0, await _shell.Run($"tag {Prompt} stable --move"));
        Assert.Equal("v2 observed stable\nv1 observed\n", await _shell.Log());
        Assert.Equal(0, await _shell.Run($"tag {Prompt} old --at v1"));
        Assert.Equal(0, await _shell.Run($"untag {Prompt} stable -m superseded"));
        Assert.Equal("v2 observed\nv1 observed old\n", await _shell.Log());
    }

    [Fact]
    public async Task A_note_can_be_given_later_and_taken_away()
    {
        await _shell.Version("1\n");
        await _shell.Version("2\n");
        Assert.Equal(0, await _shell.Run($"describe {Prompt} v1 -m \"the first one\""));
        Assert.Equal(0, await _shell.Run($"describe {Prompt} -m newest"));
        Assert.Equal("v2 observed \"newest\"\nv1 observed \"the first one\"\n", await _shell.Log());
        Assert.Equal(0, await _shell.Run($"describe {Prompt}@v1 -m \"\""));
        Assert.Equal("v2 observed \"newest\"\nv1 observed\n", await _shell.Log());
    }

    [Fact]
    public async Task A_rollback_brings_the_bytes_back_and_loses_nothing()
    {
        await _shell.Version("\uFEFFBe kind.\r\n");
        await _shell.Run($"tag {Prompt} stable");
        _shell.Shell.With(Prompt, "not recorded yet\n");
        Assert.Equal(0, await _shell.Run($"rollback {Prompt} --to stable -m \"it was better\""));
        Assert.Equal("\uFEFFBe kind.\r\n", Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_shell.Shell.Folder, Prompt))));
        Assert.Equal("v3 rolled-back \"it was better\"\nv2 observed\nv1 observed stable\n", await _shell.Log());
        await _shell.Run($"show {Prompt}@v2");
        Assert.Equal("not recorded yet\n", _shell.Out);
        Assert.Single(Directory.GetFiles(Path.Combine(_shell.Shell.Folder, "prompts")));
    }

    [Fact]
    public async Task A_rollback_to_what_is_there_already_changes_nothing()
    {
        await _shell.Version("Be kind.\n");
        Assert.Equal(0, await _shell.Run($"rollback {Prompt} --to v1 -m why"));
        Assert.Equal($"{Prompt} has the content of v1 already\n", _shell.Out);
        Assert.Equal("v1 observed\n", await _shell.Log());
    }

    [Fact]
    public async Task A_rollback_to_the_newest_version_after_a_checkout_leaves_its_note()
    {
        _shell.Shell.With(".git/refs/heads/main", new string('a', 40));
        await _shell.Version("1\n", "first");
        await _shell.Version("2\n", "second");
        _shell.Shell.With(".git/refs/heads/main", new string('b', 40)).With(Prompt, "1\n");
        Assert.Equal(0, await _shell.Run($"rollback {Prompt} --to head -m \"the other branch\""));
        Assert.Equal("2\n", _shell.Text);
        Assert.Equal("v2 observed \"second\"\nv1 observed \"first\"\n", await _shell.Log());
    }

    [Fact]
    public async Task A_rollback_keeps_the_files_mode_and_the_link_to_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        string link = Path.Combine(_shell.Shell.Folder, Prompt), target = Path.Combine(_shell.Shell.With("kept/real.prompt", "1\n").Folder, "kept/real.prompt");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Equal(0, await _shell.Run($"snapshot {Prompt}"));
        _shell.Shell.With("kept/real.prompt", "2\n");
        Assert.Equal(0, await _shell.Run($"rollback {Prompt} --to v1 -m why"));
        Assert.Equal("1\n", _shell.Shell.Read("kept/real.prompt"));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task A_deleted_prompt_comes_back()
    {
        await _shell.Version("Be kind.\n");
        Directory.Delete(Path.Combine(_shell.Shell.Folder, "prompts"), recursive: true);
        Assert.Equal(0, await _shell.Run($"restore {Prompt}"));
        Assert.Equal("Be kind.\n", _shell.Text);
        Assert.Equal("v1 observed\n", await _shell.Log());
        Assert.Equal(2, await _shell.Run($"restore {Prompt}"));
    }

    [Fact]
    public async Task An_older_version_of_a_deleted_prompt_comes_back_as_a_new_one()
    {
        await _shell.Version("1\n");
        await _shell.Version("2\n");
        _shell.Shell.Without(Prompt);
        await _shell.Run("snapshot");
        Assert.Equal(0, await _shell.Run($"restore {Prompt}@v1 -m \"as it began\""));
        Assert.Equal("1\n", _shell.Text);
        Assert.Equal("v3 rolled-back \"as it began\"\nv2 observed\nv1 observed\n", await _shell.Log());
    }

    [Fact]
    public async Task The_newest_version_of_a_deleted_prompt_comes_back_with_why()
    {
        await _shell.Version("1\n", "it begins");
        _shell.Shell.Without(Prompt);
        Assert.Equal(0, await _shell.Run($"restore {Prompt} -m \"still needed\""));
        Assert.Equal("v2 rolled-back \"still needed\"\nv1 observed \"it begins\"\n", await _shell.Log());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_prompts_history_stays_in_reach_when_another_comes_to_its_place(bool isSeenBetween)
    {
        await _shell.Version("1\n", "it begins");
        await _shell.Version("2\n");
        Assert.Equal(0, await _shell.Run($"tag {Prompt}@v1 prod"));
        _shell.Shell.With("prompts/new.prompt", "new\n");
        await _shell.Run("snapshot");
        _shell.Shell.Without(Prompt);
        if (isSeenBetween)
            await _shell.Run("snapshot");
        File.Move(Path.Combine(_shell.Shell.Folder, "prompts/new.prompt"), Path.Combine(_shell.Shell.Folder, Prompt));
        await _shell.Run("snapshot");

        Assert.Equal("v1 observed\n", await _shell.Log());
        await _shell.Run($"log {Prompt}");
        Assert.Contains(
            $"another prompt was here before, deleted just now; `promptlsp log {Prompt}@deleted` lists its versions",
            _shell.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("v2 observed\nv1 observed prod \"it begins\"\n", await _shell.Log($"{Prompt}@deleted"));
        Assert.Equal(0, await _shell.Run($"log --deleted {Prompt}"));
        Assert.Matches($"^{Prompt}@deleted-[0-9]+  deleted just now, up to v2  prod on v1\n$", _shell.Out);
        string name = _shell.Out.Split(' ')[0];
        Assert.Equal(0, await _shell.Run($"tags {Prompt}"));
        Assert.StartsWith($"{name}\n  prod", _shell.Out, StringComparison.Ordinal);
        foreach (string reference in (string[])[$"{Prompt}@prod", $"{Prompt}@deleted:v1", $"{name}:prod"])
        {
            Assert.Equal(0, await _shell.Run($"show {reference}"));
            Assert.Equal("1\n", _shell.Out);
        }
        Assert.Equal(1, await _shell.Run($"diff {Prompt}@deleted"));
        Assert.Equal(2, await _shell.Run($"rollback {Prompt} --to prod -m why"));
        Assert.Contains("is no version of this prompt", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _shell.Run($"restore {Prompt}@prod"));
        Assert.Contains($"`promptlsp restore {Prompt}@prod --as FILE` brings the deleted prompt back", _shell.Error, StringComparison.Ordinal);

        Assert.Equal(0, await _shell.Run($"restore {Prompt}@prod --as prompts/old.prompt -m \"needed\""));
        Assert.Equal("1\n", _shell.Shell.Read("prompts/old.prompt"));
        Assert.Equal("new\n", _shell.Text);
        Assert.Equal("v3 rolled-back \"needed\"\nv2 observed\nv1 observed prod \"it begins\"\n", await _shell.Log("prompts/old.prompt"));
        Assert.Equal(0, await _shell.Run("log --deleted"));
        Assert.Equal("", _shell.Out);
        Assert.Equal(0, await _shell.Run("audit verify"));
    }

    [Theory]
    [InlineData("log none.prompt", "there is no file `none.prompt`, nor a history of one")]
    [InlineData("log prompts", "is a folder; name a prompt")]
    [InlineData("log other.prompt", "`promptlsp snapshot other.prompt` begins one")]
    [InlineData($"log {Prompt} --since yesterday", "is no date; write it as 2026-03-01")]
    [InlineData($"show {Prompt}@v9", "promptlsp: there is no v9")]
    [InlineData($"show {Prompt}@nonsense", "`nonsense` is no tag")]
    [InlineData($"tag {Prompt} v3", "means a version's number")]
    [InlineData($"tag {Prompt}@v1 a --at v1", "the version is named twice")]
    [InlineData($"tag none.prompt a", "there is no file `none.prompt`")]
    [InlineData($"untag {Prompt} a", "`a` is no tag")]
    [InlineData($"describe {Prompt}", "-m NOTE")]
    [InlineData($"rollback {Prompt} --to v1", "-m WHY")]
    [InlineData($"rollback {Prompt} --to v7 -m why", "promptlsp: there is no v7")]
    [InlineData($"restore {Prompt}", "is there; `promptlsp rollback")]
    [InlineData("snapshot none.prompt", "there is no file or folder `none.prompt`")]
    public async Task What_cannot_be_done_is_told_in_one_line(string command, string because)
    {
        await _shell.Version("1\n");
        _shell.Shell.With("other.prompt", "1\n");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal("", _shell.Out);
        Assert.Matches("^promptlsp: .+\n$", _shell.Error);
        Assert.Equal(1, _shell.Error.Count(c => c == '\n'));
        Assert.Contains(because, _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_makes_no_history()
    {
        _shell.Shell.With(Prompt, "1\n");
        foreach (string command in (string[])[$"log {Prompt}", $"show {Prompt}", "tags"])
            Assert.Equal(2, await _shell.Run(command));
        Assert.False(Directory.Exists(Path.Combine(_shell.Shell.Folder, ".promptlsp")));
    }

    [Fact]
    public async Task Every_answer_about_a_version_can_be_read_by_a_program()
    {
        await _shell.Version("1\n");
        await _shell.Version("2\n");
        foreach (
            string command in (string[])
                [$"tag {Prompt} a", $"untag {Prompt} a", $"describe {Prompt} -m why", $"rollback {Prompt} --to v1 -m back", $"show {Prompt}"]
        )
        {
            Assert.Equal(0, await _shell.Run(command + " --format json"));
            Assert.Equal(JsonValueKind.Number, _shell.Json.GetProperty("version").ValueKind);
            Assert.Equal(64, _shell.Json.GetProperty("effective").GetString()!.Length);
        }
        Assert.Equal(0, await _shell.Run("snapshot --format json"));
        Assert.Equal(1, _shell.Json.GetProperty("prompts").GetInt32());
    }
}
