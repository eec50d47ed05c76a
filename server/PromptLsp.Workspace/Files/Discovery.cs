using MAB.DotIgnore;

namespace PromptLsp.Workspace.Files;

/// <summary>Finds the prompts below a folder, in a stable order, leaving out what <c>.gitignore</c> does, hidden folders and links.</summary>
public static class Discovery
{
    public const string Extension = ".prompt";

    /// <summary>No walk visits more folders than this: a workspace may be a whole disk.</summary>
    private const int MostFolders = 50_000;

    public static IEnumerable<string> Prompts(string folder, CancellationToken cancel)
    {
        int folders = 0;
        var open = new Stack<(string Folder, Ignored Ignored)>();
        open.Push((folder, Ignored.AboveOf(folder)));
        while (open.TryPop(out var at) && ++folders <= MostFolders)
        {
            cancel.ThrowIfCancellationRequested();
            Ignored ignored = at.Ignored.With(at.Folder);
            foreach (string file in Sorted(() => Directory.GetFiles(at.Folder, "*" + Extension)))
            {
                if (file.EndsWith(Extension, StringComparison.Ordinal) && !ignored.Covers(file, isFolder: false) && new FileInfo(file).LinkTarget is null)
                    yield return file;
            }
            foreach (string below in Sorted(() => Directory.GetDirectories(at.Folder)).Reverse())
            {
                string name = Path.GetFileName(below);
                if (name[0] != '.' && name is not ("node_modules" or "bin" or "obj") && !ignored.Covers(below, isFolder: true) && new DirectoryInfo(below).LinkTarget is null)
                    open.Push((below, ignored));
            }
        }
    }

    private static IEnumerable<string> Sorted(Func<string[]> list)
    {
        try
        {
            string[] found = list();
            Array.Sort(found, StringComparer.Ordinal);
            return found;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The <c>.gitignore</c> files that are in force in a folder, the outermost first.</summary>
    private sealed class Ignored
    {
        private static readonly Ignored None = new([]);

        private readonly (string Folder, IgnoreList Rules)[] _lists;

        private Ignored((string, IgnoreList)[] lists) => _lists = lists;

        public static Ignored AboveOf(string folder)
        {
            Ignored all = None;
            var above = new Stack<string>();
            for (string? at = Path.GetDirectoryName(folder); at is not null; at = Path.GetDirectoryName(at))
            {
                above.Push(at);
                if (Directory.Exists(Path.Join(at, ".git")))
                    break;
                if (Path.GetDirectoryName(at) is null)
                    return None;
            }
            return Directory.Exists(Path.Join(folder, ".git")) ? None : above.Aggregate(all, (ignored, at) => ignored.With(at));
        }

        public Ignored With(string folder)
        {
            string file = Path.Join(folder, ".gitignore");
            try
            {
                return File.Exists(file) ? new([.. _lists, (folder, new IgnoreList(file))]) : this;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return this;
            }
        }

        public bool Covers(string path, bool isFolder) =>
            Array.Exists(_lists, l => l.Rules.IsIgnored(Path.GetRelativePath(l.Folder, path).Replace('\\', '/'), isFolder));
    }
}
