using System.Collections.Immutable;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Gates;

/// <summary>What approvals must speak of to count: this release, here, in the place of what runs now.</summary>
/// <param name="Replaces">The id of the record that runs there now; null where nothing does.</param>
internal sealed record ApprovedMove(string Environment, string Prompt, ReleaseName Name, string? Replaces)
{
    public bool IsMeantBy(Approval approval) =>
        approval.Environment == Environment && approval.Prompt == Prompt && approval.Name == Name && approval.Replaces == Replaces;
}

/// <summary>Counts the people who say yes, and tells of each who does not count why.</summary>
/// <param name="isKnown">Whether an approval was there before, in what is trusted.</param>
internal sealed class ApprovalCount(ReleasePolicy policy, SignatureCheck signatures, Func<Approval, bool> isKnown)
{
    /// <param name="authors">Who wrote the release; asked only where that matters.</param>
    public Gate Check(ApprovedMove move, Requirements require, IEnumerable<Approval> approvals, Func<(IReadOnlySet<string>? Mails, string? Problem)> authors)
    {
        Approval[] all = [.. approvals];
        ImmutableHashSet<string> approvers = policy.People(require.Approvers);
        (IReadOnlySet<string>? mails, string? noHistory) = require.NotAuthor ? authors() : (null, null);
        var people = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var counted = new List<string>();
        var not = new List<string>();
        foreach (Approval approval in all.Where(a => a.Kind == ApprovalKind.Approved && move.IsMeantBy(a)).OrderBy(a => a.At))
        {
            string by = History.Store.Plain.Line(approval.By, 100);
            if (!require.Approvers.IsEmpty && !approvers.Contains(approval.By))
                not.Add($"{by} is none of {string.Join(", ", require.Approvers)}");
            else if (IsWithdrawn(approval, all, require))
                not.Add($"{by} has withdrawn it");
            else if (mails?.Contains(approval.By) == true)
                not.Add($"{by} wrote it");
            else if (Key(approval, require) is var (key, problem) && problem is not null)
                not.Add($"that of {by}: {problem}");
            else if (!people.Add(approval.By))
                continue;
            else if (key is not null && !keys.Add(key))
                not.Add($"{by} has the key of another who said yes");
            else
                counted.Add(key is null ? $"{by} (unsigned: a mere claim)" : $"{by} (signed)");
        }
        if (noHistory is not null)
            return new("approvals", false, $"who wrote it cannot be told, so that nobody can be known not to have: {noHistory}");
        string who = require.Approvers.IsEmpty ? "" : $" from {string.Join(", ", require.Approvers)}";
        string without = not.Count > 0 ? $"; does not count: {string.Join("; ", not)}" : "";
        string names = string.Join(", ", counted);
        string written = require.NotAuthor ? $"; written by {string.Join(", ", mails!.Order(StringComparer.Ordinal))}, by the word of git's commits" : "";
        return counted.Count >= require.Approvals
            ? new("approvals", true, $"{counted.Count} of {require.Approvals}: {names}{written}{without}")
            : new("approvals", false, $"{counted.Count} of {require.Approvals}{who}{(counted.Count > 0 ? $": {string.Join(", ", counted)}" : "")}{without}");
    }

    /// <summary>Whether somebody who may do so lets it in although a gate is shut.</summary>
    public Gate Override(ApprovedMove move, Requirements require, IEnumerable<Approval> approvals)
    {
        ImmutableHashSet<string> may = policy.People(require.Override);
        string lacks = require.Override.IsEmpty ? "the policy lists nobody who may" : $"nobody of {string.Join(", ", require.Override)} has signed that";
        foreach (Approval word in approvals.Where(a => a.Kind == ApprovalKind.Overridden && move.IsMeantBy(a)))
        {
            if (!may.Contains(word.By))
                lacks =
                    $"{History.Store.Plain.Line(word.By, 100)} is none of "
                        + $"{(require.Override.IsEmpty ? "those whom the policy lists, which is nobody" : string.Join(", ", require.Override))}";
            else if (Key(word, require) is { Problem: { } problem })
                lacks = $"that of {History.Store.Plain.Line(word.By, 100)} does not count: {problem}";
            else
                return new("override", true, $"by {word.By}{(word.Signature is null ? " (unsigned: a mere claim)" : " (signed)")}");
        }
        return new("override", false, lacks);
    }

    // Who takes an approval back is the one who gave it.
    private bool IsWithdrawn(Approval approval, Approval[] all, Requirements require) =>
        all.Any(w =>
            w.Kind == ApprovalKind.Withdrawn
            && w.At >= approval.At
            && w.Name == approval.Name
            && w.Environment == approval.Environment
            && w.Prompt == approval.Prompt
            && w.Replaces == approval.Replaces
            && string.Equals(w.By, approval.By, StringComparison.OrdinalIgnoreCase)
            && Key(w, require).Problem is null
        );

    private (string? Key, string? Problem) Key(Approval approval, Requirements require) =>
        approval.Signature is null && require.AllowsUnsigned ? (null, null) : signatures.Of(approval, isKnown(approval));
}
