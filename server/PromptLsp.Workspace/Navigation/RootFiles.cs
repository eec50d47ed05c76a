using System.Collections.Immutable;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Workspace.Navigation;

/// <summary>The files of a root that can name something, as the user sees them now. Nothing is read before it is asked for.</summary>
internal sealed class RootFiles(Snapshot now, Root root)
{
    // Without an index nobody knows how large the folder is.
    private const int MostFoldersWithoutIndex = 5_000;

    private ImmutableArray<ContextVariable> Context => now.SettingsOf(root).Context;

    /// <summary>The root's <c>promptlsp.yaml</c>.</summary>
    public NamingFile? Settings
    {
        get
        {
            if (!now.SettingsFileOf(root).IsOk || Read(root.SettingsPath) is not var (uri, text, version))
                return null;
            WorkspaceSettings settings = now.SettingsOf(root);
            PromptEnvironment environment = new()
            {
                Path = Roots.SettingsFile,
                Context = settings.Context,
                Schemas = settings.Schemas,
                Models = settings.Models,
            };
            return new(uri, Roots.SettingsFile, text, version, null, () => Mentions.OfSettings(text, environment));
        }
    }

    /// <summary>The file that holds the values of a context variable; null where none does.</summary>
    public NamingFile? Values(string variable) =>
        Find(variable) is { IsConstant: true, Source: { } source } && Read(Full(source)) is var (uri, text, version)
            ? new(uri, source, text, version, null, () => Mentions.OfContextFile(text, variable))
            : null;

    /// <summary>The place where a context variable is declared: the whole file that holds it, or its key.</summary>
    public (NamingFile File, TextSpan Span)? Variable(string name) =>
        Find(name) is { NameSpan: { } span } variable && (variable.IsConstant ? Values(name) : Settings) is { } file ? (file, span) : null;

    /// <summary>Another variable that the same file holds; null where there is none.</summary>
    public string? SharesFile(string variable) =>
        Find(variable) is { IsConstant: true } found
            ? Context.FirstOrDefault(c => c.IsConstant && c != found && string.Equals(c.Source, found.Source, StringComparison.Ordinal))?.Name
            : null;

    /// <summary>A prompt as the user sees it now; null for one that cannot be read, or holds none of the words.</summary>
    public NamingFile? Prompt(string path, string[] words)
    {
        if (Open(path) is { } open)
            return now.Find(open.Uri) is { } prompt && Holds(open.Text, words) ? NamingFile.Of(open, prompt.Prompt) : null;
        return now.ReadOnce(path, text => Holds(text, words)).Prompt is { } read ? NamingFile.Of(FileUri.FromPath(path), null, read) : null;
    }

    /// <summary>The paths of the root's prompts.</summary>
    public IEnumerable<string> Prompts(CancellationToken cancel) =>
        Ours(Index is { } index ? index.Paths : Discovery.Prompts(root.Folder, MostFoldersWithoutIndex, cancel), cancel);

    /// <summary>The paths of these prompts and of all that may include one of them.</summary>
    public IEnumerable<string> PromptsAround(IReadOnlyCollection<string> prompts, CancellationToken cancel) =>
        Index is { } index ? Ours(prompts.Concat(prompts.SelectMany(index.IncludersOf)), cancel) : Prompts(cancel);

    /// <summary>The absolute path of one from the root.</summary>
    public string Full(string relative) => Path.GetFullPath(relative, root.Folder);

    private Index.WorkspaceIndex? Index => now.Folders.Any(f => Root.IsInside(root.Folder, f)) ? now.Index : null;

    // What is open may include by now what it did not when it was saved.
    private IEnumerable<string> Ours(IEnumerable<string> paths, CancellationToken cancel)
    {
        foreach (
            string path in paths.Concat(now.OpenDocuments.Select(d => d.Path).OfType<string>()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        )
        {
            cancel.ThrowIfCancellationRequested();
            if (KnownFormats.Has(path) && Root.IsInside(path, root.Folder) && string.Equals(now.Roots.Of(path).Folder, root.Folder, StringComparison.Ordinal))
                yield return path;
        }
    }

    private ContextVariable? Find(string variable) => Context.FirstOrDefault(c => string.Equals(c.Name, variable, StringComparison.Ordinal));

    private (string Uri, SourceText Text, int? Version)? Read(string path)
    {
        if (Open(path) is { IsOutOfStep: false } open)
            return (open.Uri, open.Text, open.Version);
        return now.Disk.Read(path) is { IsOk: true } file ? (FileUri.FromPath(path), file.Text, null) : null;
    }

    private OpenDocument? Open(string path) => now.OpenDocuments.FirstOrDefault(d => string.Equals(d.Path, path, StringComparison.Ordinal));

    private static bool Holds(SourceText text, string[] words) =>
        words.Length == 0 || Array.Exists(words, w => text.Content.Contains(w, StringComparison.Ordinal));
}
