using System.Collections.Immutable;
using PromptLsp.History.Files;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Environments;

/// <summary>What an environment holds of a prompt, and what could come there.</summary>
/// <param name="Cell">What it holds; null where there is nothing of the prompt, not even an approval.</param>
/// <param name="Next">What the environment before holds, where that is another release; null where nothing would come, and for the first one.</param>
/// <param name="IsChanged">Of the first environment: the prompt's file is another than what it holds.</param>
/// <param name="Approvals">How many people have said yes to <paramref name="Next"/>; their signatures are not looked at.</param>
/// <param name="Breaks">In one line: what would break for callers of what runs there, if the next release came; null where nothing would.</param>
public sealed record EnvironmentStanding(
    string Prompt,
    EnvironmentPolicy? Policy,
    EnvironmentCell? Cell,
    EnvironmentCell? Next,
    bool IsChanged,
    int Approvals,
    string? Breaks
);

/// <summary>Something that one person alone can do next.</summary>
/// <param name="IsApproval">A yes is waited for; else all who must have said yes, and whoever brought it there takes it on.</param>
public sealed record WaitingForSomebody(string Prompt, string Environment, bool IsApproval, string Says);

/// <summary>All environments of a workspace, for somebody who looks at them: no program is run for it.</summary>
public sealed record EnvironmentOverview(
    EnvironmentTable Table,
    ImmutableArray<ImmutableArray<EnvironmentStanding>> Rows,
    ImmutableArray<WaitingForSomebody> Waiting
)
{
    // Of more releases than these it is not looked at what they would break.
    private const int MostLookedInto = 300;

    /// <param name="mail">Who looks, by git's word; null where nobody knows.</param>
    /// <exception cref="ReleaseException">The folder cannot be read.</exception>
    public static EnvironmentOverview Read(ReleaseWorkspace workspace, string? mail, CancellationToken cancel)
    {
        var table = EnvironmentTable.Read(workspace, null);
        var contents = new Contents(workspace.Folder, cancel);
        ImmutableArray<ImmutableArray<EnvironmentStanding>> rows =
        [
            .. table.Rows.Select(row => table.Environments.Select((e, i) => Of(workspace, table, row, i, contents, cancel)).ToImmutableArray()),
        ];
        return new(table, rows, mail is null ? [] : [.. rows.SelectMany(r => r).SelectMany(s => Waits(workspace, s, mail))]);
    }

    private static EnvironmentStanding Of(
        ReleaseWorkspace workspace,
        EnvironmentTable table,
        ImmutableArray<EnvironmentCell?> row,
        int at,
        Contents contents,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        string prompt = row.First(c => c is not null)!.Prompt;
        EnvironmentPolicy? policy = workspace.Settings.Releases.Find(table.Environments[at]);
        EnvironmentCell? cell = row[at];
        EnvironmentCell? before = policy?.From is { } from && table.Environments.IndexOf(from) is >= 0 and var i ? row[i] : null;
        EnvironmentCell? next = before?.Record is { } coming && coming.Name.Release != cell?.Record?.Name.Release ? before : null;
        bool isChanged = policy is { From: null } && cell?.Record is { } there && contents.OnDisk(prompt) is { } now && now != there.Fingerprint;
        string? breaks =
            cell?.Record is not null && next is not null && contents.Of(cell) is { } held && contents.Of(next) is { } then ? Breaks(held, then) : null;
        return new(prompt, policy, cell, next, isChanged, next is null ? 0 : People(workspace.Folder, policy!.Name, next).Length, breaks);
    }

    private static string? Breaks(ReleaseContent now, ReleaseContent next) =>
        Contract.Changes(now.Model.Header, next.Model.Header).FirstOrDefault(c => c.IsBreaking)?.Message;

    // Those whose approvals speak of what would come, in the place of what is there, and were not taken back.
    private static string[] People(ReleaseFolder folder, string environment, EnvironmentCell next)
    {
        if (!folder.HasApprovals(environment, next.Prompt))
            return [];
        string? now = Try(() => folder.Record(environment, next.Prompt))?.Id;
        return
        [
            .. folder
                .Approvals(environment, next.Prompt)
                .Select(a => a.Approval?.By)
                .OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(by => folder.Standing(environment, next.Prompt, by) is { } yes && yes.Replaces == now && yes.Name.Release == next.Record!.Name.Release),
        ];
    }

    private static IEnumerable<WaitingForSomebody> Waits(ReleaseWorkspace workspace, EnvironmentStanding standing, string mail)
    {
        if (standing is not { Next.Record: { } next, Policy: { Require: { Approvals: > 0 } require } to } || IsFrozen(workspace.Folder, to.Name))
            yield break;
        string[] people = People(workspace.Folder, to.Name, standing.Next);
        bool isAsked = require.Approvers.IsEmpty || workspace.Settings.Releases.People(require.Approvers).Contains(mail);
        if (people.Length < require.Approvals && isAsked && !people.Contains(mail, StringComparer.OrdinalIgnoreCase))
            yield return new(
                standing.Prompt,
                to.Name,
                true,
                $"{people.Length} of {require.Approvals} approvals{(require.NotAuthor ? ", of who did not write it" : "")}"
            );
        else if (people.Length >= require.Approvals && next.By.EndsWith($"<{mail}>", StringComparison.OrdinalIgnoreCase))
            yield return new(standing.Prompt, to.Name, false, $"approved by {string.Join(", ", people)}");
    }

    // What cannot be read counts as frozen.
    private static bool IsFrozen(ReleaseFolder folder, string environment)
    {
        try
        {
            return folder.Frozen(environment) is not null;
        }
        catch (ReleaseException)
        {
            return true;
        }
    }

    private static ReleaseRecord? Try(Func<ReleaseRecord?> read)
    {
        try
        {
            return read();
        }
        catch (ReleaseException)
        {
            return null;
        }
    }

    /// <summary>The files of releases, each read once, and only of so many.</summary>
    private sealed class Contents(ReleaseFolder folder, CancellationToken cancel)
    {
        private readonly Dictionary<(string Environment, string Prompt), ReleaseContent?> _read = [];

        /// <summary>Null where it cannot be read, or was edited: the table tells of it.</summary>
        public ReleaseContent? Of(EnvironmentCell cell)
        {
            if (_read.TryGetValue((cell.Environment, cell.Prompt), out ReleaseContent? known))
                return known;
            if (_read.Count >= MostLookedInto)
                return null;
            cancel.ThrowIfCancellationRequested();
            return _read[(cell.Environment, cell.Prompt)] = Read(cell);
        }

        /// <summary>The fingerprint of a prompt's file; null where it cannot be read.</summary>
        public string? OnDisk(string prompt) =>
            RegularFile.ReadUnlinked(Path.GetFullPath(prompt, folder.Root.Folder), Disk.LargestFile).Bytes is { } bytes
                ? History.Fingerprint.Of(System.Text.Encoding.UTF8.GetString(WithoutMark(bytes.Span)))
                : null;

        private ReleaseContent? Read(EnvironmentCell cell)
        {
            try
            {
                return folder.Held(cell.Environment, cell.Prompt)?.Content;
            }
            catch (Exception failure) when (failure is ReleaseException || FileFailure.Is(failure))
            {
                return null;
            }
        }

        private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
            bytes.StartsWith(System.Text.Encoding.UTF8.Preamble) ? bytes[System.Text.Encoding.UTF8.Preamble.Length..] : bytes;
    }
}
