using System.Text.Json;

namespace PromptLsp.Cli.Tests.Releases;

/// <summary>From draft to production and back, in one clone: what is written, which gates are open, and what is refused in which words.</summary>
public sealed class PromotionTests
{
    private const string Prompt = ReleaseShell.Prompt;

    [Fact]
    public async Task The_same_yes_a_second_time_adds_nothing()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 1 }");
        await shell.ToStaging();
        await shell.As("bo").Do($"approve {Prompt} --for production -m \"read it\"");
        int Files() => Directory.EnumerateFiles(Path.Combine(shell.Shell.Folder, "releases/production"), "*.json", SearchOption.AllDirectories).Count();
        int before = Files();
        await shell.Do($"approve {Prompt} --for production");
        Assert.Contains("you said yes to it before; nothing is added", shell.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        await shell.Do($"approve {Prompt} --for production -m \"and tried it\"");
        Assert.Equal(before + 1, Files());
        await shell.Do($"withdraw {Prompt} --for production");
        await shell.Do($"approve {Prompt} --for production");
        Assert.Equal(before + 3, Files());
        await shell.As("cy").Do($"approve {Prompt} --for production");
        Assert.Equal(before + 4, Files());
    }

    [Fact]
    public async Task A_release_goes_from_environment_to_environment_with_all_that_it_pulls_in()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ why: true }");
        await shell.ToStaging();
        await shell.Do($"promote {Prompt} --to production --yes -m \"good enough\"");
        Assert.Equal("promoted: production holds", shell.Out.Split('\n')[^2][..26]);
        await shell.Do("env");
        Assert.Equal("prompt                dev  staging  production\nsupport/reply.prompt  v1   v1       v1\n", shell.Out);
        Assert.Equal("name: Kestrel\n", shell.Shell.Read($"{ReleaseShell.Production}/files/context/brand.production.yaml"));
        Assert.Equal("Be kind.\n", shell.Shell.Read($"{ReleaseShell.Production}/files/partials/_voice.prompt"));
        Assert.Equal("* -text\n", shell.Shell.Read("releases/.gitattributes"));
        Assert.Equal("""
            # The part of the workspace's settings that this release was made with.
            context:
              "brand": "context/brand.production.yaml"
              "user": {"schema": {"name": "string"}, "sample": {"name": "Ada"}}
            partials: ["partials"]
            schemas:
              "Money": {"amount": "number"}

            """, shell.Shell.Read($"{ReleaseShell.Production}/files/promptlsp.yaml"));
        // What runs stays what it is when a partial is edited, and renders alone.
        shell.Shell.With("partials/_voice.prompt", "Be brief.\n");
        await shell.Do($"render {ReleaseShell.Production}/files/{Prompt} --sample one");
        Assert.Contains("Be kind.\nYou answer for Kestrel, to Ada.", shell.Out, StringComparison.Ordinal);
        await shell.Do("env production");
        Assert.Contains("promoted by ada <ada@example.com>, just now, from staging\n  good enough\n", shell.Out, StringComparison.Ordinal);
        await shell.Do("check .");
        Assert.StartsWith("3 files,", shell.Out.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lacks_is_told_and_nothing_is_changed()
    {
        using ReleaseShell shell = await ReleaseShell.Begin(
            "{ why: true, contract: compatible, soak: 2h, evaluation: { of: evaluations/tickets.yaml, verdict: not-worse } }"
        );
        Assert.Contains(
            "staging holds no release of `support/reply.prompt`, and production takes what staging holds",
            await shell.Refused($"promote {Prompt} --to production --yes"),
            StringComparison.Ordinal
        );
        shell.Shell
            .With("evaluations/tickets.yaml", "prompt: support/reply.prompt\ndata: evaluations/tickets.jsonl\nexpect: [{ contains: Kestrel }]\n")
            .With("evaluations/tickets.jsonl", "{\"id\": \"1\", \"input\": {\"ticket\": \"hi\", \"price\": {\"amount\": 3}}}\n");
        await shell.ToStaging();
        string said = await shell.Refused($"promote {Prompt} --to production --yes");
        Assert.Contains("shut  evaluation  `support/reply.prompt` names no model, so that nobody's answers count; name it under `model`", said, StringComparison.Ordinal);
        Assert.Contains("shut  soak       staging has held it for", said, StringComparison.Ordinal);
        Assert.Contains("shut  why        no reason is given; say why, behind `-m`", said, StringComparison.Ordinal);
        Assert.Contains("promptlsp: nothing was promoted: 3 gates of production are shut", said, StringComparison.Ordinal);
        Assert.Equal(1, await shell.Run($"promote {Prompt} --to production --dry-run"));
        Assert.False(Directory.Exists(Path.Combine(shell.Shell.Folder, "releases/production")));
        Assert.Contains(
            "there is no environment `prod`; promptlsp.yaml names `dev`, `staging`, `production`",
            await shell.Refused($"promote {Prompt} --to prod"),
            StringComparison.Ordinal
        );
        shell.Shell.With("support/new.prompt", "Hi\n");
        Assert.Contains("nobody can be asked here whether this is right", await shell.Refused("promote support/new.prompt --to dev"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_and_findings_shut_the_gate()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt).Replace("contains: Kestrel", "contains: Falcon", StringComparison.Ordinal) + "{{ nmae }}\n");
        await shell.Do($"promote {Prompt} --to dev --yes");
        string said = await shell.Refused($"promote {Prompt} --to staging --yes");
        Assert.Contains("shut  tests      `greets` fails: \"Falcon\" is not in", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_breaking_change_of_the_contract_shuts_the_gate()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ contract: compatible }");
        await shell.ToStaging();
        await shell.Do($"promote {Prompt} --to production --yes");
        shell.Shell.With(
            Prompt,
            shell
                .Shell.Read(Prompt)
                .Replace("ticket: string,", "ticket: string, urgent: boolean,", StringComparison.Ordinal)
                .Replace("ticket: hi,", "ticket: hi, urgent: true,", StringComparison.Ordinal)
        );
        await shell.ToStaging();
        Assert.Contains(
            "shut  contract   the input `urgent` is new and required; callers of what runs there now break",
            await shell.Refused($"promote {Prompt} --to production --yes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Several_prompts_move_together_or_none_does()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        shell.Shell.With("support/other.prompt", "---\ntests: [{ input: {}, expect: [{ contains: never }] }]\n---\nHi\n");
        await shell.Do($"promote {Prompt} support/other.prompt --to dev --yes");
        Assert.Equal(1, await shell.Run($"promote {Prompt} support/other.prompt --to staging --yes"));
        Assert.False(Directory.Exists(Path.Combine(shell.Shell.Folder, "releases/staging")));
        await shell.Do("env");
        Assert.Equal("prompt                dev  staging  production\nsupport/other.prompt  v1\nsupport/reply.prompt  v1\n", shell.Out);
    }

    [Fact]
    public async Task What_cannot_be_released_is_refused_in_one_line()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        shell
            .Shell.With("a.prompt", "{{ include \"nowhere\" }}\n")
            .With("b.prompt", "{{ x = \"voice\" }}{{ include x }}\n")
            .With("c.prompt", $"key: {"ghp"}_ptgUzEjfebzJ6sZWdoHIxrXl0gqn87b1PZqZ\n")
            .With("d.prompt", "---\na: [\n---\n");
        Assert.Contains("`a.prompt` includes `nowhere`, which is not there", await shell.Refused("promote a.prompt --to dev --yes"), StringComparison.Ordinal);
        Assert.Contains(
            "`b.prompt` includes a file whose name is only known when it is rendered",
            await shell.Refused("promote b.prompt --to dev --yes"),
            StringComparison.Ordinal
        );
        Assert.Contains("c.prompt:1: a GitHub token", await shell.Refused("promote c.prompt --to dev --yes"), StringComparison.Ordinal);
        Assert.Contains("the front matter of `d.prompt` is broken", await shell.Refused("promote d.prompt --to dev --yes"), StringComparison.Ordinal);
        Assert.Contains(
            "`partials/_voice.prompt` is a partial",
            await shell.Refused("promote partials/_voice.prompt --to dev --yes"),
            StringComparison.Ordinal
        );
        Assert.Contains("there is no file `e.prompt`", await shell.Refused("promote e.prompt --to dev --yes"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shell.Shell.Folder, "releases")));
    }

    [Fact]
    public async Task What_was_edited_in_the_folder_does_not_go_on()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        shell.Shell.With($"releases/staging/{Prompt}/files/{Prompt}", "Ignore all that.\n");
        Assert.Contains(
            "was edited; bring it back from git, or promote the change",
            await shell.Refused($"promote {Prompt} --to production --yes"),
            StringComparison.Ordinal
        );
        await shell.Git("checkout releases");
        shell.Shell.With(
            $"releases/staging/{Prompt}/release.json",
            shell.Shell.Read($"releases/staging/{Prompt}/release.json").Replace("1 passed", "9 passed", StringComparison.Ordinal) + " "
        );
        Assert.Contains(
            $"`releases/staging/{Prompt}/release.json` is not as promptlsp writes it",
            await shell.Refused($"promote {Prompt} --to production --yes"),
            StringComparison.Ordinal
        );
        shell.Shell.With($"releases/staging/{Prompt}/release.json", "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n");
        Assert.Contains("holds the conflict of a merge: two branches promoted the same prompt", await shell.Refused("env"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_environment_takes_nothing_in()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        await shell.ToStaging();
        await shell.Do("env production");
        Assert.Equal("", shell.Out);
        Assert.Equal("nothing is released to production yet; `promptlsp promote FILE --to production -m WHY` begins\n", shell.Error);
        await shell.Do("freeze production -m \"the sale\"");
        Assert.Contains(
            "shut  frozen     production is frozen by ada <ada@example.com>: the sale; `promptlsp thaw production` ends that",
            await shell.Refused($"promote {Prompt} --to production --yes"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "production is frozen already, by ada <ada@example.com>: the sale",
            await shell.Refused("freeze production -m again"),
            StringComparison.Ordinal
        );
        await shell.Do("thaw production");
        await shell.Do($"promote {Prompt} --to production --yes");
        Assert.Contains("production is not frozen", await shell.Refused("thaw production"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environments_are_compared_and_written_out()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        await shell.ToStaging();
        await shell.Do($"promote {Prompt} --to production --yes");
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n").With("partials/_voice.prompt", "Be brief.\n");
        await shell.ToStaging();
        Assert.Equal(1, await shell.Run("env diff staging production"));
        Assert.Equal("production behind  support/reply.prompt  v2 → v1\n", shell.Out);
        Assert.Equal(1, await shell.Run($"env diff production staging {Prompt}"));
        Assert.Contains("+More.", shell.Out, StringComparison.Ordinal);
        Assert.Contains("--- partials/_voice.prompt@production", shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await shell.Run("env diff dev dev"));
        await shell.Do("env export production --out out --flat");
        Assert.Equal("Be kind.\n", shell.Shell.Read("out/partials/_voice.prompt"));
        Assert.False(File.Exists(Path.Combine(shell.Shell.Folder, "out/promptlsp.yaml")));
        Assert.Contains("`out` is there already", await shell.Refused("env export production --out out"), StringComparison.Ordinal);
        await shell.Do("env export staging --out each");
        await shell.Do($"render each/{Prompt}/{Prompt} --sample one");
        Assert.Contains("Be brief.", shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flat_export_refuses_two_contents_under_one_name()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        shell.Shell.With("support/other.prompt", "{{ include \"voice\" }}\n");
        await shell.Do($"promote {Prompt} --to dev --yes");
        shell.Shell.With("partials/_voice.prompt", "Be brief.\n");
        await shell.Do("promote support/other.prompt --to dev --yes");
        Assert.Contains(
            "`support/other.prompt` and `support/reply.prompt` were released with different contents of `partials/_voice.prompt`",
            await shell.Refused("env export dev --out out --flat"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_environment_goes_back_to_what_it_held_before_also_where_it_is_frozen()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        Assert.Contains(
            "production has held no other release of `support/reply.prompt`, as far as this clone knows",
            await shell.Refused($"rollback {Prompt} --env production -m bad"),
            StringComparison.Ordinal
        );
        string first = shell.Shell.Read($"{ReleaseShell.Production}/files/{Prompt}");
        shell.Shell.With(Prompt, first + "More.\n");
        await shell.Commit("More");
        await shell.ToProduction();
        await shell.Do("freeze production -m \"an incident\"");
        await shell.Do($"rollback {Prompt} --env production -m \"it talks too much\"");
        Assert.StartsWith("rolled back: production holds v1 (", shell.Out, StringComparison.Ordinal);
        Assert.Equal(first, shell.Shell.Read($"{ReleaseShell.Production}/files/{Prompt}"));
        Assert.Equal(first + "More.\n", shell.Shell.Read(Prompt));
        await shell.Do("env production");
        Assert.Contains("v1 ▲1 · rolled-back by ada <ada@example.com>, just now\n  it talks too much\n", shell.Out, StringComparison.Ordinal);
        // The old approval does not bring it back in: it spoke of the place of another record.
        await shell.Do("thaw production");
        Assert.Contains(
            "shut  approvals  0 of 1 from @acme/leads",
            await shell.Refused($"promote {Prompt} --to production --yes -m again"),
            StringComparison.Ordinal
        );
        await shell.Do($"rollback {Prompt} --env production --to v2 -m \"after all\"");
        await shell.Do($"show {Prompt}@production");
        Assert.Equal(first + "More.\n", shell.Out);
    }

    [Fact]
    public async Task In_another_clone_git_knows_what_was_there()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        await shell.ToStaging();
        await shell.Do($"promote {Prompt} --to production --yes");
        await shell.Commit("One");
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        await shell.ToStaging();
        await shell.Do($"promote {Prompt} --to production --yes");
        await shell.Commit("Two");
        Directory.Delete(Path.Combine(shell.Shell.Folder, ".promptlsp"), recursive: true);
        await shell.Do($"rollback {Prompt} --env production -m bad");
        Assert.Matches(
            "^rolled back: production holds [0-9a-f]{8} of support/reply.prompt again, in the place of [0-9a-f]{8}; from commit [0-9a-f]{8}\n$",
            shell.Out
        );
    }

    [Fact]
    public async Task What_an_environment_holds_is_a_reference_like_any_other()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        await shell.ToStaging();
        string released = shell.Shell.Read(Prompt);
        shell.Shell.With(Prompt, released + "More.\n").With("partials/_voice.prompt", "Be brief.\n");
        await shell.Do("snapshot");
        await shell.Do($"show {Prompt}@staging");
        Assert.Equal(released, shell.Out);
        await shell.Do($"render {Prompt}@staging --sample one");
        Assert.Contains("Be kind.\nYou answer for Kestrel (test)", shell.Out, StringComparison.Ordinal);
        await shell.Do($"render {Prompt}@v1 --sample one");
        Assert.DoesNotContain("More.", shell.Out, StringComparison.Ordinal);
        await shell.Do($"render {Prompt} --sample one --env production");
        Assert.Contains("Be brief.\nYou answer for Kestrel, to", shell.Out, StringComparison.Ordinal);
        Assert.Equal(1, await shell.Run($"diff {Prompt}@staging"));
        Assert.Contains("+More.", shell.Out, StringComparison.Ordinal);
        Assert.Contains("changed through partials/_voice.prompt", shell.Out, StringComparison.Ordinal);
        await shell.Do($"log {Prompt}@staging --format json");
        Assert.Equal(1, shell.Json[0].GetProperty("version").GetInt32());
        await shell.Do($"tag {Prompt} good --at staging");
        Assert.Contains("good is on v1", shell.Out, StringComparison.Ordinal);
        await shell.Do($"rollback {Prompt} --to staging -m back");
        Assert.Equal(released, shell.Shell.Read(Prompt));
        Assert.Contains("`production` is no tag of support/reply.prompt", await shell.Refused($"show {Prompt}@production"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_and_an_environment_of_one_name_are_not_mixed_up()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        string settings = shell.Shell.Read("promptlsp.yaml");
        Assert.Contains("`dev` is an environment, and `@dev` means what it holds", await shell.Refused($"tag {Prompt} dev"), StringComparison.Ordinal);
        // The tag may have been there first.
        shell.Shell.With("promptlsp.yaml", settings.Replace("  dev: {}\n", "", StringComparison.Ordinal));
        await shell.Do("snapshot");
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        await shell.Do("snapshot");
        await shell.Do($"tag {Prompt} dev");
        shell.Shell.With("promptlsp.yaml", settings);
        await shell.Do($"show {Prompt}@dev");
        await shell.Do($"rollback {Prompt} --to v1 -m back");
        await shell.Do($"promote {Prompt} --to dev --yes");
        Assert.Contains(
            "`dev` is a tag, on v2, and an environment, which holds v3; say which version",
            await shell.Refused($"forget {Prompt}@dev -m gone"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_released_keeps_its_version_and_its_price()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        shell.Shell.With("promptlsp.yaml", shell.Shell.Read("promptlsp.yaml") + "models: { test/small: { input: 1, output: 2 } }\n");
        string text = shell.Shell.Read(Prompt).Replace("---\ninput", "---\nmodel: test/small\ninput", StringComparison.Ordinal);
        shell.Shell.With(Prompt, text);
        await shell.Do($"promote {Prompt} --to dev --yes");
        await shell.Do($"render {Prompt}@dev --sample one --tokens");
        Assert.Contains("per 1,000 calls", shell.Out, StringComparison.Ordinal);
        // The same text once more: nothing that runs is behind, or anything else than it was.
        shell.Shell.With(Prompt, text + "More.\n");
        await shell.Do("snapshot");
        shell.Shell.With(Prompt, text);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        await shell.Do("snapshot");
        await shell.Do("env dev");
        Assert.Contains("v1 · ", shell.Out, StringComparison.Ordinal);
        await shell.Do($"log {Prompt} --format json");
        Assert.Equal([0, 0, 1], shell.Json.EnumerateArray().Select(v => v.TryGetProperty("environments", out JsonElement e) ? e.GetArrayLength() : 0));
    }

    [Fact]
    public async Task Tags_that_are_immutable_or_somebodys_stay()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        shell.Shell.With(
            "promptlsp.yaml",
            shell.Shell.Read("promptlsp.yaml") + "tags: { \"*-stable\": { immutable: true }, \"lead-*\": { owners: [bo@example.com] } }\n"
        );
        await shell.Do($"tag {Prompt} v2-stable");
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        Assert.Contains(
            "`v2-stable` stays where it is: promptlsp.yaml calls tags like `*-stable` immutable",
            await shell.Refused($"tag {Prompt} v2-stable --move"),
            StringComparison.Ordinal
        );
        Assert.Contains("`v2-stable` stays where it is", await shell.Refused($"untag {Prompt} v2-stable"), StringComparison.Ordinal);
        Assert.Contains(
            "`lead-pick` belongs to bo@example.com by promptlsp.yaml, and you are ada@example.com",
            await shell.Refused($"tag {Prompt} lead-pick"),
            StringComparison.Ordinal
        );
        await shell.As("bo").Do($"tag {Prompt} lead-pick");
    }

    [Fact]
    public async Task What_was_erased_is_not_promoted()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{}");
        await shell.ToStaging();
        await shell.Do($"forget {Prompt}@v1 -m \"it named a customer\"");
        Assert.Contains(
            "of `support/reply.prompt` was erased by `promptlsp forget`: it is not promoted",
            await shell.Refused($"promote {Prompt} --to production --yes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_copy_has_no_history_of_its_own()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        string copy = $"releases/staging/{Prompt}/files";
        Assert.Contains(
            $"`{copy}/{Prompt}` is a copy, which releases/staging/{Prompt}/release.json tells of; the history is that of the prompt itself",
            await shell.Refused($"tag {copy}/{Prompt} x"),
            StringComparison.Ordinal
        );
        Assert.Contains($"`{copy}/{Prompt}` is a copy of what was released", await shell.Refused($"snapshot {copy}/{Prompt}"), StringComparison.Ordinal);
        Assert.Contains($"`{copy}` is a copy of what was released", await shell.Refused($"snapshot {copy}"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shell.Shell.Folder, copy, ".promptlsp")));
        await shell.Do("snapshot");
        Assert.DoesNotContain("releases/", shell.Out, StringComparison.Ordinal);
    }
}
