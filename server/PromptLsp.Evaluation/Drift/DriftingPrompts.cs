using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PromptLsp.Evaluation.Running;

namespace PromptLsp.Evaluation.Drift;

/// <summary>Prompts whose answers drifted by the last check, and since when: read without writing anything, for who only looks.</summary>
public static class DriftingPrompts
{
    // The first alarm behind the last check that found nothing, against the newest baseline of an evaluation.
    private const string Alarms = """
        SELECT b.prompt, min(c.at) FROM drift_baselines b JOIN drift_checks c ON c.baseline = b.id
          WHERE c.outcome = 'shifted' AND b.id IN (SELECT max(id) FROM drift_baselines GROUP BY evaluation)
            AND NOT EXISTS (SELECT 1 FROM drift_checks s WHERE s.baseline = b.id AND s.outcome = 'steady' AND s.id > c.id)
          GROUP BY b.prompt
        """;

    /// <param name="root">Absolute.</param>
    /// <returns>By the prompts' paths from the root; none where nothing was watched, or the store cannot be read.</returns>
    public static FrozenDictionary<string, DateTimeOffset> In(string root)
    {
        if (!RunStore.Exists(root))
            return FrozenDictionary<string, DateTimeOffset>.Empty;
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = RunStore.PathIn(root),
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                    DefaultTimeout = 1,
                }.ToString()
            );
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = Alarms;
            using SqliteDataReader rows = command.ExecuteReader();
            var since = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            while (rows.Read())
                since[rows.GetString(0)] = DateTimeOffset.Parse(rows.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return since.ToFrozenDictionary(StringComparer.Ordinal);
        }
        // Older, somebody else's, or busy.
        catch (Exception failure) when (failure is SqliteException or FormatException or InvalidCastException)
        {
            return FrozenDictionary<string, DateTimeOffset>.Empty;
        }
    }
}
