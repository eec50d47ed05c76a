using System.Collections.Immutable;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases.Folder;

/// <summary>
/// What a releases folder claims to have happened, for a history to keep. What is in the history already is not read, or no further than to name it;
/// what cannot be read, or lies elsewhere by a link, claims nothing.
/// </summary>
public static class FolderClaims
{
    /// <summary>Takes over what there is of some prompts, and of the environments themselves.</summary>
    /// <param name="prompts">From the root.</param>
    /// <returns>How many events the history got.</returns>
    public static int Import(HistoryStore store, ReleaseFolder folder, IEnumerable<string> prompts, Origin by) =>
        store.Import(Of(store, folder, prompts), by);

    /// <summary>What there is of some prompts, and of the environments themselves, that a history does not have.</summary>
    public static ImmutableArray<EnvironmentClaim> Of(HistoryStore store, ReleaseFolder folder, IEnumerable<string> prompts)
    {
        if (!IsOurs(folder, folder.Policy.Folder))
            return [];
        string[] environments = [.. folder.Environments()];
        return
        [
            .. environments.SelectMany(e => Whole(store, folder, e)),
            .. prompts.SelectMany(p => environments.SelectMany(e => Of(folder, e, p, store.Knows))),
        ];
    }

    /// <summary>Takes over all that there is.</summary>
    /// <returns>How many events the history got.</returns>
    public static int ImportAll(HistoryStore store, ReleaseFolder folder, Origin by, CancellationToken cancel)
    {
        if (!IsOurs(folder, folder.Policy.Folder))
            return 0;
        IReadOnlySet<string> known = store.KnownRecords();
        string[] environments = [.. folder.Environments().Where(e => IsOurs(folder, $"{folder.Policy.Folder}/{e}"))];
        (string Environment, string Prompt)[] places = [.. environments.SelectMany(e => folder.Prompts(e).Select(p => (e, p)))];
        var claims = new IEnumerable<EnvironmentClaim>[places.Length];
        Parallel.For(
            0,
            places.Length,
            new ParallelOptions { CancellationToken = cancel },
            i => claims[i] = Of(folder, places[i].Environment, places[i].Prompt, known.Contains)
        );
        return store.Import(environments.SelectMany(e => Whole(store, folder, e)).Concat(claims.SelectMany(c => c)), by);
    }

    /// <summary>That an environment is let in to again, by somebody who says so.</summary>
    public static EnvironmentClaim Thawed(string environment, Frozen frozen, string by, string? why) =>
        new(EventKind.Thawed, new(environment, ThawOf(FreezeOf(environment, frozen))), by) { Why = why };

    private static IEnumerable<EnvironmentClaim> Of(ReleaseFolder folder, string environment, string prompt, Func<string, bool> isKnown)
    {
        if (!IsOurs(folder, folder.Relative(environment, prompt)))
            return [];
        try
        {
            ReleaseRecord? record = folder.Record(environment, prompt, isKnown);
            return
            [
                .. folder
                    .Approvals(environment, prompt, isKnown)
                    .Select(a => a.Approval)
                    .OfType<Approval>()
                    // Who let a release in is told by the record of the release.
                    .Where(a => a.Kind != ApprovalKind.Overridden && a.Environment == environment && a.Prompt == prompt)
                    .Select(Claim),
                .. record is null ? (EnvironmentClaim[])[] : [Claim(record)],
            ];
        }
        catch (Exception failure) when (failure is ReleaseException || FileFailure.Is(failure))
        {
            return [];
        }
    }

    private static IEnumerable<EnvironmentClaim> Whole(HistoryStore store, ReleaseFolder folder, string environment)
    {
        // Where there is no folder of the environment, nothing is said of it.
        if (!Directory.Exists(Path.Join(folder.Path, environment)) || !IsOurs(folder, $"{folder.Policy.Folder}/{environment}"))
            yield break;
        Frozen? frozen;
        try
        {
            frozen = folder.Frozen(environment);
        }
        catch (ReleaseException)
        {
            yield break;
        }
        string? now = frozen is null ? null : FreezeOf(environment, frozen);
        if (store.FrozenBy(environment) is { } before && before != now)
            yield return new(EventKind.Thawed, new(environment, ThawOf(before)), "");
        if (frozen is not null)
            yield return new(EventKind.Frozen, new(environment, now!), frozen.By) { At = frozen.At, Why = frozen.Why };
    }

    private static EnvironmentClaim Claim(ReleaseRecord record) =>
        new(
            record.Kind switch
            {
                MoveKind.Promoted => EventKind.Promoted,
                MoveKind.Overridden => EventKind.Overridden,
                _ => EventKind.EnvRolledBack,
            },
            new(record.Environment, record.Id)
            {
                Release = record.Name.Release,
                Context = record.Name.Context,
                From = record.From,
            },
            record.By
        )
        {
            At = record.At,
            Path = record.Prompt,
            Fingerprint = record.Fingerprint,
            Why = record.Why,
            Commit = record.Commit,
        };

    private static EnvironmentClaim Claim(Approval word) =>
        new(
            word.Kind == ApprovalKind.Approved ? EventKind.Approved : EventKind.Withdrawn,
            new(word.Environment, word.Id) { Release = word.Name.Release, Context = word.Name.Context },
            word.By
        )
        {
            At = word.At,
            Path = word.Prompt,
            Why = word.Note,
        };

    private static string FreezeOf(string environment, Frozen frozen) => History.Sha256.Hex($"frozen {environment}\n{frozen.Text}");

    private static string ThawOf(string freeze) => History.Sha256.Hex($"thawed {freeze}\n");

    private static bool IsOurs(ReleaseFolder folder, string path) => folder.Root.Resolve(folder.Root.Folder, path).Status == PathStatus.Inside;
}
