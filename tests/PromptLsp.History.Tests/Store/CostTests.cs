using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>What an editor asks for costs the same in a store of ten events and of a million.</summary>
public sealed class CostTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [SuppressMessage("Security", "CA2100", Justification = "Statements of the store.")]
    public void Nothing_that_is_asked_about_one_prompt_goes_through_a_whole_table()
    {
        _folder.Save("A\n", "first");
        _folder.Record("B\n", null, Prompt, EventKind.Saved, new PulledIn("brand.yaml", "x\n"));
        _folder.Store.Tag(Prompt, "v1", "stable", "why", null, Ada);
        _folder.Store.Tag(Prompt, "v2", "stable", "why", 1, Ada);
        _folder.Store.Describe(Prompt, "stable", "other", Ada);
        _folder.Store.Resolve(Prompt, "06f961");
        _folder.Store.Record(new(Prompt, "A\n"u8.ToArray(), EventKind.Observed, Ada) { OnlyUnknown = true });
        _folder.Store.Versions(Prompt);
        _folder.Store.Tags(Prompt);
        _folder.Store.PulledIn(_folder.Store.Head(Prompt)!);
        _folder.Store.Untag(Prompt, "stable", null, Ada);
        _folder.Store.Rename(Prompt, "b.prompt", Ada);
        _folder.Store.Delete("b.prompt", null, Ada);
        _folder.Save("C\n", path: "b.prompt");

        string[] asked =
        [
            .. _folder
                .Store.Statements.Where(sql => sql.Split(' ', '\n')[0] is "SELECT" or "INSERT" or "UPDATE" or "DELETE")
                .Where(sql => !sql.Contains("sqlite_schema", StringComparison.Ordinal)),
        ];
        Assert.InRange(asked.Length, 20, 100);
        // A new prompt or note is looked for among those that waited for it only where some do, and none ever does; the plan would show it.
        using SqliteConnection raw = _folder.Raw("PRAGMA foreign_keys = OFF");
        foreach (string sql in asked)
        {
            using SqliteCommand plan = raw.CreateCommand();
            plan.CommandText = "EXPLAIN QUERY PLAN " + sql;
            for (int i = 1; i <= 21; i++)
                plan.Parameters.AddWithValue($"${i}", 1);
            using SqliteDataReader rows = plan.ExecuteReader();
            while (rows.Read())
                Assert.False(
                    rows.GetString(3).StartsWith("SCAN ", StringComparison.Ordinal) && rows.GetString(3) != "SCAN CONSTANT ROW",
                    $"{rows.GetString(3)}: {sql}"
                );
        }
    }
}
