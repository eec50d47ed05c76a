using System.Collections.Concurrent;
using PromptLsp.Releases.Environments;
using PromptLsp.Workspace;

namespace PromptLsp.Server.History;

/// <summary>Where open prompts run: one look for each, taken again when files or settings have changed. Between that, asking costs nothing.</summary>
internal sealed class RunningPrompts(Session session)
{
    private readonly ConcurrentDictionary<string, RunningPrompt> _known = new(StringComparer.Ordinal);

    /// <param name="path">Absolute.</param>
    public RunningPrompt Of(string path)
    {
        Snapshot now = session.Now;
        // Whatever changes on the disk makes the settings be read anew; an edit of another file does not.
        return _known.TryGetValue(path, out RunningPrompt? known) && ReferenceEquals(known.Folder.Policy, now.SettingsOf(now.Roots.Of(path)).Releases)
            ? known
            : Look(path);
    }

    /// <summary>The same by a new look.</summary>
    public RunningPrompt Look(string path) => _known[path] = RunningPrompt.Of(session.Now, path);

    public void Forget(string path) => _known.TryRemove(path, out _);
}
