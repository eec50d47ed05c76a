using System.Collections.Immutable;
using PromptLsp.History.Store;

namespace PromptLsp.History.Lists;

/// <summary>
/// Versions as lists show them: a burst of saves by one author makes one row, that of its newest version; so do the changes that came with
/// one commit. A version with a note or a tag has a row of its own.
/// </summary>
public static class Bursts
{
    private const int PageSize = 500;

    /// <param name="newestFirst">Of one prompt.</param>
    /// <param name="fold">How far apart two saves may lie; zero folds none.</param>
    /// <returns>Rows newest first, in each its versions newest first.</returns>
    public static ImmutableArray<ImmutableArray<PromptVersion>> Of(IEnumerable<PromptVersion> newestFirst, TimeSpan fold)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<PromptVersion>>();
        var row = new List<PromptVersion>();
        foreach (PromptVersion version in newestFirst)
        {
            if (row.Count > 0 && !Belongs(version, row[^1], fold))
            {
                rows.Add([.. row]);
                row.Clear();
            }
            row.Add(version);
        }
        if (row.Count > 0)
            rows.Add([.. row]);
        return rows.ToImmutable();
    }

    /// <summary>A page of rows, read from a store.</summary>
    /// <param name="deleted">The name of a deleted prompt that was at the path; null for what is there.</param>
    /// <param name="before">Only versions with a smaller number.</param>
    /// <param name="limit">Rows at most.</param>
    /// <returns>The rows, and whether older ones exist.</returns>
    public static (ImmutableArray<ImmutableArray<PromptVersion>> Rows, bool More) Read(
        HistoryStore store,
        string path,
        string? deleted,
        int before,
        int limit,
        TimeSpan fold
    )
    {
        var versions = new List<PromptVersion>();
        while (true)
        {
            ImmutableArray<PromptVersion> page = store.Versions(path, deleted, before, PageSize);
            versions.AddRange(page);
            ImmutableArray<ImmutableArray<PromptVersion>> rows = Of(versions, fold);
            bool isWhole = page.Length < PageSize;
            // The last row may go on in the next page.
            if (isWhole || rows.Length > limit)
                return ([.. rows.Take(limit)], rows.Length > limit);
            before = page[^1].Number;
        }
    }

    private static bool Belongs(PromptVersion older, PromptVersion newer, TimeSpan fold) =>
        fold > TimeSpan.Zero
        && IsUnremarked(older) && IsUnremarked(newer)
        && older.Number == newer.Number - 1
        && older.Kind == newer.Kind
        && older.Author == newer.Author
        && older.Kind switch
        {
            EventKind.Saved => (newer.At - older.At).Duration() <= fold,
            EventKind.Observed => older.Commit is not null && older.Commit == newer.Commit,
            _ => false,
        };

    private static bool IsUnremarked(PromptVersion version) => version.Note is null && version.Tags.IsEmpty;
}
