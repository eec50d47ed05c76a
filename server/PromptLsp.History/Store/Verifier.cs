using System.Collections.Immutable;
using System.Text;

namespace PromptLsp.History.Store;

/// <summary>
/// Goes through a whole store: SQLite's own structures, every content and note against its hash, every event against the chain, and what
/// follows from the log (heads, paths, numbers, tags, which contents and notes there are) against what is written there. A row that the log
/// does not account for, in any of its columns, is a flaw.
/// </summary>
internal sealed class Verifier(Database database, CancellationToken cancel)
{
    private const int PageSize = 1_000;

    private readonly Dictionary<long, PromptState> _prompts = [];
    private readonly Dictionary<(long Prompt, string Name), (int Number, long Sequence)> _tags = [];
    private readonly Dictionary<long, int> _first = [];
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);
    private readonly Accounts _contents = new(), _notes = new();
    private HashSet<string> _erased = new(StringComparer.Ordinal);
    private string _head = EventEncoding.Beginning;
    private long _events;
    private long _versions;

    public Verification Run()
    {
        Flaw? flaw;
        try
        {
            _erased = [.. database.All("SELECT erased FROM events WHERE erased IS NOT NULL", row => Rows.There(Rows.Hash(row, 0)))];
            CheckContents();
            flaw = CheckForm() ?? CheckEvents() ?? CheckWhatFollows() ?? CheckContentsAccounted() ?? CheckNotesAccounted() ?? CheckStructure();
        }
        catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.NewerSchema)
        {
            flaw = new(null, "a newer PromptLsp wrote events of kinds that this one does not know: update this one to check them") { IsNewer = true };
        }
        catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.Corrupt)
        {
            flaw = new(_events + 1, $"event {_events + 1} or what it refers to cannot be read: the file is damaged");
        }
        return new(_events, _versions, _head, flaw);
    }

    // What says that a newer program wrote it is read by an older one without being held against its tables.
    private Flaw? CheckForm() =>
        database.Integer("PRAGMA user_version") is var form && form == Schema.Newest
            ? null
            : new(
                null,
                $"the file says that a newer PromptLsp wrote it (its form is {form}, this one knows {Schema.Newest}): update this one, unless "
                    + "somebody altered it"
            )
            {
                IsNewer = form > Schema.Newest,
            };

    // Damage is reported at the first event that needs what is damaged.
    private void CheckContents()
    {
        for (long last = long.MinValue; ; )
        {
            var page = database.All(
                "SELECT id, hash, fingerprint, size, packed FROM contents WHERE id > $1 ORDER BY id LIMIT 50",
                row => new
                {
                    Id = row.GetInt64(0),
                    Hash = Rows.There(Rows.Hash(row, 1)),
                    Fingerprint = Rows.There(Rows.Hash(row, 2)),
                    Size = row.GetInt64(3),
                    Packed = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
                },
                last
            );
            if (page.IsEmpty)
                return;
            foreach (var content in page)
            {
                cancel.ThrowIfCancellationRequested();
                bool isWhole = content.Packed is null
                    ? _erased.Contains(content.Fingerprint)
                    : Packed.Unpack(content.Packed, content.Size, Rows.Bytes(content.Hash)) is { } bytes
                        && (content.Hash == content.Fingerprint || IsOf(content.Fingerprint, bytes));
                if (!isWhole)
                    _damaged.Add(content.Hash);
            }
            last = page[^1].Id;
        }
    }

    private static bool IsOf(string fingerprint, byte[] bytes) => Fingerprint.Of(Encoding.UTF8.GetString(bytes)) == fingerprint;

    private Flaw? CheckEvents()
    {
        for (; ; )
        {
            var page = database.All(Rows.Events + " WHERE e.seq > $1 ORDER BY e.seq LIMIT $2", Rows.Event, _events, PageSize);
            if (page.IsEmpty)
                return database.Value("SELECT 1 FROM events WHERE seq < 1") is null ? null : new(null, "there are events before the first one");
            foreach (Event e in page)
            {
                cancel.ThrowIfCancellationRequested();
                if (Problem(e) is { } problem)
                    return new(_events + 1, $"event {_events + 1} ({Shown(e)}) does not hold: {problem}");
                _events++;
                _head = e.Hash;
            }
        }
    }

    private string? Problem(Event e) =>
        e.Sequence != _events + 1 ? $"the next in the log is event {e.Sequence}"
        : EventEncoding.Hash(_head, e) != e.Hash ? "it, or an event before it, was altered"
        : Meaning(e) ?? NoteProblem(e) ?? ContentProblem(e);

    // Follows the event, as the store did when it was written.
    private string? Meaning(Event e)
    {
        if (e.Kind.IsOfEnvironment != e.Where is not null)
            return e.Where is null ? "it names no environment" : "it has no business with an environment";
        if (e.Prompt is not { } id)
            return e.Kind == EventKind.Erased || e.Kind.IsOfEnvironment ? null : "it belongs to no prompt";
        PromptState? now = _prompts.GetValueOrDefault(id);
        if (now is null && (!e.Kind.MakesVersion || e.Path is null))
            return "its prompt has no beginning";
        now ??= new(e.Path!, Deleted: 0, Number: 0, Head: 0);
        // What git knew from before the first version is numbered down from there.
        bool isBefore = e.Kind == EventKind.Imported && now.Number > 0 && e.Number == _first.GetValueOrDefault(id) - 1;
        if (e.Kind.MakesVersion)
        {
            _versions++;
            if ((!isBefore && e.Number != now.Number + 1) || e.Fingerprint is null)
                return $"v{e.Number} does not follow v{now.Number}";
            if (isBefore || now.Number == 0)
                _first[id] = e.Number!.Value;
            if (!isBefore)
                now = now with { Deleted = 0, Number = now.Number + 1, Head = e.Sequence };
        }
        else if (e.Number is not null)
        {
            return "it makes no version and has a version's number";
        }
        if (e.Target > now.Number)
            return $"it speaks of v{e.Target}, which was not there yet";
        _prompts[id] = e.Kind switch
        {
            EventKind.Renamed => now with { Path = e.Path ?? now.Path, Deleted = 0 },
            EventKind.Deleted => now with { Deleted = e.Sequence },
            EventKind.Restored => now with { Deleted = 0 },
            _ => now,
        };
        if (e.Kind is EventKind.Tagged or EventKind.TagMoved)
            _tags[(id, e.Tag ?? "")] = (e.Target ?? 0, e.Sequence);
        else if (e.Kind == EventKind.Untagged)
            _tags.Remove((id, e.Tag ?? ""));
        return null;
    }

    private string? NoteProblem(Event e)
    {
        if (e.Note is not null)
            _notes.Keep(e.Note, e.Note);
        if (e.Erased is not null)
        {
            // A note and a content can have the same hash; the event does not say which of them it took.
            bool isClear = !_notes.Has(e.Erased) || !_contents.Has(e.Erased);
            _notes.Erase(e.Erased, isClear);
            _contents.Erase(e.Erased, isClear);
        }
        if (e.Note is null)
            return null;
        var kept = database.All("SELECT text FROM notes WHERE hash = $1", row => Rows.Text(row, 0), Rows.Bytes(e.Note));
        return kept switch
        {
            [] => "its note is missing",
            [null, ..] => _erased.Contains(e.Note) ? null : "its note was taken away",
            [{ } text, ..] => Sha256.Hex(text) == e.Note ? null : "its note was altered",
        };
    }

    private string? ContentProblem(Event e)
    {
        // What runs somewhere need not have been seen here.
        if (e.Fingerprint is null || e.Kind.IsOfEnvironment)
            return null;
        string exact = e.Exact ?? e.Fingerprint;
        _contents.Keep(exact, e.Fingerprint);
        if (!IsKept(exact))
            return "its content is damaged or missing";
        if (e.Effective is null)
            return null;
        if (
            ContentOf(e.Effective) is not { } list
            || PulledInList.Parse(list) is not { } files
            || !list.AsSpan().StartsWith(Encoding.UTF8.GetBytes(e.Fingerprint + " .\n"))
        )
            return "the list of what it pulls in is damaged or missing";
        foreach ((string path, string fingerprint) in files)
        {
            if (fingerprint == Fingerprint.Missing)
                continue;
            _contents.Keep(fingerprint, fingerprint);
            if (!IsKept(fingerprint))
                return $"the content of {Plain.Line(path, 200)}, which it pulls in, is damaged or missing";
        }
        _contents.Keep(e.Effective, e.Effective);
        return null;
    }

    private bool IsKept(string hash) => !_damaged.Contains(hash) && database.Value("SELECT 1 FROM contents WHERE hash = $1", Rows.Bytes(hash)) is not null;

    private byte[]? ContentOf(string hash)
    {
        byte[] key = Convert.FromHexString(hash);
        var found = database.First(
            "SELECT size, packed FROM contents WHERE hash = $1 AND packed IS NOT NULL",
            row => new { Size = row.GetInt64(0), Packed = row.GetFieldValue<byte[]>(1) },
            key
        );
        return found is null ? null : Packed.Unpack(found.Packed, found.Size, key);
    }

    private Flaw? CheckWhatFollows()
    {
        var prompts = database.All(
            "SELECT id, path, deleted, number, coalesce(head, 0) FROM prompts ORDER BY id",
            row => new { Id = row.GetInt64(0), State = new PromptState(Rows.There(Rows.Text(row, 1)), row.GetInt64(2), row.GetInt32(3), row.GetInt64(4)) });
        foreach (var prompt in prompts)
        {
            if (!_prompts.Remove(prompt.Id, out PromptState? expected) || expected != prompt.State)
                return new(null, $"{Plain.Line(prompt.State.Path, 200)} is not where, or not as far as, the log says");
        }
        if (_prompts.Count > 0)
            return new(null, $"{Plain.Line(_prompts.Values.First().Path, 200)} is in the log alone");
        var tags = database.All(
            "SELECT prompt, name, number, seq FROM tags",
            row => new { Key = (row.GetInt64(0), Rows.There(Rows.Text(row, 1))), Value = (row.GetInt32(2), row.GetInt64(3)) }
        );
        foreach (var tag in tags)
        {
            if (!_tags.Remove(tag.Key, out var expected) || expected != tag.Value)
                return new(null, $"the tag `{Plain.Line(tag.Key.Item2, TagName.Longest)}` is on v{tag.Value.Item1}, and the log says otherwise");
        }
        return _tags.Count > 0 ? new(null, $"the tag `{Plain.Line(_tags.Keys.First().Name, TagName.Longest)}` is in the log alone") : null;
    }

    private Flaw? CheckContentsAccounted()
    {
        var rows = database.All(
            "SELECT id, hash, fingerprint, size, packed IS NULL FROM contents",
            row => new
            {
                Id = row.GetInt64(0),
                Hash = Rows.There(Rows.Hash(row, 1)),
                Fingerprint = Rows.There(Rows.Hash(row, 2)),
                Size = row.GetInt64(3),
                IsErased = row.GetBoolean(4),
            }
        );
        foreach (var row in rows)
        {
            if (!_contents.Take(row.Hash, row.Id, row.Fingerprint, row.IsErased) || (row.IsErased && row.Size != 0))
                return new(null, $"the content {row.Hash[..8]} is not there as the log says");
        }
        return _contents.Left is { } missing ? new(null, $"the content {missing[..8]} is in the log alone") : null;
    }

    private Flaw? CheckNotesAccounted()
    {
        var rows = database.All(
            "SELECT id, hash, text FROM notes",
            row => new
            {
                Id = row.GetInt64(0),
                Hash = Rows.There(Rows.Hash(row, 1)),
                Text = Rows.Text(row, 2),
            }
        );
        foreach (var row in rows)
        {
            if (!_notes.Take(row.Hash, row.Id, row.Hash, row.Text is null) || (row.Text is { } text && Sha256.Hex(text) != row.Hash))
                return new(null, $"the note {row.Hash[..8]} is not there as the log says");
        }
        return _notes.Left is { } missing ? new(null, $"the note {missing[..8]} is in the log alone") : null;
    }

    private Flaw? CheckStructure() => database.Value("PRAGMA integrity_check(1)") as string is "ok"
        ? database.Value("SELECT 1 FROM pragma_foreign_key_check LIMIT 1") is null ? null : new(null, "a part of the file refers to what is not there")
        : new(null, "SQLite finds the file damaged");

    private static string Shown(Event e) => e.Kind.Word + (e.Number ?? e.Target) switch
    {
        { } number => $" v{number}",
        null => "",
    } + $" by {Plain.Line(e.Author, 200)}";

    /// <summary>The rows that there must be, by the log: numbered in the order in which they were first needed.</summary>
    private sealed class Accounts
    {
        private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<Row>> _byFingerprint = new(StringComparer.Ordinal);

        public string? Left => _rows.Keys.FirstOrDefault();

        public bool Has(string fingerprint) => _byFingerprint.ContainsKey(fingerprint);

        public void Keep(string hash, string fingerprint)
        {
            if (_rows.TryGetValue(hash, out Row? known))
            {
                known.IsErased = false;
                return;
            }
            var row = new Row(_rows.Count + 1, fingerprint);
            _rows.Add(hash, row);
            if (!_byFingerprint.TryGetValue(fingerprint, out List<Row>? same))
                _byFingerprint.Add(fingerprint, same = []);
            same.Add(row);
        }

        public void Erase(string fingerprint, bool isClear)
        {
            foreach (Row row in _byFingerprint.GetValueOrDefault(fingerprint, []))
                row.IsErased = isClear ? true : null;
        }

        /// <summary>Whether a row that was found is one that is expected; each once.</summary>
        public bool Take(string hash, long id, string fingerprint, bool isErased) =>
            _rows.Remove(hash, out Row? row) && row.Id == id && row.Fingerprint == fingerprint && (row.IsErased ?? isErased) == isErased;

        private sealed class Row(long id, string fingerprint)
        {
            public long Id => id;

            public string Fingerprint => fingerprint;

            /// <summary>Null where the log does not tell.</summary>
            public bool? IsErased { get; set; } = false;
        }
    }

    private sealed record PromptState(string Path, long Deleted, int Number, long Head);
}
