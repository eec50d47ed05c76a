using PromptLsp.Language.Navigation;

namespace PromptLsp.Workspace.Navigation;

/// <summary>Where a name in an open document can be declared and named, by what it stands for.</summary>
internal sealed class NamingFiles(Snapshot now, OpenDocument document)
{
    /// <summary>The files of the document's root; null for one that is no file yet.</summary>
    public RootFiles? Root { get; } = document.Path is { } path ? new(now, now.Roots.Of(path)) : null;

    /// <summary>The document that was asked about; null where nothing is to be said of it.</summary>
    public NamingFile? Asked => Snapshot.IsSettings(document)
        ? now.FindSettings(document.Uri) is null ? null : Root?.Settings
        : now.Find(document.Uri) is { } open ? NamingFile.Of(document, open.Prompt) : null;

    /// <summary>The files that declare a subject, or might.</summary>
    public IEnumerable<NamingFile> Declaring(Subject subject)
    {
        if (subject.IsLocal || Root is null)
            return Some(Asked);
        return subject.Kind switch
        {
            SubjectKind.Input or SubjectKind.Prompt => Some(Root.Prompt(Root.Full(subject.File), [])),
            SubjectKind.Context => Some(Root.Settings).Concat(Some(Root.Values(subject.Path[0]))),
            _ => Some(Root.Settings),
        };
    }

    /// <summary>Every file that can name a subject and holds one of the words.</summary>
    public IEnumerable<NamingFile> Naming(Subject subject, string[] words, CancellationToken cancel)
    {
        if (subject.IsLocal || Root is null)
            return Some(Asked);
        return subject.Kind is SubjectKind.Input or SubjectKind.Prompt
            ? Read(Root.PromptsAround([Root.Full(subject.File)], cancel), words)
            : Declaring(subject).Concat(Read(Root.Prompts(cancel), words));
    }

    private IEnumerable<NamingFile> Read(IEnumerable<string> prompts, string[] words) => prompts.SelectMany(p => Some(Root!.Prompt(p, words)));

    private static IEnumerable<NamingFile> Some(NamingFile? file) => file is null ? [] : [file];
}
