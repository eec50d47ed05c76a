using System.Globalization;

namespace PromptLsp.History.Store;

/// <summary>
/// What a deleted prompt is called beside what is at its path now: <c>deleted</c> for the one deleted last, <c>deleted-41</c> for the one that
/// event 41 deleted. Before a colon it says whose version is meant: <c>deleted:v3</c>.
/// </summary>
public static class DeletedName
{
    public const string Last = "deleted";

    public static string Of(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{Last}-{sequence}");

    internal static bool IsOne(string name) => name == Last || Sequence(name) > 0;

    /// <summary>The event; 0 where the name is no such one.</summary>
    internal static long Sequence(string name) =>
        name.StartsWith(Last + "-", StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(Last.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            ? sequence
            : 0;

    /// <summary>Whose version a reference means, and which; the name is null for one of what is there.</summary>
    internal static (string? Name, string Reference) Cut(string reference)
    {
        int colon = reference.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? reference : reference[..colon];
        return IsOne(name) ? (name, colon < 0 ? "head" : reference[(colon + 1)..]) : (null, reference);
    }
}
