using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Language.Linting;
using PromptLsp.Portfolio;
using PromptLsp.Portfolio.Search;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server;

/// <summary>
/// Finds prompts in the open folders by their words. The index of a root is opened when something is first looked for, and asked one search at a time.
/// </summary>
internal sealed class Searches(Session session) : IDisposable
{
    // Who types a word asks for each letter: the files are looked at once in a while.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SerialQueue _queue = new();
    private readonly Dictionary<string, Opened> _indexes = new(StringComparer.Ordinal);
    private bool _isOver;

    public Task<object?> FindAsync(Snapshot now, SearchParams asked, CancellationToken cancel) => _queue.Do(() => (object?)Find(now, asked, cancel));

    public void Dispose() => _ = _queue.Do(() =>
    {
        _isOver = true;
        foreach (Opened opened in _indexes.Values)
            opened.Index.Dispose();
        _indexes.Clear();
        return true;
    });

    private SearchResult Find(Snapshot now, SearchParams asked, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_isOver || asked.Query.Length == 0)
            return new([]);
        try
        {
            SearchQuery query = SearchQuery.Parse(asked.Query);
            Root[] roots = [.. now.Folders.Select(now.Roots.OfFolder).DistinctBy(r => r.Folder, StringComparer.Ordinal)];
            return new([.. roots.SelectMany(root => Find(now, root, query, asked.Limit, cancel)).Take(asked.Limit)]);
        }
        catch (SearchException why)
        {
            return new([]) { Problem = why.Message };
        }
    }

    private IEnumerable<FoundShape> Find(Snapshot now, Root root, SearchQuery query, int limit, CancellationToken cancel)
    {
        var scope = new SearchScope(limit, session.Clock.GetUtcNow());
        ImmutableArray<FoundPrompt> found = Current(now, root, cancel).Find(query, scope, (filter, path) => filter.Kind == FilterKind.Env
            ? RunsIn.Holds(now, root, filter.Value, path)
            : Findings(now, Path.GetFullPath(path, root.Folder), cancel).Contains(filter.Value, StringComparer.Ordinal));
        return found.Select(f => new FoundShape(FileUri.FromPath(Path.GetFullPath(f.Path, root.Folder)), f.Path, f.Line, f.Shown)
        {
            Name = f.Name,
            Description = f.Description,
            Model = f.Model,
            Owner = [.. f.Owners],
        });
    }

    private SearchIndex Current(Snapshot now, Root root, CancellationToken cancel)
    {
        if (!_indexes.TryGetValue(root.Folder, out Opened? opened))
            _indexes.Add(root.Folder, opened = new(SearchIndex.Open(root, StateFolder.Search)));
        if (opened.Looked is { } looked && session.Clock.GetElapsedTime(looked) < Fresh)
            return opened.Index;
        using HistoryStore? history = History(root);
        opened.Index.Update(now, history, withVersions: false, static (_, _) => { }, cancel);
        opened.Looked = session.Clock.GetTimestamp();
        return opened.Index;
    }

    // In a folder that is not trusted nothing of ours is believed; without a history its notes are not found.
    private HistoryStore? History(Root root)
    {
        if (session.Options is { Trusted: false } or { History: false } || !HistoryStore.Exists(root.Folder))
            return null;
        try
        {
            return HistoryStore.Open(root.Folder, StoreAccess.ReadOnly, new() { BusyTimeout = Fresh });
        }
        catch (HistoryUnavailableException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Findings(Snapshot now, string path, CancellationToken cancel) =>
        now.ReadOnce(path).Prompt is { } prompt ? Linter.AtRest(prompt, cancel).Concat(Linter.Slow(prompt, cancel)).Select(f => f.Rule) : [];

    private sealed record Opened(SearchIndex Index)
    {
        public long? Looked { get; set; }
    }
}
