using Microsoft.Data.Sqlite;

namespace PromptLsp.History.Store;

/// <summary>What went wrong with a store, in words: what, where, what to do.</summary>
internal static class Failures
{
    public static HistoryUnavailableException Explain(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            new(Unavailability.Locked, $"History is off for now: {path} is in use by another program.", failure),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM =>
            new(Unavailability.ReadOnly, $"History is off: {path} may not be written.", failure),
        SQLitePCL.raw.SQLITE_FULL => new(Unavailability.DiskFull, $"History is off for now: the disk of {path} is full.", failure),
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG => Corrupt(path, failure),
        _ => new(Unavailability.Failing, $"History is off for now: {path} cannot be used ({OneLine(failure.Message)}).", failure),
    };

    public static HistoryUnavailableException Corrupt(string path, Exception? failure = null) =>
        new(Unavailability.Corrupt, $"History is off: {path} is damaged; `promptlsp doctor` tells what can be done.", failure);

    /// <summary>For the files and folders around the store.</summary>
    public static HistoryUnavailableException Explain(Exception failure, string path) => failure switch
    {
        UnauthorizedAccessException => new(Unavailability.ReadOnly, $"History is off: {path} may not be written.", failure),
        IOException io when IsReadOnlyDisk(io) => new(Unavailability.ReadOnly, $"History is off: {path} may not be written.", failure),
        IOException io when IsFullDisk(io) => new(Unavailability.DiskFull, $"History is off for now: the disk of {path} is full.", failure),
        _ => new(Unavailability.Failing, $"History is off for now: {path} cannot be used ({OneLine(failure.Message)}).", failure),
    };

    // EROFS, and ERROR_WRITE_PROTECT.
    private static bool IsReadOnlyDisk(IOException failure) => failure.HResult is 30 or unchecked((int)0x80070013);

    // ENOSPC, EDQUOT (Linux, macOS), ERROR_DISK_FULL.
    private static bool IsFullDisk(IOException failure) => failure.HResult is 28 or 122 or 69 or unchecked((int)0x80070070);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
