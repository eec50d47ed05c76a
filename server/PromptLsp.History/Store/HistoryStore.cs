using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace PromptLsp.History.Store;

/// <summary>
/// The versions of a root's prompts, in <c>.promptlsp/history.db</c>. One connection and one lock: calls from several threads wait for each
/// other; who reads while another thread records opens a second store. Every call may throw <see cref="HistoryUnavailableException"/>.
/// </summary>
public sealed partial class HistoryStore : IDisposable
{
    private const string OneContent = "SELECT size, packed FROM contents WHERE hash = $1";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _one = new();
    private readonly Database _database;
    private readonly StoreOptions _options;

    private HistoryStore(string root, StoreAccess access, StoreOptions options)
    {
        Root = Absolute(root);
        Path = StoreFile.PathIn(Root);
        _options = options;
        _database = StoreOpening.Open(Root, access, options);
    }

    /// <summary>The absolute folder whose prompts these are.</summary>
    public string Root { get; }

    /// <summary>The absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>What SQLite was asked so far.</summary>
    internal IEnumerable<string> Statements => _database.Statements;

    /// <summary>True for a path from the root that can have a history.</summary>
    public static bool CanKeep(string path) => RootPath.IsOne(path);

    /// <summary>True where a folder has a store, whether or not it can be used.</summary>
    public static bool Exists(string root) => File.Exists(StoreFile.PathIn(root));

    /// <exception cref="HistoryUnavailableException">It cannot be used; the message says why.</exception>
    public static HistoryStore Open(string root, StoreAccess access = StoreAccess.CreateIfMissing, StoreOptions? options = null) =>
        new(root, access, options ?? new());

    /// <summary>Another number than before says that another process, or another store of this one, has written.</summary>
    public long DataVersion()
    {
        lock (_one)
            return _database.Integer("PRAGMA data_version");
    }

    /// <summary>All that have a history, in the order of their paths' bytes; of those at one path what is there, else the one deleted last.</summary>
    public ImmutableArray<KnownPrompt> Prompts() => KnownPrompts(
        "WHERE p.deleted = 0 OR NOT EXISTS (SELECT 1 FROM prompts o WHERE o.path = p.path AND (o.deleted = 0 OR o.deleted > p.deleted)) ORDER BY p.path");

    /// <summary>Every deleted prompt, also where another one is at its path; the one deleted last comes first.</summary>
    public ImmutableArray<KnownPrompt> Deleted() => KnownPrompts("WHERE p.deleted > 0 ORDER BY p.deleted DESC");

    /// <summary>The deleted prompts that were at a path, the one deleted last first.</summary>
    public ImmutableArray<KnownPrompt> Deleted(string path) => KnownPrompts("WHERE p.deleted > 0 AND p.path = $1 ORDER BY p.deleted DESC", path);

    /// <summary>The newest version; null for a prompt without history. A deleted prompt still has one.</summary>
    public PromptVersion? Head(string path) => Read(() => Find(path) is { } prompt ? HeadOf(prompt) : null);

    /// <summary>The oldest version; null for a prompt without history.</summary>
    public PromptVersion? First(string path) => Read(() => Find(path) is { } prompt ? FirstOf(prompt) : null);

    /// <summary>The version that holds a text, the newest of several; null where none does.</summary>
    /// <param name="fingerprint">The text's.</param>
    public PromptVersion? WithText(string path, string fingerprint) => Read(() => Find(path) is { } prompt ? Newest(prompt, fingerprint) : null);

    /// <summary>The version with this text that was the newest at a moment; where none was there yet, the first one.</summary>
    public PromptVersion? WithText(string path, string fingerprint, DateTimeOffset then) =>
        Read(() =>
            Find(path) is { } prompt && NumberOf(prompt, fingerprint, then) is { } number ? ByNumber(prompt, number, $"v{number}") : null
        );

    /// <summary>For each content of each prompt that is there the numbers of its first and its newest version, and that of the prompt's newest.</summary>
    public IReadOnlyDictionary<(string Path, string Fingerprint), (int First, int Last, int Head)> Numbers() =>
        Read(() =>
            _database
                .All(
                    "SELECT p.path, e.fingerprint, min(e.number), max(e.number), p.number FROM prompts p "
                        + "JOIN events e ON e.prompt = p.id AND e.number IS NOT NULL WHERE p.deleted = 0 GROUP BY p.id, e.fingerprint",
                    row => new
                    {
                        Key = (Rows.There(Rows.Shown(row, 0)), Rows.There(Rows.Hash(row, 1))),
                        Value = (row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)),
                    }
                )
                .ToDictionary(r => r.Key, r => r.Value)
        );

    /// <summary>Newest first.</summary>
    /// <param name="before">Only versions with a smaller number; for the next page.</param>
    public ImmutableArray<PromptVersion> Versions(string path, int before = int.MaxValue, int limit = 100) => Versions(path, null, before, limit);

    /// <summary>The same of a deleted prompt that was at the path.</summary>
    /// <param name="deleted">Its name, as <see cref="KnownPrompt.Deleted"/> has it; null for what is there.</param>
    public ImmutableArray<PromptVersion> Versions(string path, string? deleted, int before, int limit) =>
        Read<ImmutableArray<PromptVersion>>(() =>
            (deleted is null ? Find(path) : FindDeleted(path, deleted)) is { } prompt
                ? WithTags(
                    prompt,
                    _database.All(
                        Rows.Versions + " WHERE e.prompt = $1 AND e.number < $2 ORDER BY e.number DESC LIMIT $3",
                        row => VersionOf(row, prompt),
                        prompt.Id,
                        before,
                        limit
                    )
                )
                : []
        );

    /// <summary>
    /// The version that a person means by <c>v12</c>, <c>head</c>, <c>head~2</c>, <c>latest</c>, a tag, or six or more digits of a fingerprint;
    /// by <c>deleted:</c> and one of these of the prompt that was at the path before. A tag or a fingerprint that what is there does not have
    /// is looked for in those too: the version says whose it is.
    /// </summary>
    /// <exception cref="HistoryException">There is none, or more than one.</exception>
    public PromptVersion Resolve(string path, string reference) => Read(() => ResolveAnywhere(path, reference));

    /// <summary>The exact bytes.</summary>
    /// <exception cref="HistoryException">They have been erased.</exception>
    public byte[] Bytes(PromptVersion version) =>
        ContentOf(version.Exact) ?? throw new HistoryException($"The content of {version.Name} of {version.Path} was erased; only its fingerprint is left.");

    /// <summary>The text as it was, with its own line ends and without a byte order mark.</summary>
    /// <exception cref="HistoryException">It has been erased.</exception>
    public string Text(PromptVersion version) => TextOf(Bytes(version));

    /// <summary>As <see cref="Text"/> of each, null where it was erased; for many at once, unpacked on all processors.</summary>
    public ImmutableArray<string?> Texts(IReadOnlyList<PromptVersion> versions)
    {
        KeptContent?[] kept = Read(() => versions.Select(version => _database.First(OneContent, ReadContent, Rows.Bytes(version.Exact))).ToArray());
        string?[] texts = new string?[kept.Length];
        bool isWhole = Parallel.For(0, kept.Length, (i, loop) =>
        {
            if (kept[i]?.Packed is not { } packed)
                return;
            if (Packed.Unpack(packed, kept[i]!.Size, Rows.Bytes(versions[i].Exact)) is { } bytes)
                texts[i] = TextOf(bytes);
            else
                loop.Stop();
        }).IsCompleted;
        return isWhole ? ImmutableCollectionsMarshal.AsImmutableArray(texts) : throw Failures.Corrupt(Path);
    }

    /// <summary>The files that the version pulled in, as they were, with <c>\n</c> for line ends, in the order of their paths' bytes.</summary>
    public ImmutableArray<PulledIn> PulledIn(PromptVersion version)
    {
        if (version.Effective == Fingerprint.Effective(version.Fingerprint, []))
            return [];
        return ContentOf(version.Effective) is { } list
            ?
            [
                .. (PulledInList.Parse(list) ?? throw Failures.Corrupt(Path)).Select(file => new PulledIn(
                    file.Path,
                    ContentOf(file.Fingerprint) is { } bytes ? TextOf(bytes) : null
                )),
            ]
            : throw Failures.Corrupt(Path);
    }

    /// <summary>Newest first.</summary>
    public ImmutableArray<Tag> Tags(string path) => Tags(path, null);

    /// <summary>The same of a deleted prompt that was at the path.</summary>
    public ImmutableArray<Tag> Tags(string path, string? deleted) =>
        Read<ImmutableArray<Tag>>(() =>
            (deleted is null ? Find(path) : FindDeleted(path, deleted)) is { } prompt
                ? _database.All(Rows.Tags + " WHERE t.prompt = $1 ORDER BY t.seq DESC", Rows.Tag, prompt.Id)
                : []
        );

    public void Dispose()
    {
        lock (_one)
            _database.Dispose();
    }

    private T Read<T>(Func<T> work)
    {
        lock (_one)
            return Sound(() => _database.Reading(work));
    }

    // Rows that contradict one another make work of ours fail in any way. Whether they do is found out then: what is no damage is a fault of ours.
    private T Sound<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is not (HistoryException or OperationCanceledException or ObjectDisposedException) && Damage() is { } damage)
        {
            throw new HistoryUnavailableException(damage.Reason, damage.Message, failure);
        }
    }

    /// <summary>For who finds less than there should be.</summary>
    /// <exception cref="HistoryUnavailableException">The store is damaged, or a newer program wrote what this one cannot read.</exception>
    public void MustBeWhole()
    {
        if (Damage() is { } damage)
            throw damage;
    }

    // Null where the store is whole.
    private HistoryUnavailableException? Damage()
    {
        try
        {
            return Verify(CancellationToken.None).Flaw switch
            {
                null => null,
                { IsNewer: true } => Failures.Newer(Path),
                _ => Failures.Corrupt(Path),
            };
        }
        catch (HistoryUnavailableException unreadable)
        {
            return unreadable.Reason is Unavailability.Corrupt or Unavailability.ForeignSchema ? Failures.Corrupt(Path) : null;
        }
    }

    // Where a path was used more than once, the prompt that is there, else the one deleted last.
    private PromptRow? Find(string path) =>
        PromptBy("path = $1 AND deleted = 0", path) ?? PromptBy("path = $1 AND deleted > 0 ORDER BY deleted DESC LIMIT 1", path);

    private PromptRow? FindDeleted(string path, string name) => name == DeletedName.Last
        ? PromptBy("path = $1 AND deleted > 0 ORDER BY deleted DESC LIMIT 1", path)
        : PromptBy("path = $1 AND deleted = $2 AND deleted > 0", path, DeletedName.Sequence(name));

    private PromptRow? PromptBy(string condition, params ReadOnlySpan<object?> values) => _database.First(
        "SELECT id, path, deleted, number, head FROM prompts WHERE " + condition,
        row => new PromptRow(row.GetInt64(0), Rows.There(Rows.Shown(row, 1)), row.GetInt64(2), row.GetInt32(3), row.IsDBNull(4) ? 0 : row.GetInt64(4)),
        values);

    private ImmutableArray<KnownPrompt> KnownPrompts(string condition, params ReadOnlySpan<object?> values)
    {
        lock (_one)
        {
            return _database.All(
                "SELECT p.path, p.deleted, p.number, e.fingerprint, e.effective, e.at, e.revision, d.at FROM prompts p JOIN events e ON e.seq = "
                    + "p.head LEFT JOIN events d ON d.seq = p.deleted "
                    + condition,
                row =>
                {
                    string fingerprint = Rows.There(Rows.Hash(row, 3));
                    string? deleted = row.GetInt64(1) is > 0 and var sequence ? DeletedName.Of(sequence) : null;
                    var known = new KnownPrompt(
                        Rows.There(Rows.Shown(row, 0)),
                        deleted,
                        row.GetInt32(2),
                        fingerprint,
                        Rows.Hash(row, 4) ?? Fingerprint.Effective(fingerprint, []),
                        Rows.Time(row, 5),
                        Rows.Shown(row, 6)
                    );
                    return row.IsDBNull(7) ? known : known with { Gone = Rows.Time(row, 7) };
                },
                values
            );
        }
    }

    private PromptVersion ResolveAnywhere(string path, string reference)
    {
        (string? name, string wanted) = DeletedName.Cut(reference);
        if (name is not null)
            return Resolve(FindDeleted(path, name) ?? throw NoDeleted(path, name), wanted);
        PromptRow prompt = Known(path);
        try
        {
            return Resolve(prompt, wanted);
        }
        catch (HistoryException) when (!prompt.IsDeleted && InDeleted(path, wanted) is { } version)
        {
            return version;
        }
    }

    private static HistoryException NoDeleted(string path, string name) => new(name == DeletedName.Last
        ? $"No prompt was deleted at {path}; `promptlsp log --deleted` lists those that were."
        : $"There is no {name} of {path}; `promptlsp log --deleted` lists the prompts that were deleted.");

    // By a tag or a fingerprint alone: numbers are everybody's.
    private PromptVersion? InDeleted(string path, string reference)
    {
        if (Reference.Parse(reference) is not (Reference.ByTag or Reference.ByFingerprint))
            return null;
        foreach (KnownPrompt gone in Deleted(path))
        {
            try
            {
                return Resolve(FindDeleted(path, gone.Deleted!)!, reference);
            }
            catch (HistoryException missing) when (missing is not HistoryUnavailableException)
            {
                // Perhaps the one before has it.
            }
        }
        return null;
    }

    private PromptRow Known(string path) => Find(path) ?? throw (Damage() ?? new HistoryException($"{path} has no history yet."));

    private PromptVersion? HeadOf(PromptRow prompt) => Single(prompt, Rows.Versions + " WHERE e.seq = $1", prompt.Head);

    private PromptVersion? FirstOf(PromptRow prompt) =>
        Single(prompt, Rows.Versions + " WHERE e.prompt = $1 AND e.number IS NOT NULL ORDER BY e.number LIMIT 1", prompt.Id);

    private PromptVersion Resolve(PromptRow prompt, string reference) => Reference.Parse(reference) switch
    {
        Reference.BeforeHead { Steps: var steps } => ByNumber(prompt, prompt.Number - steps, reference),
        Reference.ByNumber { Number: var number } => ByNumber(prompt, number, reference),
        Reference.ByFingerprint { Prefix: var prefix } => ByFingerprint(prompt, prefix),
        Reference.ByTag { Name: var name } => ByTag(prompt, name),
        _ => throw new InvalidOperationException(reference),
    };

    private PromptVersion ByNumber(PromptRow prompt, int number, string reference) =>
        Single(prompt, Rows.Versions + " WHERE e.prompt = $1 AND e.number = $2", prompt.Id, number)
        ?? throw new HistoryException(
            $"There is no {reference} of {prompt.Path}; it has "
                + $"{(FirstOf(prompt) is { } first && first.Number < prompt.Number ? $"{first.Name} to v{prompt.Number}" : $"v{prompt.Number} only")}."
        );

    private PromptVersion ByFingerprint(PromptRow prompt, string prefix)
    {
        (byte[] from, byte[] to) = Reference.Range(prefix);
        var found = _database.All(
            "SELECT e.fingerprint, max(e.number) FROM events e WHERE e.prompt = $1 AND e.number IS NOT NULL AND e.fingerprint BETWEEN $2 AND $3 "
                + "GROUP BY e.fingerprint LIMIT 3",
            row => new { Fingerprint = Rows.There(Rows.Hash(row, 0)), Number = row.GetInt32(1) },
            prompt.Id,
            from,
            to
        );
        return found switch
        {
            [] => throw new HistoryException($"No version of {prompt.Path} has a fingerprint that begins with {prefix}."),
            [var only] => ByNumber(prompt, only.Number, prefix),
            [var one, var other, ..] => throw new HistoryException(
                $"{prefix} is the beginning of more than one fingerprint of {prompt.Path}: {one.Fingerprint[..16]} (v{one.Number}), "
                    + $"{other.Fingerprint[..16]} (v{other.Number}); give more digits."
            ),
        };
    }

    private PromptVersion ByTag(PromptRow prompt, string name) =>
        Single(prompt, Rows.Versions + " WHERE e.prompt = $1 AND e.number = (SELECT number FROM tags WHERE prompt = $1 AND name = $2)", prompt.Id, name) ??
        throw new HistoryException($"`{Plain.Line(name, TagName.Longest)}` is no tag of {prompt.Path}, nor v and a number, nor six digits of a fingerprint.");

    private PromptVersion? Single(PromptRow prompt, string sql, params ReadOnlySpan<object?> values) =>
        _database.First(sql, row => VersionOf(row, prompt), values) is { } version ? WithTags(prompt, [version])[0] : null;

    private static PromptVersion VersionOf(SqliteDataReader row, PromptRow prompt) =>
        Rows.Version(row, prompt.Path) with { Prompt = prompt.Id, Deleted = prompt.IsDeleted ? DeletedName.Of(prompt.Deleted) : null };

    private ImmutableArray<PromptVersion> WithTags(PromptRow prompt, ImmutableArray<PromptVersion> newestFirst)
    {
        if (newestFirst.IsEmpty)
            return newestFirst;
        var tags = _database.All(
                "SELECT number, name FROM tags WHERE prompt = $1 AND number BETWEEN $2 AND $3 ORDER BY name",
                row => new { Number = row.GetInt32(0), Name = Rows.There(Rows.Shown(row, 1)) },
                prompt.Id, newestFirst[^1].Number, newestFirst[0].Number)
            .ToLookup(tag => tag.Number, tag => tag.Name);
        return tags.Count == 0 ? newestFirst : [.. newestFirst.Select(version => version with { Tags = [.. tags[version.Number]] })];
    }

    // Null where it was erased; bytes that are not those of the hash are never handed out.
    private byte[]? ContentOf(string hash)
    {
        byte[] key = Convert.FromHexString(hash);
        lock (_one)
        {
            return _database.First(OneContent, ReadContent, key) is { Packed: { } packed } kept
                ? Packed.Unpack(packed, kept.Size, key) ?? throw Failures.Corrupt(Path)
                : null;
        }
    }

    private static KeptContent ReadContent(SqliteDataReader row) => new(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1));

    private static string TextOf(byte[] bytes) =>
        Strict.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);

    /// <param name="Deleted">The event that did it, or 0.</param>
    private sealed record PromptRow(long Id, string Path, long Deleted, int Number, long Head)
    {
        public bool IsDeleted => Deleted > 0;
    }

    private sealed record KeptContent(long Size, byte[]? Packed);
}
