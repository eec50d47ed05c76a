using System.Text.Json;
using System.Text.RegularExpressions;

namespace PromptLsp.Cli.Tests.Releases;

/// <summary>What became of a prompt in environments is part of its history, also of what colleagues did and git brought.</summary>
public sealed partial class EnvironmentHistoryTests
{
    private const string Prompt = ReleaseShell.Prompt;

    [Fact]
    public async Task The_log_tells_who_promoted_what_and_why()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        await shell.Do($"log {Prompt}");
        string name = $"v1 ({(await Versions(shell))[0].GetProperty("fingerprint").GetString()![..8]})";
        Assert.Equal(
            [
                $"{name} promoted to production by bo, just now — read by Bo",
                $"{name} approved for production by bo@example.com, just now",
                $"{name} promoted to staging by ada, just now — tried",
                $"{name} promoted to dev by ada, just now — draft",
            ],
            (await Lines(shell)).Order(StringComparer.Ordinal).Reverse().OrderBy(l => l.Contains("dev", StringComparison.Ordinal)).ThenBy(Order)
        );
        await shell.Do("audit verify");
        Assert.StartsWith("holds  5 events, 1 version", shell.Out, StringComparison.Ordinal);

        static int Order(string line) => line.Contains("promoted to production", StringComparison.Ordinal) ? 0 : line.Contains("approved", StringComparison.Ordinal) ? 1 : 2;
    }

    [Fact]
    public async Task A_clone_takes_over_what_its_folder_tells_once_whatever_looks()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        // As in another clone, whose store knows the text and nothing else.
        Directory.Delete(Path.Combine(shell.Shell.Folder, ".promptlsp"), recursive: true);
        await shell.Do("snapshot .");
        await shell.Do("audit verify");
        Assert.StartsWith("holds  6 events, 2 versions", shell.Out, StringComparison.Ordinal);
        await shell.Do("snapshot .");
        Assert.Equal(4, (await Lines(shell)).Length);
        await shell.Do("audit verify");
        Assert.StartsWith("holds  6 events, 2 versions", shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_one_prompt_sees_what_git_brought()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.Do("snapshot .");
        await shell.Git("checkout -q -b elsewhere");
        string store = Path.Combine(shell.Shell.Folder, ".promptlsp", "history.db");
        byte[] before = File.ReadAllBytes(store);
        await shell.ToStaging();
        // The colleague's store is not ours.
        File.WriteAllBytes(store, before);
        Assert.Equal(2, (await Lines(shell)).Length);
        JsonElement[] moves = [.. (await Versions(shell))[0].GetProperty("environments").EnumerateArray()];
        Assert.Equal(["promoted", "promoted"], moves.Select(m => m.GetProperty("kind").GetString()));
        Assert.Equal(["dev", "staging"], moves.Select(m => m.GetProperty("environment").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("ada <ada@example.com>", moves[0].GetProperty("by").GetString());
    }

    [Fact]
    public async Task Freezing_thawing_withdrawing_and_going_back_are_events_of_the_audit()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 1 }");
        await shell.ToProduction();
        await shell.Do("freeze production -m \"the sale\"");
        await shell.Do("thaw production -m \"it is over\"");
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        await shell.ToStaging();
        await shell.As("bo").Do($"approve {Prompt} --for production");
        await shell.Do($"withdraw {Prompt} --for production -m \"it greets twice\"");
        await shell.As("cy").Do($"approve {Prompt} --for production -m \"no, it is right\"");
        await shell.Do($"promote {Prompt} --to production --yes -m more");
        await shell.Do($"rollback {Prompt} --env production -m \"too much\"");
        await shell.Do("audit export");
        Assert.Equal(
            [
                "promoted dev draft", "promoted staging tried", "approved production", "promoted production read by Bo", "frozen production the sale",
                "thawed production it is over", "promoted dev draft", "promoted staging tried", "approved production",
                "withdrawn production it greets twice", "approved production no, it is right", "promoted production more",
                "env-rolled-back production too much",
            ],
            shell
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Where(e => e.TryGetProperty("environment", out _))
                .Select(e =>
                    $"{e.GetProperty("kind").GetString()} {e.GetProperty("environment").GetString()} "
                    + (e.TryGetProperty("noteText", out JsonElement why) ? why.GetString() : "")
                )
                .Select(line => line.TrimEnd())
        );
        await shell.Do("audit verify");
    }

    [Fact]
    public async Task Who_let_a_release_in_although_a_gate_was_shut_stands_in_the_log()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 1, override: [cy@example.com] }");
        await shell.ToStaging();
        await shell.As("cy").Do($"promote {Prompt} --to production --yes --override -m \"the site is down\"");
        Assert.Contains(
            await Lines(shell),
            line => line.EndsWith("let into production although a gate was shut by cy, just now — the site is down", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_thaw_that_git_brought_is_told_although_nobody_says_who()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        await shell.Do("freeze staging -m \"the sale\"");
        File.Delete(Path.Combine(shell.Shell.Folder, "releases/staging/frozen.json"));
        await shell.Do("snapshot .");
        await shell.Do("snapshot .");
        await shell.Do("audit export");
        string thaw = Assert.Single(shell.Out.Split('\n'), line => line.Contains("\"kind\":\"thawed\"", StringComparison.Ordinal));
        Assert.Contains("\"author\":\"unknown\"", thaw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edited_and_foreign_records_claim_nothing()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        Directory.Delete(Path.Combine(shell.Shell.Folder, ".promptlsp"), recursive: true);
        string record = "releases/dev/support/reply.prompt/release.json";
        shell.Shell.With(record, shell.Shell.Read(record).Replace("\"by\": \"ada", "\"by\":   \"eve", StringComparison.Ordinal));
        // By a link it could be a file of anybody's.
        string staging = Path.Combine(shell.Shell.Folder, "releases/staging"), outside = Directory.CreateTempSubdirectory("promptlsp-outside-").FullName;
        Directory.Move(Path.Combine(staging, "support"), Path.Combine(outside, "support"));
        Directory.CreateSymbolicLink(Path.Combine(staging, "support"), Path.Combine(outside, "support"));
        await shell.Do("snapshot .");
        Assert.Empty(await Lines(shell));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task The_page_of_a_prompt_has_them_on_its_timeline()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        await shell.Do("site --out pages");
        string page = shell.Shell.Read("pages/prompts/support-reply.html");
        Assert.Matches("""v1 \([0-9a-f]{8}\) <b>promoted to production</b><p>read by Bo</p>""", page);
        Assert.Matches("""v1 \([0-9a-f]{8}\) <b>approved for production</b></li>""", page);
    }

    private static async Task<string[]> Lines(ReleaseShell shell)
    {
        await shell.Do($"log {Prompt}");
        return [.. shell.Out.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && Deed().IsMatch(line)).Select(line => line.Trim())];
    }

    [GeneratedRegex(" (promoted|approved|let into|frozen|thawed|rolled back) ", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Deed();

    private static async Task<JsonElement[]> Versions(ReleaseShell shell)
    {
        await shell.Do($"log {Prompt} --format json");
        return [.. shell.Json.EnumerateArray()];
    }
}
