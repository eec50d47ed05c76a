using System.Globalization;
using PromptLsp.History.Store;
using PromptLsp.Server.Extensions;

namespace PromptLsp.Server.History;

/// <summary>Versions in the shapes that clients and people read.</summary>
internal static class VersionShapes
{
    public static VersionShape Shape(this PromptVersion version) =>
        new(version.Number, version.Fingerprint, version.Effective, version.Kind.Word, version.Author, version.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), [.. version.Tags])
        {
            Note = version.Note,
            Commit = version.Commit,
            Added = version.Added,
            Removed = version.Removed,
        };

    /// <summary><c>Ada Lovelace</c> of <c>Ada Lovelace &lt;ada@example.com&gt;</c>.</summary>
    public static string AuthorName(this PromptVersion version) =>
        version.Author.IndexOf('<', StringComparison.Ordinal) is > 0 and var mail ? version.Author[..mail].TrimEnd() : version.Author;

    /// <summary><c>2 hours ago</c>.</summary>
    public static string Age(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 and var minutes } => Ago(minutes, "minute"),
        { TotalHours: < 24 and var hours } => Ago(hours, "hour"),
        { TotalDays: < 2 } => "yesterday",
        { TotalDays: < 60 and var days } => Ago(days, "day"),
        { TotalDays: < 730 and var days } => Ago(days / 30.44, "month"),
        { TotalDays: var days } => Ago(days / 365.25, "year"),
    };

    private static string Ago(double count, string unit) => (int)count is var n && n == 1 ? $"1 {unit} ago" : $"{n} {unit}s ago";
}
