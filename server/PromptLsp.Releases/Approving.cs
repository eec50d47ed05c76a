using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases;

/// <summary>Gives somebody's word on a release, signed with the key that they sign commits with.</summary>
public sealed class Approving(Root root, ReleasePolicy policy, TimeProvider clock)
{
    private const int LongestNote = 2_000;

    /// <summary>Somebody sits before the terminal, who can be asked for a passphrase.</summary>
    public bool MayAsk { get; init; }

    /// <summary>Ends the wait for who holds the key.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Yes to what a promotion would bring.</summary>
    /// <param name="author">As git names people: <c>Ada &lt;ada@example.com&gt;</c>.</param>
    /// <exception cref="ReleaseException">It would not count.</exception>
    public Approval Approve(EnvironmentPolicy to, PlannedMove move, string? note, string author)
    {
        if (!to.Require.Approvers.IsEmpty && MailOf(author) is var mail && !policy.People(to.Require.Approvers).Contains(mail))
            throw new ReleaseException($"{mail} is none of {string.Join(", ", to.Require.Approvers)}, whose word counts for {to.Name}");
        return Word(ApprovalKind.Approved, to, move, note, author);
    }

    /// <summary>What somebody said before, where the same again would add nothing to it.</summary>
    /// <param name="standing">Their approval that stands.</param>
    public Approval? SaidBefore(Approval? standing, PlannedMove move, string? note)
    {
        if (standing is null || standing.Name != move.Content.Name || standing.Replaces != move.Now?.Id || Note(note) is { } more && more != standing.Note)
            return null;
        if (standing.Signature is not null)
            return Promotion.SignaturesOf(root, policy, clock).Of(standing, isKnown: false).Problem is null ? standing : null;
        using SigningKey? key = Key();
        return key is null ? standing : null;
    }

    /// <summary>That it may come in although a gate is shut.</summary>
    public Approval Override(EnvironmentPolicy to, PlannedMove move, string why, string author)
    {
        if (MailOf(author) is var mail && !policy.People(to.Require.Override).Contains(mail))
            throw new ReleaseException(to.Require.Override.IsEmpty
                ? $"the policy of {to.Name} lists nobody under `override` who may let a release in although a gate is shut"
                : $"{mail} is none of {string.Join(", ", to.Require.Override)}, who may let a release into {to.Name} although a gate is shut");
        return Word(ApprovalKind.Overridden, to, move, why, author);
    }

    /// <summary>Takes one's own approval back.</summary>
    public Approval Withdraw(EnvironmentPolicy to, Approval approval, string? note, string author) =>
        Signed(
            new(
                ApprovalKind.Withdrawn,
                approval.Environment,
                approval.Prompt,
                approval.Name,
                approval.Replaces,
                MailOf(author),
                Later(approval.At),
                Note(note),
                null
            ),
            to
        );

    /// <summary>The mail address of somebody as git names people.</summary>
    /// <exception cref="ReleaseException">There is none.</exception>
    public static string MailOf(string author)
    {
        int open = author.LastIndexOf('<');
        return open >= 0 && author.EndsWith('>') && author[(open + 1)..^1] is { Length: > 0 } mail
            ? mail
            : throw new ReleaseException("who you are is not known; `git config --global user.email ADDRESS` says it");
    }

    private Approval Word(ApprovalKind kind, EnvironmentPolicy to, PlannedMove move, string? note, string author) =>
        Signed(new(kind, to.Name, move.Prompt, move.Content.Name, move.Now?.Id, MailOf(author), Promotion.Now(clock), Note(note), null), to);

    private DateTimeOffset Later(DateTimeOffset than) => Promotion.Now(clock) is var now && now > than ? now : than;

    private static string? Note(string? note) => note is not null && Plain.Lines(note, LongestNote) is { Length: > 0 } clean ? clean : null;

    private Approval Signed(Approval word, EnvironmentPolicy to)
    {
        if (Key() is not { } key)
        {
            return to.Require.AllowsUnsigned
                ? word
                : throw new ReleaseException(
                    "no key to sign with is set up; `git config --global user.signingKey ~/.ssh/id_ed25519.pub` names yours, and a line of "
                        + $"`{policy.Signers}` makes it count"
                );
        }
        using (key)
        {
            Approval signed = word with { Signature = SshKeygen.Find(root.Folder).Sign(word.Statement, key.File, MayAsk, Cancel) };
            return Promotion.SignaturesOf(root, policy, clock).Of(signed, isKnown: false).Problem is { } problem
                ? throw new ReleaseException($"your signature would not count: {problem}")
                : signed;
        }
    }

    // As git has it: a path, or the key itself behind `key::`. A command that finds one is never run.
    private SigningKey? Key()
    {
        string? named;
        try
        {
            using GitRepository git = GitRepository.Of(root.Folder);
            named = git.Configured("user.signingKey");
        }
        catch (HistoryException none)
        {
            throw new ReleaseException(none.Message.TrimEnd('.'), none);
        }
        return named is null ? null : SigningKey.Of(named);
    }
}
