using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Workspace;

/// <summary>
/// All that is known at one moment: the open documents, the folders, and through them settings, partials and context. Immutable: a change
/// makes another snapshot without reading or parsing anything; the first who asks one for a prompt's meaning pays for it, once.
/// </summary>
public sealed class Snapshot
{
    private readonly ImmutableDictionary<string, OpenDocument> _open;
    private readonly ConcurrentDictionary<string, PromptModel?> _models = new(StringComparer.Ordinal);
    private readonly Lazy<RootViews> _views;
    private readonly Func<WorkspaceIndex?> _index;
    private readonly Func<string, TaggedText?> _tagged;
    private RootViews? _before;

    private Snapshot(
        Disk disk,
        ImmutableArray<string> folders,
        ImmutableDictionary<string, OpenDocument> open,
        Roots roots,
        Func<WorkspaceIndex?> index,
        Func<string, TaggedText?> tagged,
        RootViews? before)
    {
        Disk = disk;
        Folders = folders;
        _open = open;
        Roots = roots;
        _index = index;
        _tagged = tagged;
        _before = before;
        _views = new(CreateViews);
    }

    public Disk Disk { get; }

    /// <summary>The workspace's folders, absolute.</summary>
    public ImmutableArray<string> Folders { get; }

    public Roots Roots { get; }

    public IEnumerable<OpenDocument> OpenDocuments => _open.Values;

    /// <summary>What a pass over all files found; null until there was one.</summary>
    public WorkspaceIndex? Index => _index();

    /// <summary>What a prompt, by its path, was at its newest tag; null where there is none, or nobody has looked yet.</summary>
    public TaggedText? Tagged(string path) => _tagged(path);

    internal FileView Files => field ??= new(Disk, OpenFiles());

    private RootViews Views => _views.Value;

    public static Snapshot Empty(Disk disk, ImmutableArray<string> folders) => Empty(disk, folders, static () => null);

    public static Snapshot Empty(Disk disk, ImmutableArray<string> folders, Func<WorkspaceIndex?> index, Func<string, TaggedText?>? tagged = null) =>
        new(
            disk,
            folders,
            ImmutableDictionary<string, OpenDocument>.Empty.WithComparers(StringComparer.Ordinal),
            new Roots(disk, folders),
            index,
            tagged ?? (static _ => null),
            null
        );

    public Snapshot WithFolders(ImmutableArray<string> folders) => new(Disk, folders, _open, new Roots(Disk, folders), _index, _tagged, null);

    public Snapshot Open(string uri, int version, string text) => With(new(uri, FileUri.ToPath(uri), version, new SourceText(text)));

    public Snapshot With(OpenDocument document) => Next(_open.SetItem(document.Uri, document));

    public Snapshot Close(string uri) => Next(_open.Remove(uri));

    /// <summary>Files have changed outside the editor: nothing that was read before is believed without a look.</summary>
    public Snapshot Refreshed()
    {
        Disk disk = Disk.Renewed();
        return new(disk, Folders, _open, new Roots(disk, Folders), _index, _tagged, null);
    }

    /// <summary>Another pass over all files has found something else.</summary>
    public Snapshot WithIndex(WorkspaceIndex index) => new(Disk, Folders, _open, Roots, () => index, _tagged, KeptViews);

    /// <summary>True for a path in one of the workspace's folders.</summary>
    public bool IsInFolders(string path) => Folders.Any(folder => Root.IsInside(path, folder));

    public OpenDocument? FindOpen(string uri) => _open.GetValueOrDefault(uri);

    /// <summary>An open prompt with its meaning; null for what is no prompt, is not open, is out of step, or is too large to be looked at.</summary>
    public OpenPrompt? Find(string uri)
    {
        if (FindOpen(uri) is not { IsOutOfStep: false, IsTooLarge: false, IsPrompt: true } document)
            return null;
        return _models.GetOrAdd(uri, _ => Views.ModelOf(document)) is { } model ? new(document, model) : null;
    }

    /// <summary>An open <c>promptlsp.yaml</c>; null for anything else, and for one that is out of step or too large.</summary>
    public OpenDocument? FindSettings(string uri) =>
        FindOpen(uri) is { IsOutOfStep: false, IsTooLarge: false } document && IsSettings(document) ? document : null;

    /// <summary>A prompt by its path, open or on disk; null where it cannot be read.</summary>
    public PromptModel? ModelOf(string path)
    {
        foreach (OpenDocument document in _open.Values)
        {
            if (string.Equals(document.Path, path, StringComparison.Ordinal))
                return Find(document.Uri)?.Prompt;
        }
        return _models.GetOrAdd(path, static (p, views) => views.ModelOf(p), Views);
    }

    /// <summary>A prompt on disk, read and parsed for this call alone: for a pass over many files, which must not keep them all.</summary>
    public (FileStatus Status, PromptModel? Prompt) ReadOnce(string path) => Views.ReadOnce(path, static _ => true);

    /// <summary>The same, parsed only where its text is wanted.</summary>
    public (FileStatus Status, PromptModel? Prompt) ReadOnce(string path, Func<SourceText, bool> isWanted) => Views.ReadOnce(path, isWanted);

    /// <summary>A root's <c>promptlsp.yaml</c> as a text.</summary>
    public FileText SettingsFileOf(Root root) => Files.ReadSettings(root);

    /// <summary>What a root's settings file says, and what is wrong with it.</summary>
    public Settings.WorkspaceSettings SettingsOf(Root root) => Views.SettingsOf(root);

    /// <summary>True for a <c>promptlsp.yaml</c>.</summary>
    public static bool IsSettings(OpenDocument document) => Roots.IsSettings(document.Path);

    // A snapshot that was never read has nothing of its own to hand on, so it hands on what it got from the one before.
    private RootViews? KeptViews => _views.IsValueCreated ? _views.Value.Kept() : _before;

    private Snapshot Next(ImmutableDictionary<string, OpenDocument> open) => new(Disk, Folders, open, Roots, _index, _tagged, KeptViews);

    private RootViews CreateViews()
    {
        var views = new RootViews(this, _before);
        // Else every snapshot would keep all those before it alive.
        _before = null;
        return views;
    }

    // Two URIs can name one file; either text will do, as nobody can say which one is meant.
    private ImmutableDictionary<string, SourceText> OpenFiles()
    {
        var files = ImmutableDictionary.CreateBuilder<string, SourceText>(StringComparer.Ordinal);
        foreach (OpenDocument document in _open.Values)
        {
            if (document.Path is { } path)
                files[path] = document.Text;
        }
        return files.ToImmutable();
    }
}

/// <summary>An open document and what it means.</summary>
public sealed record OpenPrompt(OpenDocument Document, PromptModel Prompt)
{
    public SourceText Text => Document.Text;
}
