using System.Collections.Concurrent;
using PromptLsp.History.Store;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.History;

/// <summary>What prompts were at their newest tags, from the stores of their roots, which are opened for reading when first asked for.</summary>
public sealed class TaggedTexts(Roots roots) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HistoryStore?>> _stores = new(StringComparer.Ordinal);

    /// <summary>Null where nothing is tagged, the text was erased, or there is no store that can be read.</summary>
    /// <param name="path">Absolute.</param>
    public TaggedText? Of(string path)
    {
        Root root = roots.Of(path);
        if (_stores.GetOrAdd(root.Folder, static folder => new(() => Open(folder))).Value is not { } store)
            return null;
        try
        {
            string relative = root.Relative(path);
            return store.Tags(relative) is [var newest, ..] ? new(newest.Name, store.Text(store.Resolve(relative, $"v{newest.Number}"))) : null;
        }
        catch (HistoryException)
        {
            // Erased, or unreadable: `promptlsp doctor` tells of a store; a check of prompts goes on without it.
            return null;
        }
    }

    public void Dispose()
    {
        foreach (Lazy<HistoryStore?> store in _stores.Values.Where(s => s.IsValueCreated))
            store.Value?.Dispose();
    }

    private static HistoryStore? Open(string folder)
    {
        try
        {
            return HistoryStore.Open(folder, StoreAccess.ReadOnly);
        }
        catch (HistoryUnavailableException)
        {
            return null;
        }
    }
}
