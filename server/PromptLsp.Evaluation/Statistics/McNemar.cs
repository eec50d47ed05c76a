using MathNet.Numerics.Distributions;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>McNemar's test: were there no difference, each discordant row would be a win or a loss like a coin.</summary>
public static class McNemar
{
    /// <summary>The probability of such a lopsided outcome without any difference, counting half of the observed one (mid-p).</summary>
    public static double MidP(int wins, int losses)
    {
        int least = Math.Min(wins, losses), all = wins + losses;
        return wins == losses ? 1 : Math.Min(1, 2 * (Below(least, all) + (0.5 * Binomial.PMF(0.5, all, least))));
    }

    /// <summary>The same without halving: never too small, and often too large.</summary>
    public static double ExactP(int wins, int losses)
    {
        int least = Math.Min(wins, losses), all = wins + losses;
        return wins == losses ? 1 : Math.Min(1, 2 * (Below(least, all) + Binomial.PMF(0.5, all, least)));
    }

    private static double Below(int count, int all)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += Binomial.PMF(0.5, all, i);
        return sum;
    }
}
