using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Findings reach the client: pushed with their version, or pulled with a result's id; never both.</summary>
public sealed class DiagnosticsTests
{
    private const string Misspelt = "{{ \"a\" | string.upcas }}", Right = "{{ \"a\" | string.upcase }}";

    private static readonly object Pulls = new { textDocument = new { diagnostic = new { } }, workspace = new { diagnostics = new { refreshSupport = true } } };

    [Fact]
    public async Task Findings_are_pushed_for_each_version()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(Misspelt);
        Assert.Equal("0:9-21 unknown-function", await file.FindingsAsync());
        await file.ReplaceAsync(Right);
        Assert.Equal("", await file.FindingsAsync());
        await file.TypeAsync(0, 0, "> ");
        await file.TypeAsync(0, 22, 0, 23, "");
        Assert.Equal("0:11-23 unknown-function", await file.FindingsAsync());
    }

    [Fact]
    public async Task Closing_takes_the_findings_back()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(Misspelt);
        await file.FindingsAsync();
        await file.CloseAsync();
        JsonNode? published = await editor.HearAsync("textDocument/publishDiagnostics");
        while (published!["version"] is not null)
            published = await editor.HearAsync("textDocument/publishDiagnostics");
        Assert.Empty(published["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task Findings_are_pulled_and_the_same_ones_are_not_sent_twice()
    {
        await using Editor editor = await Editor.StartAsync(Pulls);
        OpenFile file = await editor.OpenAsync(Misspelt);
        JsonNode first = await PullAsync(editor, file, null);
        Assert.Equal("full", (string?)first["kind"]);
        Assert.Equal("0:9-21 unknown-function", OpenFile.Show(first["items"]!.AsArray()));
        string id = (string)first["resultId"]!;
        Assert.Equal("unchanged", (string?)(await PullAsync(editor, file, id))["kind"]);
        await file.TypeAsync(0, 24, " and more");
        Assert.Equal("unchanged", (string?)(await PullAsync(editor, file, id))["kind"]);
        await file.ReplaceAsync(Right);
        Assert.Equal("full", (string?)(await PullAsync(editor, file, id))["kind"]);
    }

    [Fact]
    public async Task A_client_that_pulls_is_not_pushed_to()
    {
        await using Editor editor = await Editor.StartAsync(Pulls);
        OpenFile file = await editor.OpenAsync(Misspelt);
        await PullAsync(editor, file, null);
        Assert.False(editor.HasHeard("textDocument/publishDiagnostics"));
    }

    [Fact]
    public async Task A_file_over_five_megabytes_gets_one_hint()
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(new string('x', 5 * 1024 * 1024) + Misspelt);
        Assert.Equal("0:0-0 unreadable-file", await file.FindingsAsync());
    }

    [Fact]
    public async Task An_edit_of_an_include_is_seen_in_the_prompt_that_includes_it()
    {
        using var folder = new Folder();
        const string Prompt = "---\ninput:\n  schema:\n    mood: string\n---\n{{ include \"tone\" }}";
        folder.Write("main.prompt", Prompt);
        folder.Write("_tone.prompt", "Be kind.");
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        OpenFile main = await editor.OpenAsync(Prompt, folder.Uri("main.prompt"));
        Assert.Equal("3:4-8 unused-input", await main.FindingsAsync());
        OpenFile tone = await editor.OpenAsync("Be kind.", folder.Uri("_tone.prompt"));
        await tone.ReplaceAsync("Be {{ mood }}.");
        await main.FindingsBecomeAsync("");
    }

    [Fact]
    public async Task Findings_of_closed_files_are_pulled_once_and_then_when_they_change()
    {
        using var folder = new Folder();
        folder.Write("bad.prompt", Misspelt);
        folder.Write("good.prompt", Right);
        await using Editor editor = await Editor.StartAsync(Pulls, folder.Path);
        JsonNode first = (await editor.AskAsync("workspace/diagnostic", new { previousResultIds = Array.Empty<object>() }))!["items"]!;
        Assert.Equal(
            (1, folder.Uri("bad.prompt"), "0:9-21 unknown-function"),
            (first.AsArray().Count, (string?)first[0]!["uri"], OpenFile.Show(first[0]!["items"]!.AsArray()))
        );

        // Nothing has changed: the answer is held until something has.
        var told = new { previousResultIds = new[] { new { uri = folder.Uri("bad.prompt"), value = (string?)first[0]!["resultId"] } } };
        var (_, answer) = await editor.BeginAsync("workspace/diagnostic", told);
        folder.Write("good.prompt", Misspelt);
        folder.Write("bad.prompt", Right);
        await editor.TellAsync(
            "workspace/didChangeWatchedFiles",
            new { changes = new[] { new { uri = folder.Uri("good.prompt"), type = 2 }, new { uri = folder.Uri("bad.prompt"), type = 2 } } }
        );
        JsonArray second = (await answer.WaitAsync(Wire.Patience, TestContext.Current.CancellationToken))["result"]!["items"]!.AsArray();
        Assert.Equal(
            ["bad.prompt 0", "good.prompt 1"],
            second.Select(f => $"{((string)f!["uri"]!).Split('/')[^1]} {f["items"]!.AsArray().Count}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task After_a_change_on_disk_only_what_depends_on_it_is_looked_at_again()
    {
        using var folder = new Folder();
        folder.Write("main.prompt", "---\ninput:\n  schema:\n    mood: string\n---\n{{ include \"tone\" }}");
        folder.Write("_tone.prompt", "Be kind.");
        folder.Write("other.prompt", Misspelt);
        await using Editor editor = await Editor.StartAsync(Pulls, folder.Path);
        Dictionary<string, string> told = [];
        Assert.Equal("main.prompt 1, other.prompt 1", await NewsAsync(editor, told));
        // Nobody says so of this one.
        folder.Write("other.prompt", Right);
        folder.Write("_tone.prompt", "Be {{ mood }}.");
        await editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = folder.Uri("_tone.prompt"), type = 2 } } });
        Assert.Equal("main.prompt 0", await NewsAsync(editor, told));
    }

    [Fact]
    public async Task Of_a_prompt_that_was_open_and_is_gone_nothing_is_left()
    {
        using var folder = new Folder();
        folder.Write("a.prompt", Right);
        await using Editor editor = await Editor.StartAsync(Pulls, folder.Path);
        OpenFile file = await editor.OpenAsync("Hello {{ if true }}", folder.Uri("a.prompt"));
        File.Delete(Path.Join(folder.Path, "a.prompt"));
        await editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = file.Uri, type = 3 } } });
        await file.CloseAsync();
        Assert.Equal("a.prompt 0", await NewsAsync(editor, []));
    }

    [Fact]
    public async Task What_the_engine_rejects_is_told_of_prompts_that_nobody_has_opened()
    {
        using var folder = new Folder();
        folder.Write("broken.prompt", "Hello {{ if true }}");
        await using Editor editor = await Editor.StartAsync(Pulls, folder.Path);
        Assert.Equal("broken.prompt 1", await NewsAsync(editor, []));
    }

    [Fact]
    public async Task Folders_come_and_go()
    {
        using Folder first = new(), second = new();
        first.Write("one.prompt", Misspelt);
        second.Write("two.prompt", Misspelt);
        await using Editor editor = await Editor.StartAsync(Pulls, first.Path);
        Dictionary<string, string> told = [];
        Assert.Equal("one.prompt 1", await NewsAsync(editor, told));
        await ChangeFoldersAsync(editor, [second], []);
        Assert.Equal("two.prompt 1", await NewsAsync(editor, told));
        await ChangeFoldersAsync(editor, [], [first]);
        Assert.Equal("one.prompt 0", await NewsAsync(editor, told));
    }

    [Fact]
    public async Task A_folder_takes_its_prompts_along_where_it_goes()
    {
        using var folder = new Folder();
        folder.Write("sub/one.prompt", Misspelt);
        folder.Write("two.prompt", Misspelt);
        await using Editor editor = await Editor.StartAsync(Pulls, folder.Path);
        Dictionary<string, string> told = [];
        Assert.Equal("one.prompt 1, two.prompt 1", await NewsAsync(editor, told));
        Directory.Delete(Path.Join(folder.Path, "sub"), recursive: true);
        await editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = folder.Uri("sub"), type = 3 } } });
        Assert.Equal("one.prompt 0", await NewsAsync(editor, told));
        // The findings of what is gone go at once; the index follows.
        string[] names;
        using var patience = new CancellationTokenSource(Wire.Patience);
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            names = [.. (await editor.AskAsync("workspace/symbol", new { query = "" }))!.AsArray().Select(s => (string)s!["name"]!)];
        }
        while (names is not ["two.prompt"]);
    }

    [Fact]
    public async Task What_is_wrong_with_files_that_nobody_has_opened_is_told()
    {
        using var folder = new Folder();
        folder.Write("promptlsp.yaml", "partials: nowhere");
        File.WriteAllBytes(Path.Join(folder.Path, "latin.prompt"), [0xe9]);
        await using Editor editor = await Editor.StartAsync(Pulls, folder.Path);
        Dictionary<string, string> told = [];
        Assert.Equal("latin.prompt 1, promptlsp.yaml 1", await NewsAsync(editor, told));
        folder.Write("promptlsp.yaml", "context: {}");
        await editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = folder.Uri("promptlsp.yaml"), type = 2 } } });
        Assert.Equal("promptlsp.yaml 0", await NewsAsync(editor, told));
    }

    [Fact]
    public async Task Broken_settings_are_pushed_with_the_first_prompt_that_they_are_for()
    {
        using var folder = new Folder();
        folder.Write("promptlsp.yaml", "partials: nowhere");
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        await editor.OpenAsync(Right, folder.Uri("main.prompt"));
        Assert.Equal("0:10-17 invalid-settings", await PushedAsync(editor, folder.Uri("promptlsp.yaml")));
        folder.Write("promptlsp.yaml", "context: {}");
        await editor.TellAsync("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = folder.Uri("promptlsp.yaml"), type = 2 } } });
        Assert.Equal("", await PushedAsync(editor, folder.Uri("promptlsp.yaml")));
    }

    [Fact]
    public async Task A_file_of_signers_that_comes_and_goes_is_seen()
    {
        using var folder = new Folder();
        folder.Write("promptlsp.yaml", "environments: { dev: { require: { approvals: 1 } } }\n");
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        await editor.OpenAsync(Right, folder.Uri("main.prompt"));
        Assert.Equal("0:16-19 invalid-settings", await PushedAsync(editor, folder.Uri("promptlsp.yaml")));
        folder.Write(".promptlsp-signers", "ada@example.com namespaces=\"promptlsp\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0\n");
        var changed = new { changes = new[] { new { uri = folder.Uri(".promptlsp-signers"), type = 1 } } };
        await editor.TellAsync("workspace/didChangeWatchedFiles", changed);
        Assert.DoesNotContain("invalid-settings", await PushedAsync(editor, folder.Uri("promptlsp.yaml")), StringComparison.Ordinal);
        File.Delete(Path.Join(folder.Path, ".promptlsp-signers"));
        await editor.TellAsync("workspace/didChangeWatchedFiles", changed);
        Assert.Equal("0:16-19 invalid-settings", await PushedAsync(editor, folder.Uri("promptlsp.yaml")));
    }

    [Fact]
    public async Task Context_files_and_new_partials_count_before_they_are_saved()
    {
        using var folder = new Folder();
        folder.Write("promptlsp.yaml", "context: { brand: brand.yaml }\n");
        folder.Write("brand.yaml", "name: Acme\n");
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        OpenFile main = await editor.OpenAsync("{{ brand.voice }}{{ include \"tone\" }}", folder.Uri("main.prompt"));
        Assert.Equal("0:9-14 unknown-member\n0:28-34 missing-include", await main.FindingsAsync());
        OpenFile brand = await editor.OpenAsync("voice: warm\n", folder.Uri("brand.yaml"));
        await main.FindingsBecomeAsync("0:28-34 missing-include");
        OpenFile tone = await editor.OpenAsync("Be kind.", folder.Uri("_tone.prompt"));
        await main.FindingsBecomeAsync("");
        await brand.CloseAsync();
        await main.FindingsBecomeAsync("0:9-14 unknown-member");
        await tone.CloseAsync();
        await main.FindingsBecomeAsync("0:9-14 unknown-member\n0:28-34 missing-include");
    }

    [Theory]
    [InlineData("file:///work/brand.yaml", "")]
    [InlineData("file:///work/data.json", "")]
    [InlineData("promptlsp-version:/work/main.prompt?v1", "")]
    [InlineData("untitled:Untitled-1", "0:9-21 unknown-function")]
    [InlineData("file:///work/any.name", "0:9-21 unknown-function")]
    public async Task Only_prompts_are_read_as_prompts(string uri, string findings)
    {
        await using Editor editor = await Editor.StartAsync();
        OpenFile file = await editor.OpenAsync(Misspelt, uri);
        Assert.Equal(findings, await file.FindingsAsync());
        Assert.Equal(findings.Length > 0, (await file.HoverAsync(0, 0)).Length > 0);
    }

    [Fact]
    public async Task What_is_not_saved_yet_lives_in_the_first_folder()
    {
        using var folder = new Folder();
        folder.Write("promptlsp.yaml", "context: { brand: brand.yaml }\n");
        folder.Write("brand.yaml", "name: Acme\n");
        folder.Write("_tone.prompt", "Be kind.");
        await using Editor editor = await Editor.StartAsync(root: folder.Path);
        OpenFile file = await editor.OpenAsync(
            "---\ninput: { schema: { a: string } }\n---\n{{ a }} {{ brand.name }} {{ brand.nmae }} {{ include \"tone\" }} {{ include \"tune\" }}",
            "untitled:Untitled-1"
        );
        Assert.Equal("3:34-38 unknown-member\n3:74-80 missing-include", await file.FindingsAsync());
    }

    private static Task ChangeFoldersAsync(Editor editor, Folder[] added, Folder[] removed) =>
        editor.TellAsync(
            "workspace/didChangeWorkspaceFolders",
            new
            {
                @event = new
                {
                    added = added.Select(f => new { uri = f.Uri(""), name = "" }),
                    removed = removed.Select(f => new { uri = f.Uri(""), name = "" }),
                },
            }
        );

    // The files of the next answer that says something, each with the number of its findings.
    private static async Task<string> NewsAsync(Editor editor, Dictionary<string, string> told)
    {
        JsonArray news = (await editor.AskAsync("workspace/diagnostic", new { previousResultIds = told.Select(t => new { uri = t.Key, value = t.Value }) }))![
            "items"
        ]!.AsArray();
        foreach (JsonNode? file in news)
            told[(string)file!["uri"]!] = (string)file["resultId"]!;
        return string.Join(", ", news.Select(f => $"{((string)f!["uri"]!).Split('/')[^1]} {f["items"]!.AsArray().Count}").Order(StringComparer.Ordinal));
    }

    private static async Task<string> PushedAsync(Editor editor, string uri)
    {
        while (true)
        {
            JsonNode published = (await editor.HearAsync("textDocument/publishDiagnostics"))!;
            if ((string?)published["uri"] == uri)
                return OpenFile.Show(published["diagnostics"]!.AsArray());
        }
    }

    private static async Task<JsonNode> PullAsync(Editor editor, OpenFile file, string? previousResultId) =>
        (await editor.AskAsync("textDocument/diagnostic", new { textDocument = new { uri = file.Uri }, previousResultId }))!;
}
