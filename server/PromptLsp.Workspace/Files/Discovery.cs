using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Syntax.Formats;

namespace PromptLsp.Workspace.Files;

/// <summary>Finds the prompts below a folder, in a stable order, leaving out what git ignores, the folders of tools, and links.</summary>
public static class Discovery
{
    /// <summary>No walk visits more folders than this: a workspace may be a whole disk.</summary>
    private const int MostFolders = 50_000;

    /// <summary>Bytes. A larger ignore file is not read.</summary>
    private const int LargestIgnoreFile = 1_000_000;

    /// <param name="closed">Told of each folder that may not be opened.</param>
    public static IEnumerable<string> Prompts(string folder, CancellationToken cancel, Action<string>? closed = null) =>
        Prompts(folder, MostFolders, cancel, closed);

    public static IEnumerable<string> Prompts(string folder, int mostFolders, CancellationToken cancel, Action<string>? closed = null) =>
        Files(folder, static file => KnownFormats.Has(file.Name), mostFolders, cancel, closed);

    /// <summary>Other files, by their paths, in the same way.</summary>
    public static IEnumerable<string> Files(string folder, Func<string, bool> isWanted, CancellationToken cancel) =>
        Files(folder, file => isWanted(file.FullName), MostFolders, cancel, null);

    private static IEnumerable<string> Files(
        string folder,
        Func<FileSystemInfo, bool> isWanted,
        int mostFolders,
        CancellationToken cancel,
        Action<string>? closed
    )
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        string top = RepositoryOf(folder);
        int folders = 0;
        var open = new Stack<(string Folder, GitIgnore Outer)>();
        open.Push((folder, RulesAbove(top, folder)));
        while (open.TryPop(out var at) && ++folders <= mostFolders)
        {
            cancel.ThrowIfCancellationRequested();
            GitIgnore rules = at.Outer.Enter(Below(top, at.Folder), IgnoreFileOf(at.Folder));
            FileSystemInfo[] entries = EntriesOf(at.Folder, closed);
            foreach (FileSystemInfo file in entries)
            {
                if (file is FileInfo && isWanted(file) && file.LinkTarget is null && !rules.Ignores(Below(top, file.FullName), isFolder: false))
                    yield return file.FullName;
            }
            foreach (FileSystemInfo below in entries.Reverse())
            {
                if (
                    below is DirectoryInfo
                    && !IsOfATool(below.Name)
                    && !ReleasedFile.IsFolder(below)
                    && below.LinkTarget is null
                    && !rules.Ignores(Below(top, below.FullName), isFolder: true)
                )
                    open.Push((below.FullName, rules));
            }
        }
    }

    // Other hidden folders may hold prompts: `.github/prompts`, `.continue/prompts`.
    private static bool IsOfATool(string name) => name is ".git" or ".hg" or ".svn" or ".promptlsp" or "node_modules" or "bin" or "obj";

    private static FileSystemInfo[] EntriesOf(string folder, Action<string>? closed)
    {
        try
        {
            FileSystemInfo[] entries = new DirectoryInfo(folder).GetFileSystemInfos();
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        // A folder that may not be read, or has just gone, has no prompts for us.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (failure is UnauthorizedAccessException)
                closed?.Invoke(folder);
            return [];
        }
    }

    /// <summary>False for a file that is not found, but may lie in a folder that may not be opened.</summary>
    public static bool IsGone(string path)
    {
        if (File.Exists(path))
            return false;
        string? folder = Path.GetDirectoryName(path);
        while (folder is not null && !Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder);
        return folder is null || CanOpen(folder);
    }

    /// <summary>Whether a folder that is there may be looked into.</summary>
    public static bool CanOpen(string folder)
    {
        try
        {
            Directory.EnumerateFileSystemEntries(folder).GetEnumerator().Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Ignore files count from the repository's top; without one, from the folder itself.
    private static string RepositoryOf(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Join(at, ".git")))
                return at;
        }
        return folder;
    }

    private static GitIgnore RulesAbove(string top, string folder)
    {
        GitIgnore rules = GitIgnore.None;
        for (int end = top.Length; end < folder.Length; end = NextSeparator(folder, end + 1))
            rules = rules.Enter(Below(top, folder[..end]), IgnoreFileOf(folder[..end]));
        return rules;
    }

    private static int NextSeparator(string path, int from)
    {
        int found = path.IndexOf(Path.DirectorySeparatorChar, Math.Min(from, path.Length));
        return found < 0 ? path.Length : found;
    }

    private static string Below(string top, string path)
    {
        string relative = path.Length <= top.Length ? "" : path[top.Length..].TrimStart(Path.DirectorySeparatorChar);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    private static string IgnoreFileOf(string folder) =>
        RegularFile.ReadUnlinked(Path.Join(folder, ".gitignore"), LargestIgnoreFile).Bytes is { } bytes
            ? Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF')
            : "";
}
