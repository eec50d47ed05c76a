using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Signing;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Server.Handlers;

/// <summary>Promote, approve and withdraw, roll back, freeze and thaw: each is a person's command, and says in a line what it did.</summary>
internal static class EnvironmentCommands
{
    public const string Promote = "promptlsp.promote",
        Approve = "promptlsp.approve",
        Withdraw = "promptlsp.withdraw",
        RollBack = "promptlsp.rollBackEnvironment",
        Freeze = "promptlsp.freeze",
        Thaw = "promptlsp.thaw";

    public static string[] All { get; } = [Promote, Approve, Withdraw, RollBack, Freeze, Thaw];

    public static Task<object?> Execute(Session session, string command, EnvironmentArgument asked, CancellationToken cancel) => command switch
    {
        Promote => OfPrompt(session, $"Promoting to {asked.Environment}", asked, PromoteAsync, cancel),
        Approve => OfPrompt(session, $"Approving for {asked.Environment}", asked, ApproveAsync, cancel),
        Withdraw => OfPrompt(session, "Withdrawing", asked, WithdrawAsync, cancel),
        RollBack => OfPrompt(session, $"Rolling {asked.Environment} back", asked, RollBackAsync, cancel),
        Freeze => OfEnvironment(session, asked, FreezeAsync, cancel),
        _ => OfEnvironment(session, asked, ThawAsync, cancel),
    };

    private sealed record Wish(Session Session, ReleaseWorkspace Workspace, string Prompt, EnvironmentArgument Asked)
    {
        /// <exception cref="ReleaseException">There is no such environment.</exception>
        public EnvironmentPolicy To => Promotion.EnvironmentOf(Workspace.Settings.Releases, Asked.Environment);

        public string Why =>
            string.IsNullOrWhiteSpace(Asked.Why) ? throw new ReleaseException("no reason is given; say why, as `why` of the argument") : Asked.Why;
    }

    private static Task<object?> OfPrompt(
        Session session,
        string title,
        EnvironmentArgument asked,
        Func<Wish, CancellationToken, Task<string>> work,
        CancellationToken cancel
    ) =>
        session.Releases.DoAsync(
            title,
            async () =>
            {
                (ReleaseWorkspace workspace, string prompt) = session.Releases.OfPrompt(asked.Uri);
                await workspace.CompleteAsync(cancel);
                string said = await work(new(session, workspace, prompt, asked), cancel);
                session.Histories.Tell();
                return new DoneResult(said);
            },
            cancel
        );

    private static Task<object?> OfEnvironment(
        Session session,
        EnvironmentArgument asked,
        Func<Wish, CancellationToken, Task<string>> work,
        CancellationToken cancel
    ) =>
        session.Releases.DoAsync(
            asked.Environment,
            async () => new DoneResult(await work(new(session, session.Releases.OfFile(asked.Uri), "", asked), cancel)),
            cancel
        );

    private static async Task<string> PromoteAsync(Wish wish, CancellationToken cancel)
    {
        (Session session, ReleaseWorkspace workspace, string prompt, EnvironmentArgument asked) = wish;
        if (wish.To.From is null)
            await RecordAsync(session, workspace, prompt);
        using Promotion promotion = workspace.Plan([prompt], asked.Environment, asked.Why, cancel);
        MustBeSaved(session, workspace, promotion);
        PlannedMove move = promotion.Moves[0];
        move.MustBe(asked.Seen, asked.Environment);
        if (move.IsThere)
            return $"{asked.Environment} holds this release of {prompt} already";
        await promotion.CarryOutAsync(ImmutableDictionary<string, Approval>.Empty, cancel);
        using HistoryStore? store = workspace.Store();
        return $"promoted: {asked.Environment} holds {ReleaseWorkspace.NameOf(prompt, move.Content.Fingerprint, store)} of {prompt}";
    }

    // So that the release can be called by a version. A history that cannot be written is no reason not to promote.
    private static Task<object?> RecordAsync(Session session, ReleaseWorkspace workspace, string prompt)
    {
        string path = Path.GetFullPath(prompt, workspace.Root.Folder);
        return session.Histories.DoAsync<object>(path, root => session.Recording.FirstVersion(root, path));
    }

    private static void MustBeSaved(Session session, ReleaseWorkspace workspace, Promotion promotion)
    {
        if (EnvironmentRequests.Unsaved(session.Now, workspace, promotion) is [var first, .. var more])
            throw new ReleaseException(
                $"save `{first}` first{(more.Length > 0 ? $", and {more.Length} more files" : "")}: what is not saved would not be promoted"
            );
    }

    private static async Task<string> ApproveAsync(Wish wish, CancellationToken cancel)
    {
        (Session session, ReleaseWorkspace workspace, string prompt, EnvironmentArgument asked) = wish;
        using Promotion promotion = workspace.Plan([prompt], asked.Environment, null, cancel);
        MustBeSaved(session, workspace, promotion);
        PlannedMove move = promotion.Moves[0];
        move.MustBe(asked.Seen, asked.Environment);
        if (move.IsThere)
            throw new ReleaseException($"{asked.Environment} holds this release of `{prompt}` already; there is nothing to say yes to");
        Approving signing = Signing(workspace, cancel);
        Approval? standing = workspace.Folder.Standing(asked.Environment, prompt, Approving.MailOf(workspace.By.Author));
        if (signing.SaidBefore(standing, move, asked.Why) is not null)
            return $"you said yes to this release of {prompt} for {asked.Environment} before; nothing is added";
        Approval said = signing.Approve(promotion.To, move, asked.Why, workspace.By.Author);
        await WriteAsync(workspace, said, cancel);
        using HistoryStore? store = workspace.Store();
        string what = ReleaseWorkspace.NameOf(prompt, move.Content.Fingerprint, store),
            against = move.Now is { } now ? $"in the place of {ReleaseWorkspace.NameOf(now, store)}" : "where there is none yet";
        return $"approved by {said.By}: {what} of {prompt} for {asked.Environment}, {against}; {Signed(said)}"
            + (move.Authors.Contains(said.By) ? "; it does not count, since you wrote it" : "");
    }

    private static async Task<string> WithdrawAsync(Wish wish, CancellationToken cancel)
    {
        (_, ReleaseWorkspace workspace, string prompt, EnvironmentArgument asked) = wish;
        EnvironmentPolicy to = wish.To;
        string mail = Approving.MailOf(workspace.By.Author);
        Approval approval =
            workspace.Folder.Standing(to.Name, prompt, mail) ?? throw new ReleaseException($"you ({mail}) have not approved `{prompt}` for {to.Name}");
        Approval said = Signing(workspace, cancel).Withdraw(to, approval, asked.Why, workspace.By.Author);
        await WriteAsync(workspace, said, cancel);
        return $"withdrawn by {said.By}: the yes to {said.Name.Short} of {prompt} for {to.Name} counts no more; {Signed(said)}";
    }

    // Nobody sits before a terminal of ours.
    private static Approving Signing(ReleaseWorkspace workspace, CancellationToken cancel) =>
        new(workspace.Root, workspace.Settings.Releases, workspace.Clock) { MayAsk = false, Cancel = cancel };

    private static async Task WriteAsync(ReleaseWorkspace workspace, Approval said, CancellationToken cancel)
    {
        using ReleaseWriter writer = await ReleaseWriter.OpenAsync(workspace.Folder, workspace.Clock, cancel);
        writer.Write(said);
    }

    private static string Signed(Approval said) => said.Signature is null ? "unsigned, which proves nothing" : "signed";

    private static async Task<string> RollBackAsync(Wish wish, CancellationToken cancel)
    {
        (_, ReleaseWorkspace workspace, string prompt, EnvironmentArgument asked) = wish;
        using var rollback = new EnvironmentRollback(workspace, asked.Environment, prompt);
        if (asked.Seen is { } seen && seen != rollback.Now.Name.Release)
            throw new ReleaseConflictException(
                $"somebody was faster: {asked.Environment} holds another release of `{prompt}` than when you looked; look again"
            );
        using HistoryStore? store = workspace.Store();
        PastRelease past = rollback.Find(asked.To, store, prompt);
        if (asked.DryRun)
            return $"{asked.Environment} would hold {ReleaseWorkspace.NameOf(past.Record, store)} of {prompt} again, in the place of "
                + $"{ReleaseWorkspace.NameOf(rollback.Now, store)}";
        ReleaseRecord record = await rollback.ToAsync(past, wish.Why, cancel);
        return $"rolled back: {asked.Environment} holds {ReleaseWorkspace.NameOf(record, store)} of {prompt} again, in the place of "
            + $"{ReleaseWorkspace.NameOf(rollback.Now, store)}; from {past.Where}";
    }

    private static async Task<string> FreezeAsync(Wish wish, CancellationToken cancel)
    {
        ReleaseWorkspace workspace = wish.Workspace;
        string name = wish.To.Name;
        using ReleaseWriter writer = await ReleaseWriter.OpenAsync(workspace.Folder, workspace.Clock, cancel);
        if (workspace.Folder.Frozen(name) is { } before)
            throw new ReleaseException($"{name} is frozen already, by {before.By}: {before.Why}");
        writer.Write(name, Promotion.Frozen(workspace.By, wish.Why, workspace.Clock));
        return $"{name} is frozen: nothing but rollbacks gets in";
    }

    private static async Task<string> ThawAsync(Wish wish, CancellationToken cancel)
    {
        ReleaseWorkspace workspace = wish.Workspace;
        string name = wish.To.Name;
        using ReleaseWriter writer = await ReleaseWriter.OpenAsync(workspace.Folder, workspace.Clock, cancel);
        Frozen before = workspace.Folder.Frozen(name) ?? throw new ReleaseException($"{name} is not frozen");
        writer.Write(name, null);
        workspace.Remember([], FolderClaims.Thawed(name, before, workspace.By.Author, wish.Asked.Why));
        return $"{name} is open again; it was frozen by {before.By}: {before.Why}";
    }
}
