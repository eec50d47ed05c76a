using Microsoft.Data.Sqlite;
using PromptLsp.History.Files;

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
        _ when FileFailure.IsReadOnlyDisk(failure) => new(Unavailability.ReadOnly, $"History is off: {path} may not be written.", failure),
        _ when FileFailure.IsFullDisk(failure) => new(Unavailability.DiskFull, $"History is off for now: the disk of {path} is full.", failure),
        _ => new(Unavailability.Failing, $"History is off for now: {path} cannot be used ({FileFailure.Reason(failure)}).", failure),
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
