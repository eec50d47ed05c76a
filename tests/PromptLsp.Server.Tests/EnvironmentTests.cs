using System.Diagnostics;
using System.Text.Json.Nodes;
using PromptLsp.Evaluation.Drift;
using PromptLsp.Evaluation.Running;
using PromptLsp.History;
using PromptLsp.Server.Tests.Client;
using Editor = PromptLsp.Server.Tests.Client.Editor;

namespace PromptLsp.Server.Tests;

/// <summary>What runs where, seen and changed from an editor, with real git and real keys.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private const string Prompt = "support/reply.prompt";

    private const string Text = """
        ---
        input: { schema: { ticket: string } }
        samples: { one: { ticket: hi } }
        ---
        Be kind about {{ ticket }}.

        """;

    private readonly Folder _folder = new();
    private readonly string _keys = Directory.CreateTempSubdirectory("promptlsp-keys-").FullName;

    public EnvironmentTests()
    {
        Run("git", "init", "-q", "-b", "main", ".");
        Run("git", "config", "commit.gpgsign", "false");
        foreach (string name in new[] { "ada", "bo" })
            Key(name, "");
        _folder.Write(
            "promptlsp.yaml",
            """
            environments:
              dev: {}
              staging: { require: { why: true } }
              production: { require: { approvals: 1, approvers: ["@leads"], contract: compatible } }
            teams: { "@leads": [bo@example.com] }

            """
        );
        _folder.Write(Prompt, Text);
        _folder.Write(".promptlsp-signers", string.Concat(new[] { "ada", "bo" }.Select(Signer)));
        As("ada");
        Run("git", "add", "-A");
        Run("git", "commit", "-qm", "Begin");
    }

    private string Uri => _folder.Uri(Prompt);

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_keys, recursive: true);
    }

    [Fact]
    public async Task A_prompt_goes_from_draft_to_production_and_back_with_what_was_seen()
    {
        await using Editor editor = await StartAsync();
        JsonNode page = await PageAsync(editor, "dev");
        Assert.Equal("staging", Assert.Single(page["next"]!.AsArray())!.GetValue<string>());
        Assert.Equal(
            ("workspace", true, 0, "alone"),
            ((string?)page["from"] ?? "workspace", (bool)page["open"]!, page["gates"]!.AsArray().Count, (string?)page["compared"])
        );
        Assert.StartsWith("promoted: dev holds v1 (", await DoAsync(editor, "promptlsp.promote", "dev", seen: (string?)page["seen"]), StringComparison.Ordinal);

        Assert.Equal("shut why: say why, in the field for it", Gates(await PageAsync(editor, "staging")));
        await DoAsync(editor, "promptlsp.promote", "staging", "tried it");
        page = await PageAsync(editor, "production");
        Assert.Equal("open contract: nothing ran there before\nshut approvals: 0 of 1 from @leads", Gates(page));
        Assert.False((bool)page["approvable"]!);
        Assert.Equal("", await WaitingAsync(editor));

        As("bo");
        Assert.Equal("approve support/reply.prompt for production: 0 of 1 approvals", await WaitingAsync(editor));
        page = await PageAsync(editor, "production");
        string said = await DoAsync(editor, "promptlsp.approve", "production", "read it", (string?)page["seen"]);
        Assert.StartsWith("approved by bo@example.com: v1 (", said, StringComparison.Ordinal);
        Assert.EndsWith("for production, where there is none yet; signed", said, StringComparison.Ordinal);
        page = await PageAsync(editor, "production");
        Assert.Equal("open contract: nothing ran there before\nopen approvals: 1 of 1: bo@example.com (signed)", Gates(page));
        Assert.NotNull(page["approved"]);

        As("ada");
        Assert.Equal("promote support/reply.prompt for production: approved by bo@example.com", await WaitingAsync(editor));
        await DoAsync(editor, "promptlsp.promote", "production", "the first");
        Assert.Equal("dev v1 | staging v1 | production v1", await CellsAsync(editor));

        // Where there is nothing to compare with, all of the text is shown.
        page = await PageAsync(editor, "production");
        Assert.Equal("alone", (string?)page["compared"]);
        Assert.Contains(page["hunks"]![0]!.AsArray(), l => ((string)l!["text"]!).StartsWith("Be kind about", StringComparison.Ordinal));

        // Another release, and back.
        _folder.Write(Prompt, Text.Replace("kind", "brief", StringComparison.Ordinal));
        Assert.Equal("dev v1 changed | staging v1 | production v1", await CellsAsync(editor));
        page = await PageAsync(editor, "dev");
        Assert.Equal("rendered", (string?)page["compared"]);
        Assert.Equal(
            "removed Be kind about hi. | added Be brief about hi.",
            string.Join(" | ", page["hunks"]![0]!.AsArray().Where(l => (string?)l!["kind"] != "same").Select(l => $"{l!["kind"]} {l["text"]}"))
        );
        await DoAsync(editor, "promptlsp.promote", "dev");
        string? seen = (string?)(await CellAsync(editor, 0))["release"];
        // First where it would lead: nobody needs a reason to look.
        Assert.StartsWith("dev would hold v1 (", await WouldAsync(editor, "promptlsp.rollBackEnvironment", "dev"), StringComparison.Ordinal);
        Assert.Equal(seen, (string?)(await CellAsync(editor, 0))["release"]);
        Assert.StartsWith(
            "rolled back: dev holds v1 (",
            await DoAsync(editor, "promptlsp.rollBackEnvironment", "dev", "too short", seen),
            StringComparison.Ordinal
        );
        Assert.Equal("rolled-back", (string?)(await CellAsync(editor, 0))["kind"]);
        Assert.Equal(
            "somebody was faster: dev holds another release of `support/reply.prompt` than when you looked; look again",
            await RefusedAsync(editor, "promptlsp.rollBackEnvironment", "dev", "again", seen)
        );
    }

    [Fact]
    public async Task What_moved_between_page_and_button_is_refused()
    {
        await using Editor editor = await StartAsync();
        string? seen = (string?)(await PageAsync(editor, "dev"))["seen"];
        _folder.Write(Prompt, Text + "More.\n");
        Assert.Equal(
            "`support/reply.prompt` is not what you looked at any more: what would come into dev has changed; look again",
            await RefusedAsync(editor, "promptlsp.promote", "dev", seen: seen)
        );
        seen = (string?)(await PageAsync(editor, "dev"))["seen"];
        await DoAsync(editor, "promptlsp.promote", "dev", seen: seen);
        _folder.Write(Prompt, Text);
        seen = (string?)(await PageAsync(editor, "dev"))["seen"];
        _folder.Write(Prompt, Text + "Less.\n");
        await DoAsync(editor, "promptlsp.promote", "dev");
        Assert.Equal(
            "somebody was faster: dev holds another release of `support/reply.prompt` than when you looked; look again",
            await RefusedAsync(editor, "promptlsp.promote", "dev", seen: seen)
        );
    }

    [Fact]
    public async Task Text_that_is_not_saved_is_never_promoted()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync(Text, Uri);
        await file.TypeAsync(4, 0, "Really: ");
        JsonNode page = await PageAsync(editor, "dev");
        Assert.Equal(Prompt, (string?)page["unsaved"]![0]);
        Assert.False((bool)page["open"]!);
        Assert.Equal(
            "save `support/reply.prompt` first: what is not saved would not be promoted",
            await RefusedAsync(editor, "promptlsp.promote", "dev")
        );
        Assert.Equal("", await CellsAsync(editor));
    }

    [Fact]
    public async Task A_shut_gate_refuses_in_one_line()
    {
        await using Editor editor = await StartAsync();
        await DoAsync(editor, "promptlsp.promote", "dev");
        Assert.StartsWith(
            "`support/reply.prompt` does not get into staging: why: no reason is given",
            await RefusedAsync(editor, "promptlsp.promote", "staging"),
            StringComparison.Ordinal
        );
        await DoAsync(editor, "promptlsp.freeze", "staging", "the sale");
        Assert.StartsWith("frozen: staging is frozen by ada", Gates(await PageAsync(editor, "staging")).Split(' ', 2)[1], StringComparison.Ordinal);
        Assert.Equal("staging is frozen already, by ada <ada@example.com>: the sale", await RefusedAsync(editor, "promptlsp.freeze", "staging", "again"));
        Assert.StartsWith("staging is open again", await DoAsync(editor, "promptlsp.thaw", "staging"), StringComparison.Ordinal);
        await DoAsync(editor, "promptlsp.promote", "staging", "after the sale");
    }

    [Fact]
    public async Task A_key_with_a_passphrase_is_never_asked_for_on_a_terminal()
    {
        Key("late", "secret");
        As("bo", Path.Join(_keys, "late"));
        _folder.Write(".promptlsp-signers", Signer("bo") + Signer("late").Replace("late@", "bo@", StringComparison.Ordinal));
        await using Editor editor = await StartAsync();
        await DoAsync(editor, "promptlsp.promote", "dev");
        await DoAsync(editor, "promptlsp.promote", "staging", "tried");
        long start = Stopwatch.GetTimestamp();
        string said = await RefusedAsync(editor, "promptlsp.approve", "production");
        Assert.StartsWith("ssh-keygen cannot sign with `", said, StringComparison.Ordinal);
        Assert.Contains("if the key has a passphrase, `ssh-add ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "It waited for somebody.");
    }

    [Fact]
    public async Task In_a_folder_that_is_not_trusted_nothing_is_promoted_and_nobody_is_known()
    {
        await using (Editor editor = await StartAsync())
            await DoAsync(editor, "promptlsp.promote", "dev");
        await using Editor careful = await StartAsync(trusted: false);
        Assert.Equal("Nothing is promoted or signed in a folder that is not trusted.", await RefusedAsync(careful, "promptlsp.promote", "dev"));
        JsonNode root = await RootAsync(careful);
        Assert.Null(root["you"]);
        Assert.Equal("dev", (string?)root["prompts"]![0]!["cells"]![0]!["environment"]);
        (int code, _) = await careful.FailAsync("promptlsp/promotion", new { textDocument = new { uri = Uri }, environment = "dev" });
        Assert.Equal(-32803, code);
    }

    [Fact]
    public async Task What_was_edited_and_what_would_break_callers_is_seen()
    {
        await using Editor editor = await StartAsync();
        await DoAsync(editor, "promptlsp.promote", "dev");
        await DoAsync(editor, "promptlsp.promote", "staging", "tried");
        _folder.Write(Prompt, Text.Replace("ticket: string", "ticket: string, order: string", StringComparison.Ordinal));
        await DoAsync(editor, "promptlsp.promote", "dev");
        JsonNode cell = await CellAsync(editor, 1);
        Assert.Contains("order", (string?)cell["breaks"], StringComparison.Ordinal);
        _folder.Write($"releases/staging/{Prompt}/files/{Prompt}", "Something else.\n");
        cell = await CellAsync(editor, 1);
        Assert.Contains("is not what was released", (string?)cell["problem"], StringComparison.Ordinal);
        Assert.True((bool)cell["edited"]!);
    }

    [Fact]
    public async Task Drift_is_told_of_the_very_release_that_was_checked()
    {
        string watched = Text.Replace("---\ninput", "---\nmodel: test/small\ninput", StringComparison.Ordinal);
        _folder.Write(Prompt, watched);
        await using Editor editor = await StartAsync();
        await DoAsync(editor, "promptlsp.promote", "dev");
        await DoAsync(editor, "promptlsp.promote", "staging", "tried");
        _folder.Write(Prompt, watched + "More.\n");
        await DoAsync(editor, "promptlsp.promote", "dev");
        Directory.CreateDirectory(Path.Join(_folder.Path, ".promptlsp"));
        using (RunStore store = RunStore.Open(_folder.Path, TimeProvider.System))
        {
            var drifts = new DriftStore(store);
            var key = new DriftKey(Fingerprint.Effective(Fingerprint.Of(watched), []), "test/small", "{}", "d", "a");
            DriftBaseline baseline = drifts.Begin("evaluations/e.yaml", Prompt, key, "r");
            drifts.Keep(
                new()
                {
                    Name = "e",
                    Prompt = Prompt,
                    Model = "test/small",
                    Baseline = baseline,
                    Outcome = DriftOutcome.Shifted,
                    Told = "behaviour shifted; prompt the same",
                    P = 0.004,
                }
            );
        }
        Assert.Null((await CellAsync(editor, 0))["drift"]);
        JsonNode drift = (await CellAsync(editor, 1))["drift"]!;
        Assert.Equal(
            ("behaviour shifted; prompt the same", "test/small", "evaluations/e.yaml", 0.004),
            ((string?)drift["says"], (string?)drift["model"], (string?)drift["evaluation"], (double)drift["p"]!)
        );
        var shown = new TaskCompletionSource<string>();
        editor.Answer(
            "window/showDocument",
            asked =>
            {
                shown.SetResult(File.ReadAllText(new Uri((string)asked!["uri"]!).LocalPath));
                return new JsonObject { ["success"] = true };
            }
        );
        await editor.AskAsync("workspace/executeCommand", new { command = "promptlsp.showDrift", arguments = new object[] { new { uri = Uri } } });
        Assert.Matches("^evaluations/e.yaml\n  [0-9: -]+  shifted  p = 0.004  behaviour shifted; prompt the same\n", await shown.Task);
    }

    [Fact]
    public async Task A_client_that_cannot_ask_is_offered_complete_commands_and_documents()
    {
        await using Editor editor = await StartAsync(asks: false);
        await editor.OpenAsync(Text, Uri);
        await DoAsync(editor, "promptlsp.promote", "dev");
        JsonArray actions = (
            await editor.AskAsync(
                "textDocument/codeAction",
                new
                {
                    textDocument = new { uri = Uri },
                    range = OpenFile.Range(0, 0, 0, 0),
                    context = new { diagnostics = Array.Empty<object>(), only = new[] { "refactor.history" } },
                }
            )
        )!.AsArray();
        string[] commands = ["promote", "approve", "showPromotion", "compareWithEnvironment", "rollBackEnvironment", "showEnvironments"];
        JsonNode[] ours = [.. actions.Where(a => commands.Contains(((string)a!["command"]!["command"]!)["promptlsp.".Length..])).OfType<JsonNode>()];
        Assert.Equal(
            [
                "Show what a promotion to dev would replace",
                "Promote to dev",
                "Compare with dev",
                "Roll dev back to what it held before",
                "Show what a promotion to staging would replace",
                "Promote to staging",
                "Show what runs where",
            ],
            ours.Select(a => (string?)a["title"])
        );
        string shown = "";
        editor.Answer(
            "window/showDocument",
            asked =>
            {
                shown = File.ReadAllText(new Uri((string)asked!["uri"]!).LocalPath);
                return new JsonObject { ["success"] = true };
            }
        );
        JsonNode Command(string title) => ours.First(a => (string?)a["title"] == title)["command"]!;
        foreach (string title in new[] { "Promote to staging", "Show what runs where" })
            await editor.AskAsync("workspace/executeCommand", new { command = (string?)Command(title)["command"], arguments = Command(title)["arguments"] });
        Assert.Contains("staging\n  support/reply.prompt  v1  promoted by ada <ada@example.com>, just now: from the editor\n", shown, StringComparison.Ordinal);
        await editor.AskAsync(
            "workspace/executeCommand",
            new { command = "promptlsp.showPromotion", arguments = new[] { new { uri = Uri, environment = "production" } } }
        );
        Assert.Contains("shut  approvals  0 of 1 from @leads\n", shown, StringComparison.Ordinal);
        Assert.Equal(Text, (string?)(await editor.AskAsync("workspace/textDocumentContent", new { uri = Uri.Replace("file:", "promptlsp-version:", StringComparison.Ordinal) + "?staging" }))!["text"]);
    }

    private async Task<Editor> StartAsync(bool trusted = true, bool asks = true)
    {
        Editor editor = await Editor.StartAsync(
            new { window = new { showDocument = new { support = true } }, experimental = new { promptlsp = new { asks } } },
            _folder.Path,
            new { trusted }
        );
        editor.Expect("promptlsp/changed");
        // That git's past was taken over.
        editor.Expect("window/logMessage");
        return editor;
    }

    private async Task<JsonNode> PageAsync(Editor editor, string environment) =>
        (await editor.AskAsync("promptlsp/promotion", new { textDocument = new { uri = Uri }, environment }))!;

    private object Command(string command, string environment, string? why, string? seen) =>
        new { command, arguments = new[] { new { uri = Uri, environment, why, seen } } };

    private async Task<string> DoAsync(Editor editor, string command, string environment, string? why = null, string? seen = null) =>
        (string)(await editor.AskAsync("workspace/executeCommand", Command(command, environment, why, seen)))!["said"]!;

    private async Task<string> WouldAsync(Editor editor, string command, string environment) =>
        (string)(await editor.AskAsync("workspace/executeCommand", new { command, arguments = new[] { new { uri = Uri, environment, dryRun = true } } }))!["said"]!;

    private async Task<string> RefusedAsync(Editor editor, string command, string environment, string? why = null, string? seen = null)
    {
        (int code, string message) = await editor.FailAsync("workspace/executeCommand", Command(command, environment, why, seen));
        Assert.Equal(-32803, code);
        return message;
    }

    private static async Task<JsonNode> RootAsync(Editor editor) => (await editor.AskAsync("promptlsp/environments", new { }))!["roots"]![0]!;

    private static async Task<JsonNode> CellAsync(Editor editor, int at) => (await RootAsync(editor))["prompts"]![0]!["cells"]![at]!;

    private static async Task<string> CellsAsync(Editor editor) =>
        (await RootAsync(editor))["prompts"]!.AsArray() is [{ } prompt, ..]
            ? string.Join(
                " | ",
                prompt["cells"]!.AsArray().Select(c => $"{c!["environment"]} {c["text"]}{(c["changed"] is null ? "" : " changed")}")
            )
            : "";

    private static async Task<string> WaitingAsync(Editor editor) =>
        string.Join('\n', (await RootAsync(editor))["waiting"]!.AsArray().Select(w => $"{w!["kind"]} {w["path"]} for {w["environment"]}: {w["says"]}"));

    private static string Gates(JsonNode page) =>
        string.Join('\n', page["gates"]!.AsArray().Select(g => $"{((bool)g!["holds"]! ? "open" : "shut")} {g["gate"]}: {g["says"]}"));

    private void As(string name, string? key = null)
    {
        Run("git", "config", "user.name", name);
        Run("git", "config", "user.email", $"{name}@example.com");
        Run("git", "config", "user.signingKey", key ?? Path.Join(_keys, name));
    }

    private void Key(string name, string passphrase) =>
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", Path.Join(_keys, name));

    private string Signer(string name) => $"{name}@example.com namespaces=\"promptlsp\" {File.ReadAllText(Path.Join(_keys, name) + ".pub")}";

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {said}");
    }
}
