using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.History.Store;

namespace PromptLsp.Workspace.History;

/// <summary>What became of prompts whose files are gone.</summary>
/// <param name="Moved">From the root.</param>
/// <param name="Deleted">From the root.</param>
public sealed record Moves(ImmutableArray<(string From, string To)> Moved, ImmutableArray<string> Deleted)
{
    private static readonly string Empty = Fingerprint.Of("");

    /// <summary>
    /// A file with the content that a prompt had is where it went, if no prompt was there or one with another content; that one has then been
    /// moved as well, or counts as deleted. Where no file has just that content, the one that is surely like it is where it went
    /// (<see cref="Likeness"/>). All the others are deleted. The store is told. A file whose name no history can have takes none over.
    /// </summary>
    /// <param name="gone">Prompts whose files are not there.</param>
    /// <param name="there">Files from the root, with the fingerprints of what they hold.</param>
    /// <param name="read">A file's text by its path from the root; null where it has none.</param>
    public static Moves Record(
        HistoryStore store,
        ImmutableArray<KnownPrompt> gone,
        IEnumerable<(string Path, string Fingerprint)> there,
        Func<string, string?> read,
        string? note,
        Origin by
    )
    {
        var following = new Following(store, gone, [.. there.Where(f => HistoryStore.CanKeep(f.Path))], read, note, by);
        foreach (KnownPrompt prompt in gone)
            following.Follow(prompt, isGone: true);
        return new([.. following.Moved], [.. following.Deleted]);
    }

    /// <summary>Where prompts surely went whose files were renamed and edited: to files that never had a history.</summary>
    public static ImmutableArray<(KnownPrompt From, string To)> Edited(
        HistoryStore store,
        ImmutableArray<KnownPrompt> gone,
        ImmutableArray<(string Path, string Fingerprint)> there,
        Func<string, string?> read
    )
    {
        if (gone.IsEmpty)
            return [];
        // What is the same needs no comparison: neither prompts that went somewhere as they were nor copies of others.
        HashSet<string> same =
        [
            .. there.Select(f => f.Fingerprint).Intersect(store.Prompts().Where(p => !p.IsDeleted).Select(p => p.Fingerprint), StringComparer.Ordinal),
        ];
        KnownPrompt[] lost = [.. gone.Where(p => p.Fingerprint != Empty && !same.Contains(p.Fingerprint))];
        string[] unknown = [.. there.Where(f => f.Fingerprint != Empty && !same.Contains(f.Fingerprint) && store.Head(f.Path) is null).Select(f => f.Path)];
        return Likeness.Pairs(store, lost, unknown, read);
    }

    private sealed class Following
    {
        private readonly HistoryStore _store;
        private readonly ImmutableArray<(string Path, string Fingerprint)> _there;
        private readonly string? _note;
        private readonly Origin _by;
        private readonly Dictionary<string, KnownPrompt> _known;
        private readonly Dictionary<string, string> _edited;
        private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

        public Following(
            HistoryStore store,
            ImmutableArray<KnownPrompt> gone,
            ImmutableArray<(string Path, string Fingerprint)> there,
            Func<string, string?> read,
            string? note,
            Origin by
        )
        {
            (_store, _there, _note, _by) = (store, there, note, by);
            _known = store.Prompts().Where(p => !p.IsDeleted).ToDictionary(p => p.Path, StringComparer.Ordinal);
            _edited = Edited(store, gone, there, read).ToDictionary(p => p.From.Path, p => p.To, StringComparer.Ordinal);
        }

        public List<(string From, string To)> Moved { get; } = [];

        public List<string> Deleted { get; } = [];

        public void Follow(KnownPrompt prompt, bool isGone)
        {
            if (!_followed.Add(prompt.Path))
                return;
            if (Destination(prompt) is { } to)
            {
                _taken.Add(to);
                // What was there has gone elsewhere before it is replaced.
                if (_known.TryGetValue(to, out KnownPrompt? replaced))
                    Follow(replaced, isGone: false);
                if (_store.Rename(prompt.Path, to, _by))
                    Moved.Add((prompt.Path, to));
            }
            else if (isGone ? _store.Delete(prompt.Path, _note, _by) : _taken.Contains(prompt.Path))
            {
                Deleted.Add(prompt.Path);
            }
        }

        private string? Destination(KnownPrompt prompt) => prompt.Fingerprint == Empty ? null : Same(prompt) ?? _edited.GetValueOrDefault(prompt.Path);

        private string? Same(KnownPrompt prompt) => _there
            .Where(f => f.Fingerprint == prompt.Fingerprint && f.Path != prompt.Path && !_taken.Contains(f.Path))
            .Where(f => !_known.TryGetValue(f.Path, out KnownPrompt? other) || other.Fingerprint != f.Fingerprint)
            .OrderBy(f => _known.ContainsKey(f.Path))
            .Select(f => f.Path)
            .FirstOrDefault();
    }
}
