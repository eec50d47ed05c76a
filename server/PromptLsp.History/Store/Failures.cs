using Microsoft.Data.Sqlite;
using PromptLsp.History.Files;

namespace PromptLsp.History.Store;

/// <summary>What went wrong with a store, in words: what, where, what to do.</summary>
internal static class Failures
{
    public static HistoryUnavailableException Explain(SqliteException failure, string path) =>
        failure.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new(
                Unavailability.Locked,
                $"History is off for now: {path} is in use by another program.",
                failure
            ),
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM => InFolder(path, failure)
                ?? new(Unavailability.ReadOnly, $"History is off: {path} may not be written; check its permissions.", failure),
            SQLitePCL.raw.SQLITE_FULL => new(Unavailability.DiskFull, $"History is off for now: the disk of {path} is full.", failure),
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG => Corrupt(
                path,
                failure
            ),
            SQLitePCL.raw.SQLITE_CANTOPEN => InFolder(path, failure) ?? Unreadable(path, failure),
            _ => new(
                Unavailability.Failing,
                $"History is off for now: {path} cannot be used ({SQLitePCL.raw.sqlite3_errstr(failure.SqliteErrorCode).utf8_to_string()}).",
                failure
            ),
        };

    /// <summary>The file or its folder is there, and not for this user.</summary>
    public static HistoryUnavailableException Unreadable(string path, Exception? failure = null) =>
        new(Unavailability.ReadOnly, $"History is off: {path} may not be read; check its permissions.", failure);

    // SQLite does not say whether it is the file or its folder. The file itself is not tried: closing it would take SQLite's own locks from it.
    private static HistoryUnavailableException? InFolder(string path, Exception failure)
    {
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            File.OpenHandle(path + StoreFile.Probe + Path.GetRandomFileName(), FileMode.CreateNew, FileAccess.Write, options: FileOptions.DeleteOnClose)
                .Dispose();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return new(Unavailability.ReadOnly, $"History is off: {folder} may not be written; check its permissions.", failure);
        }
        catch (IOException why)
        {
            return Explain(why, path);
        }
    }

    public static HistoryUnavailableException Corrupt(string path, Exception? failure = null) =>
        new(Unavailability.Corrupt, $"History is off: {path} is damaged; `promptlsp doctor` tells what can be done.", failure);

    public static HistoryUnavailableException Newer(string path, Exception? failure = null) =>
        new(Unavailability.NewerSchema, $"History is off: {path} was written by a newer PromptLsp; update this one.", failure);

    /// <summary>For the files and folders around the store.</summary>
    public static HistoryUnavailableException Explain(Exception failure, string path) =>
        failure switch
        {
            UnauthorizedAccessException => new(Unavailability.ReadOnly, $"History is off: {path} may not be written; check its permissions.", failure),
            _ when FileFailure.IsReadOnlyDisk(failure) => new(
                Unavailability.ReadOnly,
                $"History is off: {path} may not be written: the disk is read-only.",
                failure
            ),
            _ when FileFailure.IsFullDisk(failure) => new(Unavailability.DiskFull, $"History is off for now: the disk of {path} is full.", failure),
            _ => new(Unavailability.Failing, $"History is off for now: {path} cannot be used ({FileFailure.Reason(failure)}).", failure),
        };
}
