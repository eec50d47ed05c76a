using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace PromptLsp.History.Store;

// What became of environments, as the releases folder tells: taken over once, whoever sees it and however often.
public sealed partial class HistoryStore
{
    private const int LongestName = 100;

    /// <summary>Whether what a record claims is in the log.</summary>
    /// <param name="record">As <see cref="InEnvironment.Record"/>.</param>
    public bool Knows(string record) => Read(() => IsKnown(record));

    /// <summary>All records whose claims are in the log: for who looks at very many.</summary>
    public IReadOnlySet<string> KnownRecords() =>
        Read(() => _database.All("SELECT record FROM releases", row => Rows.There(Rows.Hash(row, 0))).ToHashSet(StringComparer.Ordinal));

    /// <summary>Takes over what is claimed and not in the log yet, in the order in which it is said to have happened.</summary>
    /// <param name="by">Whose tool sees it.</param>
    /// <returns>How many events were made.</returns>
    public int Import(IEnumerable<EnvironmentClaim> claims, Origin by)
    {
        EnvironmentClaim[] sorted = [.. claims.Where(c => c.Path is null || CanKeep(c.Path)).OrderBy(c => c.At ?? DateTimeOffset.MaxValue)];
        // Nobody is kept from writing for what is known already.
        if (sorted.Length == 0 || Read(() => sorted.All(c => IsKnown(c.Where.Record))))
            return 0;
        return Write(() => sorted.Count(claim => Import(claim, by)));
    }

    /// <summary>The record by which an environment is frozen, as far as the log tells; null where it is not.</summary>
    public string? FrozenBy(string environment) =>
        Read(() =>
            _database.First(
                "SELECT e.kind, r.record FROM releases r JOIN events e ON e.seq = r.seq WHERE r.environment = $1 AND r.release IS NULL ORDER BY r.seq DESC "
                    + "LIMIT 1",
                row => new { Kind = EventKinds.Parse(Rows.There(Rows.Text(row, 0))), Record = Rows.There(Rows.Hash(row, 1)) },
                environment
            )
                is { Kind: EventKind.Frozen } last
                ? last.Record
                : null
        );

    /// <summary>What became of a prompt in environments, the newest event first.</summary>
    public ImmutableArray<EnvironmentEvent> EnvironmentEvents(string path, int limit = 100) =>
        Read<ImmutableArray<EnvironmentEvent>>(() =>
        {
            PromptRow? prompt = Find(path);
            // What was claimed of the path before this store knew a prompt there is told too.
            IEnumerable<EnvironmentEvent> found = EnvironmentEvents(prompt, "e.prompt IS NULL AND e.path = $1", path, limit);
            if (prompt is not null)
                found = found.Concat(EnvironmentEvents(prompt, "e.prompt = $1 AND e.path IS NOT NULL", prompt.Id, limit));
            return [.. found.OrderByDescending(e => e.Sequence).Take(limit)];
        });

    private ImmutableArray<EnvironmentEvent> EnvironmentEvents(PromptRow? prompt, string condition, object key, int limit) =>
        _database.All(
            Rows.Events + " WHERE " + condition + " AND r.seq IS NOT NULL ORDER BY e.seq DESC LIMIT $2",
            row => Told(row, prompt),
            key,
            limit
        );

    private EnvironmentEvent Told(SqliteDataReader row, PromptRow? prompt)
    {
        Event e = Rows.Event(row);
        InEnvironment where = Rows.There(e.Where);
        string? fingerprint = e.Fingerprint ?? FingerprintOf(where);
        int? version = prompt is null || fingerprint is null ? null : NumberOf(prompt, fingerprint, e.At);
        return new(
            e.Sequence,
            e.Kind,
            where with { Environment = Plain.Visible(where.Environment), From = where.From is null ? null : Plain.Visible(where.From) },
            version,
            fingerprint,
            Plain.Visible(e.Author),
            e.At,
            Rows.Shown(row, Rows.NoteOfEvent)
        );
    }

    // What was released stays the version that it was, although the same text is made again. Records have no finer moments than seconds.
    private int? NumberOf(PromptRow prompt, string fingerprint, DateTimeOffset then) =>
        (int?)(
            _database.Value(
                "SELECT coalesce(max(number) FILTER (WHERE at < $3), min(number)) FROM events WHERE prompt = $1 AND number IS NOT NULL AND fingerprint = $2",
                prompt.Id,
                Rows.Bytes(fingerprint),
                then.AddSeconds(1).ToUnixTimeMilliseconds()
            ) as long?
        );

    // An approval names a release by its hash; some other record tells what that holds.
    private string? FingerprintOf(InEnvironment where) =>
        where.Release is null
            ? null
            : _database.First(
                "SELECT e.fingerprint FROM releases r JOIN events e ON e.seq = r.seq WHERE r.release = $1 AND e.fingerprint IS NOT NULL LIMIT 1",
                row => Rows.There(Rows.Hash(row, 0)),
                Rows.Bytes(where.Release)
            );

    private bool IsKnown(string record) => _database.Value("SELECT 1 FROM releases WHERE record = $1", Rows.Bytes(record)) is not null;

    private bool Import(EnvironmentClaim claim, Origin by)
    {
        if (!claim.Kind.IsOfEnvironment)
            throw new ArgumentException($"{claim.Kind} is not about an environment.", nameof(claim));
        // Another process may have been faster.
        if (IsKnown(claim.Where.Record))
            return false;
        Append(
            new Event
            {
                Kind = claim.Kind,
                Prompt = claim.Path is null ? null : Find(claim.Path)?.Id,
                Path = claim.Path,
                Fingerprint = claim.Fingerprint,
                Note = Keep(claim.Why),
                Where = claim.Where with
                {
                    Environment = Plain.Line(claim.Where.Environment, LongestName),
                    From = claim.Where.From is null ? null : Plain.Line(claim.Where.From, LongestName),
                },
            },
            new Origin(claim.By, by.Tool) { At = claim.At, Commit = claim.Commit }
        );
        return true;
    }
}
