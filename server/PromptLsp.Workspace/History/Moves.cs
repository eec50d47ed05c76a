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
    /// moved as well, or counts as deleted. All the others are deleted. The store is told. A file whose name no history can have takes none over.
    /// </summary>
    /// <param name="gone">Prompts whose files are not there.</param>
    /// <param name="there">Files from the root, with the fingerprints of what they hold.</param>
    public static Moves Record(HistoryStore store, IEnumerable<KnownPrompt> gone, IEnumerable<(string Path, string Fingerprint)> there, string? note, Origin by)
    {
        var following = new Following(store, [.. there.Where(f => HistoryStore.CanKeep(f.Path))], note, by);
        foreach (KnownPrompt prompt in gone)
            following.Follow(prompt, isGone: true);
        return new([.. following.Moved], [.. following.Deleted]);
    }

    private sealed class Following(HistoryStore store, ImmutableArray<(string Path, string Fingerprint)> there, string? note, Origin by)
    {
        private readonly Dictionary<string, KnownPrompt> _known = store.Prompts().Where(p => !p.IsDeleted).ToDictionary(p => p.Path, StringComparer.Ordinal);
        private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

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
                if (store.Rename(prompt.Path, to, by))
                    Moved.Add((prompt.Path, to));
            }
            else if (isGone ? store.Delete(prompt.Path, note, by) : _taken.Contains(prompt.Path))
            {
                Deleted.Add(prompt.Path);
            }
        }

        private string? Destination(KnownPrompt prompt) => prompt.Fingerprint == Empty ? null : there
            .Where(f => f.Fingerprint == prompt.Fingerprint && f.Path != prompt.Path && !_taken.Contains(f.Path))
            .Where(f => !_known.TryGetValue(f.Path, out KnownPrompt? other) || other.Fingerprint != f.Fingerprint)
            .OrderBy(f => _known.ContainsKey(f.Path))
            .Select(f => f.Path)
            .FirstOrDefault();
    }
}
