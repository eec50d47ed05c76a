using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Index;

/// <summary>What a pass over all prompts of a workspace keeps of each: its name, its inputs, what it includes, and what its text is like.</summary>
public sealed class WorkspaceIndex
{
    private const int MostInputs = 200;

    private readonly ImmutableDictionary<string, Entry> _entries;
    private readonly Lazy<ILookup<string, string>> _includers;
    private readonly Lazy<ILookup<(string, string?), string>> _names;
    private readonly Lazy<LikeTexts> _texts;

    private WorkspaceIndex(ImmutableDictionary<string, Entry> entries)
    {
        _entries = entries;
        _includers = new(() =>
            _entries.SelectMany(e => e.Value.Includes.Select(i => (Included: i, By: e.Key))).ToLookup(i => i.Included, i => i.By, StringComparer.Ordinal)
        );
        _names = new(() => _entries.Where(e => e.Value.Name is not null).ToLookup(e => (e.Value.Name!, e.Value.Variant), e => e.Key));
        _texts = new(() => new(_entries.Where(e => e.Value.Signature is not null).Select(e => (e.Key, e.Value.Signature!))));
    }

    public static WorkspaceIndex Empty { get; } = new(ImmutableDictionary<string, Entry>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>The paths of all prompts, absolute.</summary>
    public IEnumerable<string> Paths => _entries.Keys;

    /// <summary>All prompts.</summary>
    public IEnumerable<IndexedPrompt> Prompts => _entries.Select(e => new IndexedPrompt(e.Key, e.Value.Name, e.Value.Inputs));

    public IEnumerable<string> IncludersOf(string path) => _includers.Value[path].Order(StringComparer.Ordinal);

    /// <summary>All that include it, directly or through others.</summary>
    public IEnumerable<string> DependantsOf(string path) => Reaching(_includers.Value[path]).Where(p => !string.Equals(p, path, StringComparison.Ordinal));

    public IEnumerable<string> Named(string name, string? variant) => _names.Value[(name, variant)].Order(StringComparer.Ordinal);

    /// <summary>The prompts whose own text is at least so much the same, and about how much.</summary>
    public IEnumerable<(string Path, string? Name, string? Variant, double Share)> Like(TextSignature signature, double least) =>
        _texts.Value.Of(signature, least).Select(like => (like.Path, _entries[like.Path].Name, _entries[like.Path].Variant, like.Share));

    public bool Knows(string path) => _entries.ContainsKey(path);

    /// <summary>The known prompts that are one of these files, or lie below one of these folders.</summary>
    public IEnumerable<string> Among(IReadOnlySet<string> places) => _entries.Keys.Where(path =>
    {
        for (string? at = path; at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            if (places.Contains(at))
                return true;
        }
        return false;
    });

    /// <summary>
    /// These prompts, and those whose findings depend on one of them: what includes it, directly or not, what it includes, and what has its name.
    /// </summary>
    public IReadOnlyCollection<string> Around(IEnumerable<string> paths)
    {
        HashSet<string> found = Reaching(paths);
        foreach (string path in paths)
        {
            if (!_entries.TryGetValue(path, out Entry? entry))
                continue;
            found.UnionWith(entry.Includes);
            if (entry.Name is not null)
                found.UnionWith(_names.Value[(entry.Name, entry.Variant)]);
        }
        return found;
    }

    // These, and what includes one of them, directly or not.
    private HashSet<string> Reaching(IEnumerable<string> paths)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(paths);
        while (next.TryPop(out string? path))
        {
            if (!found.Add(path))
                continue;
            foreach (string includer in _includers.Value[path])
                next.Push(includer);
        }
        return found;
    }

    /// <summary>The index without these prompts.</summary>
    public WorkspaceIndex Without(IEnumerable<string> paths) => new(_entries.RemoveRange(paths));

    /// <summary>The index with these prompts read; of one without a model nothing is known but that it is there.</summary>
    public WorkspaceIndex With(IEnumerable<(string Path, PromptModel? Prompt)> prompts)
    {
        var entries = _entries.ToBuilder();
        foreach ((string path, PromptModel? prompt) in prompts)
        {
            entries[path] = prompt is null ? new(null, null, [], [], null) : EntryOf(path, prompt);
        }
        return new(entries.ToImmutable());
    }

    private static Entry EntryOf(string path, PromptModel prompt)
    {
        string root = prompt.Environment.Path;
        string folder = path.EndsWith(root.Replace('/', System.IO.Path.DirectorySeparatorChar), StringComparison.Ordinal) ? path[..^root.Length] : "";
        var includes = IncludeGraph
            .From(prompt)
            .SelectMany(i => i.Places)
            .Select(i => System.IO.Path.GetFullPath(System.IO.Path.Join(folder, i)))
            .Distinct(StringComparer.Ordinal);
        return new(prompt.Header.Name, prompt.Variant, [.. includes], [.. Inputs(prompt).Take(MostInputs)], TextSignature.Of(OwnText.Shingles(prompt)));
    }

    private static IEnumerable<IndexedInput> Inputs(PromptModel prompt) =>
        from input in prompt.Header.Inputs.Fields
        where input is { NameSpan: not null, Origin: null }
        select new IndexedInput(input.Name, prompt.Document.Text.PositionAt(input.NameSpan!.Value.Start));

    private sealed record Entry(string? Name, string? Variant, ImmutableArray<string> Includes, ImmutableArray<IndexedInput> Inputs, TextSignature? Signature);
}

/// <summary>An input, and where it is declared.</summary>
public sealed record IndexedInput(string Name, LinePosition At);

/// <summary>A prompt by its absolute path, with the name it has and the inputs it declares.</summary>
public sealed record IndexedPrompt(string Path, string? Name, ImmutableArray<IndexedInput> Inputs);
