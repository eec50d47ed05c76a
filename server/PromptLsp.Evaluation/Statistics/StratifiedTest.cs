using MathNet.Numerics.Distributions;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>How often one probe passed, before and now.</summary>
public readonly record struct ProbeCounts(int PassedBefore, int Before, int PassedNow, int Now)
{
    public double ShareBefore => (double)PassedBefore / Before;

    public double ShareNow => (double)PassedNow / Now;
}

/// <summary>
/// The permutation test of fewer passes, stratified by probe: had nothing changed, each probe's answers could as well have come at the other time. All
/// permutations are counted, since the passes of a probe are then hypergeometric and those of all are their sum. Of one probe, it is Fisher's exact test.
/// </summary>
public static class StratifiedTest
{
    /// <summary>The probability of so few passes now, or fewer, had nothing changed.</summary>
    public static double Fewer(IEnumerable<ProbeCounts> probes)
    {
        double[] sums = [1];
        int observed = 0;
        foreach (ProbeCounts probe in probes)
        {
            observed += probe.PassedNow;
            sums = Plus(sums, PassesNow(probe));
        }
        double p = 0;
        for (int passes = 0; passes <= observed; passes++)
            p += sums[passes];
        return Math.Min(1, p);
    }

    // Of so many answers of which so many pass, those of now are any.
    private static double[] PassesNow(ProbeCounts probe)
    {
        int all = probe.Before + probe.Now, passed = probe.PassedBefore + probe.PassedNow;
        double[] shares = new double[probe.Now + 1];
        for (int passes = Math.Max(0, probe.Now - (all - passed)); passes <= Math.Min(probe.Now, passed); passes++)
            shares[passes] = Hypergeometric.PMF(all, passed, probe.Now, passes);
        return shares;
    }

    private static double[] Plus(double[] a, double[] b)
    {
        double[] sums = new double[a.Length + b.Length - 1];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; a[i] > 0 && j < b.Length; j++)
                sums[i + j] += a[i] * b[j];
        }
        return sums;
    }
}
