using System.Globalization;
using PromptLsp.Language.Rendering;

namespace PromptLsp.Cli;

/// <summary>Tells of answers: how many there are, what they have cost, and how long the others will still take.</summary>
internal sealed class Pace(Progress progress, string currency, TimeProvider clock)
{
    private readonly long _begun = clock.GetTimestamp();
    private int _before = -1;

    public void Tell(int count, int total, double spent)
    {
        // What was there from an earlier session took no time in this one.
        int before = Interlocked.CompareExchange(ref _before, count - 1, -1) is -1 ? count - 1 : _before;
        double seconds = clock.GetElapsedTime(_begun).TotalSeconds / Math.Max(1, count - before) * (total - count);
        string left = seconds < 90 ? $"{seconds:0} s" : $"{seconds / 60:0} min";
        progress.Tell(count, total, string.Create(CultureInfo.InvariantCulture, $" · {new Cost(spent, currency)} · about {left} left"));
    }
}
