using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Portfolio.Search;

/// <summary>
/// Finds the prompts of a root by their words: an index in the user's cache, which is brought up to date before it is asked, by the times and sizes of
/// the files and by the events of the history. One thread at a time.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    private const int Batch = 256, MostNotes = 200;

    // A file that was written in the moment before it was read may be written once more with the same time.
    private const long Unsure = 2_000;

    private const string Insert =
        """
        INSERT INTO prompts (path, version, deleted, fingerprint, written, size, changed, name, description, model, owners, tags, inputs, uses)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id
        """;

    // Of name, description, text and notes.
    private const string Weights = "10.0, 5.0, 1.0, 2.0";

    private const string Superseded =
        "p.version IS NOT NULL AND NOT EXISTS (SELECT 1 FROM prompts n WHERE n.path = p.path AND n.version IS NULL AND n.fingerprint = p.fingerprint)";

    private readonly Root _root;
    private readonly string? _path;
    private SearchFile _file;

    private SearchIndex(Root root, string? path) => (_root, _path, _file) = (root, path, SearchFile.Open(path));

    /// <param name="folder">Where indexes are kept; null for none, so that it is made in memory.</param>
    public static SearchIndex Open(Root root, string? folder) => new(root, folder is null ? null : PathOf(root.Folder, folder));

    /// <summary>Takes the index of a root away, with all texts in it.</summary>
    public static void Remove(string root, string? folder)
    {
        if (folder is not null)
            SearchFile.Remove(PathOf(root, folder));
    }

    /// <summary>Brings the index up to date. While another process does so, it is taken as it is.</summary>
    /// <param name="withVersions">Old versions are to be found too.</param>
    /// <param name="progress">Is told how many of how many prompts have been read.</param>
    public void Update(Snapshot snapshot, HistoryStore? history, bool withVersions, Action<int, int> progress, CancellationToken cancel)
    {
        try
        {
            _file.Writing(() => Renew(snapshot, history, withVersions, progress, cancel));
        }
        catch (Exception failure) when (SearchFile.IsDamage(failure) && _path is not null)
        {
            _file.Dispose();
            SearchFile.Remove(_path);
            _file = SearchFile.Open(_path);
            _file.Writing(() => Renew(snapshot, history, withVersions, progress, cancel));
        }
        catch (Exception failure) when (SearchFile.IsBusy(failure))
        {
            // It is nearly true as it is.
        }
    }

    /// <summary>What fits, the best first; without words in the order of the paths.</summary>
    /// <param name="passes">Whether the prompt at a path from the root passes a filter that the index knows nothing of.</param>
    public ImmutableArray<FoundPrompt> Find(SearchQuery query, SearchScope scope, Func<Filter, string, bool> passes)
    {
        ImmutableArray<Filter> asked = [.. query.Filters.Where(f => f.IsAsked)];
        IEnumerable<Hit> hits = Hits(query, scope, isOld: false, asked.IsEmpty);
        if (scope.WithVersions && asked.IsEmpty)
            hits = hits.Concat(Hits(query, scope, isOld: true, isLimited: true)).OrderBy(h => h.Rank);
        if (!asked.IsEmpty)
            hits = hits.Where(h => PathOf(h.Id) is { } path && asked.All(f => passes(f, path)));
        return [.. hits.Take(scope.Limit).ToList().Select(h => Found(h, query))];
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string root, string folder) => Path.Join(folder, $"{Fingerprint.Of(root)[..32]}.db");

    private void Renew(Snapshot snapshot, HistoryStore? history, bool withVersions, Action<int, int> progress, CancellationToken cancel)
    {
        HashSet<string> stale = RenewFiles(snapshot, progress, cancel);
        if (history is null)
            return;
        var known = history.Prompts().Where(p => !p.IsDeleted).ToDictionary(p => p.Path, StringComparer.Ordinal);
        foreach (string path in Touched(history, "notes").Concat(stale).Distinct(StringComparer.Ordinal).Where(known.ContainsKey))
        {
            cancel.ThrowIfCancellationRequested();
            RenewNotes(history, path);
        }
        if (!withVersions)
            return;
        foreach (string path in Touched(history, "versions"))
        {
            cancel.ThrowIfCancellationRequested();
            RenewVersions(snapshot, history, path);
        }
    }

    // Gives the paths of the prompts that were read.
    private HashSet<string> RenewFiles(Snapshot snapshot, Action<int, int> progress, CancellationToken cancel)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), before = long.Parse(Fact("looked") ?? "0", CultureInfo.InvariantCulture);
        Dictionary<string, Row> rows = _file.Rows("SELECT id, path, written, size FROM prompts WHERE version IS NULL", r =>
            (r.GetString(1), new Row(r.GetInt64(0), r.GetInt64(2), r.GetInt64(3))))
            .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
        var read = new List<(string Path, string Relative, long Written, long Size)>();
        foreach (string path in Discovery.Prompts(_root.Folder, cancel))
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                continue;
            string relative = _root.Relative(path);
            long written = new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeMilliseconds();
            if (rows.Remove(relative, out Row row) && row.Written == written && row.Size == info.Length && written < before - Unsure)
            {
                continue;
            }
            if (row != default)
                Delete(row.Id, "texts");
            read.Add((path, relative, written, info.Length));
        }
        foreach (Row gone in rows.Values)
            Delete(gone.Id, "texts");
        int done = 0;
        foreach (var batch in read.Chunk(Batch))
        {
            var facts = new PromptFacts?[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancel }, i => facts[i] = Read(snapshot, batch[i].Path));
            for (int i = 0; i < batch.Length; i++)
            {
                if (facts[i] is { } fact)
                    Add("texts", batch[i].Relative, null, null, fact, batch[i].Written, batch[i].Size, batch[i].Written, "");
            }
            progress(done += batch.Length, read.Count);
        }
        SetFact("looked", now.ToString(CultureInfo.InvariantCulture));
        return [.. read.Select(r => r.Relative)];
    }

    private static PromptFacts? Read(Snapshot snapshot, string path) =>
        snapshot.ReadOnce(path).Prompt is { } prompt ? PromptFacts.Of(prompt.Document.Text.Content, prompt) : null;

    private void RenewNotes(HistoryStore history, string path)
    {
        long id = _file.Number("SELECT id FROM prompts WHERE path = $1 AND version IS NULL", path);
        if (id == 0)
            return;
        ImmutableArray<PromptVersion> versions = history.Versions(path, limit: MostNotes);
        _file.Execute("UPDATE texts SET notes = $2 WHERE rowid = $1", id, Notes(versions));
        // A file that is no version yet was changed when it was written.
        if (versions is [var head, ..])
            _file.Execute("UPDATE prompts SET changed = $2 WHERE id = $1 AND fingerprint = $3", id, head.At.ToUnixTimeMilliseconds(), head.Fingerprint);
    }

    private void RenewVersions(Snapshot snapshot, HistoryStore history, string path)
    {
        foreach (long id in _file.Rows("SELECT id FROM prompts WHERE path = $1 AND version IS NOT NULL", r => r.GetInt64(0), path).ToList())
            Delete(id, "old_texts");
        foreach (string? deleted in history.Deleted(path).Select(d => d.Deleted).Append(null))
        {
            ImmutableArray<PromptVersion> versions = [.. history.Versions(path, deleted, int.MaxValue, int.MaxValue).Where(v => v.Deleted == deleted)];
            ImmutableArray<string?> texts = history.Texts(versions);
            for (int i = 0; i < versions.Length; i++)
            {
                if (texts[i] is not { } text)
                    continue;
                PromptVersion version = versions[i];
                long at = version.At.ToUnixTimeMilliseconds();
                Add("old_texts", path, version.Number, deleted, PromptFacts.Of(text, Model(snapshot, path, text)), at, text.Length, at, Notes([version]));
            }
        }
    }

    private PromptModel? Model(Snapshot snapshot, string path, string text)
    {
        string full = Path.GetFullPath(path, _root.Folder);
        return snapshot.Open(FileUri.FromPath(full), 0, text).ModelOf(full);
    }

    private static string Notes(ImmutableArray<PromptVersion> versions) => string.Join('\n', versions.Select(v => v.Note).OfType<string>());

    private void Add(string texts, string path, int? version, string? deleted, PromptFacts facts, long written, long size, long changed, string notes)
    {
        long id = _file.Number(Insert, path, version, deleted, facts.Fingerprint, written, size, changed, facts.Name, facts.Description, facts.Model,
            facts.Owners, facts.Tags, facts.Inputs, facts.Uses);
        _file.Execute($"INSERT INTO {texts} (rowid, name, description, body, notes) VALUES ($1, $2, $3, $4, $5)", id,
            $"{facts.Name} {KnownFormats.WithoutEnding(path)}", facts.Description ?? "", facts.Text, notes);
    }

    private void Delete(long id, string texts)
    {
        _file.Execute("DELETE FROM prompts WHERE id = $1", id);
        _file.Execute($"DELETE FROM {texts} WHERE rowid = $1", id);
    }

    // The prompts that the history has told something of since it was asked for this last; all of them where it is another history.
    private ImmutableArray<string> Touched(HistoryStore history, string what)
    {
        string name = $"{what} until";
        (long last, ImmutableArray<string> paths) = history.TouchedSince(long.Parse(Fact(name) ?? "0", CultureInfo.InvariantCulture));
        SetFact(name, last.ToString(CultureInfo.InvariantCulture));
        return paths;
    }

    private string? Fact(string name) => _file.Word("SELECT value FROM facts WHERE name = $1", name);

    private void SetFact(string name, string value) => _file.Execute("INSERT OR REPLACE INTO facts VALUES ($1, $2)", name, value);

    // Of words that stand in very many texts, those in names and purposes say more, and to weigh all others takes longer than anybody waits.
    private IEnumerable<Hit> Hits(SearchQuery query, SearchScope scope, bool isOld, bool isLimited)
    {
        if (query.Expression is not { } words)
            return Hits(query, null, true, scope, isOld, isLimited);
        string texts = isOld ? "old_texts" : "texts";
        foreach (string where in (string[])["", "{name description notes} : ", "name : "])
        {
            string expression = where.Length == 0 ? words : $"{where}({words})";
            if (_file.Number($"SELECT 1 FROM {texts} WHERE {texts} MATCH $1 LIMIT 1 OFFSET $2", expression, scope.MostWeighed) != 0)
                continue;
            IEnumerable<Hit> weighed = Hits(query, expression, true, scope, isOld, isLimited);
            return where.Length == 0 ? weighed : weighed.Concat(Hits(query, words, false, scope, isOld, isLimited)).DistinctBy(h => h.Id);
        }
        return Hits(query, words, false, scope, isOld, isLimited);
    }

    /// <param name="words">The expression that is matched; null for none.</param>
    /// <param name="isWeighed">The best come first; else they come as they were read.</param>
    private IEnumerable<Hit> Hits(SearchQuery query, string? words, bool isWeighed, SearchScope scope, bool isOld, bool isLimited)
    {
        var values = new List<object?>();
        // Old versions that are what is there are found as such.
        var conditions = new List<string> { isOld ? Superseded : "p.version IS NULL" };
        string texts = isOld ? "old_texts" : "texts";
        bool isPlain = !isOld && query.Filters.All(f => f.IsAsked);
        if (words is not null)
            conditions.Add($"{texts} MATCH {Value(words)}");
        foreach (Filter filter in query.Filters.Where(f => !f.IsAsked))
            conditions.Add(Condition(filter));
        string limit = isLimited ? $" LIMIT {Value(scope.Limit)}" : "", where = string.Join(" AND ", conditions);
        string sql = (words is null, isPlain, isWeighed) switch
        {
            (true, _, _) => $"SELECT p.id, 0.0 FROM prompts p WHERE {where} ORDER BY p.path, p.version{limit}",
            (_, true, true) => $"SELECT rowid, rank FROM texts WHERE texts MATCH $1 AND rank MATCH 'bm25({Weights})' ORDER BY rank{limit}",
            (_, true, false) => $"SELECT rowid, 0.0 FROM texts WHERE texts MATCH $1{limit}",
            (_, _, true) => $"SELECT p.id, bm25({texts}, {Weights}) AS r FROM {texts} JOIN prompts p ON p.id = {texts}.rowid WHERE {where} ORDER BY r{limit}",
            _ => $"SELECT p.id, 0.0 FROM {texts} JOIN prompts p ON p.id = {texts}.rowid WHERE {where}{limit}",
        };
        return _file.Rows(sql, r => new Hit(r.GetInt64(0), r.GetDouble(1), isOld), [.. values]);

        string Condition(Filter filter)
        {
            string value = filter.Value.ToLowerInvariant();
            return filter.Kind switch
            {
                FilterKind.Owner => $"({Has("p.owners", value)} OR {Has("p.owners", "@" + value.TrimStart('@'))})",
                FilterKind.Tag => Has("p.tags", value),
                FilterKind.Model => $"(lower(p.model) = {Value(value)} OR substr(lower(p.model), -{Value((long)value.Length + 1)}) = {Value("/" + value)})",
                FilterKind.Uses => Has("p.uses", PromptFacts.UsedName(value)),
                FilterKind.Input => Has("p.inputs", value),
                FilterKind.Name => $"(instr(lower(p.name), {Value(value)}) > 0 OR instr(lower(p.path), {Value(value)}) > 0)",
                _ => $"p.changed < {Value((scope.Now - query.Stale!.Value).ToUnixTimeMilliseconds())}",
            };
        }

        string Has(string list, string entry) => $"instr({list}, {Value(PromptFacts.Entry(entry))}) > 0";

        string Value(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    private string? PathOf(long id) => _file.Word("SELECT path FROM prompts WHERE id = $1", id);

    private FoundPrompt Found(Hit hit, SearchQuery query)
    {
        string texts = hit.IsOld ? "old_texts" : "texts";
        FoundPrompt found = _file.Rows(
            "SELECT path, version, deleted, name, description, model, owners, tags, changed FROM prompts WHERE id = $1",
            r => new FoundPrompt(r.GetString(0), r.IsDBNull(1) ? null : r.GetInt32(1), r.IsDBNull(2) ? null : r.GetString(2))
            {
                Name = r.IsDBNull(3) ? null : r.GetString(3),
                Description = r.IsDBNull(4) ? null : r.GetString(4),
                Model = r.IsDBNull(5) ? null : r.GetString(5),
                Owners = Entries(r.GetString(6)),
                Tags = Entries(r.GetString(7)),
                Changed = DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(8)),
            },
            hit.Id).Single();
        if (query.Expression is not { } expression)
            return found with { Shown = found.Description ?? "" };
        (string body, string notes) = _file.Rows(
            $"SELECT highlight({texts}, 2, char(1), char(2)), highlight({texts}, 3, char(1), char(2)) FROM {texts} WHERE {texts} MATCH $1 AND rowid = $2",
            r => (r.GetString(0), r.GetString(1)), expression, hit.Id).Single();
        if (MarkedLine.First(body) is var (line, shown, marks))
            return found with { Line = line, Shown = shown, Marks = marks };
        return MarkedLine.First(notes) is var (_, note, inNote) ? found with { Shown = note, Marks = inNote, IsNote = true }
            : found with { Shown = found.Description ?? "" };
    }

    private static ImmutableArray<string> Entries(string list) => [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private readonly record struct Row(long Id, long Written, long Size);

    private readonly record struct Hit(long Id, double Rank, bool IsOld);
}

/// <param name="Limit">At most so many are given.</param>
/// <param name="Now">From when age counts.</param>
public sealed record SearchScope(int Limit, DateTimeOffset Now)
{
    /// <summary>Old versions too.</summary>
    public bool WithVersions { get; init; }

    /// <summary>Of more texts than these, only those that have the words in their names, purposes or notes are weighed against one another.</summary>
    internal int MostWeighed { get; init; } = 15_000;
}
