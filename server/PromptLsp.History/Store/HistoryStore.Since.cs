using System.Collections.Immutable;

namespace PromptLsp.History.Store;

// What has happened since somebody looked last.
public sealed partial class HistoryStore
{
    /// <summary>The number of the last event, and where the prompts are now that events behind <paramref name="sequence"/> speak of.</summary>
    /// <param name="sequence">An earlier last event; where this history has not got so far, it is another one, and all prompts are given.</param>
    public (long Last, ImmutableArray<string> Paths) TouchedSince(long sequence) => Read(() =>
    {
        long last = _database.Integer("SELECT coalesce(max(seq), 0) FROM events");
        ImmutableArray<string> paths = _database.All(
            "SELECT DISTINCT p.path FROM events e JOIN prompts p ON p.id = e.prompt WHERE e.seq > $1",
            row => Rows.There(Rows.Shown(row, 0)),
            sequence > last ? 0 : sequence);
        return (last, paths);
    });
}
