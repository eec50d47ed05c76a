namespace PromptLsp.Language.Text;

/// <summary>What items are in order of.</summary>
internal interface IOrder<in T>
{
    static abstract int Of(T item);
}

/// <summary>Binary search, in items that are in order.</summary>
internal static class BinarySearch
{
    /// <summary>How many items come before a place in their order.</summary>
    /// <typeparam name="TOrder">A struct, so that the search is compiled for it: a delegate took 1.3 % of all instructions of a check of 5 000
    /// lines.</typeparam>
    public static int CountBefore<T, TOrder>(ReadOnlySpan<T> items, int place)
        where TOrder : struct, IOrder<T>
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (TOrder.Of(items[middle]) < place)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
