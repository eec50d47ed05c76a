using System.Globalization;
using PromptLsp.History.Store;

namespace PromptLsp.History.Lists;

/// <summary>What people read of a version.</summary>
public static class VersionWords
{
    extension(PromptVersion version)
    {
        /// <summary><c>Ada Lovelace</c> of <c>Ada Lovelace &lt;ada@example.com&gt;</c>.</summary>
        public string AuthorName => NameOf(version.Author);

        /// <summary>The first line of its note; null without one.</summary>
        public string? NoteLine => version.Note is { } note ? note.Split('\n', 2)[0] : null;
    }

    /// <summary>The name in front of a mail address.</summary>
    public static string NameOf(string author) => author.IndexOf('<', StringComparison.Ordinal) is > 0 and int mail ? author[..mail].TrimEnd() : author;

    /// <summary><c>just now</c>, <c>2 hours ago</c>, <c>yesterday</c>, <c>3 months ago</c>.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 and var minutes } => Counted(minutes, "minute"),
        { TotalHours: < 24 and var hours } => Counted(hours, "hour"),
        { TotalDays: < 2 } => "yesterday",
        { TotalDays: < 60 and var days } => Counted(days, "day"),
        { TotalDays: < 730 and var days } => Counted(days / 30.44, "month"),
        { TotalDays: var days } => Counted(days / 365.25, "year"),
    };

    /// <summary>ISO 8601, UTC: <c>2026-03-01T12:00:00Z</c>.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Counted(double count, string unit) =>
        (int)count is 1 ? $"1 {unit} ago" : string.Create(CultureInfo.InvariantCulture, $"{(int)count} {unit}s ago");
}
