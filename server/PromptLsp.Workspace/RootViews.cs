using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Workspace;

/// <summary>
/// A snapshot's roots: their settings, and the environment that each gives to its prompts. Settings and parsed partials are taken over
/// from the snapshot before where the files they were read from are the same texts.
/// </summary>
internal sealed class RootViews(Snapshot snapshot, RootViews? before)
{
    private readonly ConcurrentDictionary<string, KnownSettings> _settings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PromptDocument> _parsed = new(StringComparer.Ordinal);
    private RootViews? _before = before;

    /// <summary>These views without the chain of those before them.</summary>
    public RootViews Kept()
    {
        _before = null;
        return this;
    }

    public PromptModel ModelOf(OpenDocument document)
    {
        // What is not saved yet is taken to come to lie in the first folder, under a name that no prompt has.
        if ((document.Path ?? (snapshot.Folders is [var folder, ..] ? Path.Join(folder, "not saved yet") : null)) is not { } path)
            return new(document.Parse(null), PromptEnvironment.None, document.Memory);
        Root root = snapshot.Roots.Of(path);
        PromptEnvironment environment = EnvironmentOf(root, path);
        return new(document.Parse(environment.DefaultDialect), environment, document.Memory);
    }

    public PromptModel? ModelOf(string path)
    {
        FileText file = snapshot.Files.Read(path);
        if (!file.IsOk)
            return null;
        PromptEnvironment environment = EnvironmentOf(snapshot.Roots.Of(path), path);
        return new(Parsed(path, file.Text, environment), environment);
    }

    public (FileStatus, PromptModel?) ReadOnce(string path, Func<SourceText, bool> isWanted)
    {
        FileText file = Disk.Load(path);
        if (!file.IsOk || !isWanted(file.Text))
            return (file.Status, null);
        PromptEnvironment environment = EnvironmentOf(snapshot.Roots.Of(path), path);
        return (file.Status, new(PromptDocument.Parse(file.Text, environment.DefaultDialect), environment));
    }

    public WorkspaceSettings SettingsOf(Root root) =>
        _settings.GetOrAdd(root.Folder, static (_, state) => state.Views.Load(state.Root), (Views: this, Root: root)).Settings;

    private KnownSettings Load(Root root)
    {
        // A copy, because the field may be emptied at any moment.
        RootViews? earlier = _before;
        if (earlier is not null && earlier._settings.TryGetValue(root.Folder, out KnownSettings? known) && known.IsCurrent(snapshot.Files))
            return known;
        (WorkspaceSettings settings, ImmutableArray<string> files) = SettingsReader.Read(snapshot.Files, root);
        return new(settings, [.. files.Select(f => (f, snapshot.Files.Read(f).Text))]);
    }

    private PromptDocument Parsed(string path, SourceText text, PromptEnvironment environment)
    {
        if (_parsed.TryGetValue(path, out PromptDocument? parsed) && parsed.Text == text)
            return parsed;
        RootViews? earlier = _before;
        if (earlier is null || !earlier._parsed.TryGetValue(path, out parsed) || parsed.Text != text)
            parsed = PromptDocument.Parse(text, environment.DefaultDialect);
        return _parsed[path] = parsed;
    }

    private PromptEnvironment EnvironmentOf(Root root, string path)
    {
        WorkspaceSettings settings = SettingsOf(root);
        var partials = new PartialLookup(snapshot, root, settings, path);
        string relative = root.Relative(path);
        PromptEnvironment environment = new()
        {
            Path = relative,
            DefaultDialect = settings.Template,
            Context = settings.Context,
            Models = settings.Models,
            Schemas = settings.Schemas,
            Helpers = settings.Helpers,
            Settings = (root.Relative(root.SettingsPath), settings.Text),
            Tokens = TokenCounters.For,
            Severities = settings.Severities,
            Include = partials.Find,
            Partials = partials.All,
            IncludedBy = () => snapshot.Index?.IncludersOf(path).Select(root.Relative).ToList(),
            // Programs load prompts by name from one root.
            SameName = (name, variant) =>
                snapshot
                    .Index
                    ?.Named(name, variant)
                    .Where(p => !string.Equals(p, path, StringComparison.Ordinal) && snapshot.Roots.Of(p) == root)
                    .Select(root.Relative)
                    .ToList()
                ?? [],
            Like = (signature, least) =>
                snapshot
                    .Index
                    ?.Like(signature, least)
                    .Where(p => !string.Equals(p.Path, path, StringComparison.Ordinal) && snapshot.Roots.Of(p.Path) == root)
                    .Select(p => new LikePrompt(root.Relative(p.Path), p.Name, p.Variant, p.Share))
                    .ToList()
                ?? [],
        };
        return environment with { Released = () => snapshot.Tagged(path)?.Released(environment) };
    }

    private sealed record KnownSettings(WorkspaceSettings Settings, ImmutableArray<(string Path, SourceText Text)> From)
    {
        public bool IsCurrent(FileView files) => From.All(f => files.Read(f.Path).Text == f.Text);
    }
}
