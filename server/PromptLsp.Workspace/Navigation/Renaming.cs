using System.Collections.Immutable;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Navigation;

/// <summary>What gives a thing another name in every file that names it; or the one line that says why not.</summary>
public sealed record Renaming(ImmutableArray<EditedFile> Files, string? Refusal)
{
    /// <summary>The file that gets another name, absolute; null where it is something in files that does.</summary>
    public (string From, string To)? File { get; init; }

    /// <summary>Works out the edits without making any.</summary>
    public static Renaming To(Snapshot now, OpenDocument document, Mention mention, string name, CancellationToken cancel)
    {
        Subject subject = mention.Subject;
        var files = new NamingFiles(now, document);
        if (Renames.Refusal(mention) is { } refusal)
            return new([], refusal);
        if (string.Equals(name, subject.Name, StringComparison.Ordinal))
            return new([], null);
        if (Renames.Invalid(subject, name, now.Find(document.Uri)?.Prompt.Meaning) is { } invalid)
            return new([], invalid);
        if (subject is { Kind: SubjectKind.Context, Path.Length: > 1 } && files.Root?.SharesFile(subject.Path[0]) is { } other)
            return new([], $"The context variable `{other}` reads the same file, and its uses would keep the old name.");
        var edited = ImmutableArray.CreateBuilder<EditedFile>();
        // Who includes a partial may give it what it does not name itself.
        string[] words = subject.Kind == SubjectKind.Input ? [] : [subject.Name, name];
        foreach (NamingFile file in files.Naming(subject, words, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            ImmutableArray<Mention> here = file.Of(subject);
            string where = file.Prompt is not null && string.Equals(file.Uri, document.Uri, StringComparison.Ordinal) ? "this prompt" : $"`{file.Path}`";
            bool isConcerned = !here.IsEmpty || subject.IsVariable;
            string? clash = !isConcerned ? null
                : file.Prompt is { } prompt ? Renames.Clash(prompt, file.Mentions, subject, name, where)
                : Renames.Sibling(file.Mentions, subject, name, where);
            if (clash is not null)
                return new([], clash);
            // What a prompt calls itself is no part of how it is included.
            ImmutableArray<TextEdit> edits =
            [
                .. here.Where(m => subject.Kind != SubjectKind.Prompt || m.Kind == MentionKind.Read)
                    .Select(m => new TextEdit(Renames.NameSpan(file.Text, m), name)),
            ];
            if (!edits.IsEmpty)
                edited.Add(new(file, edits));
        }
        return new(edited.ToImmutable(), null) { File = subject.Kind == SubjectKind.Prompt ? Moved(files.Root!.Full(subject.File), subject.Name, name) : null };
    }

    private static (string From, string To) Moved(string path, string before, string name)
    {
        string file = Path.GetFileName(path);
        return (
            path,
            Path.Join(Path.GetDirectoryName(path), (file.StartsWith('_') ? "_" : "") + name + file[((file.StartsWith('_') ? 1 : 0) + before.Length)..])
        );
    }
}

/// <summary>A file, and what is edited in it.</summary>
public sealed record EditedFile(NamingFile File, ImmutableArray<TextEdit> Edits);
