using System.Text;

namespace PromptLsp.History.Store;

/// <summary>Paths as the history keeps them: from the root, with <c>/</c>, the same on every platform.</summary>
internal static class RootPath
{
    private const int Longest = 4096;

    // UTF-16 sorts surrogates before the last of the characters that need none; bytes do not.
    public static Comparer<string> ByBytes { get; } =
        Comparer<string>.Create(static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    /// <exception cref="HistoryException">It is no such path.</exception>
    public static void MustBeOne(string path)
    {
        if (!IsOne(path))
            throw new HistoryException($"`{Plain.Line(path, 100)}` cannot have a history: it is not a plain path inside the folder.");
    }

    public static bool IsOne(string path) => path.Length is > 0 and <= Longest
        && path.Split('/').All(step => step is not ("" or "." or ".."))
        && path.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && !Rune.IsControl(rune));
}
