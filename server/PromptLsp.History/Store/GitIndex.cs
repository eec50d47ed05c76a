using System.Text;

namespace PromptLsp.History.Store;

/// <summary>Whether git has a file among those it tracks, by a look at its index: no program is started.</summary>
internal static class GitIndex
{
    private const int Step = 1 << 16;

    /// <param name="root">An absolute folder.</param>
    /// <param name="path">From the root with <c>/</c>. What only begins with it counts too.</param>
    public static bool Tracks(string root, string path)
    {
        for (string? at = root; at is not null; at = Path.GetDirectoryName(at))
        {
            string git = Path.Join(at, ".git");
            if (!Path.Exists(git))
                continue;
            string below = Path.GetRelativePath(at, root);
            string prefix = below == "." ? "" : below.Replace(Path.DirectorySeparatorChar, '/') + "/";
            return FolderOf(git) is { } folder && Contains(Path.Join(folder, "index"), Encoding.UTF8.GetBytes(prefix + path));
        }
        return false;
    }

    // In a linked worktree, `.git` is a file that names the folder.
    private static string? FolderOf(string git)
    {
        if (Directory.Exists(git))
            return git;
        if (new FileInfo(git).Length > 5_000)
            return null;
        string text = File.ReadAllText(git).Trim();
        return text.StartsWith("gitdir: ", StringComparison.Ordinal) ? Path.Combine(Path.GetDirectoryName(git)!, text[8..]) : null;
    }

    private static bool Contains(string file, byte[] wanted)
    {
        if (!File.Exists(file))
            return false;
        using FileStream index = File.OpenRead(file);
        byte[] window = new byte[Step + wanted.Length];
        int kept = 0;
        for (int read; (read = index.Read(window, kept, window.Length - kept)) > 0;)
        {
            int filled = kept + read;
            if (window.AsSpan(0, filled).IndexOf(wanted) >= 0)
                return true;
            kept = Math.Min(filled, wanted.Length - 1);
            window.AsSpan(filled - kept, kept).CopyTo(window);
        }
        return false;
    }
}
