namespace PromptLsp.Language.Text;

/// <summary>Search by halving, in items that are in order.</summary>
internal static class Halving
{
    /// <summary>How many of the first items a condition holds for; it holds for none behind those.</summary>
    /// <param name="with">What the condition compares an item with, so that it needs no closure.</param>
    public static int CountWhile<T>(ReadOnlySpan<T> items, int with, Func<T, int, bool> holds)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (holds(items[middle], with))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
