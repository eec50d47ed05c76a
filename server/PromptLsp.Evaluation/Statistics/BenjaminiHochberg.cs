using System.Collections.Immutable;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>p-values of several metrics, made larger so that of those below .05 at most one in twenty is false, on average.</summary>
public static class BenjaminiHochberg
{
    /// <returns>The adjusted values, in the order given.</returns>
    public static ImmutableArray<double> Adjust(ReadOnlySpan<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        double[] given = values.ToArray();
        Array.Sort(order, (a, b) => given[a].CompareTo(given[b]));
        double[] adjusted = new double[given.Length];
        double least = 1;
        for (int rank = given.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, given[order[rank - 1]] * given.Length / rank);
            adjusted[order[rank - 1]] = least;
        }
        return [.. adjusted];
    }
}
