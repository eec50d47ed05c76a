using System.Collections.Immutable;
using System.Text;
using PromptLsp.History.Diffs;

namespace PromptLsp.History.Store;

// What changes the history. Each call is durable when it returns, or has done nothing.
public sealed partial class HistoryStore
{
    /// <summary>Characters of a note.</summary>
    public const int LongestNote = 10_000;

    // Beyond, lines are not counted while somebody waits.
    private const int MostComparedLines = 20_000;

    /// <summary>
    /// Makes a version of the content, unless the newest one holds the same text: then a note that is given describes that one. A prompt
    /// that was deleted is there again where the content is one of its own; another content begins another prompt at the same path.
    /// </summary>
    /// <exception cref="HistoryException">The content cannot be a version: not UTF-8, or too large.</exception>
    public Recorded Record(Recording recording) => RecordAll([recording])[0];

    /// <summary>As <see cref="Record"/>, all together or none.</summary>
    public ImmutableArray<Recorded> RecordAll(IEnumerable<Recording> recordings)
    {
        ImmutableArray<PreparedRecording> prepared = [.. recordings.Select(PreparedRecording.Of)];
        foreach (PreparedRecording recording in prepared)
            MustBeShort(recording.From.Note);
        lock (_one)
            return Sound(() => RecordAll(prepared));
    }

    private ImmutableArray<Recorded> RecordAll(ImmutableArray<PreparedRecording> prepared)
    {
        // Nothing slow is left for the time in which nobody else may write.
        foreach (Content content in prepared.SelectMany(recording => recording.Contents).Where(content => !IsKept(content)))
            _ = content.Packed;
        ImmutableArray<LineCounts?> counts =
        [
            .. prepared.Select(recording => Find(recording.From.Path) is { } prompt ? Compare(HeadOf(prompt), recording) : null),
        ];
        return _database.Writing<ImmutableArray<Recorded>>(() => [.. prepared.Select((recording, i) => Append(recording, counts[i]))]);
    }

    /// <summary>Puts a tag on a version, or moves it there.</summary>
    /// <param name="expected">The version that the tag was seen on; null where there was none.</param>
    /// <exception cref="TagConflictException">It is elsewhere now.</exception>
    /// <exception cref="HistoryException">No such version, or no name for a tag.</exception>
    public Tag Tag(string path, string reference, string name, string? note, int? expected, Origin by) =>
        Write(() =>
        {
            if (TagName.Problem(name) is { } problem)
                throw new HistoryException(problem);
            MustBeShort(note);
            PromptRow prompt = Known(path);
            PromptVersion version = Resolve(prompt, reference);
            Tag? now = TagNow(prompt, name);
            if (now?.Number == version.Number)
                return now;
            if (now?.Number != expected)
                throw Conflict(prompt, name, now, expected, version);
            Event e = Append(
                new()
                {
                    Kind = now is null ? EventKind.Tagged : EventKind.TagMoved,
                    Prompt = prompt.Id,
                    Target = version.Number,
                    Source = now?.Number,
                    Tag = name,
                    Note = Keep(note),
                },
                by
            );
            _database.Execute(
                "INSERT INTO tags (prompt, name, number, seq) VALUES ($1, $2, $3, $4) ON CONFLICT (prompt, name) DO UPDATE SET number = "
                    + "excluded.number, seq = excluded.seq",
                prompt.Id,
                name,
                version.Number,
                e.Sequence
            );
            return TagNow(prompt, name)!;
        });

    /// <summary>Takes a tag away; what it was on stays on record.</summary>
    /// <exception cref="HistoryException">There is no such tag.</exception>
    public void Untag(string path, string name, string? note, Origin by) => Write(() =>
    {
        MustBeShort(note);
        PromptRow prompt = Known(path);
        Tag now = TagNow(prompt, name) ?? throw new HistoryException($"`{Plain.Line(name, TagName.Longest)}` is no tag of {prompt.Path}.");
        Append(new() { Kind = EventKind.Untagged, Prompt = prompt.Id, Target = now.Number, Tag = name, Note = Keep(note) }, by);
        return _database.Execute("DELETE FROM tags WHERE prompt = $1 AND name = $2", prompt.Id, name);
    });

    /// <summary>Gives a version a note, or another one, or with null none; the one before stays on record.</summary>
    /// <exception cref="HistoryException">No such version, or too long a note.</exception>
    public PromptVersion Describe(string path, string reference, string? note, Origin by) => Write(() =>
    {
        MustBeShort(note);
        PromptRow prompt = Known(path);
        return Describe(prompt, Resolve(prompt, reference), note, by);
    });

    /// <summary>The prompt is at another path from now on. A prompt that was there counts as deleted.</summary>
    /// <returns>False where there is no such prompt: nothing was recorded of it, or another window was faster.</returns>
    public bool Rename(string from, string to, Origin by) => Write(() =>
    {
        RootPath.MustBeOne(to);
        if (from == to || Find(from) is not { } prompt)
            return false;
        if (Find(to) is { IsDeleted: false } replaced)
            Delete(replaced, null, by);
        Append(new() { Kind = EventKind.Renamed, Prompt = prompt.Id, Path = to }, by);
        _database.Execute("UPDATE prompts SET path = $2, deleted = 0 WHERE id = $1", prompt.Id, to);
        return true;
    });

    /// <summary>The prompt's file is gone; its history stays.</summary>
    /// <returns>False where there is no such prompt.</returns>
    public bool Delete(string path, string? note, Origin by) => Write(() =>
    {
        MustBeShort(note);
        if (Find(path) is not { IsDeleted: false } prompt)
            return false;
        Delete(prompt, note, by);
        return true;
    });

    /// <summary>A deleted prompt is there again, where it was or elsewhere.</summary>
    /// <param name="version">The one of its versions whose content comes back.</param>
    /// <param name="recording">Says where to, and why. The newest version's content makes no version unless there is a reason to keep.</param>
    /// <exception cref="HistoryException">Another prompt is there.</exception>
    public PromptVersion Restore(PromptVersion version, Recording recording)
    {
        PreparedRecording prepared = PreparedRecording.Of(recording);
        MustBeShort(recording.Note);
        return Write(() =>
        {
            string to = recording.Path;
            PromptRow prompt = PromptBy("id = $1", version.Prompt) ?? throw new HistoryException($"{version.Path} has no history.");
            if (PromptBy("path = $1 AND deleted = 0", to) is { } there && there.Id != prompt.Id)
                throw new HistoryException($"{to} is another prompt now; restore it under another name.");
            // The log is to show that it was gone, even if nothing has recorded that yet.
            if (!prompt.IsDeleted)
                Delete(prompt, null, recording.By);
            Append(
                prompt.Path == to
                    ? new()
                    {
                        Kind = EventKind.Restored,
                        Prompt = prompt.Id,
                        Target = prompt.Number,
                    }
                    : new()
                    {
                        Kind = EventKind.Renamed,
                        Prompt = prompt.Id,
                        Path = to,
                    },
                recording.By
            );
            _database.Execute("UPDATE prompts SET path = $2, deleted = 0 WHERE id = $1", prompt.Id, to);
            prompt = prompt with { Path = to, Deleted = 0 };
            PromptVersion head = HeadOf(prompt)!;
            return head.Number == version.Number && recording.Note is null ? head : Add(prompt, head, prepared, null);
        });
    }

    /// <summary>
    /// Puts what came before a prompt's first version in front of it: the numbers count down from there, so that no version gets another one.
    /// Of a prompt without versions these are the first, counted from 1.
    /// </summary>
    /// <param name="past">Oldest first, all of one prompt.</param>
    /// <param name="first">The first version as the past was found for it; where there is another one meanwhile, nothing is done.</param>
    /// <returns>How many versions were made.</returns>
    public int Import(ImmutableArray<Recording> past, PromptVersion? first)
    {
        if (past.IsEmpty)
            return 0;
        ImmutableArray<PreparedRecording> prepared = [.. past.Select(PreparedRecording.Of)];
        lock (_one)
        {
            foreach (Content content in prepared.SelectMany(recording => recording.Contents))
                _ = content.Packed;
            return Sound(() => _database.Writing(() =>
            {
                PromptRow? prompt = Find(past[0].Path);
                if ((prompt is null ? null : FirstOf(prompt))?.Sequence != first?.Sequence)
                    return 0;
                return first is null ? prepared.Count(recording => Append(recording, null).IsNew) : Prepend(prompt!, prepared, first.Number);
            }));
        }
    }

    // The newest of them first: each is numbered from the one that comes after it.
    private int Prepend(PromptRow prompt, ImmutableArray<PreparedRecording> past, int before)
    {
        for (int i = past.Length - 1; i >= 0; i--)
        {
            PreparedRecording recording = past[i];
            foreach (Content content in recording.Contents)
                Keep(content);
            LineDiff? diff = i > 0 && recording.Text.AsSpan().Count('\n') <= MostComparedLines ? LineDiff.Of(past[i - 1].Text, recording.Text) : null;
            Append(Draft(prompt, --before, recording, diff?.Added, diff?.Removed), recording.From.By);
        }
        return past.Length;
    }

    private T Write<T>(Func<T> work)
    {
        lock (_one)
            return Sound(() => _database.Writing(work));
    }

    private Recorded Append(PreparedRecording recording, LineCounts? counts)
    {
        Recording from = recording.From;
        PromptRow? prompt = Find(from.Path);
        if (prompt is { IsDeleted: true } && from is { OnlyUnknown: false, WasOpen: false } && Newest(prompt, recording.Fingerprint) is null)
            prompt = null;
        PromptVersion? head = prompt is null ? null : HeadOf(prompt);
        if (prompt is not null && head is not null)
        {
            if (head.Fingerprint == recording.Fingerprint)
                return new(SeenAgain(prompt, head, from), IsNew: false);
            if (from.OnlyUnknown && Newest(prompt, recording.Fingerprint) is { } known)
                return new(SeenAgain(prompt, known, from), IsNew: false);
        }
        return new(Add(prompt, head, recording, counts), IsNew: true);
    }

    private PromptVersion Add(PromptRow? prompt, PromptVersion? head, PreparedRecording recording, LineCounts? counts)
    {
        Recording from = recording.From;
        foreach (Content content in recording.Contents)
            Keep(content);
        if (counts?.Against != head?.Fingerprint)
            counts = Compare(head, recording);
        bool isFirst = prompt is null;
        prompt ??= Begin(from.Path);
        Event draft = Draft(prompt, prompt.Number + 1, recording, counts?.Added, counts?.Removed);
        Event e = Append(isFirst ? draft with { Path = prompt.Path } : draft, NotBefore(head, from));
        _database.Execute("UPDATE prompts SET deleted = 0, number = $2, head = $3 WHERE id = $1", prompt.Id, e.Number, e.Sequence);
        return HeadOf(prompt with { Deleted = 0, Head = e.Sequence })!;
    }

    // What had to wait is not older than what was recorded meanwhile.
    private static Origin NotBefore(PromptVersion? head, Recording from) =>
        from is { By.At: { } at, Kind: not EventKind.Imported } && head is not null && at < head.At ? from.By with { At = head.At } : from.By;

    private Event Draft(PromptRow prompt, int number, PreparedRecording recording, int? added, int? removed) => new()
    {
        Kind = recording.From.Kind,
        Prompt = prompt.Id,
        Number = number,
        Source = recording.From.Source,
        Fingerprint = recording.Fingerprint,
        Exact = recording.Exact == recording.Fingerprint ? null : recording.Exact,
        Effective = recording.PullsIn ? recording.Effective : null,
        Note = Keep(recording.From.Note),
        Added = added,
        Removed = removed,
    };

    private LineCounts? Compare(PromptVersion? head, PreparedRecording recording)
    {
        if (head is null || head.Fingerprint == recording.Fingerprint || recording.Text.AsSpan().Count('\n') > MostComparedLines)
            return null;
        byte[] key = Convert.FromHexString(head.Exact);
        if (_database.First(OneContent, ReadContent, key) is not { Packed: { } packed } kept || Packed.Unpack(packed, kept.Size, key) is not { } before)
            return null;
        LineDiff diff = LineDiff.Of(TextOf(before), recording.Text);
        return new(head.Fingerprint, diff.Added, diff.Removed);
    }

    // A note is never lost, and a deleted prompt whose content is seen again is there again.
    private PromptVersion SeenAgain(PromptRow prompt, PromptVersion version, Recording recording)
    {
        if (prompt.IsDeleted)
        {
            Append(new() { Kind = EventKind.Restored, Prompt = prompt.Id, Target = version.Number }, recording.By);
            _database.Execute("UPDATE prompts SET deleted = 0 WHERE id = $1", prompt.Id);
            version = version with { Deleted = null };
        }
        return recording.Note is null ? version : Describe(prompt, version, recording.Note, recording.By);
    }

    private PromptRow Begin(string path)
    {
        long id = _database.Integer("INSERT INTO prompts (path) VALUES ($1) RETURNING id", path);
        return new(id, path, Deleted: 0, Number: 0, Head: 0);
    }

    private PromptVersion? Newest(PromptRow prompt, string fingerprint) =>
        Single(
            prompt,
            Rows.Versions + " WHERE e.prompt = $1 AND e.number IS NOT NULL AND e.fingerprint = $2 ORDER BY e.number DESC LIMIT 1",
            prompt.Id,
            Rows.Bytes(fingerprint)
        );

    private PromptVersion Describe(PromptRow prompt, PromptVersion version, string? note, Origin by)
    {
        string? clean = Clean(note);
        if (clean == version.Note)
            return version;
        Append(new() { Kind = EventKind.Described, Prompt = prompt.Id, Target = version.Number, Note = Keep(note) }, by);
        return version with { Note = clean };
    }

    private void Delete(PromptRow prompt, string? note, Origin by)
    {
        Event e = Append(new() { Kind = EventKind.Deleted, Prompt = prompt.Id, Note = Keep(note) }, by);
        _database.Execute("UPDATE prompts SET deleted = $2 WHERE id = $1", prompt.Id, e.Sequence);
    }

    private Tag? TagNow(PromptRow prompt, string name) => _database.First(Rows.Tags + " WHERE t.prompt = $1 AND t.name = $2", Rows.Tag, prompt.Id, name);

    private static TagConflictException Conflict(PromptRow prompt, string name, Tag? now, int? expected, PromptVersion wanted)
    {
        string seen = expected is { } number ? $"it was on v{number} when you asked for {wanted.Name}" : $"you asked for {wanted.Name}";
        return new(
            now is null
                ? $"`{name}` of {prompt.Path} was taken away by somebody else; {seen}."
                : $"`{name}` of {prompt.Path} is on v{now.Number} ({now.Author}, {now.At:yyyy-MM-dd HH:mm} UTC); {seen}. Move it from "
                    + $"v{now.Number} if that is still right."
        );
    }

    // The only place where the log grows.
    private Event Append(Event draft, Origin by)
    {
        (long sequence, string previous) = Last();
        Event e = draft with
        {
            Sequence = sequence + 1,
            Author = Plain.Line(by.Author, 200) is { Length: > 0 } author ? author : "unknown",
            At = DateTimeOffset.FromUnixTimeMilliseconds((by.At ?? _options.Clock.GetUtcNow()).ToUnixTimeMilliseconds()),
            Branch = by.Branch is null ? null : Plain.Line(by.Branch, 250),
            Commit = by.Commit is null ? null : Plain.Line(by.Commit, 64),
            Tool = Plain.Line(by.Tool, 100),
        };
        e = e with { Hash = EventEncoding.Hash(previous, e) };
        Rows.Append(_database, e);
        return e;
    }

    private (long Sequence, string Hash) Last()
    {
        // The kind is read too: behind what a newer program wrote meanwhile, nothing is appended.
        var last = _database.First(
            "SELECT seq, hash, kind FROM events WHERE seq = (SELECT max(seq) FROM events)",
            row => new
            {
                Sequence = row.GetInt64(0),
                Hash = Rows.There(Rows.Hash(row, 1)),
                Kind = EventKinds.Parse(Rows.There(Rows.Text(row, 2))),
            }
        );
        return last is null ? (0, EventEncoding.Beginning) : (last.Sequence, last.Hash);
    }

    private bool IsKept(Content content) =>
        _database.Value("SELECT 1 FROM contents WHERE hash = $1 AND packed IS NOT NULL", Rows.Bytes(content.Hash)) is not null;

    // Read back and hashed again before anything refers to it; a content found damaged is mended by the way.
    private void Keep(Content content)
    {
        if (IsKept(content) && IsWhole(content))
            return;
        _database.Execute(
            """
            INSERT INTO contents (hash, fingerprint, size, packed) VALUES ($1, $2, $3, $4)
            ON CONFLICT (hash) DO UPDATE SET fingerprint = excluded.fingerprint, size = excluded.size, packed = excluded.packed
            """,
            Rows.Bytes(content.Hash), Rows.Bytes(content.Fingerprint), content.Bytes.Length, content.Packed);
        if (!IsWhole(content))
            throw Failures.Corrupt(Path);
    }

    private bool IsWhole(Content content) =>
        _database.First(OneContent, ReadContent, Rows.Bytes(content.Hash)) is { Packed: { } packed } kept
        && Packed.Unpack(packed, kept.Size, Rows.Bytes(content.Hash)) is not null;

    private string? Keep(string? note)
    {
        if (Clean(note) is not { } clean)
            return null;
        byte[] hash = Sha256.Hash(Encoding.UTF8.GetBytes(clean));
        _database.Execute(
            "INSERT INTO notes (hash, text) VALUES ($1, $2) ON CONFLICT (hash) DO UPDATE SET text = excluded.text WHERE text IS NULL",
            hash,
            clean
        );
        return Convert.ToHexStringLower(hash);
    }

    private static string? Clean(string? note) => note is not null && Plain.Lines(note, LongestNote) is { Length: > 0 } clean ? clean : null;

    private static void MustBeShort(string? note)
    {
        if (note?.Length > LongestNote)
            throw new HistoryException($"A note has {LongestNote} characters at most; this one has {note.Length}.");
    }

    /// <param name="Against">The fingerprint of what was compared with.</param>
    private sealed record LineCounts(string Against, int Added, int Removed);
}
