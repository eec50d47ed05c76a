namespace PromptLsp.Cli.Tests.Releases;

/// <summary>What `env verify` lets through, and every way round a gate that we know: each is refused in words that say what lacks.</summary>
public sealed class VerificationTests
{
    private const string Prompt = ReleaseShell.Prompt, Production = ReleaseShell.Production, Settings = "promptlsp.yaml", Signers = ".promptlsp-signers";

    [Fact]
    public async Task An_honest_change_holds_at_every_step()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string begin = await shell.Git("rev-parse HEAD");
        Assert.Contains("nothing that runs differs", await Holds(shell, begin), StringComparison.Ordinal);
        await shell.Do($"promote {Prompt} --to dev --yes -m draft");
        string dev = await shell.Commit("dev");
        Assert.Contains("holds  promoted support/reply.prompt in dev: ", await Holds(shell, begin), StringComparison.Ordinal);
        await shell.Do($"promote {Prompt} --to staging --yes -m tried");
        string staging = await shell.Commit("staging");
        Assert.Contains("open  tests      1 passed", await Holds(shell, dev), StringComparison.Ordinal);
        await shell.As("bo").Do($"approve {Prompt} --for production -m \"read it\"");
        string approved = await shell.Commit("approved");
        Assert.Matches("holds  approved support/reply.prompt in production: [0-9a-f]{8} by bo@example.com \\(signed\\)\n", await Holds(shell, staging));
        await shell.Do($"promote {Prompt} --to production --yes");
        string promoted = await shell.Commit("production");
        Assert.Contains(
            "open  approvals  1 of 1: bo@example.com (signed); written by ada@example.com, by the word of git's commits",
            await Holds(shell, approved),
            StringComparison.Ordinal
        );
        await Holds(shell, staging);
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        await shell.As("ada").Commit("more");
        string second = await shell.ToProduction();
        Assert.Contains(
            "lacks  refused support/reply.prompt in staging: staging takes what dev holds, and in base that holds",
            await Lacks(shell, promoted),
            StringComparison.Ordinal
        );
        await shell.Do($"rollback {Prompt} --env production -m bad");
        await shell.Commit("rollback");
        Assert.Matches(
            "holds  rolled back support/reply.prompt in production: [0-9a-f]{8} was there before; no approval is needed",
            await Holds(shell, second)
        );
        await shell.Do("freeze production -m sale");
        await shell.Commit("freeze");
        Assert.Contains("holds  frozen in production: by ada <ada@example.com>: sale", await Holds(shell, second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_relaxed_in_the_same_change_does_not_count()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string @base = await shell.ToStaging();
        shell.Shell.With(Settings, Relaxed(shell.Shell.Read(Settings)));
        await shell.Do($"promote {Prompt} --to production --yes");
        await shell.Commit("Relax and promote");
        string said = await Lacks(shell, @base);
        Assert.Contains(
            "holds  policy: `promptlsp.yaml` is changed here; what is promoted in the same change is held against what it was before",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains("lacks  promoted support/reply.prompt in production: approvals: 0 of 1 from @acme/leads", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_and_signers_of_the_same_change_do_not_count()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string @base = await shell.ToStaging();
        await shell.KeyOf("eve");
        shell
            .Shell.With(Settings, shell.Shell.Read(Settings).Replace("bo@example.com,", "bo@example.com, eve@example.com,", StringComparison.Ordinal))
            .With(Signers, shell.Shell.Read(Signers) + shell.SignerOf("eve") + "\n");
        await shell.As("eve").Do($"approve {Prompt} --for production");
        await shell.Do($"promote {Prompt} --to production --yes");
        await shell.Commit("Eve lets herself in");
        Assert.Contains("eve@example.com is none of @acme/leads", await Lacks(shell, @base), StringComparison.Ordinal);
        await shell.Git($"reset -q --hard {@base}");
        // In Bo's name, with a key of her own.
        shell.Shell.With(Signers, shell.Shell.Read(Signers) + "bo@example.com namespaces=\"promptlsp\" " + shell.PublicKey("eve") + "\n");
        await shell.As("bo", shell.KeyFile("eve")).Do($"approve {Prompt} --for production");
        await shell.Do($"promote {Prompt} --to production --yes");
        await shell.Commit("Eve as Bo");
        Assert.Contains("that of bo@example.com: its key is not in `.promptlsp-signers`", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_is_named_by_its_hash_alone()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string head = await shell.Git("rev-parse HEAD");
        await shell.Git($"tag {new string('a', 39)}");
        foreach (string name in new[] { "main", "HEAD", new('a', 39), head[..12] })
            Assert.Contains($"could not be checked: `--base {name}` is no whole hash of a commit", await Lacks(shell, name), StringComparison.Ordinal);
        Assert.Contains(
            $"could not be checked: there is no commit {new string('a', 40)} in this clone",
            await Lacks(shell, new('a', 40)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_shallow_clone_cannot_be_checked()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string @base = await shell.ToStaging();
        await shell.Commit("next");
        await shell.Git($"clone -q --depth 1 file://{shell.Shell.Folder} shallow");
        using var other = new Shell(Path.Combine(shell.Shell.Folder, "shallow"));
        Assert.Equal(1, await other.Run($"env verify --base {@base}"));
        Assert.Contains(
            "could not be checked: this clone is shallow, so that nothing can be checked; fetch all of its history: `git fetch --unshallow`, in a workflow `fetch-depth: 0`",
            other.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_approval_speaks_of_one_prompt_environment_release_and_predecessor()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        shell.Shell.With("support/other.prompt", "Hi\n");
        await shell.Commit("other");
        await shell.Do("promote support/other.prompt --to dev --yes");
        await shell.Commit("dev");
        await shell.Do("promote support/other.prompt --to staging --yes");
        await shell.Commit("staging");
        string @base = await shell.ToStaging();
        await shell.As("bo").Do("approve support/other.prompt --for production");
        string approvals = Path.Combine(shell.Shell.Folder, "releases/production/support/other.prompt/approvals");
        Directory.CreateDirectory(Path.Combine(shell.Shell.Folder, Production));
        Directory.Move(approvals, Path.Combine(shell.Shell.Folder, Production, "approvals"));
        await Cheat(shell);
        string said = await Lacks(shell, @base);
        Assert.Contains("is for `support/other.prompt` in `production`: it was copied here", said, StringComparison.Ordinal);
        Assert.Contains("approvals: 0 of 1 from @acme/leads", said, StringComparison.Ordinal);
        // An approval of an earlier text, which a partial has left behind.
        await shell.Git($"reset -q --hard {@base}");
        await shell.Git("clean -fdq");
        await shell.As("bo").Do($"approve {Prompt} --for production");
        await shell.Commit("approved");
        shell.Shell.With("partials/_voice.prompt", "Be brief.\n");
        await shell.As("ada").Commit("The partial");
        @base = await shell.ToStaging();
        await Cheat(shell);
        Assert.Contains("approvals: 0 of 1 from @acme/leads", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_is_not_replayed_after_a_rollback()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToProduction();
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        await shell.Commit("more");
        await shell.ToProduction();
        await shell.Do($"rollback {Prompt} --env production -m bad");
        string @base = await shell.Commit("back");
        await Cheat(shell);
        Assert.Contains("approvals: 0 of 1 from @acme/leads", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_are_over_not_yet_revoked_or_for_something_else_do_not_count()
    {
        foreach ((string line, string why) in new (string, string)[]
        {
            ("bo@example.com namespaces=\"promptlsp\",valid-before=\"20260101\" {0}", "its key was valid until 2026-01-01 00:00 UTC"),
            ("bo@example.com namespaces=\"promptlsp\",valid-after=\"20990101\" {0}", "its key is not valid before 2099-01-01 00:00 UTC"),
            ("bo@example.com namespaces=\"git\" {0}", "the line of bo@example.com in `.promptlsp-signers` lacks `namespaces=\"promptlsp\"`"),
            ("bo@example.com {0}", "the line of bo@example.com in `.promptlsp-signers` lacks `namespaces=\"promptlsp\"`"),
            ("*@example.com namespaces=\"promptlsp\" {0}", "names its key for a pattern or an authority, which do not count"),
            ("bo@example.com cert-authority,namespaces=\"promptlsp\" {0}", "names its key for a pattern or an authority, which do not count"),
            ("cy@example.com namespaces=\"promptlsp\" {0}", "its key belongs to cy@example.com by `.promptlsp-signers`, not to bo@example.com"),
        })
        {
            using ReleaseShell shell = await ReleaseShell.Begin();
            string own = shell.Shell.Read(Signers);
            shell.Shell.With(Signers, shell.SignerOf("ada") + "\n" + line.Replace("{0}", shell.PublicKey("bo"), StringComparison.Ordinal) + "\n");
            await shell.Commit("signers");
            string @base = await shell.ToStaging();
            shell.Shell.With(Signers, own);
            await shell.As("bo").Do($"approve {Prompt} --for production");
            await shell.Do($"promote {Prompt} --to production --yes");
            await shell.Commit("cheat");
            Assert.Contains(why, await Lacks(shell, @base), StringComparison.Ordinal);
            // Nor in this clone, with the very same words.
            await shell.Git($"reset -q --hard {@base}");
            Assert.Contains(why, await shell.Refused($"approve {Prompt} --for production"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_key_counts_no_more_also_for_what_it_signed_before()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        await shell.As("bo").Do($"approve {Prompt} --for production");
        shell.Shell.With(Settings, shell.Shell.Read(Settings) + "revoked: .promptlsp-revoked\n").With(".promptlsp-revoked", shell.PublicKey("bo") + "\n");
        string @base = await shell.Commit("approved, and revoked");
        Assert.Contains("that of bo@example.com: its key is revoked", await shell.Refused($"promote {Prompt} --to production --yes"), StringComparison.Ordinal);
        await Cheat(shell);
        Assert.Contains("that of bo@example.com: its key is revoked", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_over_by_now_still_counts_for_what_base_has()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        await shell.As("bo").Do($"approve {Prompt} --for production");
        await shell.Do($"promote {Prompt} --to production --yes --dry-run");
        string signers = shell.Shell.Read(Signers);
        shell.Shell.With(
            Signers,
            signers.Replace(
                "bo@example.com namespaces=\"promptlsp\"",
                "bo@example.com namespaces=\"promptlsp\",valid-before=\"20260101\"",
                StringComparison.Ordinal
            )
        );
        string @base = await shell.Commit("over by now");
        await Cheat(shell);
        Assert.Contains("1 of 1: bo@example.com (signed)", await Holds(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_key_under_two_names_is_one_yes()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 2, approvers: [\"@acme/leads\"] }");
        shell.Shell.With(Signers, $"{shell.SignerOf("ada")}\nbo@example.com,cy@example.com namespaces=\"promptlsp\" {shell.PublicKey("bo")}\n");
        await shell.Commit("signers");
        await shell.ToStaging();
        await shell.As("bo").Do($"approve {Prompt} --for production");
        await shell.As("cy", shell.KeyFile("bo")).Do($"approve {Prompt} --for production");
        string @base = await shell.Commit("two names");
        Assert.Matches(
            "1 of 2 from @acme/leads: (bo|cy)@example.com \\(signed\\); does not count: (cy|bo)@example.com has the key of another who said yes",
            await shell.Refused($"promote {Prompt} --to production --yes")
        );
        await Cheat(shell);
        Assert.Contains("has the key of another who said yes", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edited_files_and_evidence_are_not_believed()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ tests: pass }");
        string @base = await shell.ToStaging();
        // Files after the fact.
        shell.Shell.With($"releases/staging/{Prompt}/files/{Prompt}", "Ignore all that.\n");
        await shell.Commit("edited");
        Assert.Contains(
            "lacks  edited support/reply.prompt in staging: its files were edited, and release.json was not",
            await Lacks(shell, @base),
            StringComparison.Ordinal
        );
        await shell.Git($"reset -q --hard {@base}");
        // Files and record, so that both fit each other.
        string record = $"releases/staging/{Prompt}/release.json",
            file = $"releases/staging/{Prompt}/files/{Prompt}",
            text = shell.Shell.Read(file) + "Ignore all that.\n";
        shell.Shell.With(record, shell.Shell.Read(record).Replace(Hash(shell.Shell.Read(file)), Hash(text), StringComparison.Ordinal)).With(file, text);
        await shell.Commit("both");
        Assert.Contains("is not what release.json says", await Lacks(shell, @base), StringComparison.Ordinal);
        await shell.Git($"reset -q --hard {@base}");
        // A test that fails, and a record that says that it passed.
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt).Replace("contains: Kestrel", "contains: Falcon", StringComparison.Ordinal));
        await shell.Commit("failing");
        await shell.Do($"promote {Prompt} --to dev --yes");
        @base = await shell.Commit("dev");
        shell.Shell.With(Settings, shell.Shell.Read(Settings).Replace("tests: pass, findings: error", "why: true", StringComparison.Ordinal));
        await shell.Do($"promote {Prompt} --to staging --yes -m cheat");
        shell.Shell.With(
            record,
            shell
                .Shell.Read(record)
                .Replace("\"gate\": \"why\"", "\"gate\": \"tests\"", StringComparison.Ordinal)
                .Replace("a reason is given", "1 passed", StringComparison.Ordinal)
        );
        await shell.Git($"checkout -q {@base} -- {Settings}");
        await shell.Commit("edited evidence");
        Assert.Contains("tests: `greets` fails: \"Falcon\" is not in", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_taken_out_linked_renamed_or_turned_to_CRLF_is_refused()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string @base = await shell.ToProduction();
        string folder = Path.Combine(shell.Shell.Folder, Production);
        Directory.Delete(folder, recursive: true);
        await Cheated("lacks  removed support/reply.prompt in production: a release was taken out");

        File.Delete(Directory.GetFiles(Path.Combine(folder, "approvals"))[0]);
        await Cheated("was taken out or edited; who takes one back runs `promptlsp withdraw`");

        File.Delete(Path.Combine(folder, "files", Prompt));
        File.CreateSymbolicLink(Path.Combine(folder, "files", Prompt), Path.Combine(shell.Shell.Folder, Prompt));
        await Cheated($"`{Production}/files/{Prompt}` is a link; releases are plain files");

        Directory.Move(Path.Combine(shell.Shell.Folder, "releases/production"), Path.Combine(shell.Shell.Folder, "releases/Production"));
        await Cheated("`Production` differs from an environment of the policy in capitals alone");

        File.Copy(Path.Combine(folder, "release.json"), Path.Combine(folder, "Release.json"));
        await Cheated("differ in capitals alone, which are one file on many disks");

        shell.Shell.With($"{Production}/files/{Prompt}", shell.Shell.Read($"{Production}/files/{Prompt}").ReplaceLineEndings("\r\n"));
        await Cheated("its files were edited, and release.json was not");

        shell.Shell.With("releases/.gitattributes", "* text=auto eol=crlf\n");
        await Cheated("`releases/.gitattributes` must say `* -text` and nothing else, or git changes bytes that were approved");

        shell.Shell.With("releases/note.txt", "hello\n");
        await Cheated("`releases/note.txt` is no part of a release");

        shell.Shell.With($"{Production}/release.json", "<<<<<<< HEAD\n" + shell.Shell.Read($"{Production}/release.json"));
        await Cheated("holds the conflict of a merge");

        async Task Cheated(string words)
        {
            await shell.Commit("cheat");
            Assert.Contains(words, await Lacks(shell, @base), StringComparison.Ordinal);
            await shell.Git($"reset -q --hard {@base}");
            await shell.Git("clean -fdq");
        }
    }

    [Fact]
    public async Task Nothing_jumps_over_an_environment_a_freeze_or_the_past()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ soak: 2h }");
        await shell.Do($"promote {Prompt} --to dev --yes");
        string dev = await shell.Commit("dev");
        await shell.Do($"promote {Prompt} --to staging --yes");
        string staging = await shell.Commit("staging");
        string policy = shell.Shell.Read(Settings);
        shell.Shell.With(Settings, policy.Replace("soak: 2h", "", StringComparison.Ordinal));
        await shell.Do($"promote {Prompt} --to production --yes");
        shell.Shell.With(Settings, policy);
        await shell.Commit("production");
        Assert.Contains(
            "production takes what staging holds, and in base that holds nothing of `support/reply.prompt`; land that first, in a change of its own",
            await Lacks(shell, dev),
            StringComparison.Ordinal
        );
        Assert.Contains("soak: staging has held it for", await Lacks(shell, staging), StringComparison.Ordinal);
        await shell.Git($"reset -q --hard {staging}");
        await shell.Do("freeze production -m sale");
        string frozen = await shell.Commit("frozen");
        await shell.Do("thaw production");
        shell.Shell.With(Settings, policy.Replace("soak: 2h", "", StringComparison.Ordinal));
        await shell.Do($"promote {Prompt} --to production --yes");
        shell.Shell.With(Settings, policy);
        await shell.Commit("thaw and promote");
        Assert.Contains("frozen: production is frozen by ada <ada@example.com>: sale", await Lacks(shell, frozen), StringComparison.Ordinal);
        // Something that was never there, called a rollback.
        string record = $"{Production}/release.json";
        shell.Shell.With(record, shell.Shell.Read(record).Replace("\"kind\": \"promoted\"", "\"kind\": \"rolled-back\"", StringComparison.Ordinal));
        await shell.Commit("as a rollback");
        Assert.Contains("was never there by the history of base, so that this is no rollback", await Lacks(shell, frozen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_is_passed_over_by_those_alone_whom_the_policy_lists_and_visibly()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 1, approvers: [bo@example.com], override: [cy@example.com] }");
        string @base = await shell.ToStaging();
        Assert.Contains(
            "ada@example.com is none of cy@example.com, who may let a release into production although a gate is shut",
            await shell.Refused($"promote {Prompt} --to production --override --yes -m incident"),
            StringComparison.Ordinal
        );
        Assert.Contains("says why, behind `-m`", await shell.As("cy").Refused($"promote {Prompt} --to production --override --yes"), StringComparison.Ordinal);
        await shell.Do($"promote {Prompt} --to production --override --yes -m \"an incident\"");
        Assert.Contains("overridden: production holds", shell.Out, StringComparison.Ordinal);
        await shell.Commit("overridden");
        await shell.Do("env");
        Assert.Contains("v1 (overridden)", shell.Out, StringComparison.Ordinal);
        Assert.Contains(
            "holds  overridden support/reply.prompt in production: a gate is shut, and by cy@example.com (signed) lets it in",
            await Holds(shell, @base),
            StringComparison.Ordinal
        );
        await shell.Git($"reset -q --hard {@base}");
        // Without the word of anybody.
        await Cheat(shell);
        string record = $"{Production}/release.json";
        shell.Shell.With(record, shell.Shell.Read(record).Replace("\"kind\": \"promoted\"", "\"kind\": \"overridden\"", StringComparison.Ordinal));
        await shell.Commit("claimed");
        Assert.Contains(
            "a gate is shut, and its override does not count: nobody of cy@example.com has signed that",
            await Lacks(shell, @base),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_withdrawn_approval_and_an_unsigned_one_do_not_count()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        await shell.As("bo").Do($"approve {Prompt} --for production");
        string @base = await shell.Commit("approved");
        await shell.Do($"withdraw {Prompt} --for production -m \"it greets twice\"");
        Assert.StartsWith("withdrawn by bo@example.com", shell.Out, StringComparison.Ordinal);
        await shell.Commit("withdrawn");
        Assert.Contains(
            "you (cy@example.com) have not approved",
            await shell.As("cy").Refused($"withdraw {Prompt} --for production"),
            StringComparison.Ordinal
        );
        await shell.Git("config --unset user.signingKey");
        Assert.Contains(
            "no key to sign with is set up; `git config --global user.signingKey",
            await shell.Refused($"approve {Prompt} --for production"),
            StringComparison.Ordinal
        );
        await Cheat(shell.As("bo"));
        Assert.Contains("does not count: bo@example.com has withdrawn it", await Lacks(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_unsigned_means_is_said_where_it_is_allowed()
    {
        using ReleaseShell shell = await ReleaseShell.Begin("{ approvals: 1, unsigned: allowed }");
        string @base = await shell.ToStaging();
        await shell.As("bo").Git("config --unset user.signingKey");
        await shell.Do($"approve {Prompt} --for production");
        Assert.Contains("unsigned, which proves nothing", shell.Out, StringComparison.Ordinal);
        await shell.Do($"promote {Prompt} --to production --yes");
        Assert.Contains("1 of 1: bo@example.com (unsigned: a mere claim)", shell.Out, StringComparison.Ordinal);
        await shell.Commit("claimed");
        Assert.Contains("1 of 1: bo@example.com (unsigned: a mere claim)", await Holds(shell, @base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_behind_a_passphrase_or_nowhere_is_told_and_never_asked_for()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.ToStaging();
        await shell.KeyOf("locked", "a passphrase");
        Assert.Contains(
            "ssh-keygen cannot sign with",
            await shell.As("bo", shell.KeyFile("locked")).Refused($"approve {Prompt} --for production"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "which is not there, or is no key of SSH",
            await shell.As("bo", "~/nowhere").Refused($"approve {Prompt} --for production"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ssh-keygen cannot sign with",
            await shell.As("bo", "key::" + shell.PublicKey("bo")).Refused($"approve {Prompt} --for production"),
            StringComparison.Ordinal
        );
        await shell.As("bo", shell.KeyFile("bo") + ".pub").Do($"approve {Prompt} --for production");
    }

    // What somebody does who has a program without gates: the policy is only away while it is written.
    private static async Task Cheat(ReleaseShell shell)
    {
        string policy = shell.Shell.Read(Settings);
        shell.Shell.With(Settings, Relaxed(policy));
        await shell.Do($"promote {Prompt} --to production --yes -m cheat");
        shell.Shell.With(Settings, policy);
        await shell.Commit("cheat");
    }

    private static string Relaxed(string settings) =>
        string.Join(
            '\n',
            settings
                .Split('\n')
                .Select(line => line.IndexOf("require: { approvals", StringComparison.Ordinal) is > 0 and var at ? line[..at] + "require: {}" : line)
        );

    private static string Hash(string text) => PromptLsp.History.Sha256.Hex(text);

    private static async Task<string> Holds(ReleaseShell shell, string @base)
    {
        int status = await shell.Run($"env verify --base {@base}");
        Assert.True(status == 0, shell.Out + shell.Error);
        return shell.Out;
    }

    private static async Task<string> Lacks(ReleaseShell shell, string @base)
    {
        int status = await shell.Run($"env verify --base {@base}");
        Assert.True(status == 1, shell.Out + shell.Error);
        return shell.Out + shell.Error;
    }
}
