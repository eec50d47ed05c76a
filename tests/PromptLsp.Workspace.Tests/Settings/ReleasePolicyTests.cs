using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Testing;
using PromptLsp.Workspace.Settings;
using Xunit;

namespace PromptLsp.Workspace.Tests.Settings;

/// <summary>What <c>promptlsp.yaml</c> says of environments, and which slips there shut every gate.</summary>
public sealed class ReleasePolicyTests
{
    [Fact]
    public void All_that_it_can_say()
    {
        ReleasePolicy policy = Read("""
            releases: live
            context: { brand: context/brand.yaml }
            environments:
              dev: {}
              staging:
                require: { tests: pass, findings: warning }
              production:
                from: dev
                require: { contract: compatible, soak: 1d, why: true, approvals: 1, approvers: ["@leads", cy@example.com], not-author: true, unsigned: allowed, override: ["@leads"], evaluation: { of: e.yaml, verdict: not-worse } }
                context: { brand: context/brand.yaml }
            teams: { "@leads": [ada@example.com, Bo@example.com] }
            signers: keys/signers
            revoked: keys/revoked
            tags: { "*-stable": { immutable: true }, "lead-*": { owners: "@leads" } }
            """
        );
        Assert.Null(policy.Problem);
        Assert.Equal(("live", "keys/signers", "keys/revoked"), (policy.Folder, policy.Signers, policy.Revoked));
        Assert.Equal([("dev", null), ("staging", "dev"), ("production", "dev")], policy.Environments.Select(e => (e.Name, e.From)));
        Requirements require = policy.Find("production")!.Require;
        Assert.Equal(
            (true, TimeSpan.FromDays(1), true, 1, true, true, "e.yaml"),
            (require.Contract, require.Soak, require.Why, require.Approvals, require.NotAuthor, require.AllowsUnsigned, Assert.Single(require.Evaluations).Of)
        );
        Assert.Equal((true, Severity.Warning), (policy.Find("staging")!.Require.Tests, policy.Find("staging")!.Require.Findings));
        Assert.True(policy.People(require.Approvers).SetEquals(["ada@example.com", "bo@example.com", "cy@example.com"]));
        Assert.Equal("context/brand.yaml", policy.Find("production")!.Context["brand"]);
        Assert.Null(policy.TagProblem("other", isThere: true, "Eve <eve@example.com>"));
        Assert.NotNull(policy.TagProblem("v2-stable", isThere: true, "Ada <ada@example.com>"));
        Assert.Null(policy.TagProblem("v2-stable", isThere: false, "Eve <eve@example.com>"));
        Assert.Null(policy.TagProblem("lead-1", isThere: false, "Ada <ada@example.com>"));
        Assert.NotNull(policy.TagProblem("lead-1", isThere: false, "Eve <eve@example.com>"));
    }

    [Theory]
    [InlineData("environments: [dev, dev]", "there are two environments `dev`; keep one")]
    [InlineData("environments: [Dev, dev]", "there are two environments `dev`; keep one")]
    [InlineData("environments: [head]", "`head` cannot be the name of an environment; use letters, digits, `.`, `_` and `-`, and no word that means a version")]
    [InlineData("environments: { a: { from: a } }", "`a` cannot take its releases from itself; name the environment before it, or leave `from` out")]
    [InlineData("environments: { dev: {}, prod: { from: dve } }", "there is no environment `dve`; did you mean `dev`?")]
    [InlineData("environments: { a: { from: b }, b: { from: a } }", "releases would go in a circle: a from b from a; take one `from` out")]
    [InlineData("environments: { a: { requires: {} } }", "nothing reads `requires`; did you mean `require`?")]
    [InlineData("environments: { a: { require: { aprovals: 1 } } }", "nothing reads `aprovals`; did you mean `approvals`?")]
    [InlineData("environments: { a: { require: { tests: fail } } }", "`tests` takes `pass`, or is left out")]
    [InlineData(
        "environments: { a: { require: { findings: loud } } }",
        "`findings` takes the least severity that shuts: `error`, `warning`, `information` or `hint`"
    )]
    [InlineData("environments: { a: { require: { soak: long } } }", "`soak` is a duration: `30m`, `2h` or `1d`")]
    [InlineData("environments: { a: { require: { approvals: many } } }", "`approvals` is a number of people: `approvals: 1`")]
    [InlineData(
        "environments: { a: { require: { approvals: 2, approvers: [ada@example.com], unsigned: allowed } } }",
        "nobody could promote to `a`: it wants 2 approvals, and `approvers` are 1 person"
    )]
    [InlineData("environments: { a: { require: { not-author: true } } }", "`not-author` says whose approval does not count; it needs `approvals: 1` or more")]
    [InlineData(
        "environments: { a: { require: { approvals: 1, unsigned: allowed, approvers: [\"@leads\"] } } }",
        "nobody could promote to `a`: it wants 1 approvals, and `approvers` are 0 people"
    )]
    [InlineData("environments: { a: { require: { override: [ada] } } }", "`ada` is neither a mail address nor a team, which begins with `@`")]
    [InlineData(
        "environments: { a: { context: { brand: x.yaml } } }",
        "`brand` is no context variable with a file of its own, so that it cannot have another one here"
    )]
    [InlineData(
        "environments: { a: { require: { approvals: 1 } } }",
        "`a` wants signed approvals, and there is no file `.promptlsp-signers` with the keys that count; write a line for each person: `ada@example.com namespaces=\"promptlsp\" ssh-ed25519 AAAA…`"
    )]
    [InlineData("teams: { \"@a\": [] }", "the team `@a` is nobody; list mail addresses: `\"@a\": [ada@example.com]`")]
    [InlineData("teams: { a: [ada@example.com] }", "the name of a team begins with `@`: `\"@a\"`")]
    [InlineData("teams: { \"@a\": [\"@b\"] }", "`@b` is no mail address; a team lists people, not teams")]
    [InlineData("releases: ../elsewhere", "`../elsewhere` is no folder inside the workspace, where releases are kept; write `releases: releases`")]
    [InlineData("tags: { \"*\": { imutable: true } }", "nothing reads `imutable`; did you mean `immutable`?")]
    public void A_slip_shuts_every_gate(string settings, string problem) => Assert.Equal(problem, Read(settings).Problem);

    [Theory]
    [InlineData("environments: { a: { require: { aprovals: 1 } } }")]
    [InlineData("environments: { a: { require: { evaluation: { off: e.yaml } } } }")]
    [InlineData("environments: { a: { requires: {} } }")]
    [InlineData("tags: { \"*\": { imutable: true } }")]
    public void A_slip_is_told_once(string settings)
    {
        using var folder = new PromptFolder();
        folder.Write("promptlsp.yaml", settings);
        var snapshot = Snapshot.Empty(new(), [folder.Folder]);
        WorkspaceSettings read = snapshot.SettingsOf(snapshot.Roots.OfFolder(folder.Folder));
        Finding[] findings = [.. read.Findings.Where(f => f.Message.StartsWith("nothing reads", StringComparison.Ordinal))];
        Assert.Equal(Severity.Error, Assert.Single(findings).Severity);
    }

    private static ReleasePolicy Read(string settings)
    {
        using var folder = new PromptFolder();
        folder.Write("promptlsp.yaml", settings);
        folder.Write("context/brand.yaml", "name: Kestrel\n");
        folder.Write("keys/signers", "");
        folder.Write("e.yaml", "prompt: a.prompt\n");
        var snapshot = Snapshot.Empty(new(), [folder.Folder]);
        return snapshot.SettingsOf(snapshot.Roots.OfFolder(folder.Folder)).Releases;
    }
}
