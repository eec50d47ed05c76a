using System.Globalization;
using CsCheck;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>
/// Tries what must hold of any input. A test run tries the same inputs every time, so that what passed once passes again; with
/// <c>PROPERTY_EFFORT=10</c> in the environment it tries ten times as many new ones, and makes those that fail small.
/// </summary>
internal static class Property
{
    private static readonly int Effort = int.TryParse(
        Environment.GetEnvironmentVariable("PROPERTY_EFFORT"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out int effort
    )
        ? effort
        : 0;

    /// <returns>How many inputs were tried.</returns>
    public static int Holds<T>(this Gen<T> inputs, int tries, Action<T> property)
    {
        if (Effort > 0)
        {
            inputs.Sample(property, iter: tries * Effort, threads: 1);
            return tries * Effort;
        }
        for (int i = 0; i < tries; i++)
        {
            T input = inputs.Generate(new PCG((uint)i, 20_26), null, out _);
            try
            {
                property(input);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"It does not hold of input {i}:\n{input}", failure);
            }
        }
        return tries;
    }
}
