using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.History;

/// <summary>
/// Lets the histories know what became of prompts in environments, off the request path: of a prompt when it is opened, of the others when their
/// records change. What nobody opens and nothing changes is not read.
/// </summary>
internal sealed class ReleaseSightings(Session session, Histories histories)
{
    // Somebody who waits for the store gets it between two of these.
    private const int PromptsInOneGo = 100;

    /// <summary>Files or folders were changed, made or deleted.</summary>
    public void Changed(IEnumerable<string> paths)
    {
        foreach (IGrouping<string, (Root Root, string? Prompt)> changed in paths.SelectMany(Places).GroupBy(p => p.Root.Folder, StringComparer.Ordinal))
        {
            string any = Path.Join(changed.Key, "any" + KnownFormats.Dotprompt.Ending);
            string[] prompts = [.. changed.Select(c => c.Prompt).OfType<string>().Distinct(StringComparer.Ordinal)];
            foreach (string[] some in prompts.Chunk(PromptsInOneGo).DefaultIfEmpty([]))
                histories.Do(any, root => TakeOver(root, some));
            histories.Do(any, histories.LearnAll);
        }
    }

    /// <summary>What the folder tells of some prompts that the history of their root does not know. Where there is no history, none begins.</summary>
    /// <param name="prompts">From the root.</param>
    public void TakeOver(RootStore root, IReadOnlyCollection<string> prompts)
    {
        if (root.Existing is not { } store)
            return;
        try
        {
            FolderClaims.Import(store, new(root.Root, session.Now.SettingsOf(root.Root).Releases), prompts, root.By);
        }
        catch (HistoryUnavailableException busy) when (busy.Reason == Unavailability.Locked)
        {
            // It is seen again when the prompt is looked at next.
        }
    }

    // The environment and prompt whose record, approval or freeze it is; a folder that is gone may be any of it.
    private IEnumerable<(Root Root, string? Prompt)> Places(string path)
    {
        Root root = session.Now.Roots.Of(path);
        string folder = session.Now.SettingsOf(root).Releases.Folder + "/", relative = root.Relative(path);
        if (!relative.StartsWith(folder, StringComparison.Ordinal) || relative[folder.Length..].Split('/') is not [_, .. var steps])
            yield break;
        int at = Array.FindIndex(steps, step => KnownFormats.Has(step));
        yield return (root, at < 0 ? null : string.Join('/', steps[..(at + 1)]));
    }
}
