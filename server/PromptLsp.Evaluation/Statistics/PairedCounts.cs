namespace PromptLsp.Evaluation.Statistics;

/// <summary>What two sides did on the same rows, each row passed or failed by each side.</summary>
/// <param name="Both">Rows that both pass.</param>
/// <param name="Wins">Rows that only the new side passes.</param>
/// <param name="Losses">Rows that only the old side passes.</param>
/// <param name="Neither">Rows that neither passes.</param>
public readonly record struct PairedCounts(int Both, int Wins, int Losses, int Neither)
{
    public int Rows => Both + Wins + Losses + Neither;

    /// <summary>Rows on which the sides differ: only they tell the sides apart.</summary>
    public int Discordant => Wins + Losses;

    /// <summary>By how much the new side's pass rate is above the old one's.</summary>
    public double Difference => (double)(Wins - Losses) / Rows;

    public int PassedOld => Both + Losses;

    public int PassedNew => Both + Wins;

    public static PairedCounts Of(IEnumerable<(bool Old, bool New)> rows)
    {
        int both = 0, wins = 0, losses = 0, neither = 0;
        foreach ((bool old, bool @new) in rows)
        {
            switch (old, @new)
            {
                case (true, true):
                    both++;
                    break;
                case (false, true):
                    wins++;
                    break;
                case (true, false):
                    losses++;
                    break;
                default:
                    neither++;
                    break;
            }
        }
        return new(both, wins, losses, neither);
    }
}
