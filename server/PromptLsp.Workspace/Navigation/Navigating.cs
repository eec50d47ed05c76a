using PromptLsp.Language.Navigation;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Navigation;

/// <summary>From a name in an open document to where it is made and to every place of its root that names the same.</summary>
public static class Navigating
{
    /// <summary>What is named at a place.</summary>
    public static (NamingFile File, Mention Mention)? At(Snapshot now, OpenDocument document, int offset)
    {
        if (new NamingFiles(now, document).Asked is not { } file)
            return null;
        if (file.Prompt is { } prompt)
            return Mentions.At(prompt, offset) is { } named ? (file, named) : null;
        return file.Mentions.FirstOrDefault(m => m.Span.Touches(offset)) is { } at ? (file, at) : null;
    }

    /// <summary>Where a name's subject is declared: in which file, and where in it.</summary>
    public static (NamingFile File, TextSpan Span)? Definition(Snapshot now, OpenDocument document, Mention mention)
    {
        var files = new NamingFiles(now, document);
        Subject subject = mention.Subject;
        if (subject is { Kind: SubjectKind.Context, Path.Length: 1 })
            return files.Root?.Variable(subject.Name);
        foreach (NamingFile file in files.Declaring(subject))
        {
            if (subject.Kind == SubjectKind.Prompt)
                return (file, mention.Kind == MentionKind.Declaration ? mention.Span : default);
            if (DeclarationIn(file, mention) is { } span)
                return (file, span);
            // A parameter that the partial neither declares nor reads.
            if (subject.Kind == SubjectKind.Input && file.Prompt is not null && !string.Equals(file.Uri, document.Uri, StringComparison.Ordinal))
                return (file, default);
        }
        return null;
    }

    /// <summary>Every place that names the subject, file by file.</summary>
    public static IEnumerable<(NamingFile File, Mention Mention)> References(Snapshot now, OpenDocument document, Subject subject, CancellationToken cancel) =>
        new NamingFiles(now, document).Naming(subject, [subject.Name], cancel).SelectMany(f => f.Of(subject).Select(m => (f, m)));

    // A variable that is assigned more than once: the last time before it is used.
    private static TextSpan? DeclarationIn(NamingFile file, Mention mention)
    {
        var found = file.Of(mention.Subject);
        var declared = found.Where(m => m.Kind == MentionKind.Declaration).ToList();
        if (declared.Count > 0)
            return mention.Subject.IsLocal
                ? (declared.FindLast(m => m.Span.Start <= mention.Span.Start) is { Subject: not null } last ? last : declared[0]).Span
                : declared[0].Span;
        return mention.Subject.Kind is SubjectKind.Builtin || found.IsEmpty ? null : (found.FirstOrDefault(m => m.Kind == MentionKind.Value) ?? found[0]).Span;
    }
}
