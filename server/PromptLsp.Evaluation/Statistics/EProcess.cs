using MathNet.Numerics;

namespace PromptLsp.Evaluation.Statistics;

/// <summary>
/// Evidence that may be looked at after every row: a bet on each discordant row. Without a difference the stake reaches twenty times what it was
/// with a probability of 5 % at most, however long one looks (Ville's inequality).
/// </summary>
public static class EProcess
{
    /// <summary>From here on, evidence is enough to stop.</summary>
    public const double Enough = 20;

    /// <summary>E = 2ⁿ · B(wins + 1, losses + 1), n = wins + losses.</summary>
    public static double Of(int wins, int losses) =>
        Math.Exp(
            ((wins + losses) * Math.Log(2))
                + SpecialFunctions.GammaLn(wins + 1)
                + SpecialFunctions.GammaLn(losses + 1)
                - SpecialFunctions.GammaLn(wins + losses + 2)
        );

    public static bool Stops(int wins, int losses) => Of(wins, losses) >= Enough;
}
