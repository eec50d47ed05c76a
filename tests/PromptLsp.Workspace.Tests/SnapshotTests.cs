using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Testing;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;
using Xunit;

namespace PromptLsp.Workspace.Tests;

/// <summary>What a snapshot knows, what the next one takes over from it, and what it leaves alone.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly PromptFolder _folder = new(
        ("promptlsp.yaml", "context: { brand: brand.yaml }\nmodels: [openai/gpt-4o]\n"),
        ("brand.yaml", "name: Acme\n"),
        ("_voice.prompt", "warm"),
        ("main.prompt", "{{ include \"voice\" }}"));

    private readonly Disk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_open_comes_before_what_is_on_disk()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "{{ include \"voice\" }}").Open(Uri("_voice.prompt"), 1, "cold");
        Assert.Equal("cold", VoiceOf(now).Document.Text.Content);
        Assert.Equal("warm", VoiceOf(now.Close(Uri("_voice.prompt"))).Document.Text.Content);
    }

    [Fact]
    public void An_edit_of_the_settings_counts_before_it_is_saved()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "").Open(Uri("promptlsp.yaml"), 1, "models: [anthropic/claude]\n");
        Assert.Equal("anthropic/claude", Assert.Single(Main(now).Environment.Models).Name);
        Assert.Empty(Main(now).Environment.Context);
    }

    [Fact]
    public void A_snapshot_stays_what_it_was_when_there_is_a_newer_one()
    {
        Snapshot before = Now().Open(Uri("main.prompt"), 1, "one"), after = before.Open(Uri("main.prompt"), 2, "two");
        Assert.Equal("one", Main(before).Document.Text.Content);
        Assert.Equal("two", Main(after).Document.Text.Content);
    }

    [Fact]
    public void A_document_is_parsed_once()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "one");
        Assert.Same(Main(now), Main(now));
        Assert.Same(Main(now).Document, Main(now.Open(Uri("other.prompt"), 1, "")).Document);
    }

    [Fact]
    public void Settings_are_not_read_again_for_edits_that_nobody_looked_between()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "0");
        ModelInfo model = Assert.Single(Main(now).Environment.Models);
        for (int version = 2; version < 10; version++)
            now = now.Open(Uri("main.prompt"), version, version.ToString(null, null));
        Assert.Same(model, Assert.Single(Main(now).Environment.Models));
    }

    [Fact]
    public void Files_that_changed_outside_count_after_a_refresh()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "{{ include \"voice\" }}");
        Assert.Equal("warm", VoiceOf(now).Document.Text.Content);
        Assert.Equal("Acme", NameOfBrand(now));
        _folder.Write("_voice.prompt", "quite cold");
        _folder.Write("brand.yaml", "name: Globex\n");
        Snapshot then = now;
        now = now.Refreshed();
        Assert.Equal("quite cold", VoiceOf(now).Document.Text.Content);
        Assert.Equal("Globex", NameOfBrand(now));
        Assert.Equal("warm", then.ModelOf(Path.Join(_folder.Folder, "_voice.prompt"))!.Document.Text.Content);
        Assert.Equal("warm", then.Open(Uri("other.prompt"), 1, "").ModelOf(Path.Join(_folder.Folder, "_voice.prompt"))!.Document.Text.Content);
    }

    [Fact]
    public void Who_has_a_snapshot_goes_on_with_the_index_that_there_was()
    {
        Snapshot then = Now().Open(Uri("main.prompt"), 1, "");
        Snapshot now = then.WithIndex(WorkspaceIndex.Empty.With([(Path.Join(_folder.Folder, "other.prompt"), null)]));
        Assert.Null(then.Index);
        Assert.Null(Main(then).Environment.IncludedBy());
        Assert.Single(now.Index!.Paths);
        Assert.Empty(Main(now).Environment.IncludedBy()!);
    }

    [Fact]
    public void A_document_that_is_no_file_yet_lives_in_the_first_folder()
    {
        const string Untitled = "untitled:Untitled-1";
        Assert.Equal("brand", Assert.Single(Now().Open(Untitled, 1, "{{ x }}").Find(Untitled)!.Prompt.Environment.Context).Name);
        Assert.Empty(Snapshot.Empty(_disk, []).Open(Untitled, 1, "{{ x }}").Find(Untitled)!.Prompt.Environment.Context);
    }

    [Fact]
    public void One_file_under_two_names_is_no_trouble()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "one").Open(Uri("main.prompt").Replace("main", "%6Dain", StringComparison.Ordinal), 1, "two");
        Assert.Equal("one", Main(now).Document.Text.Content);
        Assert.NotNull(now.ModelOf(FileUri.ToPath(Uri("main.prompt"))!));
    }

    [Fact]
    public void What_is_out_of_step_or_too_large_or_settings_is_no_prompt()
    {
        string uri = Uri("main.prompt");
        Assert.Null(Now().With(new OpenDocument(uri, FileUri.ToPath(uri), 1, new SourceText("x")) { IsOutOfStep = true }).Find(uri));
        Assert.Null(Now().Open(uri, 1, new string('x', Disk.LargestFile + 1)).Find(uri));
        Assert.Null(Now().Open(Uri("promptlsp.yaml"), 1, "").Find(Uri("promptlsp.yaml")));
        Assert.Null(Now().Find(uri));
    }

    [Fact]
    public async Task Readers_of_old_snapshots_are_not_disturbed_by_new_ones()
    {
        Snapshot now = Now().Open(Uri("main.prompt"), 1, "");
        var readers = new List<Task>();
        for (int version = 2; version < 300; version++)
        {
            Snapshot then = now;
            readers.Add(
                Task.Run(() => Assert.Equal("openai/gpt-4o", Assert.Single(Main(then).Environment.Models).Name), TestContext.Current.CancellationToken)
            );
            now = now.Open(Uri("main.prompt"), version, version.ToString(null, null));
        }
        await Task.WhenAll(readers);
    }

    private Snapshot Now() => Snapshot.Empty(_disk, [_folder.Folder]);

    private string Uri(string path) => FileUri.FromPath(Path.Join(_folder.Folder, path));

    private PromptModel Main(Snapshot now) => now.Find(Uri("main.prompt"))!.Prompt;

    private PromptModel VoiceOf(Snapshot now) => Main(now).Environment.Include("voice").Found!.Model;

    private object? NameOfBrand(Snapshot now) => ((IReadOnlyDictionary<string, object?>)Assert.Single(Main(now).Environment.Context).Sample!)["name"];
}
