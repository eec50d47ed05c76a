using System.Runtime.CompilerServices;
using System.Text;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;
using PromptLsp.Workspace.Navigation;
using Xunit;

namespace PromptLsp.Testing;

/// <summary>
/// A workspace in one text: each file behind a line <c>== path</c>, and <c>$$</c> where the cursor is, in the one file that is open. What is
/// found is shown line by line, a name in brackets.
/// </summary>
public sealed class Project : IDisposable
{
    private const string Cursor = "$$";

    private readonly PromptFolder _folder = new();
    private readonly OpenDocument _document = null!;
    private readonly int _offset;

    private Project(string files, bool isIndexed)
    {
        string? open = null;
        string text = "";
        foreach (string part in ("\n" + files).Split("\n== ", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = (part + '\n').IndexOf('\n', StringComparison.Ordinal);
            (string path, string content) = (part[..end], part[Math.Min(end + 1, part.Length)..]);
            if (content.Contains(Cursor, StringComparison.Ordinal))
                (open, text) = (path, content);
            _folder.Write(path, content.Replace(Cursor, "", StringComparison.Ordinal));
        }
        var disk = new Disk();
        WorkspaceIndex? index = isIndexed ? IndexBuilder.Build(Snapshot.Empty(disk, [_folder.Folder]), [_folder.Folder], CancellationToken.None) : null;
        Now = Snapshot.Empty(disk, [_folder.Folder], () => index);
        if (open is null)
            return;
        _offset = text.IndexOf(Cursor, StringComparison.Ordinal);
        string uri = FileUri.FromPath(Path.Join(_folder.Folder, open));
        Now = Now.Open(uri, 1, text.Remove(_offset, Cursor.Length));
        _document = Now.FindOpen(uri)!;
    }

    private Snapshot Now { get; }

    /// <summary>The place to which one goes from the cursor.</summary>
    public static Edited Definition(string files) => Ask(files, static (project, mention) =>
        Navigating.Definition(project.Now, project._document, mention) is var (file, span) ? Show(file, [span]) : "nowhere");

    /// <summary>All places that name the same.</summary>
    public static Edited References(string files) => Ask(files, static (project, mention) =>
        Found(Navigating.References(project.Now, project._document, mention.Subject, CancellationToken.None).Select(r => (r.File, r.Mention.Span))));

    /// <summary>The same when nobody waits for it any more.</summary>
    public static void ReferencesCancelled(string files) =>
        Ask(
            files,
            static (project, mention) =>
                Found(
                    Navigating
                        .References(project.Now, project._document, mention.Subject, new CancellationToken(canceled: true))
                        .Select(r => (r.File, r.Mention.Span))
                )
        );

    /// <summary>The same without what a pass over the folder has found before.</summary>
    public static Edited ReferencesWithoutIndex(string files) =>
        Ask(
            files,
            static (project, mention) =>
                Found(Navigating.References(project.Now, project._document, mention.Subject, CancellationToken.None).Select(r => (r.File, r.Mention.Span))),
            isIndexed: false
        );

    /// <summary>The lines that a rename changes, as they are after it; or why there is none.</summary>
    public static Edited Rename(string files, string name) => Ask(files, (project, mention) =>
    {
        Renaming renaming = Renaming.To(project.Now, project._document, mention, name, CancellationToken.None);
        return renaming.Refusal ?? string.Join('\n', [
            .. renaming.Files.Select(f => Changed(f.File, f.Edits)),
            .. renaming.File is var (from, to) ? [$"{project.Relative(from)} becomes {project.Relative(to)}"] : Array.Empty<string>()]);
    });

    /// <summary>The lines that change where a file or folder moves. No file is open.</summary>
    public static Edited Move(string files, string from, string to)
    {
        using var project = new Project(files, isIndexed: true);
        return new(
            string.Join('\n', Moves.Edits(project.Now, [(project.Full(from), project.Full(to))], CancellationToken.None).Select(f => Changed(f.File, f.Edits)))
        );
    }

    public void Dispose() => _folder.Dispose();

    private string Full(string path) => Path.Join(_folder.Folder, path);

    private string Relative(string path) => Path.GetRelativePath(_folder.Folder, path);

    private static Edited Ask(string files, Func<Project, Mention, string> answer, bool isIndexed = true)
    {
        using var project = new Project(files, isIndexed);
        Assert.True(project._document is not null, $"One of the files needs a {Cursor}.");
        return new(Navigating.At(project.Now, project._document, project._offset) is var (_, mention) ? answer(project, mention) : "no name");
    }

    private static string Found(IEnumerable<(NamingFile File, TextSpan Span)> places) =>
        string.Join('\n', places.GroupBy(p => p.File.Uri).Select(g => Show(g.First().File, g.Select(p => p.Span))));

    private static string Show(NamingFile file, IEnumerable<TextSpan> spans)
    {
        var shown = new StringBuilder();
        foreach (IGrouping<int, TextSpan> line in spans.GroupBy(s => file.Text.LineAt(s.Start)))
        {
            int start = file.Text.LineStart(line.Key);
            string text = file.Text.Line(line.Key).ToString();
            foreach (TextSpan span in line.OrderByDescending(s => s.Start))
                text = text.Insert(span.End - start, "]").Insert(span.Start - start, "[");
            shown.Append(shown.Length > 0 ? "\n" : "").Append(file.Path).Append(": ").Append(text.Trim());
        }
        return shown.ToString();
    }

    private static string Changed(NamingFile file, IEnumerable<TextEdit> edits)
    {
        TextEdit[] made = [.. edits];
        SourceText after = file.Text.With(made);
        return string.Join(
            '\n',
            made.Select(e => file.Text.LineAt(e.Span.Start)).Distinct().Select(line => $"{file.Path}: {after.Line(line).ToString().Trim()}")
        );
    }
}
