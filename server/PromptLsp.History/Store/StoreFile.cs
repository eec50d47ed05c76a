using System.Globalization;
using PromptLsp.History.Files;
using PromptLsp.History.Git;

namespace PromptLsp.History.Store;

/// <summary>The store's place on the disk: whether what lies there may be trusted, and the files around it.</summary>
internal static class StoreFile
{
    public const string Folder = ".promptlsp";
    public const string Name = "history.db";

    /// <summary>
    /// What stands between the store's name and that of a file that is there for a moment: to try something out, and for a copy that comes back.
    /// </summary>
    public const string Probe = ".probe-", Begun = ".begun-";

    private const UnixFileMode OurFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode OurFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Lock Making = new();

    /// <summary>What SQLite keeps beside a database.</summary>
    public static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    public static string PathIn(string root) => Path.Join(root, Folder, Name);

    /// <exception cref="HistoryUnavailableException">It may have been put there by somebody else.</exception>
    public static void MustBeOurs(string root, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (IsLink(folder))
            throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {folder} is a link; remove it to have a history here.");
        foreach (string file in Companions.Select(companion => path + companion).Prepend(path))
        {
            if (IsLink(file))
                throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {file} is a link; remove it to have a history here.");
            if (RegularFile.IsSpecial(file))
                throw new HistoryUnavailableException(
                    Unavailability.Untrusted,
                    $"History is off: {file} is not a regular file; remove it to have a history here."
                );
        }
        if (Path.Exists(path) && GitIndex.Tracks(root, $"{Folder}/{Name}"))
            throw new HistoryUnavailableException(
                Unavailability.Untrusted,
                $"History is off: {path} is tracked by git; `git rm --cached {Folder}/{Name}` to have a history here."
            );
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder) || File.GetUnixFileMode(folder) is var mode && (mode & ~OurFolder) == UnixFileMode.None)
            return;
        try
        {
            // Only its owner may do so.
            File.SetUnixFileMode(folder, mode & OurFolder);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new HistoryUnavailableException(Unavailability.Untrusted, $"History is off: {folder} belongs to another user.", failure);
        }
        catch (IOException)
        {
            // A read-only disk; nobody else can write there either.
        }
    }

    /// <exception cref="HistoryUnavailableException">
    /// Its folder is somebody else's: what cannot be seen there is no reason to say that there is none.
    /// </exception>
    public static void MustBeOpen(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            return;
        try
        {
            Directory.EnumerateFileSystemEntries(folder).GetEnumerator().Dispose();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Failures.Unreadable(folder, failure);
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    // An empty file is an empty database: whoever opens it first to write makes the tables, and SQLite lets the others wait.
    public static void Make(string path)
    {
        MakeOwnFolder(Path.GetDirectoryName(path)!);
        try
        {
            // Closing a file takes from this process the locks that SQLite has on it: nobody may come so far meanwhile.
            lock (Making)
            {
                if (!Path.Exists(path))
                    CreateEmpty(path);
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    /// <summary>Makes the folder in which all of ours lies that is no part of the workspace: git does not see it.</summary>
    public static void MakeOwnFolder(string folder)
    {
        MakeFolder(folder);
        string ignore = Path.Join(folder, ".gitignore");
        if (!Path.Exists(ignore))
            WrittenFile.Create(ignore, "*\n"u8);
    }

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OurFolder);
    }

    public static void CreateEmpty(string path)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OurFile;
        new FileStream(path, how).Dispose();
    }

    /// <summary>What a process that was ended on its way has left beside the store. A minute ago somebody may still have been at it.</summary>
    public static void RemoveLeftovers(string path, TimeProvider clock)
    {
        DateTime old = clock.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(1);
        foreach (
            string file in Directory
                .EnumerateFiles(Path.GetDirectoryName(path)!, Name + ".*")
                .Where(f => IsLeftover(Path.GetFileName(f)) && File.GetLastWriteTimeUtc(f) < old)
        )
            RemoveFile(file);
    }

    private static bool IsLeftover(string name) =>
        name.StartsWith(Name + Probe, StringComparison.Ordinal) || name.StartsWith(Name + Begun, StringComparison.Ordinal);

    public static void RemoveFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Left behind, it does no harm.
        }
    }

    /// <summary>Gives the store another name beside its own, and with it all that SQLite keeps for it.</summary>
    public static string MoveAside(string path, TimeProvider clock)
    {
        string aside = $"{path}.aside-{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        File.Move(path, aside);
        foreach (string companion in Companions.Where(companion => File.Exists(path + companion)))
            File.Move(path + companion, aside + companion);
        return aside;
    }
}
