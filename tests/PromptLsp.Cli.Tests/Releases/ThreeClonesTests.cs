namespace PromptLsp.Cli.Tests.Releases;

/// <summary>Three people with three clones and three keys take a prompt from draft to production and back, by pull requests alone.</summary>
public sealed class ThreeClonesTests
{
    private const string Prompt = ReleaseShell.Prompt;

    [Fact]
    public async Task From_draft_through_staging_to_production_and_back()
    {
        using ReleaseShell origin = await ReleaseShell.Begin();
        // The main branch is changed by merges alone, as where branches are protected.
        string place = origin.Shell.Folder + "-clones";
        Directory.CreateDirectory(place);
        try
        {
            Shell ada = await Clone("ada"), bo = await Clone("bo"), cy = await Clone("cy");

            await Change(ada, "draft", "ada", [$"promote {Prompt} --to dev --yes -m draft"]);
            await Change(ada, "try", "ada", [$"promote {Prompt} --to staging --yes -m \"tried on last week's tickets\""]);

            // Nobody has said yes.
            await Pull(cy);
            Assert.Equal(1, await cy.Run($"promote {Prompt} --to production --yes -m early"));
            Assert.Contains("shut  approvals  0 of 1 from @acme/leads", cy.Out, StringComparison.Ordinal);

            await Change(bo, "approve", "bo", [$"approve {Prompt} --for production -m \"read it\""]);
            await Change(cy, "release", "cy", [$"promote {Prompt} --to production --yes -m \"the French tickets\""]);

            // A second version, by Bo; so Ada says yes, and Bo's own word does not count.
            await Pull(bo);
            bo.With(Prompt, bo.Read(Prompt) + "More.\n");
            await Change(bo, "more", "bo", [$"promote {Prompt} --to dev --yes -m more"]);
            await Change(bo, "more-tried", "bo", [$"promote {Prompt} --to staging --yes -m tried"]);
            await Change(bo, "own-word", "bo", [$"approve {Prompt} --for production"]);
            Assert.Contains("you (bo@example.com) wrote it, and production asks for the word of others; ", bo.Error, StringComparison.Ordinal);
            await Pull(cy);
            Assert.Equal(1, await cy.Run($"promote {Prompt} --to production --yes -m early"));
            Assert.Contains("does not count: bo@example.com wrote it", cy.Out, StringComparison.Ordinal);
            await Change(ada, "approve-more", "ada", [$"approve {Prompt} --for production"]);
            await Change(cy, "release-more", "cy", [$"promote {Prompt} --to production --yes -m more"]);
            await Pull(ada);
            Assert.Equal(0, await ada.Run($"show {Prompt}@production"));
            Assert.EndsWith("More.\n", ada.Out, StringComparison.Ordinal);

            await Change(ada, "back", "ada", [$"rollback {Prompt} --env production -m \"it talks too much\""]);
            await Pull(bo);
            Assert.Equal(0, await bo.Run($"show {Prompt}@production"));
            Assert.DoesNotContain("More.", bo.Out, StringComparison.Ordinal);
            Assert.Equal(0, await bo.Run("env production"));
            Assert.Contains("rolled-back by ada <ada@example.com>", bo.Out, StringComparison.Ordinal);

            // Two who promote the same prompt at once: the second merge conflicts, and its owner looks again.
            foreach ((Shell who, string name) in new[] { (ada, "ada"), (bo, "bo") })
            {
                await Pull(who);
                await Git(who, $"checkout -q -b race-{name}");
                who.With(Prompt, who.Read(Prompt) + $"By {name}.\n");
                Assert.Equal(0, await who.Run($"promote {Prompt} --to dev --yes -m race"));
                await Git(who, "add -A");
                await Git(who, "commit -q -m race");
                await Git(who, $"push -q origin race-{name}");
            }
            await Git(origin.Shell, "merge -q --no-ff -m race race-ada");
            (int status, _, _) = await OtherProcess.Run(origin.Shell.Folder, "", "git", "merge", "-q", "--no-ff", "-m", "race", "race-bo");
            Assert.NotEqual(0, status);
            await Git(origin.Shell, "merge --abort");
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        async Task<Shell> Clone(string name)
        {
            await Git(origin.Shell, $"clone -q {origin.Shell.Folder} {Path.Combine(place, name)}");
            var clone = new Shell(Path.Combine(place, name));
            await Git(clone, $"config user.name {name}");
            await Git(clone, $"config user.email {name}@example.com");
            await Git(clone, $"config user.signingKey {origin.KeyFile(name)}");
            await Git(clone, "config commit.gpgsign false");
            return clone;
        }

        // A branch, what somebody does on it, and a pull request: merged if the check of the main branch's own policy holds.
        async Task Change(Shell clone, string branch, string name, string[] commands)
        {
            if (await Git(clone, "status --porcelain") is "")
                await Pull(clone);
            await Git(clone, $"checkout -q -b {branch}");
            foreach (string command in commands)
                Assert.True(await clone.Run(command) == 0, $"{name}: {command}\n{clone.Out}\n{clone.Error}");
            await Git(clone, "add -A");
            await Git(clone, $"commit -q -m {branch}");
            await Git(clone, $"push -q origin {branch}");
            string @base = await Git(origin.Shell, "rev-parse main");
            await Git(origin.Shell, $"merge -q --no-ff -m {branch} {branch}");
            Assert.True(await origin.Run($"env verify --base {@base}") == 0, $"{name}: {branch}\n{origin.Out}\n{origin.Error}");
            await Pull(clone);
        }

        static async Task Pull(Shell clone)
        {
            await Git(clone, "checkout -q main");
            await Git(clone, "pull -q --ff-only origin main");
        }
    }

    private static async Task<string> Git(Shell shell, string arguments)
    {
        (int status, string output, string error) = await OtherProcess.Run(shell.Folder, "", "git", [.. Shell.Split(arguments)]);
        Assert.True(status == 0, $"git {arguments}: {error}");
        return output.Trim();
    }
}
