using System.Collections.Concurrent;
using System.Collections.Frozen;
using PromptLsp.Evaluation.Drift;
using PromptLsp.Evaluation.Running;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server;

/// <summary>Since when the answers of prompts have drifted; the stores are read again where they have changed.</summary>
internal sealed class DriftBadges
{
    private readonly ConcurrentDictionary<string, (DateTime Written, FrozenDictionary<string, DateTimeOffset> Since)> _known = new(StringComparer.Ordinal);

    public DateTimeOffset? Since(Root root, string prompt)
    {
        string store = RunStore.PathIn(root.Folder);
        if (!File.Exists(store))
            return null;
        // While it is written to, what is new stands in the file beside it.
        DateTime written = new[] { store, store + "-wal" }.Max(File.GetLastWriteTimeUtc);
        if (!_known.TryGetValue(root.Folder, out var known) || known.Written != written)
            _known[root.Folder] = known = (written, DriftingPrompts.In(root.Folder));
        return known.Since.TryGetValue(root.Relative(prompt), out DateTimeOffset since) ? since : null;
    }
}
