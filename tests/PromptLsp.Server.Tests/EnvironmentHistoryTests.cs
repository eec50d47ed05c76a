using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Signing;
using PromptLsp.Server.Tests.Client;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.Tests;

/// <summary>What somebody else promotes while an editor is open is seen there: above the prompt, in its history, and where it breaks what others rely on.</summary>
public sealed class EnvironmentHistoryTests : IDisposable
{
    private const string One = "---\ninput: { schema: { a: string } }\n---\nHello {{ a }}\n",
        Two = "---\ninput: { schema: { a: string } }\n---\nGood morning {{ a }}\n",
        Breaking = "---\ninput: { schema: { a: string, b: string } }\n---\nHello {{ a }} {{ b }}\n",
        Record = "releases/production/a.prompt/release.json",
        Copy = "releases/production/a.prompt/files/a.prompt";

    private readonly Folder _folder = new();

    public EnvironmentHistoryTests()
    {
        _folder.Write("promptlsp.yaml", "environments: { dev: {}, production: { from: dev } }\n");
        _folder.Write("a.prompt", One);
    }

    public void Dispose() => _folder.Dispose();

    private string Uri => _folder.Uri("a.prompt");

    private async Task<Editor> StartAsync(object? options = null)
    {
        Editor editor = await Editor.StartAsync(
            new { workspace = new { codeLens = new { refreshSupport = true } }, experimental = new { promptlsp = new { asks = true } } },
            _folder.Path,
            options
        );
        editor.Expect("promptlsp/changed");
        editor.Answer("workspace/codeLens/refresh", static _ => null);
        return editor;
    }

    // As the command line does it in another process, which tells this one nothing.
    private async Task PromoteAsync(string environment, string why)
    {
        var snapshot = Snapshot.Empty(new Disk(), [_folder.Path]);
        var workspace = new ReleaseWorkspace(snapshot, snapshot.Roots.OfFolder(_folder.Path), new Recorder("tests"), new StoreOptions());
        using Promotion promotion = workspace.Plan(["a.prompt"], environment, why, TestContext.Current.CancellationToken);
        await promotion.CarryOutAsync(ImmutableDictionary<string, Approval>.Empty, TestContext.Current.CancellationToken);
    }

    private Task SeeAsync(Editor editor, params string[] files) =>
        editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = files.Select(f => new { uri = _folder.Uri(f), type = 2 }).ToArray() });

    private async Task SaveAsync(Editor editor, OpenFile file, string text)
    {
        await file.ReplaceAsync(text);
        _folder.Write("a.prompt", text);
        await editor.TellAsync("textDocument/didSave", new { textDocument = new { uri = file.Uri } });
    }

    private static async Task<string[]> LensesAsync(Editor editor, string uri) =>
        [
            .. (await editor.AskAsync("textDocument/codeLens", new { textDocument = new { uri } }))!.AsArray().Select(l => (string)l!["command"]!["title"]!),
        ];

    private async Task<JsonArray> VersionsAsync(Editor editor) =>
        new([
            .. (await editor.AskAsync("promptlsp/history", new { textDocument = new { uri = Uri } }))!["rows"]!
                .AsArray()
                .SelectMany(r => r!.AsArray())
                .Select(v => v!.DeepClone()),
        ]);

    [Fact]
    public async Task What_runs_where_stands_above_the_prompt_and_follows_what_others_promote()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync(One, Uri);
        await SaveAsync(editor, file, Two);
        await VersionsAsync(editor);
        Assert.DoesNotContain(await LensesAsync(editor, Uri), l => l.Contains("production", StringComparison.Ordinal));
        await PromoteAsync("dev", "draft");
        await PromoteAsync("production", "it works");
        await SeeAsync(editor, Record, "releases/dev/a.prompt/release.json");
        // The list waits for what was seen.
        await VersionsAsync(editor);
        Assert.Contains("production v2 · dev v2", await LensesAsync(editor, Uri));
        await SaveAsync(editor, file, One + "More.\n");
        await VersionsAsync(editor);
        Assert.Contains("production v2 ▲1 · dev v2 ▲1", await LensesAsync(editor, Uri));
        _folder.Write(Copy, "Something else.\n");
        await SeeAsync(editor, Copy);
        await VersionsAsync(editor);
        Assert.Contains("production v2 ▲1 (edited) · dev v2 ▲1", await LensesAsync(editor, Uri));
    }

    [Fact]
    public async Task Of_many_environments_the_lens_tells_first_what_is_not_the_newest_and_those_that_hold_the_same_together()
    {
        _folder.Write("promptlsp.yaml", "environments: [dev, test, paris, berlin, rome, production]\n");
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync(One, Uri);
        await SaveAsync(editor, file, One);
        string[] all = ["dev", "test", "paris", "berlin", "rome", "production"];
        foreach (string environment in all)
            await PromoteAsync(environment, "first");
        await SaveAsync(editor, file, Two);
        foreach (string environment in all[..2])
            await PromoteAsync(environment, "second");
        await SeeAsync(editor, [.. all.Select(e => $"releases/{e}/a.prompt/release.json")]);
        await VersionsAsync(editor);
        Assert.Contains("production, rome, berlin +1 v1 ▲1 · test, dev v2", await LensesAsync(editor, Uri));
    }

    [Fact]
    public async Task A_version_is_said_to_run_where_it_runs_now_alone()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync(One, Uri);
        await SaveAsync(editor, file, One);
        await PromoteAsync("dev", "draft");
        await SeeAsync(editor, "releases/dev/a.prompt/release.json");
        Assert.Equal("v1 promoted dev now", await MovesAsync(editor));
        await SaveAsync(editor, file, Two);
        await PromoteAsync("dev", "shorter");
        await SeeAsync(editor, "releases/dev/a.prompt/release.json");
        Assert.Equal("v2 promoted dev now | v1 promoted dev", await MovesAsync(editor));
        _folder.Write("a.prompt", One);
        await PromoteAsync("dev", "too short");
        await SeeAsync(editor, "releases/dev/a.prompt/release.json");
        Assert.Equal("v2 promoted dev | v1 promoted dev now | v1 promoted dev", await MovesAsync(editor));
    }

    private async Task<string> MovesAsync(Editor editor) =>
        string.Join(
            " | ",
            from version in await VersionsAsync(editor)
            from move in version!["environments"]?.AsArray() ?? []
            select $"v{version["version"]} {move!["kind"]} {move["environment"]}{(move["now"] is null ? "" : " now")}"
        );

    [Fact]
    public async Task The_history_of_a_prompt_tells_each_promotion_once_also_to_the_next_session()
    {
        await using (Editor editor = await StartAsync())
        {
            OpenFile file = await editor.OpenAsync(One, Uri);
            await SaveAsync(editor, file, Two);
            await VersionsAsync(editor);
            await PromoteAsync("dev", "draft");
            await SeeAsync(editor, "releases/dev/a.prompt/release.json");
            await SeeAsync(editor, "releases/dev/a.prompt/release.json");
            await VersionsAsync(editor);
        }
        await using Editor again = await StartAsync();
        await again.OpenAsync(Two, Uri);
        JsonNode move = Assert.Single((await VersionsAsync(again))[0]!["environments"]!.AsArray())!;
        Assert.Equal(("promoted", "dev", "draft"), ((string)move["kind"]!, (string)move["environment"]!, (string)move["why"]!));
        using HistoryStore store = HistoryStore.Open(_folder.Path, StoreAccess.ReadOnly);
        Verification found = store.Verify(TestContext.Current.CancellationToken);
        Assert.Equal((true, 3), (found.Holds, found.Events));
    }

    [Fact]
    public async Task A_prompt_that_is_opened_brings_what_happened_while_nobody_looked()
    {
        await using (Editor editor = await StartAsync())
        {
            await SaveAsync(editor, await editor.OpenAsync(One, Uri), Two);
            await VersionsAsync(editor);
        }
        await PromoteAsync("dev", "draft");
        await using Editor again = await StartAsync();
        await again.OpenAsync(Two, Uri);
        Assert.Equal("draft", (string)(await VersionsAsync(again))[0]!["environments"]![0]!["why"]!);
    }

    [Fact]
    public async Task The_hover_over_a_line_tells_where_its_version_went()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync(One, Uri);
        await SaveAsync(editor, file, Two);
        await VersionsAsync(editor);
        await PromoteAsync("dev", "the *French* tickets");
        await SeeAsync(editor, "releases/dev/a.prompt/release.json");
        await VersionsAsync(editor);
        JsonNode hover = (
            await editor.AskAsync("textDocument/hover", new { textDocument = new { uri = Uri }, position = new { line = 3, character = 17 } })
        )!;
        Assert.Matches(@"promoted to dev by .+, just now — the \\\*French\\\* tickets", (string)hover["contents"]!["value"]!);
    }

    [Fact]
    public async Task Nothing_is_taken_over_in_a_folder_that_is_not_trusted_and_what_runs_is_shown_all_the_same()
    {
        await PromoteAsync("dev", "draft");
        await using Editor editor = await StartAsync(new { trusted = false });
        await editor.OpenAsync(One, Uri);
        Assert.Contains(await LensesAsync(editor, Uri), l => l.StartsWith("dev ", StringComparison.Ordinal));
        await SeeAsync(editor, "releases/dev/a.prompt/release.json");
        await LensesAsync(editor, Uri);
        Assert.False(Directory.Exists(Path.Join(_folder.Path, ".promptlsp", "history.db")));
    }

    [Fact]
    public async Task A_change_breaks_against_what_the_last_environment_holds()
    {
        await PromoteAsync("dev", "draft");
        await PromoteAsync("production", "it works");
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync(Breaking, Uri);
        Assert.Contains(
            await FindingsAsync(editor, file, "contract-break"),
            m => m == "the input `b` is new and required; what relies on `production` breaks"
        );
    }

    [Fact]
    public async Task A_copy_says_where_it_comes_from_and_that_it_was_edited()
    {
        await PromoteAsync("dev", "draft");
        await PromoteAsync("production", "it works");
        await using Editor editor = await StartAsync();
        OpenFile copy = await editor.OpenAsync(One, _folder.Uri(Copy));
        Assert.Matches("^release of a.prompt in production, promoted by .+, just now; edit the prompt instead$", (await LensesAsync(editor, copy.Uri))[0]);
        await copy.ReplaceAsync(Two);
        Assert.Equal(
            ["this is not what was released to production: it was edited; bring it back from git, change `a.prompt` and promote that"],
            await FindingsAsync(editor, copy, "release-edited")
        );
        await copy.ReplaceAsync(One);
        await copy.FindingsBecomeAsync("");
    }

    // The slow ones come in a second publication.
    private static async Task<string[]> FindingsAsync(Editor editor, OpenFile file, string rule)
    {
        for (; ; )
        {
            JsonNode published = (await editor.HearAsync("textDocument/publishDiagnostics"))!;
            string[] messages =
            [
                .. published["diagnostics"]!.AsArray().Where(d => (string)d!["code"]! == rule).Select(d => (string)d!["message"]!),
            ];
            if ((string?)published["uri"] == file.Uri && messages.Length > 0)
                return messages;
        }
    }
}
