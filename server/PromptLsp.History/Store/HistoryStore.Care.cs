using System.Collections.Immutable;
using System.Text.Json;

namespace PromptLsp.History.Store;

// What keeps the history trustworthy over the years.
public sealed partial class HistoryStore
{
    private const int ExportPage = 1_000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Goes through the whole store, as it is at this moment, and tells the first thing that does not hold. Nobody waits meanwhile.</summary>
    public Verification Verify(CancellationToken cancel)
    {
        using Database database = StoreOpening.OpenToRead(Path, _options);
        return database.Reading(() => new Verifier(database, cancel).Run());
    }

    /// <summary>Writes the log, a line of JSON for each event, from which the chain can be computed again; with the texts of notes, without contents.</summary>
    public void Export(Stream output, CancellationToken cancel)
    {
        string previous = EventEncoding.Beginning;
        for (long last = 0; ;)
        {
            var page = Read(() => _database.All(
                Rows.Events + " WHERE e.seq > $1 ORDER BY e.seq LIMIT $2",
                row => new { Event = Rows.Event(row), Note = Rows.Text(row, Rows.NoteOfEvent) },
                last, ExportPage));
            if (page.IsEmpty)
                return;
            foreach (var row in page)
            {
                cancel.ThrowIfCancellationRequested();
                Write(output, row.Event, row.Note, previous);
                previous = row.Event.Hash;
            }
            last = page[^1].Event.Sequence;
        }
    }

    /// <summary>Takes the content of a version out of the store, wherever else it is used too. Its fingerprint stays, and the chain still holds.</summary>
    /// <param name="why">Kept; it must not hold the secret.</param>
    /// <exception cref="HistoryException">No such version.</exception>
    public Erasure Forget(string path, string reference, string? why, Origin by)
    {
        PromptVersion version = Resolve(path, reference);
        return Forget(version.Fingerprint, version.Prompt, version.Number, why, by);
    }

    /// <summary>As <see cref="Forget(string, string, string?, Origin)"/>, by a whole fingerprint: for a file that a prompt pulled in.</summary>
    public Erasure Forget(string fingerprint, string? why, Origin by) => Forget(fingerprint, null, null, why, by);

    /// <summary>Takes every note that the version was given, with its tags and its ways into environments too, out of the store.</summary>
    /// <exception cref="HistoryException">No such version.</exception>
    public Erasure ForgetNotes(string path, string reference, string? why, Origin by)
    {
        ImmutableArray<string> versions = Write<ImmutableArray<string>>(() =>
        {
            MustBeShort(why);
            PromptVersion version = ResolveAnywhere(path, reference);
            var hashes = _database.All(
                "SELECT DISTINCT e.note FROM events e JOIN notes n ON n.hash = e.note WHERE e.prompt = $1 AND (e.number = $2 OR e.target = $2 OR "
                    + "e.seq IN (SELECT r.seq FROM releases r WHERE r.release IN (SELECT o.release FROM releases o JOIN events m ON m.seq = o.seq "
                    + "WHERE m.prompt = $1 AND m.path IS NOT NULL AND m.fingerprint = $3))) AND e.kind <> 'erased' AND n.text IS NOT NULL",
                row => Rows.There(Rows.Hash(row, 0)),
                version.Prompt, version.Number, Rows.Bytes(version.Fingerprint));
            foreach (string hash in hashes)
            {
                Append(new() { Kind = EventKind.Erased, Prompt = version.Prompt, Target = version.Number, Erased = hash, Note = Keep(why) }, by);
                _database.Execute("UPDATE notes SET text = NULL WHERE hash = $1", Rows.Bytes(hash));
            }
            return [$"{version.Path} {version.Name}"];
        });
        return new(versions, Scrub(), SetAsideFiles(Path));
    }

    private Erasure Forget(string fingerprint, long? prompt, int? number, string? why, Origin by)
    {
        byte[] key = Convert.FromHexString(fingerprint);
        ImmutableArray<string> versions = Write<ImmutableArray<string>>(() =>
        {
            MustBeShort(why);
            int erased = _database.Execute(
                "UPDATE contents SET packed = NULL, size = 0 WHERE fingerprint = $1 AND packed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events "
                    + "WHERE effective = $1)",
                key
            );
            if (erased > 0)
                Append(
                    new()
                    {
                        Kind = EventKind.Erased,
                        Prompt = prompt,
                        Target = number,
                        Erased = fingerprint,
                        Note = Keep(why),
                    },
                    by
                );
            return _database.All(
                "SELECT p.path || ' v' || e.number FROM events e JOIN prompts p ON p.id = e.prompt WHERE e.number IS NOT NULL AND e.fingerprint = "
                    + "$1 ORDER BY e.seq",
                row => Rows.There(Rows.Shown(row, 0)),
                key
            );
        });
        return new(versions, Scrub(), SetAsideFiles(Path));
    }

    // What was erased is still in the write-ahead log and in pages that were left; neither survives this.
    private bool Scrub()
    {
        lock (_one)
        {
            try
            {
                bool isScrubbed = Checkpointed();
                _database.Execute("VACUUM");
                return Checkpointed() && isScrubbed;
            }
            catch (HistoryUnavailableException failure) when (failure.Reason == Unavailability.Locked)
            {
                return false;
            }
        }
    }

    // The first column is 1 where a reader stood in the way.
    private bool Checkpointed() => _database.Integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    private static void Write(Stream output, Event e, string? note, string previous)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", e.Sequence);
            json.WriteString("kind", e.Kind.Word);
            Number("prompt", e.Prompt);
            Text("path", e.Path);
            Number("number", e.Number);
            Number("target", e.Target);
            Number("source", e.Source);
            Text("fingerprint", e.Fingerprint);
            Text("exact", e.Exact);
            Text("effective", e.Effective);
            Text("tag", e.Tag);
            Text("note", e.Note);
            Text("noteText", note);
            Text("erased", e.Erased);
            Number("added", e.Added);
            Number("removed", e.Removed);
            Text("environment", e.Where?.Environment);
            Text("release", e.Where?.Release);
            Text("context", e.Where?.Context);
            Text("from", e.Where?.From);
            Text("record", e.Where?.Record);
            json.WriteString("author", e.Author);
            json.WriteNumber("at", e.At.ToUnixTimeMilliseconds());
            Text("branch", e.Branch);
            Text("commit", e.Commit);
            json.WriteString("tool", e.Tool);
            json.WriteString("previous", previous);
            json.WriteString("hash", e.Hash);
            json.WriteEndObject();

            void Number(string name, long? value)
            {
                if (value is { } number)
                    json.WriteNumber(name, number);
            }

            void Text(string name, string? value)
            {
                if (value is not null)
                    json.WriteString(name, value);
            }
        }
        output.WriteByte((byte)'\n');
    }
}
