namespace PromptLsp.Language.Text;

/// <summary>Finds the word that was meant.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to a word, near enough to be what was meant; null where there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int best = Tolerance(word) + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= best || string.Equals(candidate, word, StringComparison.Ordinal))
                continue;
            int distance = Distance(word, candidate, best - 1);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest ?? Longer(word, candidates);
    }

    // Nothing is near, but the word may be cut short: `desc`, `trunc`.
    private static string? Longer(string word, IEnumerable<string> candidates) => word.Length < LeastBeginning
        ? null
        : candidates.Where(c => c.Length > word.Length && c.StartsWith(word, StringComparison.OrdinalIgnoreCase)).MinBy(c => c.Length);

    private const int LeastBeginning = 4;

    /// <summary>True where a word is so near to what was meant by it, and to nothing else there is, that it may be changed unasked.</summary>
    public static bool IsSure(string word, string? meant, IEnumerable<string> candidates) =>
        meant is not null && word.Length >= LeastSure && AreNear(word, meant) && !candidates.Any(c => c != meant && c != word && AreNear(word, c));

    // `id` and `ip` are two names.
    private const int LeastSure = 4;

    /// <summary>True where two words are near enough that one may be a slip for the other.</summary>
    public static bool AreNear(string word, string other) => Distance(word, other, Tolerance(word)) <= Tolerance(word);

    // One slip in a short word, two in a longer one, three in a long one.
    private static int Tolerance(string word) => word.Length switch { <= 2 => 0, <= 5 => 1, <= 9 => 2, _ => 3 };

    /// <summary>How many letters must be added, dropped, changed or swapped with their neighbour; case counts for nothing.</summary>
    public static int Distance(string a, string b) => Distance(a, b, LongestWord);

    // Anything over the limit once it is sure to be over it.
    private static int Distance(string word, string other, int limit)
    {
        if (word.Length > LongestWord || other.Length > LongestWord || Math.Abs(word.Length - other.Length) > limit)
            return int.MaxValue;
        Span<char> a = stackalloc char[word.Length], b = stackalloc char[other.Length];
        word.AsSpan().ToLowerInvariant(a);
        other.AsSpan().ToLowerInvariant(b);
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], current = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                least = Math.Min(least, current[j]);
            }
            // No later row is nearer.
            if (least > limit)
                return int.MaxValue;
            Span<int> free = before;
            before = last;
            last = current;
            current = free;
        }
        return last[b.Length];
    }

    private const int LongestWord = 64;
}
