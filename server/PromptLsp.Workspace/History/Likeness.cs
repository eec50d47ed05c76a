using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.History.Store;

namespace PromptLsp.Workspace.History;

/// <summary>
/// Tells where prompts went that were renamed and edited at once: to the file that holds most of their lines. Where two files, or two prompts,
/// would do equally well, nobody knows, and none is taken.
/// </summary>
public static class Likeness
{
    /// <summary>How much of the larger text must be lines of both. Git's own measure is a half; prompts have much in common by their kind.</summary>
    public const double Least = 0.75;

    // Beyond, nobody waits for it.
    private const int MostPairs = 250_000;

    /// <param name="gone">Prompts whose files are not there.</param>
    /// <param name="there">Paths from the root of files that have no history.</param>
    /// <param name="read">A file's text by its path; null where it has none.</param>
    /// <returns>Pairs in which each is for the other the likest of all.</returns>
    public static ImmutableArray<(KnownPrompt From, string To)> Pairs(
        HistoryStore store,
        IReadOnlyCollection<KnownPrompt> gone,
        IReadOnlyCollection<string> there,
        Func<string, string?> read
    )
    {
        if (gone.Count == 0 || there.Count == 0 || (long)gone.Count * there.Count > MostPairs)
            return [];
        ImmutableArray<(KnownPrompt Prompt, Lines Lines)> prompts =
        [
            .. gone.Select(p => (p, TextOf(store, p))).Where(p => p.Item2 is not null).Select(p => (p.p, Lines.Of(p.Item2!))),
        ];
        ImmutableArray<(string Path, Lines Lines)> files =
        [
            .. there.Select(f => (f, read(f))).Where(f => f.Item2 is not null).Select(f => (f.f, Lines.Of(f.Item2!))),
        ];
        var pairs = ImmutableArray.CreateBuilder<(KnownPrompt, string)>();
        double[][] likeness = [.. prompts.Select(p => files.Select(f => p.Lines.Like(f.Lines)).ToArray())];
        for (int p = 0; p < prompts.Length; p++)
        {
            if (Best(likeness[p]) is { } f && Best([.. likeness.Select(row => row[f])]) == p)
                pairs.Add((prompts[p].Prompt, files[f].Path));
        }
        return pairs.ToImmutable();
    }

    // Null where none is like enough, or more than one is the likest.
    private static int? Best(double[] likeness)
    {
        double most = likeness.DefaultIfEmpty().Max();
        return most >= Least && likeness.Count(l => l >= most) == 1 ? Array.IndexOf(likeness, most) : null;
    }

    private static string? TextOf(HistoryStore store, KnownPrompt prompt)
    {
        try
        {
            return store.Head(prompt.Path) is { IsForgotten: false } head ? store.Text(head) : null;
        }
        catch (HistoryException erased) when (erased is not HistoryUnavailableException)
        {
            return null;
        }
    }

    /// <summary>The lines of a text, how often each is there, and how many characters they are together.</summary>
    private sealed record Lines(Dictionary<string, int> Counts, int Length)
    {
        public static Lines Of(string text)
        {
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            int length = 0;
            foreach (string line in Fingerprint.Canonical(text).Split('\n').Where(l => l.Length > 0))
            {
                counts[line] = counts.GetValueOrDefault(line) + 1;
                length += line.Length;
            }
            return new(counts, length);
        }

        public double Like(Lines other)
        {
            int larger = Math.Max(Length, other.Length);
            return larger == 0 || Math.Min(Length, other.Length) < Least * larger
                ? 0
                : Counts.Sum(l => Math.Min(l.Value, other.Counts.GetValueOrDefault(l.Key)) * l.Key.Length) / (double)larger;
        }
    }
}
