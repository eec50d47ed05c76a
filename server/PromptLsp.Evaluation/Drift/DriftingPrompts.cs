using System.Globalization;
using Microsoft.Data.Sqlite;
using PromptLsp.Evaluation.Running;

namespace PromptLsp.Evaluation.Drift;

/// <summary>That the answers to a prompt drifted, by the last check of an evaluation.</summary>
/// <param name="Fingerprint">The effective one of the prompt that was asked: of another text or other partials, nothing is said.</param>
/// <param name="Since">The first alarm behind the last check that found nothing.</param>
/// <param name="Checked">The last check that could be measured.</param>
/// <param name="Told">What the last alarm said, in one sentence.</param>
/// <param name="P">Of so few passes, had nothing changed.</param>
public sealed record DriftAlarm(
    string Prompt,
    string Evaluation,
    string Fingerprint,
    string Model,
    DateTimeOffset Since,
    DateTimeOffset Checked,
    string Told,
    double? P
);

/// <summary>Prompts whose answers drifted by the last check: read without writing anything, for who only looks.</summary>
public static class DriftingPrompts
{
    // Against the newest baseline of an evaluation.
    private const string Alarms = """
        SELECT b.prompt, b.evaluation, b.fingerprint, b.model, min(c.at),
            (SELECT max(at) FROM drift_checks WHERE baseline = b.id AND outcome IN ('shifted', 'steady')),
            (SELECT told FROM drift_checks WHERE baseline = b.id AND outcome = 'shifted' ORDER BY id DESC LIMIT 1),
            (SELECT p FROM drift_checks WHERE baseline = b.id AND outcome = 'shifted' ORDER BY id DESC LIMIT 1)
          FROM drift_baselines b JOIN drift_checks c ON c.baseline = b.id
          WHERE c.outcome = 'shifted' AND b.id IN (SELECT max(id) FROM drift_baselines GROUP BY evaluation)
            AND NOT EXISTS (SELECT 1 FROM drift_checks s WHERE s.baseline = b.id AND s.outcome = 'steady' AND s.id > c.id)
          GROUP BY b.id ORDER BY b.id DESC
        """;

    /// <param name="root">Absolute.</param>
    /// <returns>By the prompts' paths from the root, the newest baseline first; none where nothing was watched, or the store cannot be read.</returns>
    public static ILookup<string, DriftAlarm> In(string root) => Read(root).ToLookup(a => a.Prompt, StringComparer.Ordinal);

    private static List<DriftAlarm> Read(string root)
    {
        if (!RunStore.Exists(root))
            return [];
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
            var alarms = new List<DriftAlarm>();
            while (rows.Read())
                alarms.Add(
                    new(
                        rows.GetString(0),
                        rows.GetString(1),
                        rows.GetString(2),
                        rows.GetString(3),
                        Time(rows, 4),
                        Time(rows, 5),
                        rows.GetString(6),
                        rows.IsDBNull(7) ? null : rows.GetDouble(7)
                    )
                );
            return alarms;
        }
        // Older, somebody else's, or busy.
        catch (Exception failure) when (failure is SqliteException or FormatException or InvalidCastException)
        {
            return [];
        }
    }

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
