using System.Collections.Concurrent;
using PromptLsp.History.Store;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.History;

/// <summary>What prompts were at their newest tags, from the stores of their roots, which are opened for reading when first asked for.</summary>
/// <param name="options">How long a store is waited for.</param>
public sealed class TaggedTexts(Roots roots, StoreOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HistoryStore?>> _stores = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _off = new(StringComparer.Ordinal);

    /// <summary>Why texts could not be had that may be there: a line for each root.</summary>
    public IEnumerable<string> Off => _off.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => o.Value);

    /// <summary>Null where nothing is tagged, the text was erased, or there is no store that can be read.</summary>
    /// <param name="path">Absolute.</param>
    public TaggedText? Of(string path)
    {
        Root root = roots.Of(path);
        if (_off.ContainsKey(root.Folder) || _stores.GetOrAdd(root.Folder, folder => new(() => Open(folder))).Value is not { } store)
            return null;
        try
        {
            string relative = root.Relative(path);
            return store.Tags(relative) is [var newest, ..] ? new(newest.Name, store.Text(store.Resolve(relative, $"v{newest.Number}"))) : null;
        }
        catch (HistoryUnavailableException why)
        {
            _off.TryAdd(root.Folder, why.Message);
            return null;
        }
        catch (HistoryException)
        {
            // Erased.
            return null;
        }
    }

    public void Dispose()
    {
        foreach (Lazy<HistoryStore?> store in _stores.Values.Where(s => s.IsValueCreated))
            store.Value?.Dispose();
    }

    private HistoryStore? Open(string folder)
    {
        try
        {
            return HistoryStore.Open(folder, StoreAccess.ReadOnly, options);
        }
        catch (HistoryUnavailableException why)
        {
            if (why.Reason != Unavailability.None)
                _off.TryAdd(folder, why.Message);
            return null;
        }
    }
}
