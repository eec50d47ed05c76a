using System.Collections.Concurrent;
using PromptLsp.Evaluation.Drift;
using PromptLsp.Evaluation.Running;
using PromptLsp.History;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server;

/// <summary>Whose answers have drifted; the stores are read again where they have changed. A check speaks of the very text and model that it asked.</summary>
internal sealed class DriftBadges
{
    private readonly ConcurrentDictionary<string, (DateTime Written, ILookup<string, DriftAlarm> Alarms)> _known = new(StringComparer.Ordinal);

    /// <summary>All alarms of a prompt, whatever its text was then.</summary>
    /// <param name="prompt">From the root.</param>
    public IEnumerable<DriftAlarm> All(Root root, string prompt)
    {
        string store = RunStore.PathIn(root.Folder);
        if (!File.Exists(store))
            return [];
        // While it is written to, what is new stands in the file beside it.
        DateTime written = new[] { store, store + "-wal" }.Max(File.GetLastWriteTimeUtc);
        if (!_known.TryGetValue(root.Folder, out var known) || known.Written != written)
            _known[root.Folder] = known = (written, DriftingPrompts.In(root.Folder));
        return known.Alarms[prompt];
    }

    /// <summary>The alarm of a prompt as it is; null where there is none.</summary>
    /// <param name="path">Absolute.</param>
    public DriftAlarm? Of(Snapshot now, string path)
    {
        Root root = now.Roots.Of(path);
        DriftAlarm[] alarms = [.. All(root, root.Relative(path))];
        if (alarms.Length == 0 || now.ModelOf(path) is not { } prompt)
            return null;
        string effective = Fingerprint.Effective(Fingerprint.Of(prompt.Document.Text.Content), Dependencies.Of(prompt, root, now));
        return Fitting(alarms, effective, prompt);
    }

    /// <summary>The alarm of what an environment holds of a prompt; null where there is none.</summary>
    public DriftAlarm? Of(ReleaseWorkspace workspace, EnvironmentCell cell)
    {
        DriftAlarm[] alarms = cell is { Record: not null, Edited: null } ? [.. All(workspace.Root, cell.Prompt)] : [];
        if (alarms.Length == 0 || ContentOf(workspace.Folder, cell) is not { } content)
            return null;
        string effective = Fingerprint.Effective(content.Fingerprint, content.PulledIn.Select(f => (f.Path, Fingerprint.Of(f.Text))));
        return Fitting(alarms, effective, content.Model);
    }

    private static DriftAlarm? Fitting(DriftAlarm[] alarms, string effective, PromptModel prompt) =>
        Array.Find(alarms, a => a.Fingerprint == effective && a.Model == prompt.Header.Model);

    private static ReleaseContent? ContentOf(ReleaseFolder folder, EnvironmentCell cell)
    {
        try
        {
            return folder.Held(cell.Environment, cell.Prompt)?.Content;
        }
        catch (ReleaseException)
        {
            return null;
        }
    }
}
