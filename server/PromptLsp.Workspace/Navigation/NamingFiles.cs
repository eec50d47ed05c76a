using System.Collections.Immutable;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Workspace.Navigation;

/// <summary>The files of one root in which a name can stand, as the user sees them now. Nothing is read before it is asked for.</summary>
internal sealed class NamingFiles(Snapshot now, OpenDocument document)
{
    // Without an index nobody knows how large the folder is.
    private const int MostFoldersWithoutIndex = 5_000;

    private readonly Root? _root = document.Path is { } path ? now.Roots.Of(path) : null;

    /// <summary>The document that was asked about; null where nothing is to be said of it.</summary>
    public NamingFile? Asked => Snapshot.IsSettings(document)
        ? now.FindSettings(document.Uri) is null || _root is null ? null : Settings(document.Text, document.Uri, document.Version)
        : now.Find(document.Uri) is { } open ? Prompt(document.Uri, open.Text, document.Version, open.Prompt) : null;

    /// <summary>The files that declare a subject, or might.</summary>
    public IEnumerable<NamingFile> Declaring(Subject subject)
    {
        if (subject.IsLocal || _root is null || (subject.Kind == SubjectKind.Input && string.Equals(subject.File, _root.Relative(document.Path!), StringComparison.Ordinal)))
            return Some(Asked);
        return subject.Kind switch
        {
            SubjectKind.Input or SubjectKind.Prompt => Some(PromptAt(Full(subject.File), [])),
            SubjectKind.Context => Some(Settings()).Concat(Some(Values(subject.Path[0]))),
            _ => Some(Settings()),
        };
    }

    /// <summary>Every file that can name a subject and holds one of the words.</summary>
    public IEnumerable<NamingFile> Naming(Subject subject, string[] words, CancellationToken cancel)
    {
        if (subject.IsLocal || _root is null)
            return Some(Asked);
        bool isOfOnePrompt = subject.Kind is SubjectKind.Input or SubjectKind.Prompt;
        IEnumerable<NamingFile> declaring = isOfOnePrompt ? [] : Declaring(subject);
        return declaring.Concat(Paths(isOfOnePrompt ? Full(subject.File) : null, cancel).SelectMany(p => Some(PromptAt(p, words))));
    }

    /// <summary>The name of another variable that the same file holds; null where there is none.</summary>
    public string? SharesFile(string variable)
    {
        ImmutableArray<ContextVariable> context = SettingsOfRoot.Context;
        ContextVariable? this_ = context.FirstOrDefault(c => string.Equals(c.Name, variable, StringComparison.Ordinal));
        return this_ is { IsConstant: true } ? context.FirstOrDefault(c => c.IsConstant && c != this_ && string.Equals(c.Source, this_.Source, StringComparison.Ordinal))?.Name : null;
    }

    /// <summary>The place where a context variable is declared: the whole file that holds it, or its key.</summary>
    public (NamingFile File, TextSpan Span)? Variable(string name) =>
        SettingsOfRoot.Context.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)) is { Source: not null, NameSpan: { } span } variable && (variable.IsConstant ? Values(name) : Settings()) is { } file
            ? (file, span)
            : null;

    private WorkspaceSettings SettingsOfRoot => now.SettingsOf(_root!);

    private IEnumerable<string> Paths(string? included, CancellationToken cancel)
    {
        bool isIndexed = now.Index() is not null && now.Folders.Any(f => Root.IsInside(_root!.Folder, f));
        IEnumerable<string> paths = !isIndexed ? Discovery.Prompts(_root!.Folder, MostFoldersWithoutIndex, cancel)
            : included is null ? now.Index()!.Paths
            : now.Index()!.IncludersOf(included).Append(included);
        // What is open may include by now what it did not when it was saved.
        foreach (string path in paths.Concat(now.OpenDocuments.Select(d => d.Path).OfType<string>()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (path.EndsWith(Discovery.Extension, StringComparison.Ordinal) && Root.IsInside(path, _root!.Folder) && string.Equals(now.Roots.Of(path).Folder, _root.Folder, StringComparison.Ordinal))
                yield return path;
        }
    }

    private NamingFile? PromptAt(string path, string[] words)
    {
        if (Open(path) is { } open)
            return now.Find(open.Uri) is { } prompt && Holds(open.Text, words) ? Prompt(open.Uri, open.Text, open.Version, prompt.Prompt) : null;
        return now.ReadOnce(path, text => Holds(text, words)).Prompt is { } read ? Prompt(FileUri.FromPath(path), read.Document.Text, null, read) : null;
    }

    private static bool Holds(SourceText text, string[] words) => words.Length == 0 || Array.Exists(words, w => text.Content.Contains(w, StringComparison.Ordinal));

    private static NamingFile Prompt(string uri, SourceText text, int? version, PromptModel prompt) => new(uri, prompt.Environment.Path, text, version, prompt, () => Mentions.Of(prompt));

    private NamingFile? Settings() => Read(Full(Roots.SettingsFile)) is var (uri, text, version) ? Settings(text, uri, version) : null;

    private NamingFile Settings(SourceText text, string uri, int? version)
    {
        WorkspaceSettings settings = SettingsOfRoot;
        PromptEnvironment environment = new() { Path = Roots.SettingsFile, Context = settings.Context, Schemas = settings.Schemas, Models = settings.Models };
        return new(uri, Roots.SettingsFile, text, version, null, () => Mentions.OfSettings(text, environment));
    }

    private NamingFile? Values(string variable) =>
        SettingsOfRoot.Context.FirstOrDefault(c => string.Equals(c.Name, variable, StringComparison.Ordinal)) is { IsConstant: true, Source: { } source } && Read(Full(source)) is var (uri, text, version)
            ? new(uri, source, text, version, null, () => Mentions.OfContextFile(text, variable))
            : null;

    private (string Uri, SourceText Text, int? Version)? Read(string path)
    {
        if (Open(path) is { IsOutOfStep: false } open)
            return (open.Uri, open.Text, open.Version);
        return now.Disk.Read(path) is { IsOk: true } file ? (FileUri.FromPath(path), file.Text, null) : null;
    }

    private OpenDocument? Open(string path) => now.OpenDocuments.FirstOrDefault(d => string.Equals(d.Path, path, StringComparison.Ordinal));

    private string Full(string relative) => Path.GetFullPath(relative, _root!.Folder);

    private static IEnumerable<NamingFile> Some(NamingFile? file) => file is null ? [] : [file];
}
