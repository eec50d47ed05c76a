namespace PromptLsp.Cli.Tests.Releases;

/// <summary>What `check` finds of releases and of those who may let them in.</summary>
public sealed class ReleaseFindingsTests
{
    private const string Prompt = ReleaseShell.Prompt,
        Copy = $"{ReleaseShell.Production}/files/{Prompt}";

    [Fact]
    public async Task What_was_released_is_whole_until_somebody_edits_it()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        await shell.Do("check .");
        string brand = $"{ReleaseShell.Production}/files/context/brand.production.yaml";
        shell.Shell.With(brand, "name: Falcon\n").With(Copy, shell.Shell.Read(Copy) + "More.\n");
        File.Delete(Path.Combine(shell.Shell.Folder, $"{ReleaseShell.Production}/files/partials/_voice.prompt"));
        shell.Shell.With($"{ReleaseShell.Production}/files/other.txt", "Mine.\n");
        Assert.Equal(1, await shell.Run("check . --rule release-edited"));
        Assert.Contains($"{brand}:1:1: error: this is not what was released to production: it was edited", Lines(shell), StringComparison.Ordinal);
        Assert.Contains($"{Copy}:1:1: error: this is not what was released", Lines(shell), StringComparison.Ordinal);
        Assert.Contains("`files/partials/_voice.prompt` is gone; bring it back from git", Lines(shell), StringComparison.Ordinal);
        Assert.Contains("this is no part of the release of `support/reply.prompt` in production", Lines(shell), StringComparison.Ordinal);
        // The file alone, and only what was asked for.
        Assert.Equal(1, await shell.Run($"check {Copy} --rule release-edited"));
        Assert.Equal(0, await shell.Run("check support --rule release-edited"));
    }

    [Fact]
    public async Task What_was_edited_is_marked_where_it_runs_and_a_finding_is_not_told_of_beside_that_there_is_nothing()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        await shell.Do("env");
        Assert.DoesNotContain("edited", Lines(shell), StringComparison.Ordinal);
        await shell.Run("check releases");
        Assert.Contains("no prompts found in `releases`", shell.Error, StringComparison.Ordinal);
        shell.Shell.With(Copy, shell.Shell.Read(Copy) + "More.\n");
        await shell.Do("env");
        Assert.Matches(@"support/reply\.prompt +v1 +v1 +v1 \(edited\)", shell.Out);
        Assert.Contains($"`{Copy}` is not what was released: it was edited", shell.Error, StringComparison.Ordinal);
        await shell.Do("env production --format json");
        Assert.Contains("\"edited\": \"`", shell.Out, StringComparison.Ordinal);
        Assert.Equal(1, await shell.Run("check releases"));
        Assert.DoesNotContain("no prompts found", Lines(shell), StringComparison.Ordinal);
        shell.Shell.With($"{ReleaseShell.Production}/files/other.txt", "Mine.\n").With(Copy, shell.Shell.Read(Copy)[..^"More.\n".Length]);
        await shell.Do("env");
        Assert.Contains("other.txt` is no part of the release", shell.Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(shell.Shell.Folder, Copy));
        await shell.Do("env");
        Assert.Contains($"`{Copy}` is gone", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edited_records_and_approvals_are_told_where_they_lie()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        string approval = Path.GetRelativePath(
            shell.Shell.Folder,
            Assert.Single(Directory.GetFiles(Path.Combine(shell.Shell.Folder, ReleaseShell.Production, "approvals")))
        );
        shell.Shell.With(approval, shell.Shell.Read(approval).Replace("bo@example.com", "eve@example.com", StringComparison.Ordinal));
        string record = "releases/dev/support/reply.prompt/release.json";
        shell.Shell.With(record, shell.Shell.Read(record) + "\n");
        Assert.Equal(1, await shell.Run("check . --rule release-edited"));
        Assert.Contains($"{approval}:1:1: error: ", Lines(shell), StringComparison.Ordinal);
        Assert.Contains("does not say what its name says: it was edited; bring it back from git", Lines(shell), StringComparison.Ordinal);
        Assert.Contains($"{record}:1:1: error: ", Lines(shell), StringComparison.Ordinal);
        shell.Shell.With("promptlsp.yaml", shell.Shell.Read("promptlsp.yaml") + "rules: { release-edited: off }\n");
        Assert.Equal(0, await shell.Run("check . --rule release-edited"));
    }

    [Fact]
    public async Task Who_cannot_sign_is_told_at_their_address()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 2, approvers: [\"@acme/leads\", dan@example.com] }");
        await shell.Run("check promptlsp.yaml --rule missing-approver");
        Assert.Contains("warning: `dan@example.com` cannot sign: no line of `.promptlsp-signers`", Lines(shell), StringComparison.Ordinal);
        shell.Shell.With(".promptlsp-signers", shell.SignerOf("ada") + "\n" + shell.SignerOf("bo", "") + "\n");
        await shell.Run("check promptlsp.yaml --rule missing-approver");
        Assert.Contains("`bo@example.com` cannot sign", Lines(shell), StringComparison.Ordinal);
        Assert.Contains(
            "`production` wants 2 approvals, and one person can sign one: nothing gets in",
            Lines(shell),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("`ada@example.com`", Lines(shell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_production_holds_is_what_a_change_breaks_against_and_what_it_is_behind_of()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ why: true }");
        await shell.ToStaging();
        await shell.Do($"promote {Prompt} --to production --yes -m good");
        await shell.Do($"tag {Prompt} stable");
        shell.Shell.With("promptlsp.yaml", shell.Shell.Read("promptlsp.yaml") + "rules: { environment-behind: warning }\n");
        await shell.Do($"check {Prompt} --rule contract-break --rule environment-behind");
        Assert.DoesNotContain("reply.prompt:", Lines(shell), StringComparison.Ordinal);
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt).Replace("ticket: string,", "ticket: string, urgent: boolean,", StringComparison.Ordinal));
        await shell.Run($"check {Prompt} --rule contract-break --rule environment-behind");
        Assert.Contains("the input `urgent` is new and required; what relies on `production` breaks", Lines(shell), StringComparison.Ordinal);
        Assert.Contains("`production` holds another text of this prompt", Lines(shell), StringComparison.Ordinal);
    }

    private static string Lines(ReleaseShell shell) => shell.Out + shell.Error;
}
